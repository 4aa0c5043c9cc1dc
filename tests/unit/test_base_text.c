/* UTF-8 that may be broken, and error messages. */
#include "test.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"
#include "base/utf8.h"

static void repairs_follow_the_unicode_standard(void **state) {
  (void)state;
  /* Unicode 15, table 3-8 and its neighbours: one U+FFFD for each maximal
   * subpart. */
  static const struct {
    const char *in, *out;
    size_t replaced;
  } rows[] = {
      {"plain", "plain", 0},
      {"gr\xC3\xBC\xC3\x9F", "gr\xC3\xBC\xC3\x9F", 0},
      {"\xF0\x9F\x90\x9D", "\xF0\x9F\x90\x9D", 0},
      {"\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64",
       "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"
       "b\xEF\xBF\xBD"
       "c\xEF\xBF\xBD\xEF\xBF\xBD"
       "d",
       6},
      {"\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD", 2},
      {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 3},
      {"\xF4\x90\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD",
       4},
      {"caf\xE9", "caf\xEF\xBF\xBD", 1},
      {"12345678\xFF", "12345678\xEF\xBF\xBD", 1},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    buf out = BUF_INIT;
    size_t replaced = 0;
    assert_true(utf8_repair(rows[i].in, strlen(rows[i].in), &out, &replaced));
    assert_string_equal(out.data, rows[i].out);
    assert_int_equal(replaced, rows[i].replaced);
    assert_int_equal(utf8_valid(rows[i].in, strlen(rows[i].in)),
                     rows[i].replaced == 0);
    assert_true(utf8_valid(out.data, out.length));
    buf_free(&out);
  }
}

static void every_character_survives_a_round_trip(void **state) {
  (void)state;
  for (uint32_t c = 0; c < 0x110000; c++) {
    if (c >= 0xD800 && c < 0xE000)
      continue;
    char bytes[4];
    size_t length = utf8_put(c, bytes), at = 0;
    assert_int_equal(utf8_next(bytes, length, &at), c);
    assert_int_equal(at, length);
    assert_int_equal(utf8_count(bytes, length), 1);
    for (size_t cut = 1; cut < length; cut++) {
      at = 0;
      assert_int_equal(utf8_next(bytes, cut, &at), UTF8_INVALID);
    }
  }
}

/* Whichever byte ends a run, and wherever it stands in one. */
static void runs_end_at_the_first_other_byte(void **state) {
  (void)state;
  char text[43];
  for (size_t length = 1; length < sizeof text; length++)
    for (size_t at = 0; at < length; at++)
      for (unsigned c = 0; c < 256; c++) {
        memset(text, c % 2 ? '~' : ' ', length);
        text[at] = (char)c;
        bool printable = c >= 0x20 && c < 0x7F;
        assert_int_equal(utf8_printable_end(text, length, 0),
                         printable ? length : at);
        assert_int_equal(utf8_printable_end(text, length, at),
                         printable ? length : at);
        assert_int_equal(utf8_ascii_end(text, length, 0),
                         c < 0x80 ? length : at);
      }
  assert_int_equal(utf8_printable_end(NULL, 0, 0), 0);
}

static void characters_are_counted_in_runs_of_any_length(void **state) {
  (void)state;
  char text[120];
  for (size_t i = 0; i + 3 <= sizeof text; i += 3)
    memcpy(text + i, i % 2 ? "\xE2\x82\xAC" : "ab~", 3);
  for (size_t length = 0, count = 0; length < sizeof text; length++) {
    assert_int_equal(utf8_count(text, length), count);
    count += ((unsigned char)text[length] & 0xC0) != 0x80;
  }
}

static void cuts_stay_between_characters(void **state) {
  (void)state;
  const char text[] = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x90\x9Dz";
  static const size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11};
  for (size_t limit = 0; limit < sizeof expected / sizeof *expected; limit++)
    assert_int_equal(utf8_cut(text, strlen(text), limit), expected[limit]);
  assert_int_equal(utf8_count(text, strlen(text)), 5);
  assert_int_equal(utf8_count(NULL, 0), 0);
}

static void a_long_message_keeps_both_ends(void **state) {
  (void)state;
  char path[600];
  byline_error error;
  for (size_t i = 0; i + 2 < sizeof path; i += 2)
    memcpy(path + i, "\xC3\xA9", 3);
  assert_int_equal(error_set(&error, BYLINE_IO, "begin/%s: what to do", path),
                   BYLINE_IO);
  assert_int_equal(error.code, BYLINE_IO);
  assert_int_equal(error.position, BYLINE_NO_POSITION);
  assert_true(strlen(error.message) < sizeof error.message);
  assert_true(utf8_valid(error.message, strlen(error.message)));
  assert_memory_equal(error.message, "begin/", 6);
  assert_non_null(strstr(error.message, "..."));
  assert_non_null(strstr(error.message, ": what to do"));
  assert_int_equal(error_set(NULL, BYLINE_IO, "%s", "nobody listens"),
                   BYLINE_IO);
}

static void a_message_is_one_harmless_line(void **state) {
  (void)state;
  byline_error error;
  error_set(&error, BYLINE_INVALID, "%s", "a\nb\x1B[31mc\x7F");
  assert_string_equal(error.message, "a?b?[31mc?");
}

static void system_errors_become_statuses(void **state) {
  (void)state;
  byline_error error;
  assert_int_equal(error_errno(&error, ENOENT, "file", "cannot open"),
                   BYLINE_NOT_FOUND);
  assert_string_equal(error.message,
                      "file: cannot open: No such file or directory");
  assert_int_equal(error_errno(&error, EACCES, "file", "cannot open"),
                   BYLINE_IO);
  assert_int_equal(error_errno(&error, ENOMEM, "file", "cannot open"),
                   BYLINE_NO_MEMORY);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(repairs_follow_the_unicode_standard),
      cmocka_unit_test(every_character_survives_a_round_trip),
      cmocka_unit_test(runs_end_at_the_first_other_byte),
      cmocka_unit_test(characters_are_counted_in_runs_of_any_length),
      cmocka_unit_test(cuts_stay_between_characters),
      cmocka_unit_test(a_long_message_keeps_both_ends),
      cmocka_unit_test(a_message_is_one_harmless_line),
      cmocka_unit_test(system_errors_become_statuses),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
