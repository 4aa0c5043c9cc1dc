/* Characters of well-formed UTF-16: ICU's macros mix signs. */
#ifndef BYLINE_ANALYZE_UTF16_H
#define BYLINE_ANALYZE_UTF16_H

#include <unicode/utf16.h>

/* The character at *at, which moves behind it; *at < length. */
static inline UChar32 utf16_next(const UChar *units, int32_t length,
                                 int32_t *at) {
  UChar32 ch = units[(*at)++];
  if ((ch & 0xFC00) == 0xD800 && *at < length)
    ch = (ch << 10) + units[(*at)++] - (int32_t)U16_SURROGATE_OFFSET;
  return ch;
}

/* The character before *at, which moves before it; *at > 0. */
static inline UChar32 utf16_previous(const UChar *units, int32_t *at) {
  UChar32 ch = units[--*at];
  if ((ch & 0xFC00) == 0xDC00 && *at > 0) {
    UChar32 lead = units[--*at];
    ch = (lead << 10) + ch - (int32_t)U16_SURROGATE_OFFSET;
  }
  return ch;
}

/* Returns where the character ends. */
static inline int32_t utf16_put(UChar *units, int32_t at, UChar32 ch) {
  if (ch < 0x10000) {
    units[at] = (UChar)ch;
    return at + 1;
  }
  units[at] = U16_LEAD(ch);
  units[at + 1] = U16_TRAIL(ch);
  return at + 2;
}

#endif
