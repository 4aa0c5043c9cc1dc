/* Which parts of a query are words that may be misspelled. */
#include "test.h"

#include <stdio.h>

#include "analyze/analyzer.h"

static const char *const fields[] = {"id", "keyword", NULL};

typedef struct list {
  const char *text;
  char words[256]; /* a space behind each; quoted ones have a ' before */
} list;

static int add_word(void *user, size_t start, size_t end, bool quoted) {
  list *l = user;
  size_t n = strlen(l->words);
  snprintf(l->words + n, sizeof l->words - n, "%s%.*s ", quoted ? "'" : "",
           (int)(end - start), l->text + start);
  return 0;
}

static void check(analyzer *a, const char *text, const char *wanted) {
  list l = {text, ""};
  assert_int_equal(
      analyzer_query_words(a, text, strlen(text), fields, add_word, &l, NULL),
      BYLINE_OK);
  assert_string_equal(l.words, wanted);
}

static void words_are_found(void **state) {
  (void)state;
  analyzer *a;
  assert_int_equal(analyzer_new("en", &a, NULL), BYLINE_OK);
  check(a, "", "");
  check(a, "harbour strike", "harbour strike ");
  check(a, "(a AND Harbour) OR NOT -c +d", "a Harbour c d ");
  check(a, "a NEAR/3 b ADJ c XOR d", "a 3 b c d ");
  check(a, "\"harbour AND\" strike", "'harbour 'AND strike ");
  check(a, "title:harbour keyword:gulls id:\"x y\" z", "harbour z ");
  check(a, "harb* w*ld ~boat", "boat ");
  check(a, "what: that", "what that ");
  check(a, "caf\u00e9 \u56f3\u66f8\u9928", "caf\u00e9 ");
  check(a, "\uff21\uff2e\uff24 \uff41", "\uff41 ");
  analyzer_free(a);
}

static int stop(void *user, size_t start, size_t end, bool quoted) {
  (void)start;
  (void)end;
  (void)quoted;
  ++*(int *)user;
  return -7;
}

static void a_callback_stops_it(void **state) {
  (void)state;
  analyzer *a;
  int calls = 0;
  buf query = BUF_INIT;
  assert_int_equal(analyzer_new("en", &a, NULL), BYLINE_OK);
  assert_int_equal(
      analyzer_query_words(a, "one two", 7, fields, stop, &calls, NULL), -7);
  assert_int_equal(calls, 1);
  assert_int_equal(analyzer_query(a, "one two", 7, fields, &query, NULL),
                   BYLINE_OK);
  assert_string_equal(query.data, "one two");
  assert_int_equal(calls, 1);
  buf_free(&query);
  analyzer_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words_are_found),
      cmocka_unit_test(a_callback_stops_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
