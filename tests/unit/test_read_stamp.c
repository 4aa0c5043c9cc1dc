/* Dates as numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "read/stamp.h"

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
      cmocka_unit_test(seconds_since_1970),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
