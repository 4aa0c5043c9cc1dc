#include "read/json_mend.h"

#include <string.h>

#include "base/utf8.h"
#include "read/json_text.h"

enum { LONGEST_NUMBER = 18 };

static bool is_number(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' ||
         c == 'e' || c == 'E';
}

/* How much of an escape sequence to take, and whether it is a surrogate that
 * stands alone. */
static size_t escape_size(const char *text, size_t length, bool *lone) {
  int value = json_text_escape(text, length);
  *lone = false;
  if (value < 0xD800 || value > 0xDFFF)
    return length < 2 ? length : 2;
  int next = json_text_escape(text + 6, length - 6);
  *lone = value >= 0xDC00 || next < 0xDC00 || next > 0xDFFF;
  return *lone ? 6 : 12;
}

static bool mend_string(const char *text, size_t length, size_t *at, buf *out,
                        size_t *replaced) {
  size_t from = *at;
  bool ok = buf_add_char(out, '"');
  for (++*at, from++; ok && *at < length && text[*at] != '"';) {
    bool lone;
    if (text[*at] != '\\') {
      ++*at;
      continue;
    }
    size_t size = escape_size(text + *at, length - *at, &lone);
    if (lone) {
      ok = utf8_repair(text + from, *at - from, out, replaced) &&
           buf_add_string(out, "\\ufffd");
      ++*replaced;
      from = *at + size;
    }
    *at += size;
  }
  ok = ok && utf8_repair(text + from, *at - from, out, replaced);
  if (ok && *at < length) {
    ok = buf_add_char(out, '"');
    ++*at;
  }
  return ok;
}

static bool mend_number(const char *text, size_t length, size_t *at, buf *out) {
  size_t from = *at;
  while (*at < length && is_number(text[*at]))
    ++*at;
  const char *quote = *at - from > LONGEST_NUMBER ? "\"" : "";
  return buf_add_string(out, quote) && buf_add(out, text + from, *at - from) &&
         buf_add_string(out, quote);
}

bool json_mend(const char *text, size_t length, buf *out, size_t *replaced) {
  bool ok = true;
  for (size_t at = 0; ok && at < length;) {
    char c = text[at];
    if (c == '"') {
      ok = mend_string(text, length, &at, out, replaced);
    } else if (c == '-' || (c >= '0' && c <= '9')) {
      ok = mend_number(text, length, &at, out);
    } else {
      size_t from = at;
      while (at < length && text[at] != '"' && text[at] != '-' &&
             !(text[at] >= '0' && text[at] <= '9'))
        at++;
      ok = utf8_repair(text + from, at - from, out, replaced);
    }
  }
  return ok;
}
