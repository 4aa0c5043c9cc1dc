#include "analyze_tokens.h"

static analyzer *shared;

static int set_up(void **state) {
  (void)state;
  shared = open_analyzer(NULL);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  analyzer_free(shared);
  return 0;
}

static void expect_bytes(const char *text, size_t length, const char *expected,
                         size_t expected_length) {
  static const char *const fields[] = {"keyword", "id", NULL};
  buf out = BUF_INIT;
  byline_error error;
  assert_true(buf_add_string(&out, "<"));
  assert_int_equal(analyzer_query(shared, text, length, fields, &out, &error),
                   BYLINE_OK);
  if (out.length != expected_length + 1 ||
      memcmp(out.data + 1, expected, expected_length) != 0)
    fail_msg("%s\nexpected %s\nbut got  %s", text, expected, out.data + 1);
  buf_free(&out);
}

static void expect(const char *text, const char *expected) {
  expect_bytes(text, strlen(text), expected, strlen(expected));
}

static void test_ascii_passes(void **state) {
  (void)state;
  static const char *const texts[] = {
      "",
      "Plain words",
      "title:\"U.S.-led\" AND (foo OR NOT bar) -baz +AT&T wild* 1..2",
      "\"unbalanced C++ 42,021 don't ~syn NEAR/3",
      "\t \n \x01\x7F",
  };
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
    expect(texts[i], texts[i]);
  expect_bytes("a\0b", 3, "a\0b", 3);
  char text[1001];
  for (size_t i = 0; i < 1000; i++)
    text[i] = i % 7 ? 'x' : ' ';
  text[1000] = '\0';
  expect(text, text);
}

static void test_words(void **state) {
  (void)state;
  static const char *const table[][2] = {
      {"Zürich", "Zurich"},
      {"zu\u0308rich", "zurich"},
      {"Zu\u0308rich", "Zurich"},
      {"ÉCOLE école", "Ecole ecole"},
      {"Łódź OR Straße", "Lodz OR Strasse"},
      {"title:Zürich -Øst", "title:Zurich -Ost"},
      {"Biden’s l’Oréal", "Biden's l'oreal"},
      {"ab\u200Bcd", "abcd"},
      {"ﬁnance", "finance"},
      {"हिन्दी ไทย", "हिन्दी ไทย"},
      {"か\u3099", "が"},
      {"İstanbul", "İstanbul"},
      /* marks without a letter are composed at least */
      {"x \u0344", "x \u0308\u0301"},
      /* a word that would not be the same token stays as it is */
      {"½ ⑴ ﷺ", "½ ⑴ ﷺ"},
      {"x² ²x ①", "x² ²x ①"},
      {"CO₂", "CO₂"},
      {"²1,²2", "²1,²2"},
      /* no acronym and no operator comes about */
      {"É.U. U.É. U.É&B", "e.U. U.e. U.e&b"},
      {"ÔR ÀND", "Or And"},
      {"ﬁ\xFF"
       "é\xC3",
       "fi\uFFFD"
       "e\uFFFD"},
  };
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
    expect(table[i][0], table[i][1]);
}

static void test_quotes(void **state) {
  (void)state;
  static const char *const table[][2] = {
      {"“a b”", "\"a b\""},
      {"„a“ „b”", "\"a\" \"b\""},
      {"«a b» »c« ”d”", "\"a b\" \"c\" \"d\""},
      {"title:“a b”", "title:\"a b\""},
      {"他说“你好”了", "\"他 说\"\"你好\"了"},
      /* unbalanced, empty, crossed: no phrase may open */
      {"“a b", "″a b"},
      {"a” b", "a″ b"},
      {"a,” – “b", "a,″ – ″b"},
      {"«a b", "«a b"},
      {"a» b «c", "a» b «c"},
      {"“…”", "″…″"},
      {"“a «b” c»", "″a «b″ c»"},
      {"“a “b”", "″a \"b\""},
      /* inside straight quotes they are text */
      {"\"a “b” c\" “d”", "\"a ″b″ c\" \"d\""},
      {"“a \" b”", "″a \" b″"},
      {"\"“a b”\"", "\"″a b″\""},
      {"‘a’ b’s", "‘a’ b's"},
  };
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
    expect(table[i][0], table[i][1]);
}

static void test_full_width(void **state) {
  (void)state;
  static const char *const table[][2] = {
      {"ａｂｃ Ａｂｃ ＡＢＣ", "abc Abc ABC"},
      {"ａ　ＡＮＤ　ｂ", "a AND b"},
      {"ｔｉｔｌｅ：ｆｏｏ", "title:foo"},
      {"＋ａ －ｂ", "+a -b"},
      {"＂ａ ｂ＂", "\"a b\""},
      {"（（ａ） “b）” c）", "((a) \"b）\" c)"},
      {"＋（“a” （b c）", "+（\"a\" (b c)"},
      {"（－（a） ”b c”）", "(-(a) \"b c\")"},
      {"ｋｅｙｗｏｒｄ：É keyword：“É é” Éa", "keyword:É keyword:\"É é\" Ea"},
      {"港の工事 ＮＥＡＲ 港の工事　ａ", "港の工事 NEAR 港の工事 a"},
      {"～港の 港の＊ (+港の", "~港の 港の* (+\"港 の\""},
      {"（ａ　ｂ） c", "(a b) c"},
      {"東京，大阪！", "東京，大阪!"},
      /* not where it would join or split words, or lose its partner */
      {"Ｒ＆Ｄ Ｃ＋＋ １，２", "r＆d c＋+ 1，2"},
      {"Ｕ．Ｓ． Ｕ.Ｓ.", "u．s. u.s."},
      {"東京（日本）。（大阪", "東京（日本）。（大阪"},
      {"＂ａ", "＂a"},
  };
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
    expect(table[i][0], table[i][1]);
}

/* Cut as in the index, or the word would be found by nothing. */
static void test_long_words(void **state) {
  (void)state;
  char text[600], expected[600];
  memset(text, 'A', 500);
  memcpy(text + 500, "+ b", sizeof "+ b");
  memset(expected, 'a', ANALYZER_WORD_MAX);
  memcpy(expected + ANALYZER_WORD_MAX, " b", sizeof " b");
  /* the plus sign is part of the word */
  expect(text, expected);
  /* A digit at the end would take a number behind the word to it. */
  memset(text, 'a', ANALYZER_WORD_MAX - 1);
  memcpy(text + ANALYZER_WORD_MAX - 1, "3æ;0", sizeof "3æ;0");
  memset(expected, 'a', ANALYZER_WORD_MAX - 1);
  memcpy(expected + ANALYZER_WORD_MAX - 1, "3 ;0", sizeof "3 ;0");
  expect(text, expected);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_ascii_passes), cmocka_unit_test(test_words),
      cmocka_unit_test(test_quotes),       cmocka_unit_test(test_full_width),
      cmocka_unit_test(test_long_words),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
