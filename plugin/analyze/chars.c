#include "analyze/chars.h"

#include "base/utf8.h"

#include "analyze/char_classes.inc"

bool char_can_join(UChar32 ch) {
  unsigned none = CHAR_CAPITAL | CHAR_STABLE | CHAR_ORDERED;
  return (char_class(ch) & ~none) != 0;
}

/* Reads the next character; 0 at the end. Terms hold no NUL. */
static UChar32 next(byline_string term, size_t *at) {
  return *at < term.length ? (UChar32)utf8_next(term.data, term.length, at) : 0;
}

bool chars_are_token(byline_string term) {
  size_t at = 0;
  UChar32 previous = 0;
  UChar32 ch = next(term, &at);
  if (!char_is_word(ch))
    return false;
  for (;;) {
    while (char_is_word(ch)) {
      previous = ch;
      ch = next(term, &at);
    }
    if (ch == 0)
      return true;
    size_t behind = at;
    UChar32 following = next(term, &behind);
    if (!char_is_word(following) || char_is_curly_apostrophe(ch))
      break;
    bool digits = char_is_digit(previous) && char_is_digit(following);
    if (!(digits ? char_joins_digits(ch) : char_joins_letters(ch)))
      return false;
    ch = following;
    at = behind;
  }
  size_t suffix = 0;
  while (char_is_suffix(ch) && ++suffix <= 3)
    ch = next(term, &at);
  return ch == 0 && suffix > 0;
}
