/* Dates that are counted from a day. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "search/relative.h"

/* Noon of that day in UTC. */
static int64_t noon(int year, int month, int day) {
  int64_t days = 0;
  for (int y = 1970; y < year; y++)
    days += (y % 4 == 0 && y % 100 != 0) || y % 400 == 0 ? 366 : 365;
  for (int m = 1; m < month; m++)
    days +=
        m == 2
            ? ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28)
            : 30 + ((m + m / 8) & 1);
  return (days + day - 1) * 86400 + 43200;
}

/* Empty: it is no such date. */
static void counts(const char *text, int64_t now, const char *wanted) {
  char iso[DATE_ISO_SIZE] = "";
  bool found = relative_date(str(text), now, iso);
  if (found != (*wanted != '\0') || strcmp(iso, wanted) != 0)
    fail_msg("%s: %s, not %s", text, iso, wanted);
}

static void days_and_weeks_are_counted(void **state) {
  (void)state;
  int64_t now = noon(2024, 3, 31);
  counts("today", now, "2024-03-31");
  counts(" Yesterday ", now, "2024-03-30");
  counts("a day ago", now, "2024-03-30");
  counts("31 days ago", now, "2024-02-29");
  counts("3 weeks ago", now, "2024-03-10");
  counts("366 days ago", now, "2023-03-31");
  counts("36524 days ago", now, "1924-04-01");
  counts("0 days ago", now, "2024-03-31");
}

static void months_and_years_are_the_calendars(void **state) {
  (void)state;
  counts("a month ago", noon(2024, 3, 31), "2024-02-29");
  counts("1 month ago", noon(2023, 3, 31), "2023-02-28");
  counts("one month ago", noon(2024, 1, 15), "2023-12-15");
  counts("12 months ago", noon(2024, 2, 29), "2023-02-28");
  counts("A Year Ago", noon(2024, 2, 29), "2023-02-28");
  counts("4 years ago", noon(2024, 2, 29), "2020-02-29");
  counts("twelve months ago", noon(2024, 5, 31), "2023-05-31");
  counts("11 months ago", noon(2024, 5, 31), "2023-06-30");
}

static void blanks_may_be_hyphens(void **state) {
  (void)state;
  counts("3-weeks-ago", noon(2024, 3, 31), "2024-03-10");
  counts(" 3  weeks\tago ", noon(2024, 3, 31), "2024-03-10");
}

static void nothing_is_before_the_year_1(void **state) {
  (void)state;
  int64_t now = noon(2024, 3, 31);
  counts("2023 years ago", now, "0001-03-31");
  counts("2024 years ago", now, "");
  counts("24290 months ago", now, "");
  counts("738975 days ago", now, "0001-01-01");
  counts("738976 days ago", now, "");
  counts("9999999 weeks ago", now, "");
  counts("99999999 days ago", now, "");
  counts("99999999999999999999999 days ago", now, "");
}

static void other_words_are_no_such_date(void **state) {
  (void)state;
  static const char *const texts[] = {"",
                                      "ago",
                                      "day ago",
                                      "3 ago",
                                      "3 days",
                                      "-",
                                      "a few days ago",
                                      "3 days ago.",
                                      "3.5 days ago",
                                      "+3 days ago",
                                      "three fortnights ago",
                                      "thirteen days ago",
                                      "3 dayss ago",
                                      "3 da ago",
                                      "tomorrow",
                                      "2017-11-14",
                                      "-3 days ago",
                                      "3--days ago",
                                      "3 days ago-",
                                      "three weeks before",
                                      "todayyyyyyyyyyyyyyyyyyyyyy"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    counts(texts[i], noon(2024, 3, 31), "");
}

static void days_are_those_of_local_time(void **state) {
  (void)state;
  setenv("TZ", "UTC+13", 1);
  tzset();
  counts("today", noon(2024, 3, 1), "2024-02-29");
  setenv("TZ", "UTC-13", 1);
  tzset();
  counts("today", noon(2024, 2, 29), "2024-03-01");
  setenv("TZ", "UTC", 1);
  tzset();
}

static void without_a_day_it_is_the_clocks(void **state) {
  (void)state;
  char before[DATE_ISO_SIZE], found[DATE_ISO_SIZE], after[DATE_ISO_SIZE];
  assert_true(relative_date(str("today"), time(NULL), before));
  assert_true(relative_date(str("today"), 0, found));
  assert_true(relative_date(str("today"), time(NULL), after));
  assert_true(strcmp(before, found) == 0 || strcmp(after, found) == 0);
}

static int in_utc(void **state) {
  (void)state;
  setenv("TZ", "UTC", 1);
  tzset();
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(days_and_weeks_are_counted),
      cmocka_unit_test(months_and_years_are_the_calendars),
      cmocka_unit_test(blanks_may_be_hyphens),
      cmocka_unit_test(nothing_is_before_the_year_1),
      cmocka_unit_test(other_words_are_no_such_date),
      cmocka_unit_test(days_are_those_of_local_time),
      cmocka_unit_test(without_a_day_it_is_the_clocks),
  };
  return cmocka_run_group_tests(tests, in_utc, NULL);
}
