/* Words of scripts without spaces, and that they are the same everywhere. */
#include "analyze_tokens.h"

#include <pthread.h>

static const char *const TEXTS[][2] = {
    {"รัฐบาลประกาศว่าท่าเรือเก่าจะเปิด", "รัฐบาล|ประกาศ|ว่า|ท่าเรือ|เก่า|จะ|เปิด"},
    {"ລັດຖະບານປະກາດໃນວັນອັງຄານ", "ລັດຖະບານ|ປະກາດ|ໃນ|ວັນ|ອັງຄານ"},
    {"រដ្ឋាភិបាលបានប្រកាស", "រដ្ឋាភិបាល|បាន|ប្រកាស"},
    {"အစိုးရက ဆိပ်ကမ်းဟောင်းကို", "အစိုးရ|က|ဆိပ်ကမ်း|ဟောင်း|ကို"},
    {"市议会宣布，老港口将完成改造", "市|议会|宣布|老|港口|将|完成|改造"},
    {"港の改修工事を終える。", "港|の|改修|工事|を|終える"},
    {"データセンター", "データ|センター"},
    {"ージョン", "ージ|ョン"},
    /* what stands among them is there too, with its other forms */
    {"iPhoneを３台、NHK", "iphone|を|３|3|台|nhk"},
    {"東京C++ が+", "東京|c++|c|が+|が"},
    {"ใช้iPhoneใหม่", "ใช้|iphone|ใหม่"},
    {"ในปี2567ครับ", "ในปี|2567|ครับ"},
    {"ปี๒๕๖๗ครับ", "ปี|๒๕๖๗|ครับ"},
    {"2่ไทย", "2่|ไทย"},
    {"Zürich 東京", "zürich|zurich|東京"},
    /* other scripts have no lane */
    {"Zürich 서울 हिन्दी", ""},
};

static void expect_words(const char *text, const char *expected) {
  analyzer *a = open_analyzer(NULL);
  expect_terms(a, text, KIND(WORD), expected);
  analyzer_free(a);
}

static void test_table(void **state) {
  analyzer *a = open_analyzer(NULL);
  (void)state;
  for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
    expect_terms(a, TEXTS[i][0], KIND(WORD), TEXTS[i][1]);
  analyzer_free(a);
}

/* Whatever an analyzer, or another one, has read before. */
static void test_any_order(void **state) {
  (void)state;
  for (size_t i = sizeof TEXTS / sizeof *TEXTS; i-- > 0;)
    expect_words(TEXTS[i][0], TEXTS[i][1]);
}

static void *read_all(void *first) {
  size_t count = sizeof TEXTS / sizeof *TEXTS, from = *(size_t *)first;
  for (size_t i = 0; i < count; i++)
    expect_words(TEXTS[(from + i) % count][0], TEXTS[(from + i) % count][1]);
  return NULL;
}

static void test_threads(void **state) {
  pthread_t threads[4];
  size_t first[4];
  (void)state;
  for (size_t i = 0; i < 4; i++) {
    first[i] = i * 3;
    assert_int_equal(pthread_create(&threads[i], NULL, read_all, &first[i]), 0);
  }
  for (size_t i = 0; i < 4; i++)
    assert_int_equal(pthread_join(threads[i], NULL), 0);
}

static int see_word(void *user, const byline_token *token) {
  uint32_t *last = user;
  if (token->kind == BYLINE_TOKEN_WORD) {
    assert_int_equal(token->position, *last + 1);
    *last = token->position;
  }
  return 0;
}

/* The words of all runs are numbered through. */
static void test_positions(void **state) {
  analyzer *a = open_analyzer(NULL);
  uint32_t last = BYLINE_WORD_POSITION;
  byline_error error;
  static const char text[] = "東京で NHK が、工事";
  (void)state;
  assert_int_equal(
      analyzer_run(a, text, sizeof text - 1, see_word, &last, &error),
      BYLINE_OK);
  assert_int_equal(last, BYLINE_WORD_POSITION + 5);
  analyzer_free(a);
}

/* Longer than what ICU is given at once. */
static void test_long_run(void **state) {
  enum { TIMES = 40000 };
  analyzer *a = open_analyzer(NULL);
  buf text = BUF_INIT;
  (void)state;
  for (size_t i = 0; i < TIMES; i++)
    assert_true(buf_add_string(&text, "港"));
  char *words = terms_of(a, text.data, text.length, KIND(WORD));
  size_t bytes = 0;
  for (const char *at = words; *at != '\0'; at++)
    bytes += *at != '|';
  assert_int_equal(bytes, text.length);
  free(words);
  buf_free(&text);
  analyzer_free(a);
}

static void test_queries(void **state) {
  static const char *const queries[][2] = {
      {"อังคาร", "อังคาร"},
      {"วันอังคาร", "\"วัน อังคาร\""},
      {"\"NHK は東京\"", "\"NHK は 東京\""},
      {"title:東京タワーの -港の", "title:\"東京タワー の\" -\"港 の\""},
      {"keyword:港の工事 keyword:\"港の 工事\"",
       "keyword:港の工事 keyword:\"港の 工事\""},
      {"概要:港の", "概要:\"港 の\""},
      /* operators that take a word and no phrase */
      {"港の* ~港の 港の NEAR/3 東京", "港の* ~港の 港の NEAR/3 東京"},
      {"東京U.S.C 港のC++", "\"東京 u\".S.C \"港 の c++\""},
      /* before a quote these would be C++ and U.S. */
      {"C++港の U.S.港の", "c++港-の u.s.港-の"},
  };
  static const char *const fields[] = {"keyword", NULL};
  analyzer *a = open_analyzer(NULL);
  byline_error error;
  (void)state;
  for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
    buf out = BUF_INIT;
    assert_int_equal(analyzer_query(a, queries[i][0], strlen(queries[i][0]),
                                    fields, &out, &error),
                     BYLINE_OK);
    assert_string_equal(out.data, queries[i][1]);
    buf_free(&out);
  }
  analyzer_free(a);
}

static bool has(void *user, byline_string term) {
  static const char *const terms[] = {"ບອກ", "ວ່າ", "ຕາມ", "မှ", "စ"};
  (void)user;
  for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
    if (strlen(terms[i]) == term.length &&
        memcmp(terms[i], term.data, term.length) == 0)
      return true;
  return false;
}

/* Words that ICU takes for one here, and for two in the articles. */
static void test_other_divisions(void **state) {
  static const char *const queries[][2] = {
      {"ບອກວ່າ", "(ບອກວ່າ OR \"ບອກ ວ່າ\")"},
      {"ຕາມບອກວ່າ -ບອກວ່າ",
       "(\"ຕາມ ບອກວ່າ\" OR \"ຕາມ ບອກ ວ່າ\") -(ບອກວ່າ OR \"ບອກ ວ່າ\")"},
      {"title:ບອກວ່າ «ບອກວ່າ»",
       "title:(ບອກວ່າ OR \"ບອກ ວ່າ\") (\"ບອກວ່າ\" OR \"ບອກ ວ່າ\")"},
      /* in quotes the first run, the last, and both */
      {"a “x ບອກວ່າ, y” b", "a (\"x ບອກວ່າ, y\" OR \"x ບອກ ວ່າ, y\") b"},
      {"\"မှစ x ບອກວ່າ!\" \"z\"",
       "(\"မှစ x ບອກວ່າ!\" OR \"မှစ x ບອກ ວ່າ\" OR \"မှ စ x ບອກວ່າ\""
       " OR \"မှ စ x ບອກ ວ່າ\") \"z\""},
      {"title:\"ບອກວ່າ\"\"ບອກວ່າ\"",
       "title:(\"ບອກວ່າ\" OR \"ບອກ ວ່າ\") (\"ບອກວ່າ\" OR \"ບອກ ວ່າ\")"},
      /* not what must stay one term, nor other scripts */
      {"ບອກວ່າ* keyword:ບອກວ່າ 東京", "ບອກວ່າ* keyword:ບອກວ່າ 東京"},
  };
  static const char *const fields[] = {"keyword", NULL};
  analyzer *a = open_analyzer(NULL);
  byline_error error;
  (void)state;
  analyzer_set_vocabulary(a, has, NULL);
  for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
    buf out = BUF_INIT;
    assert_int_equal(analyzer_query(a, queries[i][0], strlen(queries[i][0]),
                                    fields, &out, &error),
                     BYLINE_OK);
    assert_string_equal(out.data, queries[i][1]);
    buf_free(&out);
  }
  analyzer_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_any_order),      cmocka_unit_test(test_table),
      cmocka_unit_test(test_threads),        cmocka_unit_test(test_positions),
      cmocka_unit_test(test_long_run),       cmocka_unit_test(test_queries),
      cmocka_unit_test(test_other_divisions)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
