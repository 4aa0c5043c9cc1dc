/* What kind of query it is: with operators, plain words, or a sentence. */
#include <string.h>
#include <unicode/uchar.h>

#include "analyze/language.h"
#include "analyze/query.h"
#include "analyze/stopwords.h"
#include "base/utf8.h"

enum { HYPHEN = 0x2010, NO_BREAK_HYPHEN = 0x2011 };

bool query_is_operator(byline_string word) {
  static const char *const operators[] = {"AND", "OR",  "NOT",
                                          "XOR", "ADJ", "NEAR"};
  char letters[5] = "";
  size_t at = 0;
  for (size_t n = 0; at < word.length; n++) {
    UChar32 ch = (UChar32)utf8_next(word.data, word.length, &at);
    char narrow = mark_narrow(ch);
    if (n == sizeof letters - 1 || !char_is_upper_ascii(narrow))
      return false;
    letters[n] = narrow;
  }
  for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
    if (strcmp(letters, operators[i]) == 0)
      return true;
  return false;
}

/* ---- Sentences ---- */

/* Whether it has no letter in lower case, and no mark of a query language. */
static bool is_in_capitals(const reading *r) {
  for (size_t at = 0; at < r->length;) {
    UChar32 ch = (UChar32)utf8_next(r->text, r->length, &at);
    if (u_islower(ch) || (ch > 0 && ch < 0x80 && strchr("\"()+:*~", (int)ch)))
      return false;
  }
  return true;
}

/* NPL's queries look so: "DESIGN AND USE OF FILTERS". Who writes stop words
 * writes a sentence. */
void query_look(reading *r) {
  char code[LANGUAGE_CODE_SIZE];
  language_code(r->a->language, code);
  uint32_t bit = stopwords_bit(code);
  base_token *token = &r->a->tokens[0];
  bool operators = false, stop = false;
  for (scanner s = {r->text, r->length, 0}; scan_next(&s, token);) {
    byline_string word = {r->text + token->start, token->end - token->start};
    if (query_is_operator(word))
      operators = true;
    else
      stop = stop || (stopwords_languages(base_term(token)) & bit) != 0;
  }
  r->sentence = operators && stop && is_in_capitals(r);
  r->plain = !operators || r->sentence;
}

/* ---- Words with hyphens ---- */

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool is_joint(const reading *r, size_t from, size_t to) {
  size_t at = from;
  UChar32 ch = (UChar32)utf8_next(r->text, r->length, &at);
  bool joins = ch == '-' || ch == '/' || ch == HYPHEN || ch == NO_BREAK_HYPHEN;
  /* A number stays one: 555-0134. */
  return joins && at == to &&
         !(is_digit(r->text[from - 1]) && is_digit(r->text[to]));
}

bool query_parts_word(reading *r, size_t from, size_t to) {
  if (!r->plain || query_in_quotes(r))
    return false;
  if (from < to && from > 0 && is_joint(r, from, to))
    return r->parted;
  /* Behind a sign or a field's name it stays a phrase, and so do addresses. */
  r->parted = to == 0 || r->text[to - 1] == ' ';
  return false;
}
