#include "search/dates.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "index/schema.h"
#include "search/relative.h"

/* ---- One date ---------------------------------------------------------- */

/* The date as SLOT_DATE has it, as far as it is given. */
static byline_status date_value(byline_string text, int64_t now, char value[16],
                                byline_error *error) {
  char iso[DATE_ISO_SIZE] = "";
  if (!relative_date(text, now, iso) &&
      date_parse(text.data, text.length, iso) != DATE_FOUND)
    return error_set(error, BYLINE_BAD_QUERY,
                     "'%.*s' is not a date; give YYYY, YYYY-MM, YYYY-MM-DD, "
                     "today, yesterday, '3 weeks ago', or a date such as '14 "
                     "November 2017'",
                     (int)utf8_cut(text.data, text.length, 80), text.data);
  schema_date_digits((byline_string){iso, strlen(iso)}, value);
  return BYLINE_OK;
}

bool dates_digits(byline_string text, size_t count, char digits[16]) {
  char written[16], iso[DATE_ISO_SIZE];
  size_t n = 0;
  for (size_t i = 0; i < text.length; i++) {
    char c = text.data[i];
    if (c >= '0' && c <= '9' && n < count)
      digits[n++] = c;
    else if (c != '-' || n != 4)
      return false;
  }
  if (n != count)
    return false;
  digits[n] = '\0';
  n = (size_t)snprintf(written, sizeof written, "%.4s%s%s", digits,
                       count > 4 ? "-" : "", digits + 4);
  return date_parse(written, n, iso) == DATE_FOUND;
}

/* ---- Spans ------------------------------------------------------------- */

byline_status dates_between(byline_string since, byline_string until,
                            int64_t now, xap_query **query,
                            byline_error *error) {
  char low[16] = "", high[16 + 1] = "";
  byline_status status = BYLINE_OK;
  if (since.length > 0)
    status = date_value(since, now, low, error);
  if (status == BYLINE_OK && until.length > 0) {
    status = date_value(until, now, high, error);
    size_t length = strlen(high);
    high[length] = '\xFF'; /* to the end of that day, month or year */
    high[length + 1] = '\0';
  }
  if (status != BYLINE_OK)
    return status;
  if (low[0] && high[0] && strcmp(low, high) > 0)
    return error_set(error, BYLINE_BAD_QUERY,
                     "no date is both since %.*s and until %.*s",
                     (int)utf8_cut(since.data, since.length, 80), since.data,
                     (int)utf8_cut(until.data, until.length, 80), until.data);
  return xap_query_value_range(SLOT_DATE, (byline_string){low, strlen(low)},
                               (byline_string){high, strlen(high)}, query,
                               error);
}

/* ---- In queries -------------------------------------------------------- */

#define JOINT '_' /* for blanks and quotes, see dates_join */

byline_status dates_field(byline_string text, int64_t now, xap_query **query,
                          byline_error *error) {
  char copy[256]; /* no date is longer */
  if (text.length < sizeof copy) {
    for (size_t i = 0; i < text.length; i++)
      copy[i] = text.data[i] == JOINT ? ' ' : text.data[i];
    text.data = copy;
  }
  while (text.length > 0 && text.data[0] == ' ') {
    text.data++;
    text.length--;
  }
  while (text.length > 0 && text.data[text.length - 1] == ' ')
    text.length--;
  for (size_t i = 0; i + 1 < text.length; i++)
    if (text.data[i] == '.' && text.data[i + 1] == '.') {
      byline_string since = {text.data, i};
      byline_string until = {text.data + i + 2, text.length - i - 2};
      return dates_between(since, until, now, query, error);
    }
  return dates_between(text, text, now, query, error);
}

static bool ends_word(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ')';
}

/* Where an end of a span ends: behind its last quote, before ".." or where the
 * word ends. */
static size_t span_end(const char *text, size_t at, size_t length) {
  if (at < length && text[at] == '"') {
    const char *close = memchr(text + at + 1, '"', length - at - 1);
    return close ? (size_t)(close - text) + 1 : at;
  }
  while (at < length && !ends_word(text[at]) && text[at] != '"' &&
         !(at + 1 < length && text[at] == '.' && text[at + 1] == '.'))
    at++;
  return at;
}

/* Text begins behind "date:". */
static void join_span(char *text, size_t length) {
  size_t middle = span_end(text, 0, length);
  if (middle + 1 >= length || text[middle] != '.' || text[middle + 1] != '.')
    return;
  size_t end = span_end(text, middle + 2, length);
  if (!memchr(text, '"', end))
    return;
  for (size_t i = 0; i < end; i++)
    if (text[i] == '"' || ends_word(text[i]))
      text[i] = JOINT;
}

void dates_join(char *text, size_t length) {
  static const char field[] = "date:";
  size_t size = sizeof field - 1;
  for (size_t i = 0; i + size < length; i++)
    if (memcmp(text + i, field, size) == 0 &&
        (i == 0 || strchr(" \t\r\n(+-", text[i - 1])))
      join_span(text + i + size, length - i - size);
}
