/* Texts and the dates that they are. */
#ifndef BYLINE_TESTS_DATE_CASES_H
#define BYLINE_TESTS_DATE_CASES_H

#include "test.h"

#include "read/date.h"

typedef struct date_case {
  const char *text;
  const char *iso; /* NULL: no date; "": meant as one, but not clear */
} date_case;

typedef date_result (*date_parser)(const char *text, size_t length, char *iso);

/* Whether this was made of a text whose date is expected, as in a date_case. */
static inline void check_date(const char *text, date_result result,
                              const char *iso, const char *expected) {
  date_result kind = !expected    ? DATE_NONE
                     : !*expected ? DATE_UNCLEAR
                                  : DATE_FOUND;
  if (result != kind || strcmp(iso, expected ? expected : "") != 0)
    fail_msg("\"%s\": %d \"%s\"", text, (int)result, iso);
}

static inline void check_dates(const date_case *cases, size_t count,
                               date_parser parse) {
  for (size_t i = 0; i < count; i++) {
    const char *text = cases[i].text;
    char iso[DATE_ISO_SIZE];
    date_result result = parse(text, strlen(text), iso);
    check_date(text, result, iso, cases[i].iso);
  }
}

/* The same behind other dates of the file, a line each. */
static inline void check_date_behind(const char *seen, date_order stated,
                                     const char *text, const char *expected) {
  date_hints hints = DATE_HINTS_NONE;
  char iso[DATE_ISO_SIZE];
  hints.stated = stated;
  while (*seen) {
    size_t length = strcspn(seen, "\n");
    date_learn(&hints, seen, length);
    seen += length + (seen[length] == '\n');
  }
  date_result result = date_parse_hinted(text, strlen(text), &hints, iso);
  check_date(text, result, iso, expected);
}

#endif
