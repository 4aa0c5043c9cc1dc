/* Dates as people write them. */
#include <stdio.h>

#include "date_cases.h"

static void whole_days(void **state) {
  (void)state;
  static const date_case rows[] = {
      {"20 Oct 2020", "2020-10-20"},
      {"12 November 2025", "2025-11-12"},
      {"1 May 1890", "1890-05-01"},
      {"October 20, 2020", "2020-10-20"},
      {"October 20 2020", "2020-10-20"},
      {"Oct. 20, 2020", "2020-10-20"},
      {"20 October, 2020", "2020-10-20"},
      {"2020-10-20", "2020-10-20"},
      {"2020/10/20", "2020-10-20"},
      {"2020.10.20", "2020-10-20"},
      {"2020-1-2", "2020-01-02"},
      {"2020 October 20", "2020-10-20"},
      {"20-Oct-2020", "2020-10-20"},
      {"20/Oct/2020", "2020-10-20"},
      {"20Oct2020", "2020-10-20"},
      {"Tuesday, 20 October 2020", "2020-10-20"},
      {"Tuesday 20 October 2020", "2020-10-20"},
      {"TUESDAY 20 OCTOBER 2020", "2020-10-20"},
      {"Tue 20 Oct 2020", "2020-10-20"},
      {"Tues., Oct. 20, 2020", "2020-10-20"},
      {"20 October 2020, Tuesday", "2020-10-20"},
      {"Tuesday, October 20th, 2020", "2020-10-20"},
      {"1st January 2000", "2000-01-01"},
      {"2nd Feb 2000", "2000-02-02"},
      {"3rd of March 2000", "2000-03-03"},
      {"the 4th of April, 2000", "2000-04-04"},
      {"5 Sept 2020", "2020-09-05"},
      {"Sept. 5, 2020", "2020-09-05"},
      {"  20 Oct 2020\t", "2020-10-20"},
      {"20 Oct 2020.", "2020-10-20"},
      {"20   Oct   2020", "2020-10-20"},
      {"29 Feb 2020", "2020-02-29"},
      {"29 Feb 2000", "2000-02-29"},
      {"1 January 0001", "0001-01-01"},
      {"31 December 9999", "9999-12-31"},
      {"20/10/2020", "2020-10-20"},
      {"10/20/2020", "2020-10-20"},
      {"20.10.2020", "2020-10-20"},
      {"20-10-2020", "2020-10-20"},
      {"5/5/2020", "2020-05-05"},
      /* Only one of the two readings is a Friday. */
      {"Friday 03/04/2020", "2020-04-03"},
  };
  check_dates(rows, COUNT(rows), date_parse);
}

static void parts_of_dates(void **state) {
  (void)state;
  static const date_case rows[] = {
      {"October 2020", "2020-10"},
      {"Oct 2020", "2020-10"},
      {"October, 2020", "2020-10"},
      {"2020 October", "2020-10"},
      {"2020-10", "2020-10"},
      {"10/2020", "2020-10"},
      {"May 1968", "1968-05"},
      {"2020", "2020"},
      {"0001", "0001"},
  };
  check_dates(rows, COUNT(rows), date_parse);
}

static void unclear(void **state) {
  (void)state;
  static const date_case rows[] = {
      {"03/04/2020", ""},
      {"3.4.2020", ""},
      {"03-04-2020", ""},
      {"31 Feb 2020", ""},
      {"29 Feb 2021", ""},
      {"29 Feb 1900", ""},
      {"31 April 2020", ""},
      {"0 May 2020", ""},
      {"32 May 2020", ""},
      {"2020-13-01", ""},
      {"2020-00-10", ""},
      {"13/13/2020", ""},
      {"1 May 0000", ""},
      {"Wednesday 20 October 2020", ""},
      {"Tuesday October 2020", ""},
      {"Tuesday Wednesday 20 October 2020", ""},
      {"20-26 October 2020", ""},
      {"20\xE2\x80\x93"
       "26 October 2020",
       ""},
      {"30 September to 6 October 2020", ""},
      {"October/November 2020", ""},
      {"20 October", ""},
      {"20 Oct 20", ""},
  };
  check_dates(rows, COUNT(rows), date_parse);
}

static void no_dates(void **state) {
  (void)state;
  static const date_case rows[] = {
      {"", NULL},
      {" ", NULL},
      {".", NULL},
      {"-", NULL},
      {"May June", NULL},
      {"April May", NULL},
      {"May", NULL},
      {"Tuesday", NULL},
      {"Sun 2020", NULL},
      {"the 2020", NULL},
      {"20", NULL},
      {"123", NULL},
      {"12345", NULL},
      {"0000", NULL},
      {"20201020", NULL},
      {"20/10/20", NULL},
      {"1/2/3", NULL},
      {"2019-20", NULL},
      {"20 10 2020", NULL},
      {"2020-10/20", NULL},
      {"In October 2020", NULL},
      {"20 October 2020 in Leeds", NULL},
      {"Socialism 2017", NULL},
      {"20 Marches 2020", NULL},
      {"Octobers 2020", NULL},
      {"1920s", NULL},
      {"20 Oct 2020 -", NULL},
      {"- 20 Oct 2020", NULL},
      {"20 Oct 2020!", NULL},
      {"20 Oct 2020 20 Oct 2020 20 Oct 2020 20 Oct 2020", NULL},
      {"Supercalifragilistic 20 Oct 2020", NULL},
  };
  check_dates(rows, COUNT(rows), date_parse);
}

static void every_day_of_two_years(void **state) {
  (void)state;
  static const char *const months[] = {"Jan", "Feb", "Mar", "Apr",
                                       "May", "Jun", "Jul", "Aug",
                                       "Sep", "Oct", "Nov", "Dec"};
  static const char *const days[] = {"Wed", "Thu", "Fri", "Sat",
                                     "Sun", "Mon", "Tue"};
  static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  size_t day = 0; /* 1 January 2020 was a Wednesday */
  for (int year = 2020; year <= 2021; year++)
    for (int m = 0; m < 12; m++)
      for (int d = 1; d <= lengths[m] - (m == 1 && year == 2021); d++) {
        char text[64], expected[64], iso[DATE_ISO_SIZE];
        snprintf(text, sizeof text, "%s %d %s %d", days[day++ % 7], d,
                 months[m], year);
        snprintf(expected, sizeof expected, "%d-%02d-%02d", year, m + 1, d);
        assert_int_equal(date_parse(text, strlen(text), iso), DATE_FOUND);
        assert_string_equal(iso, expected);
      }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(whole_days),
      cmocka_unit_test(parts_of_dates),
      cmocka_unit_test(unclear),
      cmocka_unit_test(no_dates),
      cmocka_unit_test(every_day_of_two_years),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
