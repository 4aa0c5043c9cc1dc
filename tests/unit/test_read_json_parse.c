/* json_parse gives what jansson gives, and refuses what jansson refuses with
 * the same words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "read/json_parse.h"

/* Whether it is accepted. */
static bool check(json_parser *p, const char *text, size_t length) {
  json_error_t wanted = {.line = -1}, got = {.line = -1};
  json_t *expected = json_loadb(text, length, JSON_ALLOW_NUL, &wanted);
  json_t *value = json_parse(p, text, length, &got);
  bool same = expected && value
                  ? json_equal(expected, value)
                  : expected == value && strcmp(wanted.text, got.text) == 0 &&
                        wanted.position == got.position &&
                        wanted.line == got.line;
  if (!same)
    print_error("%.*s\n", (int)length, text);
  assert_true(same);
  json_decref(expected);
  json_decref(value);
  return expected != NULL;
}

#define LONG_TEXT "Forty bytes and more of a text, to be taken apart: "

static void takes(json_parser *p, const char *text) {
  assert_true(check(p, text, strlen(text)));
}

static void refuses(json_parser *p, const char *text) {
  assert_false(check(p, text, strlen(text)));
}

static void good_values_are_taken(void **state) {
  (void)state;
  json_parser p = {BUF_INIT, BUF_INIT, 0};
  takes(&p, "{\"text\": \"" LONG_TEXT "\", \"title\": \"short\"}");
  takes(&p, "[\"" LONG_TEXT "\", [{\"a\": \"" LONG_TEXT "b\"}], 1, null]");
  takes(&p, "{\"" LONG_TEXT "\" : \"" LONG_TEXT "\"}");
  takes(&p, "{\"a\": \"" LONG_TEXT "1\", \"a\": \"" LONG_TEXT "2\"}");
  takes(&p, "[\"" LONG_TEXT "\\\" \\\\ \\/ \\b\\f\\n\\r\\t\"]");
  takes(&p, "[\"" LONG_TEXT "\\u00e9\\u2019\\uD83D\\uDE00\\ufffd\"]");
  takes(&p, "[\"" LONG_TEXT "\xC3\xA9\xE2\x80\x99\xF0\x9F\x98\x80\x7F\"]");
  takes(&p, "[\"" LONG_TEXT "\\u0000\", \"\\u0000\", \"\"]");
  takes(&p, "[\"" LONG_TEXT "\", \"\\u0001"
            "2 30\"]"); /* as an outline has */
  takes(&p, "[\"" LONG_TEXT "\\u0001\"]");
  takes(&p, "[\"" LONG_TEXT "\\\\u0001\"]");
  json_parser_free(&p);
}

static void bad_values_are_refused(void **state) {
  (void)state;
  json_parser p = {BUF_INIT, BUF_INIT, 0};
  refuses(&p, "");
  refuses(&p, "[\"" LONG_TEXT "\\");
  refuses(&p, "[\"" LONG_TEXT "\\u00e");
  refuses(&p, "[\"" LONG_TEXT "\\u00e\"]");
  refuses(&p, "[\"" LONG_TEXT "\\x20\"]");
  refuses(&p, "[\"" LONG_TEXT "\\U00e9\"]");
  refuses(&p, "[\"" LONG_TEXT "\\uD83D\"]");
  refuses(&p, "[\"" LONG_TEXT "\\uD83D\\n\"]");
  refuses(&p, "[\"" LONG_TEXT "\\uD83D\\uD83D\"]");
  refuses(&p, "[\"" LONG_TEXT "\\uDE00\"]");
  refuses(&p, "[\"" LONG_TEXT "\n\"]");
  refuses(&p, "[\"" LONG_TEXT "\xC3\"]");
  refuses(&p, "[\"" LONG_TEXT "\xC0\x80\"]");
  refuses(&p, "[\"" LONG_TEXT "\xED\xA0\x80\"]");
  refuses(&p, "[\"" LONG_TEXT "\xF4\x90\x80\x80\"]");
  refuses(&p, "[\"" LONG_TEXT "\xFF\"]");
  refuses(&p, "{\"a\": \"" LONG_TEXT "\xFF\", \"a\": \"" LONG_TEXT "\"}");
  refuses(&p, "{\"a\": \"" LONG_TEXT "\xFF\", \"a\": 1}");
  refuses(&p, "[\"" LONG_TEXT "\", tru]");
  refuses(&p, "[\"" LONG_TEXT "\"] [\"" LONG_TEXT "\"]");
  refuses(&p, "{\"a\" \"" LONG_TEXT "\": 1}");
  json_parser_free(&p);
}

/* Of a linear congruence: the same on every machine. */
static size_t draw(uint64_t *seed, size_t count) {
  *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (size_t)(*seed >> 33) % count;
}

static void any_values_are_taken_alike(void **state) {
  (void)state;
  enum { ROUNDS = 100000, PIECES = 24 };
  static const char *const pieces[] = {
      LONG_TEXT, LONG_TEXT, LONG_TEXT,     "\"",      "\"",      "\": \"",
      "\", \"",  "\\",      "\\n",         "\\u00e9", "\\uD83D", "\\uDE00",
      "\\u0001", "\\u0000", "\xC3\xA9",    "\xC3",    "\n",      "{\"a\": \"",
      "\"}",     "[\"",     "\"], 1, [\"", "0 2c",    "\x01",    "short"};
  json_parser p = {BUF_INIT, BUF_INIT, 0};
  buf text = BUF_INIT;
  uint64_t seed = 1;
  size_t taken = 0;
  for (size_t i = 0; i < ROUNDS; i++) {
    buf_clear(&text);
    assert_true(buf_add_string(&text, "[\""));
    for (size_t k = draw(&seed, PIECES); k > 0; k--)
      assert_true(buf_add_string(
          &text, pieces[draw(&seed, sizeof pieces / sizeof *pieces)]));
    assert_true(buf_add_string(&text, "\"]"));
    taken += check(&p, text.data, text.length);
  }
  assert_true(taken > ROUNDS / 100);
  buf_free(&text);
  json_parser_free(&p);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(good_values_are_taken),
      cmocka_unit_test(bad_values_are_refused),
      cmocka_unit_test(any_values_are_taken_alike),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
