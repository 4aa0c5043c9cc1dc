#include "read/json_text.h"

#include <string.h>

#include "base/utf8.h"

/* Bytes that are looked at in one go: of loops of a fixed length, without a
 * way out, compilers make vectors. */
enum { VECTOR = 16 };

static bool is_plain(unsigned char c) {
  return c >= 0x20 && c != '"' && c != '\\';
}

static bool all_plain(const char *text) {
  const unsigned char *s = (const unsigned char *)text;
  unsigned char others[VECTOR];
  for (size_t i = 0; i < VECTOR; i++) {
    unsigned char low = s[i] < 0x20, quote = s[i] == '"', slash = s[i] == '\\';
    others[i] = low | quote | slash;
  }
  uint64_t words[VECTOR / sizeof(uint64_t)];
  memcpy(words, others, sizeof words);
  return (words[0] | words[1]) == 0;
}

size_t json_text_run(const char *text, size_t length, size_t at) {
  while (length - at >= VECTOR && all_plain(text + at))
    at += VECTOR;
  while (at < length && is_plain((unsigned char)text[at]))
    at++;
  return at;
}

int json_text_escape(const char *text, size_t length) {
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

static bool is_high(int value) {
  return value >= 0xD800 && value < 0xDC00;
}

static bool is_low(int value) {
  return value >= 0xDC00 && value < 0xE000;
}

/* \uXXXX, or two of them that are one character. */
static bool add_numbered(const char *text, size_t length, size_t *at,
                         buf *out) {
  enum { SIZE = 6 };
  int first = json_text_escape(text + *at, length - *at), second = 0;
  *at += SIZE;
  if (is_high(first)) {
    second = json_text_escape(text + *at, length - *at);
    *at += SIZE;
  }
  if (first < 0 || is_low(first) || is_high(first) != is_low(second))
    return false;
  uint32_t ch = (uint32_t)first;
  if (is_high(first))
    ch = 0x10000 + ((ch & 0x3FF) << 10) + ((uint32_t)second & 0x3FF);
  char bytes[4];
  return buf_add(out, bytes, utf8_put(ch, bytes));
}

/* A backslash and what belongs to it. */
static bool add_escaped(const char *text, size_t length, size_t *at, buf *out) {
  static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  if (text[*at] != '\\' || length - *at < 2)
    return false;
  const char *name = memchr(names, text[*at + 1], sizeof names - 1);
  if (!name)
    return add_numbered(text, length, at, out);
  *at += 2;
  return buf_add_char(out, meanings[name - names]);
}

bool json_text_decode(const char *text, size_t length, buf *out) {
  bool ok = buf_reserve(out, length);
  for (size_t at = 0; ok && at < length;) {
    size_t from = at;
    at = json_text_run(text, length, at);
    ok = utf8_valid(text + from, at - from) &&
         buf_add(out, text + from, at - from);
    if (ok && at < length)
      ok = add_escaped(text, length, &at, out);
  }
  return ok;
}
