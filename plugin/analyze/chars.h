/* What characters are to Xapian's tokenizer, which has those of Unicode 9.0;
 * char_classes.inc holds them. */
#ifndef BYLINE_ANALYZE_CHARS_H
#define BYLINE_ANALYZE_CHARS_H

#include <stdbool.h>
#include <stdint.h>
#include <unicode/uchar.h>

#include "byline/types.h"

/* A character's class is a set of these. */
enum {
  CHAR_WORD = 1,
  CHAR_DIGIT = 2, /* Nd; a word character as well */
  CHAR_JOINS_LETTERS = 4,
  CHAR_JOINS_DIGITS = 8,
  CHAR_ZERO_WIDTH = 16, /* joins and is dropped */
  CHAR_CAPITAL = 32,    /* u_tolower changes it */
  CHAR_HYPHEN = 64,     /* between the two words of a hyphenated pair */
  CHAR_SUFFIX = 128,    /* + and # */
  CHAR_STABLE = 256,    /* has no other form, whatever stands beside it */
  CHAR_ORDERED = 512    /* a mark that has none where chars_keep_order */
};

enum { CHAR_BLOCK_BITS = 7 };

/* Word characters of ASCII, lower-case; 0 for any other byte. */
extern const char CHAR_PLAIN[256];

/* Of a byte below 0x80. */
extern const uint16_t CHAR_CLASSES[];
extern const uint16_t CHAR_BLOCKS[];
static inline unsigned char_class_ascii(unsigned char byte) {
  return CHAR_CLASSES[byte];
}

/* ch is a character or anything below zero, which has no class. */
static inline unsigned char_class(UChar32 ch) {
  uint32_t c = (uint32_t)ch;
  if (c > UCHAR_MAX_VALUE)
    return 0;
  size_t block = CHAR_BLOCKS[c >> CHAR_BLOCK_BITS];
  return CHAR_CLASSES[(block << CHAR_BLOCK_BITS) |
                      (c & ((1u << CHAR_BLOCK_BITS) - 1))];
}

static inline bool char_is_word(UChar32 ch) {
  return (char_class(ch) & CHAR_WORD) != 0;
}

static inline bool char_is_digit(UChar32 ch) {
  return (char_class(ch) & CHAR_DIGIT) != 0;
}

/* The characters that join two words into one token. */
static inline bool char_joins_letters(UChar32 ch) {
  return (char_class(ch) & CHAR_JOINS_LETTERS) != 0;
}

static inline bool char_joins_digits(UChar32 ch) {
  return (char_class(ch) & CHAR_JOINS_DIGITS) != 0;
}

static inline bool char_is_zero_width(UChar32 ch) {
  return (char_class(ch) & CHAR_ZERO_WIDTH) != 0;
}

static inline bool char_is_hyphen(UChar32 ch) {
  return (char_class(ch) & CHAR_HYPHEN) != 0;
}

/* U+2019 and U+201B, which count as '. */
static inline bool char_is_curly_apostrophe(UChar32 ch) {
  return ch == 0x2019 || ch == 0x201B;
}

static inline bool char_is_upper_ascii(UChar32 ch) {
  return ch >= 'A' && ch <= 'Z';
}

static inline bool char_is_suffix(UChar32 ch) {
  return ch == '+' || ch == '#';
}

/* Whether CHAR_ORDERED marks stay in their order: a mark behind a character
 * that is CHAR_STABLE, or behind such a mark of its block that is not above. */
static inline bool chars_keep_order(UChar32 before, UChar32 mark) {
  return (char_class(before) & CHAR_STABLE) != 0 ||
         (before <= mark &&
          before >> CHAR_BLOCK_BITS == mark >> CHAR_BLOCK_BITS);
}

/* Whether a character behind another, the last of what is stable so far (0:
 * ASCII, or none), leaves it so; class is its own. */
static inline bool chars_stay_stable(UChar32 last, UChar32 ch, unsigned class) {
  if (class & CHAR_STABLE || ch < 0x80)
    return true;
  return class & CHAR_ORDERED && last != 0 && chars_keep_order(last, ch);
}

/* Whether a token could reach across ch, so that text must not be cut there. */
bool char_can_join(UChar32 ch);

/* Whether Xapian's tokenizer makes of term, which is lower case, exactly one
 * token that equals it. */
bool chars_are_token(byline_string term);

#endif
