#include "search/limits.h"

#include "analyze/marks.h"
#include "analyze/scan.h"
#include "base/error.h"
#include "base/utf8.h"

static byline_status refuse(size_t position, byline_error *error,
                            const char *what, int most, const char *unit) {
  error_set(error, BYLINE_BAD_QUERY, "the query has more than %d %s; %s", most,
            unit, what);
  if (error)
    error->position = position;
  return BYLINE_BAD_QUERY;
}

static byline_status check_words(byline_string query, byline_error *error) {
  base_token token;
  size_t words = 0;
  for (scanner s = {query.data, query.length, 0}; scan_next(&s, &token);)
    if (++words > QUERY_WORDS_MAX)
      return refuse(token.start, error, "leave out what matters least",
                    QUERY_WORDS_MAX, "words");
  return BYLINE_OK;
}

/* Brackets, wildcards and names count in quotes as well: what is quoted is
 * for the parser to say. */
static byline_status check_marks(byline_string query, byline_error *error) {
  size_t depth = 0, wildcards = 0, fields = 0;
  bool word = false; /* the character before is of one */
  for (size_t at = 0; at < query.length;) {
    size_t start = at;
    UChar32 ch = (UChar32)utf8_next(query.data, query.length, &at);
    char mark = ch >= 0xFF01 && ch <= 0xFF5E ? mark_narrow(ch)
                : ch > 0 && ch < 0x80        ? (char)ch
                                             : ' ';
    if (mark == '(' && ++depth > QUERY_DEPTH_MAX)
      return refuse(start, error, "leave some out", QUERY_DEPTH_MAX,
                    "brackets in each other");
    if (mark == ')' && depth > 0)
      depth--;
    if (mark == '*' && word && ++wildcards > QUERY_WILDCARDS_MAX)
      return refuse(start, error, "write some words to their end",
                    QUERY_WILDCARDS_MAX, "wildcards");
    if (mark == ':' && word && ++fields > QUERY_FIELDS_MAX)
      return refuse(start, error, "search in several steps", QUERY_FIELDS_MAX,
                    "fields");
    word = char_is_word(ch);
  }
  return BYLINE_OK;
}

byline_status limits_check(byline_string query, byline_error *error) {
  if (query.length > QUERY_BYTES_MAX)
    return refuse(QUERY_BYTES_MAX, error, "leave out what matters least",
                  QUERY_BYTES_MAX >> 20, "MB");
  byline_status status = check_words(query, error);
  return status == BYLINE_OK ? check_marks(query, error) : status;
}
