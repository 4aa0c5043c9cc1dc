#include "analyze_tokens.h"
#include "xapian_shim.h"

static void test_english(void **state) {
  (void)state;
  static const char *const table[][2] = {
      {"Running houses house", "run|hous|hous"},
      /* a stem equal to its word, and none for what begins with no letter */
      {"cat 42 _x 4th", "cat"},
      {"Biden's", "biden"},
      {"Zürich", "zürich|zurich"},
      {"co-ops", "co|coop|op|coop"},
      {"C++", "c++|c"},
      {"l'Oréal", "l'oréal|l'oreal|oréal|oreal"},
      {"東京 ไทย \u02B0 ²", "東京|ไทย|ʰ|h"},
  };
  analyzer *a = open_analyzer("en");
  for (int again = 0; again < 2; again++)
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
      expect_terms(a, table[i][0], KIND(STEM), table[i][1]);
  analyzer_free(a);
}

static void test_languages(void **state) {
  (void)state;
  byline_error error;
  analyzer *a = open_analyzer("none");
  expect_terms(a, "houses Häuser", KIND(STEM), "");
  assert_int_equal(analyzer_set_language(a, "en", &error), BYLINE_OK);
  expect_terms(a, "houses", KIND(STEM), "hous");
  assert_int_equal(analyzer_set_language(a, "german", &error), BYLINE_OK);
  expect_terms(a, "houses gärten", KIND(STEM), "hous|gart|gaert");
  static const char *const others[] = {"deu", "DE", "de"};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    assert_int_equal(analyzer_set_language(a, NULL, &error), BYLINE_OK);
    assert_int_equal(analyzer_set_language(a, others[i], &error), BYLINE_OK);
    expect_terms(a, "houses gärten", KIND(STEM), "hous|gart|gaert");
  }
  assert_int_equal(analyzer_set_language(a, "xx", &error), BYLINE_INVALID);
  assert_non_null(strstr(error.message, "'xx'"));
  assert_non_null(strstr(error.message, "swedish"));
  expect_terms(a, "gärten", KIND(STEM), "gart|gaert");
  assert_int_equal(analyzer_set_language(a, NULL, &error), BYLINE_OK);
  expect_terms(a, "houses", KIND(STEM), "");
  analyzer_free(a);
}

static void test_unknown_language(void **state) {
  (void)state;
  byline_error error;
  analyzer *a = NULL;
  assert_int_equal(analyzer_new("klingon", &a, &error), BYLINE_INVALID);
  assert_null(a);
  assert_int_equal(
      analyzer_new("a language whose name is far too long", &a, &error),
      BYLINE_INVALID);
  assert_null(a);
  analyzer_free(NULL);
}

/* Every name and code of Xapian's stemmers. */
static void test_every_stemmer(void **state) {
  (void)state;
  static const char *const codes[] = {
      "ar", "hy", "eu", "ca", "da", "nl", "en", "fi", "fr",
      "de", "hu", "id", "ga", "it", "lt", "ne", "no", "nb",
      "nn", "pt", "ro", "ru", "es", "sv", "ta", "tr",
  };
  analyzer *a = open_analyzer(NULL);
  byline_error error;
  char *names = strdup(xap_stemmer_languages());
  assert_non_null(names);
  size_t count = 0;
  for (char *rest = names, *name; (name = strtok_r(rest, " ", &rest));) {
    assert_true(analyzer_knows_language(name));
    assert_int_equal(analyzer_set_language(a, name, &error), BYLINE_OK);
    char *stems = terms_of(a, "abcdings", 8, KIND(STEM));
    assert_int_equal(*stems != '\0', strcmp(name, "none") != 0);
    free(stems);
    count++;
  }
  assert_true(count > 25);
  free(names);
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
    assert_int_equal(analyzer_set_language(a, codes[i], &error), BYLINE_OK);
    char *stems = terms_of(a, "abcdings", 8, KIND(STEM));
    assert_true(*stems != '\0');
    free(stems);
  }
  analyzer_free(a);
}

/* For Omega: whatever the language, and once where both are the same. */
static void test_english_stems_besides(void **state) {
  (void)state;
  byline_error error;
  static const char *const table[][3] = {
      {"de", "Häuser houses cat", "haus|häuser|hauser|haeus|haeuser|hous|cat"},
      {"en", "houses", "hous"},
      {"cy", "houses", "hous"},
      {"none", "houses", ""},
      {"fr", "chevaux", "cheval|chevaux"},
  };
  analyzer *a = open_analyzer("none");
  assert_int_equal(analyzer_add_english(a, &error), BYLINE_OK);
  for (int again = 0; again < 2; again++)
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
      assert_int_equal(analyzer_set_language(a, table[i][0], &error),
                       BYLINE_OK);
      expect_terms(a, table[i][1], KIND(STEM), table[i][2]);
    }
  analyzer_free(a);
}

/* What is remembered of one language is no stem of another's. */
static void test_languages_in_turn(void **state) {
  (void)state;
  static const char text[] = "nationales houses casas runningly abcdings";
  analyzer *a = open_analyzer(NULL);
  byline_error error;
  for (int again = 0; again < 3; again++) {
    char *names = strdup(xap_stemmer_languages());
    assert_non_null(names);
    for (char *rest = names, *name; (name = strtok_r(rest, " ", &rest));) {
      analyzer *fresh = open_analyzer(name);
      char *wanted = terms_of(fresh, text, sizeof text - 1, KIND(STEM));
      assert_int_equal(analyzer_set_language(a, name, &error), BYLINE_OK);
      char *stems = terms_of(a, text, sizeof text - 1, KIND(STEM));
      assert_string_equal(stems, wanted);
      free(stems);
      free(wanted);
      analyzer_free(fresh);
    }
    free(names);
  }
  analyzer_free(a);
}

typedef struct comparison {
  const char *stem;
  size_t matches;
} comparison;

static int compare_stem(void *user, const byline_token *token) {
  comparison *c = user;
  if (token->kind == BYLINE_TOKEN_STEM &&
      token->term.length == strlen(c->stem) &&
      memcmp(token->term.data, c->stem, token->term.length) == 0)
    c->matches++;
  return 0;
}

/* More different words than are remembered; each stem must still be its own. */
static void test_more_words_than_remembered(void **state) {
  (void)state;
  analyzer *a = open_analyzer("en");
  for (int again = 0; again < 2; again++) {
    for (int i = 0; i < 100000; i++) {
      char text[32], stem[32];
      byline_error error;
      snprintf(text, sizeof text, "q%dings", i);
      snprintf(stem, sizeof stem, "q%ding", i);
      comparison c = {stem, 0};
      analyzer_run(a, text, strlen(text), compare_stem, &c, &error);
      assert_int_equal(c.matches, 1);
    }
  }
  analyzer_free(a);
}

/* Short enough to be remembered or not, a word has the same stem. */
static void test_long_words_have_stems(void **state) {
  (void)state;
  analyzer *a = open_analyzer("en");
  for (size_t n = 20; n < 120; n++) {
    char text[128];
    memset(text, 'b', n);
    memcpy(text + n, "ing", sizeof "ing");
    text[5] = 'a';
    text[n - 1] = 'k';
    for (int again = 0; again < 2; again++) {
      char *stem = terms_of(a, text, n + 3, KIND(STEM));
      assert_int_equal(strlen(stem), n);
      assert_memory_equal(stem, text, n);
      free(stem);
    }
  }
  analyzer_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_english),
      cmocka_unit_test(test_languages),
      cmocka_unit_test(test_every_stemmer),
      cmocka_unit_test(test_english_stems_besides),
      cmocka_unit_test(test_unknown_language),
      cmocka_unit_test(test_languages_in_turn),
      cmocka_unit_test(test_more_words_than_remembered),
      cmocka_unit_test(test_long_words_have_stems),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
