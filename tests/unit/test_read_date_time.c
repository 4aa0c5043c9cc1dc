/* Dates as programs write them, and the calendar below them. */
#include "date_cases.h"

#include "read/calendar.h"
#include "read/date_time.h"

static void iso_8601(void **state) {
  (void)state;
  static const date_case rows[] = {
      {"2017-11-14T08:30:00+01:00", "2017-11-14T08:30:00"},
      {"2017-11-14T08:30:00Z", "2017-11-14T08:30:00"},
      {"2017-11-14t08:30:00z", "2017-11-14T08:30:00"},
      {"2017-11-14T08:30:00.123456Z", "2017-11-14T08:30:00"},
      {"2017-11-14T08:30:00,5-0330", "2017-11-14T08:30:00"},
      {"2017-11-14T08:30+01", "2017-11-14T08:30:00"},
      {"2017-11-14T08:30", "2017-11-14T08:30:00"},
      {"2017-11-14T08", "2017-11-14T08:00:00"},
      {"2017-11-14 08:30", "2017-11-14T08:30:00"},
      {"2017-11-14 8:30", "2017-11-14T08:30:00"},
      {"2017-11-14 08:30:07 +0100", "2017-11-14T08:30:07"},
      {"2017-11-14 08:30:07 -0500 EST", "2017-11-14T08:30:07"},
      {"2017-11-14 08:30:07 UTC", "2017-11-14T08:30:07"},
      {"20171114T083007Z", "2017-11-14T08:30:07"},
      {"20171114T0830", "2017-11-14T08:30:00"},
      {"20171114", "2017-11-14"},
      {"2017-11-14", "2017-11-14"},
      {" 2017-11-14\n", "2017-11-14"},
      {"2017-11", "2017-11"},
      {"2017", "2017"},
      {"0001-01-01", "0001-01-01"},
      {"9999-12-31T23:59:60Z", "9999-12-31T23:59:60"},
      {"2017-11-14T24:00:00", "2017-11-14"},
      {"2017-W46-2", "2017-11-14"},
      {"2017W462", "2017-11-14"},
      {"2017-W46-2T08:30Z", "2017-11-14T08:30:00"},
      {"2017-318", "2017-11-14"},
      {"2017318", "2017-11-14"},
      {"2020-366", "2020-12-31"},
      {"2020-W53-7", "2021-01-03"},
      {"2009-W01-1", "2008-12-29"},
  };
  check_dates(rows, COUNT(rows), date_time_parse);
}

static void rfc_5322(void **state) {
  (void)state;
  static const date_case rows[] = {
      {"Tue, 14 Nov 2017 08:30:00 +0100", "2017-11-14T08:30:00"},
      {"Tue, 14 Nov 2017 08:30:00 +0100 (CET)", "2017-11-14T08:30:00"},
      {"Tue, 14 Nov 2017 08:30:00 GMT", "2017-11-14T08:30:00"},
      {"14 Nov 2017 08:30 -0000", "2017-11-14T08:30:00"},
      {"14 Nov 2017 08:30", "2017-11-14T08:30:00"},
      {"tue, 14 nov 2017 08:30:00 EST", "2017-11-14T08:30:00"},
      {"Tue,14 Nov 2017 08:30:00 Z", "2017-11-14T08:30:00"},
      {"Tue (a (nested) note), 14 Nov 2017 08:30:00 +0100",
       "2017-11-14T08:30:00"},
      {"(note) Tue, 14 (\\)) Nov 2017 08:30:00 +0100", "2017-11-14T08:30:00"},
      {"Tue, 14\r\n Nov 2017 08:30:00 +0100", "2017-11-14T08:30:00"},
      {"Tue, 4 Nov 97 08:30 EST", "1997-11-04T08:30:00"},
      {"4 Nov 49 08:30 PDT", "2049-11-04T08:30:00"},
      {"4 Nov 50 08:30 PDT", "1950-11-04T08:30:00"},
      {"4 Nov 103 08:30 A", "2003-11-04T08:30:00"},
      {"Tuesday, 14-Nov-17 08:30:00 GMT", "2017-11-14T08:30:00"},
      {"Tue, 14-Nov-2017 08:30:00 GMT", "2017-11-14T08:30:00"},
      {"Tue Nov 14 08:30:00 2017", "2017-11-14T08:30:00"},
      {"Sat Nov  4 08:30:00 2017", "2017-11-04T08:30:00"},
      {"Tue Nov 14 08:30:00 CET 2017", "2017-11-14T08:30:00"},
      {"14 November 2017 08:30 GMT+0100", "2017-11-14T08:30:00"},
      {"Tue, 14 Nov 2017", "2017-11-14"},
      {"Tuesday, November 14, 2017", "2017-11-14"},
      {"14/11/2017", "2017-11-14"},
      {"14/11/2017 08:30", "2017-11-14T08:30:00"},
      {"November 14, 2017 8:30 pm", "2017-11-14T20:30:00"},
      {"November 14, 2017 at 12:05 A.M. EST", "2017-11-14T00:05:00"},
      {"Tuesday, November 14, 2017 - 8:30am", "2017-11-14T08:30:00"},
      {"14. November 2017, 8:30 Uhr", "2017-11-14T08:30:00"},
      {"14 novembre 2017 \xC3\xA0 08:30", "2017-11-14T08:30:00"},
      {"14.11.2017, 08:30:07 CET", "2017-11-14T08:30:07"},
      {"14 November 2017, 24:00", "2017-11-14"},
  };
  check_dates(rows, COUNT(rows), date_time_parse);
}

static void unclear(void **state) {
  (void)state;
  static const date_case rows[] = {
      {"2017-02-29", ""},
      {"20170229", ""},
      {"20171100", ""},
      {"2017-13", ""},
      {"2017-00", ""},
      {"2017-00-10", ""},
      {"2017-11-00", ""},
      {"0000-01-01", ""},
      {"2017-11-14T25:00", ""},
      {"2017-11-14T24:01", ""},
      {"2017-11-14T08:60", ""},
      {"2017-11-14T08:30:61", ""},
      {"2017-366", ""},
      {"2017-000", ""},
      {"2017-W53-1", ""},
      {"2017-W00-1", ""},
      {"2017-W46-8", ""},
      {"2017-W46", ""},
      {"Wed, 14 Nov 2017 08:30:00 +0100", ""},
      {"Tue, 31 Feb 2017 08:30:00 +0100", ""},
      {"03/04/2017", ""},
      {"03/04/2017 08:30", ""},
      {"14 Nov 2 08:30", ""},
      {"14 November, 2017 25:30", ""},
  };
  check_dates(rows, COUNT(rows), date_time_parse);
}

static void no_dates(void **state) {
  (void)state;
  static const date_case rows[] = {
      {"", NULL},
      {" ", NULL},
      {"T", NULL},
      {"now", NULL},
      {"1510644600", NULL},
      {"201711", NULL},
      {"2017-11-14T", NULL},
      {"2017-11-14Z", "2017-11-14"},
      {"2017-11-14T8", NULL},
      {"2017-11-14T08:3", NULL},
      {"2017-11-14T08:30:00.", NULL},
      {"2017-11-14T08:30+1", NULL},
      {"2017-11-14T08:30 and on", NULL},
      {"2017-11-14T08:30 +01 +01 +01", NULL},
      {"2017-11T08:30", NULL},
      {"2017T08:30", NULL},
      {"2017-11-14/2017-11-15", NULL},
      {"14 Nov 2017 08:30 (open", NULL},
      {"Tue, Nov 08:30:00 2017", NULL},
      {"14 Noc 2017 08:30", NULL},
      {"<script>", NULL},
      {"08:30", NULL},
      {"November 2017 08:30", NULL},
      {"14. November 2017, 13:30 pm", NULL},
      {"14. November 2017, 8:30 Uhr abends", NULL},
      {"14. November 2017:30", NULL},
  };
  check_dates(rows, COUNT(rows), date_time_parse);
}

/* Every day of a cycle of the calendar: weekdays follow one another, and
 * ordinals and weeks name the day they should. */
static void the_calendar(void **state) {
  (void)state;
  unsigned weekday = 6, week = 52; /* 1 January 2000, a Saturday */
  for (unsigned year = 2000, n = 1; year < 2400; n++) {
    calendar_day d, w;
    if (!calendar_ordinal(year, n, &d)) {
      assert_true(n == 366 || n == 367);
      year++;
      n = 0;
      continue;
    }
    assert_true(calendar_exists(d));
    assert_int_equal(calendar_weekday(d), weekday);
    unsigned iso_weekday = weekday == 0 ? 7 : weekday;
    if (iso_weekday == 1) {
      /* The week's Thursday decides its year and number. */
      bool next = d.month == 12 && d.day >= 29;
      week = next ? 1 : (n + 3 + 6) / 7;
    }
    unsigned week_year = d.month == 1 && week > 50   ? year - 1
                         : d.month == 12 && week < 2 ? year + 1
                                                     : year;
    assert_true(calendar_week(week_year, week, iso_weekday, &w));
    assert_int_equal(w.year * 10000 + w.month * 100 + w.day,
                     d.year * 10000 + d.month * 100 + d.day);
    weekday = (weekday + 1) % 7;
  }
}

/* As JSON and pages of the web have them. */
static void fields_of_programs(void **state) {
  (void)state;
  static const date_case rows[] = {
      {"2020-10-20", "2020-10-20"},
      {"2020-10", "2020-10"},
      {"2020", "2020"},
      {" 2020-10-20T14:03:05Z ", "2020-10-20T14:03:05"},
      {"2020-10-20T14:03", "2020-10-20T14:03:00"},
      {"2020-10-20T14:03:05.123456+02:00", "2020-10-20T14:03:05"},
      {"2020-10-20 14:03:05,5 -0500", "2020-10-20T14:03:05"},
      {"2020-10-20T14:03:05+02", "2020-10-20T14:03:05"},
      {"20201020", "2020-10-20"},
      {"20201020T140305Z", "2020-10-20T14:03:05"},
      {"20201020140305", "2020-10-20T14:03:05"},
      {"202010201403", "2020-10-20T14:03:00"},
      {"2020-10-20Z", "2020-10-20"},
      {"2020-10-20+02:00", "2020-10-20"},
      {"2020-10-20-05:00", "2020-10-20"},
      {"2016-12-31T23:59:60Z", "2016-12-31T23:59:60"},
      {"Tue, 20 Oct 2020 14:03:05 +0200", "2020-10-20T14:03:05"},
      {"20 Oct 2020 14:03 GMT", "2020-10-20T14:03:00"},
      {"Tue, 20 Oct 2020 14:03:05 -0700 (PDT)", "2020-10-20T14:03:05"},
      {"Tue, 20 Oct 98 14:03:05 GMT", "1998-10-20T14:03:05"},
      {"20 Oct 07 14:03 EST", "2007-10-20T14:03:00"},
      {"Tue Oct 20 14:03:05 2020", "2020-10-20T14:03:05"},
      {"26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01"},
      {"October 20, 2020 at 3:40 pm", "2020-10-20T15:40:00"},
      {"October 20, 2020, 12:05 a.m. ET", "2020-10-20T00:05:00"},
      {"20 October 2020", "2020-10-20"},
      {"2020-10-20T24:00:00", "2020-10-20"},
  };
  check_dates(rows, COUNT(rows), date_time_parse);
}

static void nothing_clear(void **state) {
  (void)state;
  static const char *const texts[] = {
      "Mon, 20 Oct 98 14:03:05 GMT",
      "",
      "yesterday",
      "14:03",
      "03/04/2020 14:03",
      "2020-10 14:03",
      "2020-02-30T14:03:00",
      "2020-10-20T25:00:00",
      "2020-10-20T14:61:00",
      "2020-10-20T14:03:05 and more",
      "20 October 2020 13:05 pm",
      "Wed, 20 Oct 2020 14:03:05 +0200",
      "20201320",
      "20201020T1",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    char iso[DATE_ISO_SIZE];
    assert_int_not_equal(date_time_parse(texts[i], strlen(texts[i]), iso),
                         DATE_FOUND);
    assert_string_equal(iso, "");
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fields_of_programs),
      cmocka_unit_test(nothing_clear),
      cmocka_unit_test(iso_8601),
      cmocka_unit_test(rfc_5322),
      cmocka_unit_test(unclear),
      cmocka_unit_test(no_dates),
      cmocka_unit_test(the_calendar),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
