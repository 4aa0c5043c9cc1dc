#include <ctype.h>

#include "shared_analyzer.h"

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
      "plain words",
      "title:\"U.S.-led\" AND (foo OR NOT bar) -baz +at&t wild* 1..2",
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
      {"Zürich", "zurich"},
      {"zu\u0308rich", "zurich"},
      {"Zu\u0308rich", "zurich"},
      {"ÉCOLE école", "ecole ecole"},
      {"Łódź OR Straße", "lodz OR strasse"},
      {"title:Zürich -Øst", "title:zurich -ost"},
      {"Biden’s l’Oréal", "biden's l'oreal"},
      {"ab\u200Bcd", "abcd"},
      {"ﬁnance", "finance"},
      {"हिन्दी ไทย", "हिन्दी ไทย"},
      {"か\u3099", "が"},
      {"İstanbul", "istanbul"},
      /* marks without a letter are composed at least */
      {"x \u0344", "x \u0308\u0301"},
      /* a word that would not be the same token stays as it is */
      {"½ ⑴ ﷺ", "½ ⑴ ﷺ"},
      {"x² ²x ①", "x² ²x ①"},
      {"CO₂", "co₂"},
      {"²1,²2", "²1,²2"},
      /* no acronym and no operator comes about */
      {"É.U. U.É. U.É&B", "e.u. u.e. u.e&b"},
      {"ÔR ÀND", "or and"},
      {"ﬁ\xFF"
       "é\xC3",
       "fi\uFFFD"
       "e\uFFFD"},
  };
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
    expect(table[i][0], table[i][1]);
}

static void test_capitals(void **state) {
  (void)state;
  static const char *const table[][2] = {
      {"Harbour STRIKE", "harbour strike"},
      /* the exact word */
      {"\"Harbour\" Strike", "\"Harbour\" strike"},
      {"“Ärger” Ärger", "\"Arger\" arger"},
      /* operators, and words that only look like one */
      {"A AND B OR (C NOT D) XOR E", "a AND b OR (c NOT d) XOR e"},
      {"A NEAR/3 B ADJ C NEAR D", "a NEAR/3 b ADJ c NEAR d"},
      {"ANDY NOR And Or", "andy nor and or"},
      {"+Ferry -Strike Wild* ~Boat", "+ferry -strike wild* ~boat"},
      {"U.S. U.S.A. Ph.D. A.B", "U.S. U.S.A. ph.d. A.B"},
      /* no field comes about, and values stay */
      {"Title:Ferry title:Ferry", "Title:ferry title:ferry"},
      {"keyword:Ferry id:AbC", "keyword:Ferry id:AbC"},
      {"AT&T C++ 4X4 X1", "at&t c++ 4x4 x1"},
      {"\"A B", "\"A B"},
  };
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
    expect(table[i][0], table[i][1]);
}

/* Capitals are all that changes of ASCII, whatever it is. */
static void test_case_alone(void **state) {
  (void)state;
  static const char pieces[][8] = {
      "Ab",     "AND",   "or", "OR ", " ",  "\"", "(", ")",   ":",
      "title:", "id:",   "-",  "+",   "*",  "..", "1", "X.Y", "/",
      "'S",     "NEAR/", "~",  ".",   "\\", "@",  "_"};
  uint32_t random = 1;
  for (int round = 0; round < 20000; round++) {
    char text[128] = "";
    buf out = BUF_INIT;
    byline_error error;
    static const char *const fields[] = {"id", NULL};
    for (int i = 0; i < 12; i++) {
      random = random * 1664525 + 1013904223;
      strcat(text, pieces[(random >> 8) % (sizeof pieces / sizeof *pieces)]);
    }
    assert_int_equal(
        analyzer_query(shared, text, strlen(text), fields, &out, &error),
        BYLINE_OK);
    assert_int_equal(out.length, strlen(text));
    for (size_t i = 0; i < out.length; i++)
      if (out.data[i] != text[i] && out.data[i] != tolower(text[i]))
        fail_msg("%s became %s", text, out.data);
    buf_free(&out);
  }
}

static void test_any(void **state) {
  (void)state;
  static const char *const table[][2] = {
      {"the high-speed train", "the high speed train"},
      {"Winter/Spring 1998-99 555-0134", "winter spring 1998-99 555-0134"},
      {"state\u2010of\u2011the-art", "state of the art"},
      {"\"high-speed\" train", "\"high-speed\" train"},
      {"+high-speed -low-cost title:on-time",
       "+high-speed -low-cost title:on-time"},
      {"www.a.com/b-c a@b-c.org", "www.a.com/b-c a@b-c.org"},
      /* who writes operators means phrases */
      {"high-speed AND train", "high-speed AND train"},
      {"a -b c- d", "a -b c- d"},
      /* a sentence in capitals has no operators */
      {"DESIGN AND USE OF FILTERS", "design and use of filters"},
      {"FERRY AND STRIKE", "ferry AND strike"},
      {"THE (FERRY AND STRIKE)", "the (ferry AND strike)"},
      {"The FERRY AND THE STRIKE", "the ferry AND the strike"},
  };
  byline_error error;
  assert_int_equal(analyzer_set_language(shared, "en", &error), BYLINE_OK);
  analyzer_set_any(shared, true);
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
    expect(table[i][0], table[i][1]);
  analyzer_set_any(shared, false);
  expect("high-speed", "high-speed");
  expect("DESIGN AND USE OF FILTERS", "design AND use of filters");
  assert_int_equal(analyzer_set_language(shared, "none", &error), BYLINE_OK);
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
      {"ａｂｃ Ａｂｃ ＡＢＣ", "abc abc abc"},
      {"ａ　ＡＮＤ　ｂ", "a AND b"},
      {"ｔｉｔｌｅ：ｆｏｏ", "title:foo"},
      {"＋ａ －ｂ", "+a -b"},
      {"＂ａ ｂ＂", "\"a b\""},
      {"（（ａ） “b）” c）", "((a) \"b）\" c)"},
      {"＋（“a” （b c）", "+（\"a\" (b c)"},
      {"（－（a） ”b c”）", "(-(a) \"b c\")"},
      {"ｋｅｙｗｏｒｄ：É keyword：“É é” Éa", "keyword:É keyword:\"É é\" ea"},
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
      cmocka_unit_test(test_capitals),     cmocka_unit_test(test_case_alone),
      cmocka_unit_test(test_any),          cmocka_unit_test(test_quotes),
      cmocka_unit_test(test_full_width),   cmocka_unit_test(test_long_words),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
