/* UTF-8 that may be broken. The rule for what one broken sequence is comes
 * from Unicode 15, section 3.9, "maximal subpart": each becomes one U+FFFD. */
#ifndef BYLINE_BASE_UTF8_H
#define BYLINE_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

#define UTF8_INVALID 0xFFFFFFFFu

/* utf8_next for a character that is not ASCII. */
uint32_t utf8_next_wide(const char *text, size_t length, size_t *position);

/* Decodes the character at text[*position] and moves *position behind it
 * (always by at least 1; *position must be < length). Returns UTF8_INVALID for
 * a broken sequence. */
static inline uint32_t utf8_next(const char *text, size_t length,
                                 size_t *position) {
  unsigned char c = (unsigned char)text[*position];
  if (c >= 0x80)
    return utf8_next_wide(text, length, position);
  ++*position;
  return c;
}

/* The same, quicker for whole characters of two and three bytes. */
static inline uint32_t utf8_next_inline(const char *text, size_t length,
                                        size_t *position) {
  const unsigned char *s = (const unsigned char *)text + *position;
  size_t left = length - *position;
  if (left > 2 && s[0] >= 0xE0 && s[0] < 0xF0 && s[0] != 0xED &&
      (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80 &&
      (s[0] > 0xE0 || s[1] >= 0xA0)) {
    *position += 3;
    return (s[0] & 0xFu) << 12 | (s[1] & 0x3Fu) << 6 | (s[2] & 0x3Fu);
  }
  if (left > 1 && s[0] > 0xC1 && s[0] < 0xE0 && (s[1] & 0xC0) == 0x80) {
    *position += 2;
    return (s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu);
  }
  return utf8_next(text, length, position);
}

/* Encodes a character (a valid scalar value) into out[4]; returns the bytes. */
size_t utf8_put(uint32_t character, char *out);

/* The end of the run of ASCII bytes that starts at from (<= length). */
size_t utf8_ascii_end(const char *text, size_t length, size_t from);

/* The same for printable ASCII, from the space to the tilde. */
size_t utf8_printable_end(const char *text, size_t length, size_t from);

/* How many characters a valid text has. */
size_t utf8_count(const char *text, size_t length);

bool utf8_valid(const char *text, size_t length);

/* Appends text with each broken sequence replaced by U+FFFD and adds their
 * number to *replaced (may be NULL). False when memory runs out. */
bool utf8_repair(const char *text, size_t length, buf *out, size_t *replaced);

/* The largest length <= limit at which text can be cut without splitting a
 * character. */
size_t utf8_cut(const char *text, size_t length, size_t limit);

#endif
