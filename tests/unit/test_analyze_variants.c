#include "shared_analyzer.h"

/* Every term but the base, in order. */
static const char *const EXTRA[][2] = {
    /* plain words have none */
    {"The quick brown fox, 1234", ""},
    {"U.S. 3.14 AT&T a_b 12.5.2020", ""},
    {"Zürich", "zurich"},
    {"Zu\u0308rich", "zürich|zurich"},
    {"Łódź Østfold Đà straße", "lodz|ostfold|da|strasse"},
    {"Æsir œuvre Þór ışık Ħal Ŋ", "aesir|oeuvre|thor|isik|hal|ng"},
    {"ﬁnance ＡＢＣ Ⅷ CO₂", "finance|abc|viii|co2"},
    {"Ὀδυσσεύς Ёлка", "οδυσσευσ|елка"},
    {"שָׁלוֹם مُحَمَّد", "שלום|محمد"},
    {"كــتاب ــ", "كتاب"},
    {"Nguyễn чай İ ﬀ", "nguyen|чаи|ff"},
    {"\u095bमीन ज़मीन", "ज़मीन|जमीन|जमीन"},
    {"\u1112\u1161\u11AB", "한"},
    {"O\u02BCNeil Hawai\u02BBi \u02BBokina", "o'neil|hawai'i|okina"},
    /* no vowel is dropped, and no syllable taken apart */
    {"हिन्दी 한국어 ᏌᏊ", ""},
    {"か\u3099", "が"},
    /* folding that would bring other characters in is left out */
    {"½ ⑴ ﷺ", ""},
    {"Biden's Biden’s", "biden|biden"},
    {"l'Oréal", "l'oreal|oréal|oreal"},
    {"l'Oréal's", "l'oreal's|l'oréal|oréal's|l'oreal|oreal's|oréal|oreal"},
    {"dell'Arte qu’il jusqu'ici O'Brien all's", "arte|il|ici|all"},
    {"42,021 1.234.567,89 1,00,000", "42021|1234567,89|100000"},
    {"4２,０21", "42,021|42021"},
    {"42,02 1,2345 1234,567 42,021,5", ""},
    {"C++ Disney+ 42,000+", "c|disney|42,000|42000"},
    {"co-op", "coop|coop"},
    {"café-bar", "cafe|cafébar|cafebar|cafébar|cafebar"},
    {"co\u00ADop co\u2010op COVID-19", "coop|coop|coop|coop|covid19|covid19"},
    {"state-of-the-art 2020-01 a- b -c a--b C++-like", "c"},
};

static void test_table(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof EXTRA / sizeof EXTRA[0]; i++)
    expect_terms(shared, EXTRA[i][0], ~(KIND(BASE) | KIND(WORD)), EXTRA[i][1]);
}

static void test_kinds(void **state) {
  (void)state;
  expect_terms(shared, "Zu\u0308rich", KIND(NFC), "zürich");
  expect_terms(shared, "Zu\u0308rich", KIND(FOLDED), "zurich");
  expect_terms(shared, "Biden's l'eau", KIND(POSSESSIVE), "biden|eau");
  expect_terms(shared, "42,021", KIND(DIGITS), "42021");
  expect_terms(shared, "C++", KIND(BARE), "c");
  expect_terms(shared, "co-op", KIND(SOLID), "coop|coop");
}

static int see_solid(void *user, const byline_token *token) {
  uint32_t *positions = user;
  if (token->kind != BYLINE_TOKEN_SOLID)
    return 0;
  *positions = *positions * 10 + token->position;
  assert_int_equal(token->start, 2);
  assert_int_equal(token->end, 7);
  return 0;
}

static void test_solid_is_at_both_places(void **state) {
  (void)state;
  uint32_t positions = 0;
  byline_error error;
  assert_int_equal(
      analyzer_run(shared, "x co-op y", 9, see_solid, &positions, &error),
      BYLINE_OK);
  assert_int_equal(positions, 23);
}

static void test_many_forms_stay_bounded(void **state) {
  (void)state;
  buf text = BUF_INIT;
  for (int i = 0; i < 50; i++)
    assert_true(buf_add_string(&text, "l's'é'"));
  assert_true(buf_add_string(&text, "s-s's"));
  char *terms = terms_of(shared, text.data, text.length, ~0u);
  size_t count = 1;
  for (const char *c = terms; *c; c++)
    count += *c == '|';
  assert_true(count > 3 && count <= 64);
  free(terms);
  buf_free(&text);
}

static void expect_fold(const char *text, size_t length, const char *expected) {
  buf out = BUF_INIT;
  byline_error error;
  assert_int_equal(analyzer_fold(shared, text, length, &out, &error),
                   BYLINE_OK);
  assert_int_equal(out.length, strlen(expected));
  if (out.length > 0)
    assert_string_equal(out.data, expected);
  buf_free(&out);
}

static void test_fold(void **state) {
  (void)state;
  static const char *const table[][2] = {
      {"", ""},
      {"Jane Doe", "jane doe"},
      {"Jürgen O’Neil-Łódzki, Jr.", "jurgen o'neil-lodzki, jr."},
      {"Ju\u0308rgen ＳＭＩＴＨ", "jurgen smith"},
      {"한국 हिन्दी", "한국 हिन्दी"},
  };
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
    expect_fold(table[i][0], strlen(table[i][0]), table[i][1]);
  expect_fold("\xFFJos\xC3\xA9\xC3", 7, "\uFFFDjose\uFFFD");
}

static void test_fold_of_long_text(void **state) {
  (void)state;
  buf text = BUF_INIT, expected = BUF_INIT;
  for (int i = 0; i < 400; i++) {
    assert_true(buf_add_string(&text, i % 7 ? "É" : "É "));
    assert_true(buf_add_string(&expected, i % 7 ? "e" : "e "));
  }
  for (int i = 0; i < 300; i++) {
    assert_true(buf_add_string(&text, "É"));
    assert_true(buf_add_string(&expected, "e"));
  }
  expect_fold(text.data, text.length, expected.data);
  buf_free(&text);
  buf_free(&expected);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_table),
      cmocka_unit_test(test_kinds),
      cmocka_unit_test(test_solid_is_at_both_places),
      cmocka_unit_test(test_many_forms_stay_bounded),
      cmocka_unit_test(test_fold),
      cmocka_unit_test(test_fold_of_long_text),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
