#include "read/rule.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unicode/ustring.h>

/* Patterns come from strangers: what one match may cost. ICU counts time in
 * ticks of about a millisecond. */
enum { MOST_TICKS = 200, MOST_STACK = 1 << 20 };

static const char *const group_names[GROUP_COUNT] = {
    "title", "author",  "affiliation", "date",     "year", "month", "day",
    "deck",  "section", "keywords",    "language", "url",  "id",    "text"};

/* ---- Compiling ---- */

static const char *explain(UErrorCode code) {
  static const struct {
    UErrorCode code;
    const char *text;
  } known[] = {
      {U_REGEX_RULE_SYNTAX, "it is no regular expression"},
      {U_REGEX_BAD_ESCAPE_SEQUENCE, "a \\ before a letter that means nothing"},
      {U_REGEX_MISMATCHED_PAREN, "a parenthesis has no partner"},
      {U_REGEX_MISSING_CLOSE_BRACKET, "a [ has no ]"},
      {U_REGEX_BAD_INTERVAL, "what is in { } is no number of times"},
      {U_REGEX_MAX_LT_MIN, "{ } has more times at least than at most"},
      {U_REGEX_NUMBER_TOO_BIG, "a number is too large"},
      {U_REGEX_PROPERTY_SYNTAX, "no such property of characters"},
      {U_REGEX_INVALID_RANGE, "a range in [ ] is the wrong way round"},
      {U_REGEX_INVALID_BACK_REF, "it refers to a group that it has not"},
      {U_REGEX_INVALID_CAPTURE_GROUP_NAME,
       "the name of a group must be letters, and be there once"},
      {U_REGEX_LOOK_BEHIND_LIMIT, "what it looks back on has no fixed length"},
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (known[i].code == code)
      return known[i].text;
  return u_errorName(code);
}

static bool has_group(const rule *r, const char *name, int32_t length,
                      int32_t *number) {
  UErrorCode code = U_ZERO_ERROR;
  *number = uregex_groupNumberFromCName(r->expression, name, length, &code);
  return U_SUCCESS(code);
}

static bool is_known(const char *name, size_t length) {
  for (size_t i = 0; i < GROUP_COUNT; i++)
    if (strlen(group_names[i]) == length &&
        memcmp(group_names[i], name, length) == 0)
      return true;
  return false;
}

/* A group with another name is a slip of the pen. */
static bool check_groups(const rule *r, byline_string pattern, char *fault,
                         size_t size) {
  for (size_t at = 0; at + 3 < pattern.length; at++) {
    int32_t number;
    const char *name = pattern.data + at + 3;
    if (memcmp(pattern.data + at, "(?<", 3) != 0)
      continue;
    const char *end = memchr(name, '>', pattern.length - at - 3);
    size_t length = end ? (size_t)(end - name) : 0;
    if (length == 0 || length > 100 || is_known(name, length) ||
        !has_group(r, name, (int32_t)length, &number))
      continue;
    snprintf(fault, size,
             "there is no group \"%.*s\": they are title, author, affiliation, "
             "date, year, month, day, deck, section, keywords, language, url, "
             "id, text",
             (int)length, name);
    return false;
  }
  return true;
}

byline_status rule_compile(rule *r, byline_string pattern, char *fault,
                           size_t size) {
  UChar wide[RULE_LONGEST];
  int32_t length = 0;
  UErrorCode code = U_ZERO_ERROR;
  UParseError where = {.offset = -1};
  if (pattern.length == 0 || pattern.length > RULE_LONGEST) {
    snprintf(fault, size, "a pattern has 1 to %d bytes", RULE_LONGEST);
    return BYLINE_INVALID;
  }
  u_strFromUTF8(wide, RULE_LONGEST, &length, pattern.data,
                (int32_t)pattern.length, &code);
  if (U_SUCCESS(code))
    r->expression = uregex_open(wide, length, UREGEX_ERROR_ON_UNKNOWN_ESCAPES,
                                &where, &code);
  if (code == U_MEMORY_ALLOCATION_ERROR)
    return BYLINE_NO_MEMORY;
  if (U_FAILURE(code)) {
    snprintf(fault, size, "the pattern is wrong at its character %d: %s",
             where.offset < 0 ? 1 : (int)where.offset, explain(code));
    return BYLINE_INVALID;
  }
  uregex_setTimeLimit(r->expression, MOST_TICKS, &code);
  uregex_setStackLimit(r->expression, MOST_STACK, &code);
  for (int i = 0; i < GROUP_COUNT; i++)
    if (!has_group(r, group_names[i], -1, &r->groups[i]))
      r->groups[i] = 0;
  return check_groups(r, pattern, fault, size) ? BYLINE_OK : BYLINE_INVALID;
}

void rule_close(rule *r) {
  if (r->expression)
    uregex_close(r->expression);
  r->expression = NULL;
}

/* ---- Matching ---- */

void rule_line_set(rule_line *line, byline_string text) {
  UErrorCode code = U_ZERO_ERROR;
  line->length = -1;
  if (text.length == 0 || text.length > RULE_LONGEST_LINE)
    return;
  u_strFromUTF8(line->text, RULE_LONGEST_LINE, &line->length, text.data,
                (int32_t)text.length, &code);
  if (U_FAILURE(code))
    line->length = -1;
}

/* ICU passes the context on as it got it: it is ours to change. */
static UBool count_ticks(const void *context, int32_t ticks) {
  *(int32_t *)(uintptr_t)context = ticks;
  return true;
}

rule_result rule_match(rule *r, const rule_line *line) {
  UErrorCode code = U_ZERO_ERROR;
  r->ticks = 0;
  if (line->length < 0)
    return RULE_NO;
  /* A rule may have moved since it was compiled. */
  uregex_setMatchCallback(r->expression, count_ticks, &r->ticks, &code);
  uregex_setText(r->expression, line->text, line->length, &code);
  bool taken = uregex_matches(r->expression, -1, &code) != 0;
  if (U_FAILURE(code))
    return RULE_TIRED;
  return taken ? RULE_YES : RULE_NO;
}

static void trim(buf *text) {
  size_t start = 0;
  while (text->length > 0 && text->data[text->length - 1] == ' ')
    text->length--;
  while (start < text->length && text->data[start] == ' ')
    start++;
  text->length -= start;
  memmove(text->data, text->data + start, text->length);
  text->data[text->length] = '\0';
}

bool rule_text(const rule *r, rule_group group, const rule_line *line,
               buf *text, bool *ok) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t number = r->groups[group];
  buf_clear(text);
  *ok = buf_reserve(text, RULE_LONGEST_LINE);
  if (number == 0 || !*ok)
    return false;
  int32_t start = uregex_start(r->expression, number, &code);
  int32_t end = uregex_end(r->expression, number, &code);
  int32_t length = 0;
  if (U_FAILURE(code) || start < 0 || end <= start)
    return true;
  u_strToUTF8WithSub(text->data, RULE_LONGEST_LINE, &length, line->text + start,
                     end - start, 0xFFFD, NULL, &code);
  text->length = U_SUCCESS(code) ? (size_t)length : 0;
  trim(text);
  return true;
}
