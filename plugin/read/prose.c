#include "read/prose.h"

#include <string.h>

#include "base/utf8.h"
#include "read/plain.h"

/* ---- One line ---- */

static bool is_space(uint32_t c) {
  return c <= ' ' || (c >= 0x7F && c <= 0xA0) || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x205F || c == 0x3000;
}

/* What HTML means by a character of 0x80 to 0x9F. */
static uint32_t windows_1252(uint32_t c) {
  static const uint16_t table[32] = {
      0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
  return table[c - 0x80];
}

static bool vanishes(const prose *p, uint32_t c) {
  return c == 0xFEFF || (p->html && c == 0xAD);
}

/* The end of what can be copied as it stands: visible characters with single
 * spaces between them. */
static size_t kept_end(const prose *p, const char *text, size_t length,
                       size_t from) {
  size_t at = from;
  while ((at = plain_end(text, length, at)) < length) {
    size_t next = at;
    uint32_t c = utf8_next(text, length, &next);
    if (c == UTF8_INVALID || is_space(c) || vanishes(p, c))
      break;
    at = next;
  }
  /* The space before something odd is left to be looked at with it. */
  return at > from && text[at - 1] == ' ' ? at - 1 : at;
}

static bool add(prose *p, const char *text, size_t length) {
  if (p->space && p->out->length > p->start && !buf_add_char(p->out, ' '))
    return false;
  p->space = false;
  return buf_add(p->out, text, length);
}

/* A character that can't stay as it is. */
static bool add_odd(prose *p, uint32_t c) {
  char bytes[4];
  if (c == UTF8_INVALID || c == 0) {
    p->replaced++;
    return add(p, "\xEF\xBF\xBD", 3);
  }
  if (p->html && c >= 0x80 && c <= 0x9F && windows_1252(c) != 0)
    return add(p, bytes, utf8_put(windows_1252(c), bytes));
  if (!vanishes(p, c))
    p->space = true;
  return true;
}

bool prose_put(prose *p, const char *text, size_t length) {
  for (size_t at = 0; at < length;) {
    if (text[at] == ' ') {
      p->space = true;
      at++;
      continue;
    }
    size_t end = kept_end(p, text, length, at);
    if (end > at && !add(p, text + at, end - at))
      return false;
    at = end;
    if (at < length && text[at] != ' ' &&
        !add_odd(p, utf8_next(text, length, &at)))
      return false;
  }
  return true;
}

bool prose_line(buf *out, const char *text, size_t length, size_t *replaced) {
  prose p = {.out = out, .start = out->length};
  bool ok = prose_put(&p, text, length);
  if (replaced)
    *replaced += p.replaced;
  return ok;
}

/* ---- Paragraphs ---- */

/* Wrapped text has no line with more characters. */
enum { WRAP_WIDTH = 100 };

typedef struct text_line {
  const char *text;
  size_t length;
  bool blank, indented;
} text_line;

/* How the lines of a text are used. */
typedef struct habit {
  size_t lines, blank, indented;
  size_t open; /* end in the middle of a sentence */
  size_t widest;
} habit;

/* U+2028 and U+2029. */
static bool is_separator(const char *text, size_t length) {
  return length >= 3 && text[1] == '\x80' &&
         (text[2] == '\xA8' || text[2] == '\xA9');
}

/* Where the line that begins text ends, and how long its end is. */
static size_t line_end(const char *text, size_t length, size_t *end_size) {
  const char *found = memchr(text, '\n', length);
  size_t end = found ? (size_t)(found - text) : length;
  *end_size = found != NULL;
  found = memchr(text, '\r', end);
  if (found) {
    *end_size = *end_size && found + 1 == text + end ? 2 : 1;
    end = (size_t)(found - text);
  }
  for (size_t at = 0; (found = memchr(text + at, '\xE2', end - at));) {
    at = (size_t)(found - text);
    if (is_separator(found, length - at)) {
      *end_size = 3;
      return at;
    }
    at++;
  }
  return end;
}

/* The next line, without its end; false behind the last. */
static bool next_line(const char *text, size_t length, size_t *at,
                      text_line *out) {
  if (*at >= length)
    return false;
  size_t from = *at, end_size;
  size_t end = from + line_end(text + from, length - from, &end_size);
  *at = end + end_size;
  size_t spaces = 0;
  while (from < end && (text[from] == ' ' || text[from] == '\t')) {
    spaces += text[from] == '\t' ? 2 : 1;
    from++;
  }
  while (end > from && (text[end - 1] == ' ' || text[end - 1] == '\t'))
    end--;
  *out = (text_line){text + from, end - from, end == from, spaces >= 2};
  return true;
}

/* Ends with a letter, a digit or a comma: the sentence goes on. */
static bool is_open(const text_line *l) {
  char c = l->text[l->length - 1];
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == ',' || c == '-';
}

static habit learn(const char *text, size_t length) {
  habit h = {0};
  text_line l;
  for (size_t at = 0; next_line(text, length, &at, &l);) {
    if (l.blank) {
      h.blank += h.lines > 0 && at < length;
      continue;
    }
    size_t wide = utf8_count(l.text, l.length);
    h.lines++;
    h.indented += l.indented;
    h.open += is_open(&l) && at < length;
    h.widest = wide > h.widest ? wide : h.widest;
  }
  return h;
}

/* Whether a line that is not blank begins a paragraph. */
static bool begins(const habit *h, const text_line *l, bool after_blank) {
  bool wrapped = h->widest <= WRAP_WIDTH && h->open * 3 >= h->lines - 1;
  if (after_blank || !wrapped)
    return true;
  return h->blank == 0 && l->indented && h->indented < h->lines;
}

bool prose_paragraphs(buf *out, const char *text, size_t length,
                      size_t *replaced) {
  habit h = learn(text, length);
  prose p = {.out = out, .start = out->length};
  bool after_blank = true, ok = true;
  size_t before = out->length;
  text_line l;
  for (size_t at = 0; ok && next_line(text, length, &at, &l);) {
    if (!l.blank && out->length > p.start && begins(&h, &l, after_blank)) {
      ok = buf_add(out, "\n\n", 2);
      p.start = out->length;
    }
    p.space = true;
    ok = ok && prose_put(&p, l.text, l.length);
    after_blank = l.blank;
  }
  /* The last line may have had nothing that can be seen. */
  if (out->length == p.start && p.start > before)
    out->data[out->length -= 2] = '\0';
  if (replaced)
    *replaced += p.replaced;
  return ok;
}
