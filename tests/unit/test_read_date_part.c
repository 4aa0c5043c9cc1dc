/* Lines that hold a date beside something else. */
#include "test.h"

#include "read/date_part.h"

static void parts(void **state) {
  (void)state;
  static const struct {
    const char *text, *iso, *before, *after;
  } rows[] = {
      {"By Jane Doe | 20 October 2020", "2020-10-20", "By Jane Doe", ""},
      {"Jane Doe, October 20, 2020", "2020-10-20", "Jane Doe", ""},
      {"20 October 2020 \xE2\x80\x94 Jane Doe", "2020-10-20", "", "Jane Doe"},
      {"2020-10-20 - Jane Doe", "2020-10-20", "", "Jane Doe"},
      {"Jane Doe (20.10.2020)", "2020-10-20", "Jane Doe", ""},
      {"The Courier, Tuesday, October 20, 2020, No. 4,112", "2020-10-20",
       "The Courier", "No. 4,112"},
      {"Leith, 20 October 2020", "2020-10-20", "Leith", ""},
      {"Published: 20 October 2020", "2020-10-20", "", ""},
      {"Posted on October 20, 2020 by Jane Doe", "2020-10-20", "",
       "by Jane Doe"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    date_part p;
    if (!date_part_find(rows[i].text, strlen(rows[i].text), NULL, &p))
      fail_msg("no date in %s", rows[i].text);
    if (p.date != DATE_FOUND)
      fail_msg("the date is unclear in %s", rows[i].text);
    assert_string_equal(p.iso, rows[i].iso);
    assert_int_equal(p.before.length, strlen(rows[i].before));
    assert_memory_equal(p.before.data, rows[i].before, p.before.length);
    assert_int_equal(p.after.length, strlen(rows[i].after));
    assert_memory_equal(p.after.data, rows[i].after, p.after.length);
  }
}

/* No date, nothing but a date, no day, a date within a sentence. */
static void no_parts(void **state) {
  (void)state;
  static const char *const rows[] = {"",
                                     "Jane Doe",
                                     "20 October 2020",
                                     "[20 October 2020]",
                                     "Jane Doe, October 2020",
                                     "Jane Doe, 2020",
                                     "Jane Doe, 31 February 2020, 4",
                                     "They met on 20 October 2020 in Leith",
                                     "a, b, c, d, e, f, g, h, i, j, k, 1"};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    date_part p;
    if (date_part_find(rows[i], strlen(rows[i]), NULL, &p) &&
        p.date == DATE_FOUND)
      fail_msg("%s in %s", p.iso, rows[i]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(parts),
                                     cmocka_unit_test(no_parts)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
