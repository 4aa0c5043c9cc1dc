#include "cli/width.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { ZWJ = 0x200D, EMOJI_STYLE = 0xFE0F, SOFT_HYPHEN = 0xAD };

static bool has(UChar32 c, UProperty property) {
  return u_hasBinaryProperty(c, property) != 0;
}

/* Vowels and finals of Hangul stand within the square of their syllable. */
static bool joins_hangul(UChar32 c) {
  int32_t type = u_getIntPropertyValue(c, UCHAR_HANGUL_SYLLABLE_TYPE);
  return type == U_HST_VOWEL_JAMO || type == U_HST_TRAILING_JAMO;
}

static size_t character_width(UChar32 c) {
  if (c >= ' ' && c < 0x7F)
    return 1;
  int8_t kind = u_charType(c);
  if (kind == U_NON_SPACING_MARK || kind == U_ENCLOSING_MARK ||
      (kind == U_FORMAT_CHAR && c != SOFT_HYPHEN) || joins_hangul(c))
    return 0;
  int32_t width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

int32_t cli_next_character(const char *text, size_t length, size_t *at) {
  const uint8_t *bytes = (const uint8_t *)text;
  UChar32 c;
  U8_NEXT(bytes, *at, length, c);
  return c;
}

bool cli_turns_direction(int32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

size_t cli_text_width(const char *text, size_t length) {
  size_t total = 0, last = 0; /* columns of all, and of the last character */
  UChar32 c, before = 0;
  for (size_t i = 0; i < length; before = c) {
    c = cli_next_character(text, length, &i);
    if (c < 0) {
      total += last = 1;
    } else if (c == EMOJI_STYLE && last == 1 && has(before, UCHAR_EMOJI)) {
      total += 1;
      last = 2;
    } else if ((before == ZWJ && has(c, UCHAR_EXTENDED_PICTOGRAPHIC)) ||
               (has(c, UCHAR_EMOJI_MODIFIER) && last == 2 &&
                has(before, UCHAR_EMOJI_MODIFIER_BASE))) {
      continue; /* drawn into the emoji before it */
    } else {
      size_t width = character_width(c);
      total += width;
      last = width > 0 ? width : last;
    }
  }
  return total;
}
