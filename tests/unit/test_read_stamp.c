/* Dates with a time of day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read/stamp.h"

static void expect(const char *text, const char *iso) {
  char found[DATE_ISO_SIZE];
  if (stamp_parse(text, strlen(text), found) != DATE_FOUND)
    found[0] = '\0';
  if (strcmp(found, iso) != 0)
    fail_msg("\"%s\" gave \"%s\"", text, found);
}

static void iso_8601(void **state) {
  (void)state;
  expect("2020-10-20", "2020-10-20");
  expect("2020-10", "2020-10");
  expect("2020", "2020");
  expect(" 2020-10-20T14:03:05Z ", "2020-10-20T14:03:05");
  expect("2020-10-20T14:03", "2020-10-20T14:03:00");
  expect("2020-10-20T14:03:05.123456+02:00", "2020-10-20T14:03:05");
  expect("2020-10-20 14:03:05,5 -0500", "2020-10-20T14:03:05");
  expect("2020-10-20T14:03:05+02", "2020-10-20T14:03:05");
  expect("20201020", "2020-10-20");
  expect("20201020T140305Z", "2020-10-20T14:03:05");
  expect("20201020140305", "2020-10-20T14:03:05");
  expect("202010201403", "2020-10-20T14:03:00");
  expect("2020-10-20Z", "2020-10-20");
  expect("2020-10-20+02:00", "2020-10-20");
  expect("2020-10-20-05:00", "2020-10-20");
  expect("2016-12-31T23:59:60Z", "2016-12-31");
}

static void rfc_5322(void **state) {
  (void)state;
  expect("Tue, 20 Oct 2020 14:03:05 +0200", "2020-10-20T14:03:05");
  expect("20 Oct 2020 14:03 GMT", "2020-10-20T14:03:00");
  expect("Tue, 20 Oct 2020 14:03:05 -0700 (PDT)", "2020-10-20T14:03:05");
  expect("Mon, 20 Oct 98 14:03:05 GMT", "");
  expect("Tue, 20 Oct 98 14:03:05 GMT", "1998-10-20T14:03:05");
  expect("20 Oct 07 14:03 EST", "2007-10-20T14:03:00");
}

static void others(void **state) {
  (void)state;
  expect("Tue Oct 20 14:03:05 2020", "2020-10-20T14:03:05");
  expect("26-FEB-1987 15:01:01.79", "1987-02-26T15:01:01");
  expect("October 20, 2020 at 3:40 pm", "2020-10-20T15:40:00");
  expect("October 20, 2020, 12:05 a.m. ET", "2020-10-20T00:05:00");
  expect("20 October 2020", "2020-10-20");
}

static void what_is_not_clear_is_none(void **state) {
  (void)state;
  expect("", "");
  expect("yesterday", "");
  expect("14:03", "");
  expect("03/04/2020 14:03", "");
  expect("2020-10 14:03", "");
  expect("2020-02-30T14:03:00", "");
  expect("2020-10-20T25:00:00", "");
  expect("2020-10-20T24:00:00", "");
  expect("2020-10-20T14:61:00", "");
  expect("2020-10-20T14:03:05 and more", "");
  expect("20 October 2020 13:05 pm", "");
  expect("Wed, 20 Oct 2020 14:03:05 +0200", "");
  expect("20201320", "");
  expect("20201020T1", "");
}

static void expect_epoch(double number, const char *iso) {
  char found[DATE_ISO_SIZE];
  assert_int_equal(stamp_epoch(number, found),
                   iso[0] ? DATE_FOUND : DATE_UNCLEAR);
  assert_string_equal(found, iso);
}

static void seconds_since_1970(void **state) {
  (void)state;
  expect_epoch(1603202585, "2020-10-20T14:03:05");
  expect_epoch(1603202585.9, "2020-10-20T14:03:05");
  expect_epoch(1603202585123.0, "2020-10-20T14:03:05");
  expect_epoch(1603202585123456.0, "2020-10-20T14:03:05");
  expect_epoch(2020, "");
  expect_epoch(-1603202585, "");
  expect_epoch(5e9, "");
  expect_epoch(1e300, "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(iso_8601),
      cmocka_unit_test(rfc_5322),
      cmocka_unit_test(others),
      cmocka_unit_test(what_is_not_clear_is_none),
      cmocka_unit_test(seconds_since_1970),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
