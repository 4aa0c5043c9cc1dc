/* The character classes of Xapian's tokenizer (Unicode 9.0). */
#ifndef BYLINE_ANALYZE_CHARS_H
#define BYLINE_ANALYZE_CHARS_H

#include <stdbool.h>
#include <unicode/uset.h>

#include "byline/types.h"

typedef struct charset {
  USet *words;  /* frozen */
  USet *digits; /* Nd; frozen */
} charset;

byline_status charset_open(charset *c, byline_error *error);
void charset_close(charset *c);

static inline bool charset_is_word(const charset *c, UChar32 ch) {
  return uset_contains(c->words, ch);
}

static inline bool charset_is_digit(const charset *c, UChar32 ch) {
  return uset_contains(c->digits, ch);
}

/* The characters that join two words into one token. */
bool char_joins_letters(UChar32 ch);
bool char_joins_digits(UChar32 ch);

/* Joins and is dropped. */
bool char_is_zero_width(UChar32 ch);

/* U+2019 and U+201B, which count as '. */
bool char_is_curly_apostrophe(UChar32 ch);

/* Between the two words of a hyphenated pair. */
bool char_is_hyphen(UChar32 ch);

static inline bool char_is_upper_ascii(UChar32 ch) {
  return ch >= 'A' && ch <= 'Z';
}

static inline bool char_is_suffix(UChar32 ch) {
  return ch == '+' || ch == '#';
}

/* Whether a token could reach across ch, so that text must not be cut there. */
bool charset_can_join(const charset *c, UChar32 ch);

/* Whether Xapian's tokenizer makes of term, which is lower case, exactly one
 * token that equals it. */
bool charset_is_token(const charset *c, byline_string term);

#endif
