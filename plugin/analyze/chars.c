#include "analyze/chars.h"

#include <string.h>

#include "base/error.h"
#include "base/utf8.h"

/* U+111C9 changed from So to Mn after Unicode 9.0. */
static const char WORDS[] =
    "[[\\p{L}\\p{M}\\p{N}\\p{Pc}]&[:age=9.0:]-[\\U000111C9]]";
static const char DIGITS[] = "[\\p{Nd}&[:age=9.0:]]";

static USet *open_set(const char *pattern, UErrorCode *code) {
  UChar wide[sizeof WORDS];
  int32_t length = 0;
  for (; pattern[length] != '\0'; length++)
    wide[length] = (UChar)pattern[length];
  USet *set = uset_openPattern(wide, length, code);
  if (U_SUCCESS(*code))
    uset_freeze(set);
  return set;
}

byline_status charset_open(charset *c, byline_error *error) {
  UErrorCode code = U_ZERO_ERROR;
  c->words = open_set(WORDS, &code);
  c->digits = open_set(DIGITS, &code);
  if (U_SUCCESS(code))
    return BYLINE_OK;
  charset_close(c);
  if (code == U_MEMORY_ALLOCATION_ERROR)
    return error_no_memory(error);
  return error_set(error, BYLINE_INTERNAL,
                   "ICU cannot make a set of characters: %s; is its data "
                   "installed?",
                   u_errorName(code));
}

void charset_close(charset *c) {
  uset_close(c->words);
  uset_close(c->digits);
  memset(c, 0, sizeof *c);
}

bool char_is_curly_apostrophe(UChar32 ch) {
  return ch == 0x2019 || ch == 0x201B;
}

bool char_joins_letters(UChar32 ch) {
  return ch == '\'' || ch == '&' || ch == 0xB7 || ch == 0x5F4 || ch == 0x2027 ||
         char_is_curly_apostrophe(ch);
}

bool char_joins_digits(UChar32 ch) {
  switch (ch) {
  case ',':
  case '.':
  case ';':
  case 0x037E: /* Greek question mark */
  case 0x0589: /* Armenian full stop */
  case 0x060D: /* Arabic date separator */
  case 0x07F8: /* NKo comma */
  case 0x2044: /* fraction slash */
  case 0xFE10: /* vertical comma, colon and semicolon */
  case 0xFE13:
  case 0xFE14:
    return true;
  default:
    return false;
  }
}

bool char_is_zero_width(UChar32 ch) {
  return (ch >= 0x200B && ch <= 0x200D) || ch == 0x2060 || ch == 0xFEFF;
}

bool char_is_hyphen(UChar32 ch) {
  return ch == '-' || ch == 0xAD || ch == 0x2010 || ch == 0x2011;
}

bool charset_can_join(const charset *c, UChar32 ch) {
  return charset_is_word(c, ch) || char_joins_letters(ch) ||
         char_joins_digits(ch) || char_is_zero_width(ch) ||
         char_is_suffix(ch) || char_is_hyphen(ch);
}

/* Reads the next character; 0 at the end. Terms hold no NUL. */
static UChar32 next(byline_string term, size_t *at) {
  return *at < term.length ? (UChar32)utf8_next(term.data, term.length, at) : 0;
}

bool charset_is_token(const charset *c, byline_string term) {
  size_t at = 0;
  UChar32 previous = 0;
  UChar32 ch = next(term, &at);
  if (!charset_is_word(c, ch))
    return false;
  for (;;) {
    while (charset_is_word(c, ch)) {
      previous = ch;
      ch = next(term, &at);
    }
    if (ch == 0)
      return true;
    size_t behind = at;
    UChar32 following = next(term, &behind);
    if (!charset_is_word(c, following) || char_is_curly_apostrophe(ch))
      break;
    bool digits =
        charset_is_digit(c, previous) && charset_is_digit(c, following);
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
