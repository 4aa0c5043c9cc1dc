#include "read/markdown_source.h"

#include <string.h>

#include "read/words.h"

/* What cmark 0.30 does with the brackets of one paragraph takes a time that
 * grows with the square of their number. */
enum { MOST_BRACKETS = 4000 };

static bool contains(const char *line, size_t length, const char *what) {
  size_t size = strlen(what);
  for (size_t at = 0; at + size <= length; at++)
    if (memcmp(line + at, what, size) == 0)
      return true;
  return false;
}

/* The marks around a note, as Docusaurus, Pandoc and MyST have them, and
 * import x from "y". */
static bool is_foreign(const char *line, size_t length) {
  return words_begin(line, length, ":::") ||
         (words_begin(line, length, "import ") &&
          (contains(line, length, " from '") ||
           contains(line, length, " from \"")));
}

/* Copies a line; *brackets are those of its paragraph so far. */
static bool copy_line(const char *line, size_t length, size_t *brackets,
                      buf *out) {
  size_t start = 0;
  if (length > 0 && *line == '\n')
    *brackets = 0;
  for (size_t at = 0; at < length; at++) {
    if (line[at] != '[' || ++*brackets <= MOST_BRACKETS)
      continue;
    if (!buf_add(out, line + start, at - start) || !buf_add_char(out, '\\'))
      return false;
    start = at;
  }
  return buf_add(out, line + start, length - start);
}

static bool is_fence(const char *line, size_t length) {
  return words_begin(line, length, "```") || words_begin(line, length, "~~~");
}

bool markdown_source(const buf *text, buf *out) {
  size_t brackets = 0;
  bool ok = true, code = false;
  for (size_t at = 0; ok && at < text->length;) {
    const char *line = text->data + at;
    const char *end = memchr(line, '\n', text->length - at);
    size_t length = end ? (size_t)(end - line) + 1 : text->length - at;
    code = code != is_fence(line, length);
    ok = !code && is_foreign(line, length)
             ? buf_add_char(out, '\n')
             : copy_line(line, length, &brackets, out);
    at += length;
  }
  return ok;
}
