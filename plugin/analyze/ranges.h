/* Ranges of characters, and whether a text has one of them. */
#ifndef BYLINE_ANALYZE_RANGES_H
#define BYLINE_ANALYZE_RANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/utf8.h"

typedef struct char_range {
  uint32_t first, last;
} char_range;

/* The ranges rise. */
static inline bool ranges_have(const char_range *ranges, size_t count,
                               uint32_t ch) {
  for (size_t i = 0; i < count; i++)
    if (ch <= ranges[i].last)
      return ch >= ranges[i].first;
  return false;
}

/* Whether wanted is true of a character of text; first is the first byte of the
 * lowest of which it may be. Inline, and so is wanted in it. */
static inline bool ranges_in_text(const char *text, size_t length,
                                  unsigned char first,
                                  bool (*wanted)(uint32_t ch)) {
  size_t at = utf8_ascii_end(text, length, 0);
  while (at < length) {
    if ((unsigned char)text[at] < first) {
      at = (unsigned char)text[at] < 0x80 ? utf8_ascii_end(text, length, at)
                                          : at + 1;
      continue;
    }
    uint32_t ch = utf8_next_inline(text, length, &at);
    if (ch != UTF8_INVALID && wanted(ch))
      return true;
  }
  return false;
}

#endif
