#include "analyze/segment.h"
#include "shared_analyzer.h"

static const char *const BASE[][2] = {
    {"", ""},
    {" \t\n.,;", ""},
    {"The quick brown fox", "the|quick|brown|fox"},
    /* where ICU's own words differ */
    {"@handle", "handle"},
    {"foo@bar.com", "foo|bar|com"},
    {"www.example.org", "www|example|org"},
    {"e.g.", "e|g"},
    {"U.S.-led", "us|led"},
    {"AT&T", "at&t"},
    {"19's", "19's"},
    {"C++", "c++"},
    {"1'000", "1|000"},
    {"m²", "m²"},
    {"CO₂", "co₂"},
    {"½", "½"},
    {"❤️", "\xEF\xB8\x8F"},
    {"co\u00ADop", "co|op"},
    {"ab\u200Bcd", "abcd"},
    /* acronyms */
    {"U.S.A.", "usa"},
    {"U.S", "us"},
    {"P.T.O., then", "pto|then"},
    {"U.S's", "us|s"},
    {"A.B&C", "ab|c"},
    {"U.S.A1", "u|s|a1"},
    {"U.Sa", "u|sa"},
    {"U.S.é", "u|s|é"},
    {"U.S. 1", "us|1"},
    {"A. B", "a|b"},
    {"A.", "a"},
    {"xU.S.", "xu|s"},
    /* suffixes */
    {"C# F#+# Disney+", "c#|f#+#|disney+"},
    {"fish+chips", "fish|chips"},
    {"a++++", "a"},
    {"a++++b", "a|b"},
    {"C++.", "c++"},
    {"+5 ++ #tag", "5|tag"},
    {"U.S.+", "us"},
    /* joining characters */
    {"don't don’t don‛t don‘t", "don't|don't|don't|don|t"},
    {"'tis dogs' a''b", "tis|dogs|a|b"},
    {"col·lecció a‧b צה״ל", "col·lecció|a‧b|צה״ל"},
    {"42,021 1.5 3;4 1/2 1,a a,1", "42,021|1.5|3;4|1|2|1|a|a|1"},
    {"1\u20442 1\u200D2 \uFEFFx", "1\u20442|12|x"},
    {"a&1 1&a 1&1", "a&1|1&a|1|1"},
    /* lower case is character by character */
    {"İSTANBUL ΟΔΟΣ ẞ ǅ", "istanbul|οδοσ|ß|ǆ"},
    {"snake_case", "snake_case"},
    {"東京都 ไทย", "東京都|ไทย"},
};

static void test_table(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof BASE / sizeof BASE[0]; i++)
    expect_terms(shared, BASE[i][0], KIND(BASE), BASE[i][1]);
}

/* Every base token's source is that token, and they come in order. */
typedef struct watcher {
  const char *text;
  size_t length;
  uint32_t position;
  size_t start;
  analyzer *other;
} watcher;

static int watch(void *user, const byline_token *token) {
  watcher *w = user;
  assert_true(token->start < token->end && token->end <= w->length);
  if (token->kind == BYLINE_TOKEN_WORD) {
    assert_true(token->position > BYLINE_WORD_POSITION);
    return 0;
  }
  if (token->kind != BYLINE_TOKEN_BASE) {
    assert_int_equal(token->position, w->position);
    return 0;
  }
  assert_int_equal(token->position, w->position + 1);
  assert_true(token->start >= w->start);
  w->position = token->position;
  w->start = token->end;
  char *again = terms_of(w->other, w->text + token->start,
                         token->end - token->start, KIND(BASE));
  assert_int_equal(strlen(again), token->term.length);
  assert_memory_equal(again, token->term.data, token->term.length);
  free(again);
  return 0;
}

static uint32_t check_offsets(const char *text, size_t length) {
  watcher w = {text, length, 0, 0, open_analyzer(NULL)};
  byline_error error;
  assert_int_equal(analyzer_run(shared, text, length, watch, &w, &error),
                   BYLINE_OK);
  analyzer_free(w.other);
  return w.position;
}

static void test_offsets(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof BASE / sizeof BASE[0]; i++)
    check_offsets(BASE[i][0], strlen(BASE[i][0]));
  static const char broken[] = "a\xFF"
                               "b \xE2\x82 caf\xC3\xA9\xC3 x\0y\xF0\x9F";
  assert_int_equal(check_offsets(broken, sizeof broken - 1), 5);
}

static void test_broken_bytes_split(void **state) {
  (void)state;
  static const char text[] = "a\xFF"
                             "b\xC3(c\xED\xA0\x80"
                             "d\0e\xE2\x80\x99"
                             "f";
  char *terms = terms_of(shared, text, sizeof text - 1, KIND(BASE));
  assert_string_equal(terms, "a|b|c|d|e'f");
  free(terms);
}

/* A long word keeps its position and is cut between characters. */
static void test_long_words(void **state) {
  (void)state;
  static const size_t lengths[] = {64, 65, 228, 229, 230, 245, 246, 5000};
  buf text = BUF_INIT, expected = BUF_INIT;
  for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
    buf_clear(&text);
    buf_clear(&expected);
    assert_true(buf_add_string(&text, "x "));
    assert_true(buf_add_string(&expected, "x|"));
    for (size_t n = 0; n < lengths[i]; n++) {
      assert_true(buf_add_char(&text, 'W'));
      if (n < ANALYZER_WORD_MAX)
        assert_true(buf_add_char(&expected, 'w'));
    }
    assert_true(buf_add_string(&text, " y"));
    assert_true(buf_add_string(&expected, "|y"));
    expect_terms(shared, text.data, KIND(BASE), expected.data);
  }
  buf_free(&text);
  buf_free(&expected);
}

static void test_cut_between_characters(void **state) {
  (void)state;
  buf text = BUF_INIT;
  for (int i = 0; i < 100; i++)
    assert_true(buf_add_string(&text, "ก"));
  char *terms = terms_of(shared, text.data, text.length, KIND(BASE));
  assert_int_equal(strlen(terms), 228);
  free(terms);
  buf_clear(&text);
  assert_true(buf_add_string(&text, "1"));
  for (int i = 0; i < 200; i++)
    assert_true(buf_add_string(&text, "1,"));
  terms = terms_of(shared, text.data, text.length, KIND(BASE));
  assert_int_equal(strlen(terms), 228);
  assert_int_equal(terms[227], '1');
  free(terms);
  check_offsets(text.data, text.length);
  buf_free(&text);
}

/* text behind filler that brings each of its characters to a chunk's end. */
static void check_borders(const char *text, char filler, const char *before,
                          const char *expected) {
  size_t length = strlen(text);
  buf whole = BUF_INIT;
  for (size_t shift = 0; shift <= length + 2; shift++) {
    buf_clear(&whole);
    for (size_t i = 0; i < SEGMENT_CHUNK - shift; i++)
      assert_true(buf_add_char(&whole, filler));
    assert_true(buf_add_string(&whole, before));
    assert_true(buf_add_string(&whole, text));
    expect_terms(shared, whole.data, KIND(BASE), expected);
  }
  buf_free(&whole);
}

static void test_chunk_borders(void **state) {
  (void)state;
  static const char *const texts[] = {"word",   "U.S.A.", "C++", "don’t",
                                      "42,021", "a😀b",    "𝐀𝐁",  "x\u200By"};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    char *expected = terms_of(shared, texts[i], strlen(texts[i]), KIND(BASE));
    check_borders(texts[i], ' ', " ", expected);
    check_borders(texts[i], '.', " ", expected);
    free(expected);
  }
}

static void test_word_longer_than_a_chunk(void **state) {
  (void)state;
  char expected[ANALYZER_WORD_MAX + 8];
  memset(expected, 'a', ANALYZER_WORD_MAX);
  memcpy(expected + ANALYZER_WORD_MAX, "|us|z", sizeof "|us|z");
  check_borders("aaaaaaaa-U.S.-z", 'A', "", expected);
  buf text = BUF_INIT;
  for (size_t i = 0; i < (size_t)5 * SEGMENT_CHUNK; i++)
    assert_true(buf_add_char(&text, 'a'));
  assert_true(buf_add_string(&text, " b"));
  assert_int_equal(check_offsets(text.data, text.length), 2);
  buf_free(&text);
}

/* Without a run of letters to cut in, tokens may fall apart, no more. */
static void test_no_place_to_cut(void **state) {
  (void)state;
  static const char *const units[] = {"a'", "1,", "A.",    ".",
                                      "+",  "-",  "\u200B"};
  for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
    buf text = BUF_INIT;
    for (size_t n = 0; n < (size_t)2 * SEGMENT_CHUNK; n++)
      assert_true(buf_add_string(&text, units[i]));
    assert_true(check_offsets(text.data, text.length) <= 8);
    buf_free(&text);
  }
}

static int stop_at_third(void *user, const byline_token *token) {
  (void)user;
  return token->position == 3 ? -7 : 0;
}

static void test_sink_stops(void **state) {
  (void)state;
  byline_error error;
  assert_int_equal(
      analyzer_run(shared, "a b c d", 7, stop_at_third, NULL, &error), -7);
  expect_terms(shared, "a b c d", KIND(BASE), "a|b|c|d");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_table),
      cmocka_unit_test(test_offsets),
      cmocka_unit_test(test_broken_bytes_split),
      cmocka_unit_test(test_long_words),
      cmocka_unit_test(test_cut_between_characters),
      cmocka_unit_test(test_chunk_borders),
      cmocka_unit_test(test_word_longer_than_a_chunk),
      cmocka_unit_test(test_no_place_to_cut),
      cmocka_unit_test(test_sink_stops),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
