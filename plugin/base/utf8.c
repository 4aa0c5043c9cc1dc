#include "base/utf8.h"

#include <string.h>

/* Bytes that are looked at in one go: of loops of a fixed length, without a
 * way out, compilers make vectors. */
enum { VECTOR = 16 };

/* How many continuation bytes follow a lead byte, and which second bytes are
 * allowed (Unicode 15, table 3-7). False for a byte that starts nothing. */
static bool lead(unsigned char c, size_t *more, unsigned char *low,
                 unsigned char *high) {
  *low = 0x80;
  *high = 0xBF;
  if (c >= 0xC2 && c <= 0xDF) {
    *more = 1;
  } else if (c >= 0xE0 && c <= 0xEF) {
    *more = 2;
    if (c == 0xE0)
      *low = 0xA0;
    if (c == 0xED)
      *high = 0x9F;
  } else if (c >= 0xF0 && c <= 0xF4) {
    *more = 3;
    if (c == 0xF0)
      *low = 0x90;
    if (c == 0xF4)
      *high = 0x8F;
  } else {
    return false;
  }
  return true;
}

uint32_t utf8_next_wide(const char *text, size_t length, size_t *position) {
  const unsigned char *s = (const unsigned char *)text;
  size_t at = *position;
  unsigned char c = s[at++];
  *position = at;
  size_t more;
  unsigned char low, high;
  if (!lead(c, &more, &low, &high))
    return UTF8_INVALID;
  uint32_t result = c & (0x3Fu >> more);
  for (size_t i = 0; i < more; i++) {
    if (at >= length || s[at] < low || s[at] > high) {
      *position = at;
      return UTF8_INVALID;
    }
    result = result << 6 | (s[at++] & 0x3Fu);
    low = 0x80;
    high = 0xBF;
  }
  *position = at;
  return result;
}

size_t utf8_put(uint32_t character, char *out) {
  if (character < 0x80) {
    out[0] = (char)character;
    return 1;
  }
  if (character < 0x800) {
    out[0] = (char)(0xC0 | character >> 6);
    out[1] = (char)(0x80 | (character & 0x3F));
    return 2;
  }
  if (character < 0x10000) {
    out[0] = (char)(0xE0 | character >> 12);
    out[1] = (char)(0x80 | (character >> 6 & 0x3F));
    out[2] = (char)(0x80 | (character & 0x3F));
    return 3;
  }
  out[0] = (char)(0xF0 | character >> 18);
  out[1] = (char)(0x80 | (character >> 12 & 0x3F));
  out[2] = (char)(0x80 | (character >> 6 & 0x3F));
  out[3] = (char)(0x80 | (character & 0x3F));
  return 4;
}

size_t utf8_ascii_end(const char *text, size_t length, size_t from) {
  while (length - from >= sizeof(uint64_t)) {
    uint64_t word;
    memcpy(&word, text + from, sizeof word);
    if (word & UINT64_C(0x8080808080808080))
      break;
    from += sizeof word;
  }
  while (from < length && (unsigned char)text[from] < 0x80)
    from++;
  return from;
}

/* Whether all of VECTOR bytes are printable ASCII. */
static bool all_printable(const char *text) {
  const unsigned char *s = (const unsigned char *)text;
  unsigned char others[VECTOR];
  for (size_t i = 0; i < VECTOR; i++) {
    unsigned char low = s[i]<0x20, high = s[i]> 0x7E;
    others[i] = low | high;
  }
  uint64_t words[VECTOR / sizeof(uint64_t)];
  memcpy(words, others, sizeof words);
  return (words[0] | words[1]) == 0;
}

size_t utf8_printable_end(const char *text, size_t length, size_t from) {
  while (length - from >= VECTOR && all_printable(text + from))
    from += VECTOR;
  while (from < length && text[from] >= 0x20 && text[from] < 0x7F)
    from++;
  return from;
}

/* How many of VECTOR bytes begin no character. */
static size_t count_others(const char *text) {
  const signed char *s = (const signed char *)text;
  unsigned char others = 0;
  for (size_t i = 0; i < VECTOR; i++) {
    unsigned char other = s[i] < -0x40; /* 0x80 to 0xBF */
    others = (unsigned char)(others + other);
  }
  return others;
}

size_t utf8_count(const char *text, size_t length) {
  size_t others = 0, at = 0; /* bytes that begin no character */
  for (; length - at >= VECTOR; at += VECTOR)
    others += count_others(text + at);
  for (; at < length; at++)
    others += ((unsigned char)text[at] & 0xC0) == 0x80;
  return length - others;
}

bool utf8_valid(const char *text, size_t length) {
  size_t at = utf8_ascii_end(text, length, 0);
  while (at < length) {
    if (utf8_next(text, length, &at) == UTF8_INVALID)
      return false;
    at = utf8_ascii_end(text, length, at);
  }
  return true;
}

bool utf8_repair(const char *text, size_t length, buf *out, size_t *replaced) {
  size_t good = 0; /* everything before it is in out already */
  size_t at = 0;
  if (length == 0)
    return buf_reserve(out, 0);
  while ((at = utf8_ascii_end(text, length, at)) < length) {
    size_t start = at;
    if (utf8_next(text, length, &at) != UTF8_INVALID)
      continue;
    if (!buf_add(out, text + good, start - good) ||
        !buf_add(out, "\xEF\xBF\xBD", 3))
      return false;
    good = at;
    if (replaced)
      ++*replaced;
  }
  return buf_add(out, text + good, length - good);
}

size_t utf8_cut(const char *text, size_t length, size_t limit) {
  if (length <= limit)
    return length;
  size_t at = limit;
  while (at > 0 && limit - at < 3 && ((unsigned char)text[at] & 0xC0) == 0x80)
    at--;
  return at;
}
