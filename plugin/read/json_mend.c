#include "read/json_mend.h"

#include <string.h>

#include "base/utf8.h"

enum { LONGEST_NUMBER = 18 };

static bool is_number(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' ||
         c == 'e' || c == 'E';
}

/* The value of "\uXXXX" at the beginning of text; -1 for anything else. */
static int escape_value(const char *text, size_t length) {
  int value = 0;
  if (length < 6 || text[0] != '\\' || text[1] != 'u')
    return -1;
  for (size_t i = 2; i < 6; i++) {
    char c = text[i], low = (char)(c | 0x20);
    if (c >= '0' && c <= '9')
      value = value * 16 + (c - '0');
    else if (low >= 'a' && low <= 'f')
      value = value * 16 + (low - 'a') + 10;
    else
      return -1;
  }
  return value;
}

/* How much of an escape sequence to take, and whether it is a surrogate that
 * stands alone. */
static size_t escape_size(const char *text, size_t length, bool *lone) {
  int value = escape_value(text, length);
  *lone = false;
  if (value < 0xD800 || value > 0xDFFF)
    return length < 2 ? length : 2;
  int next = escape_value(text + 6, length - 6);
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
