#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "analyze/chars.h"
#include "analyze/stopwords.h"

static const char *const CODES[] = {"da", "de", "en", "es", "fi",
                                    "fr", "hu", "id", "it", "nl",
                                    "no", "pt", "ro", "ru", "sv"};
enum { CODE_COUNT = sizeof CODES / sizeof *CODES };

static bool has(const char *language, const char *word) {
  byline_string words[STOPWORDS_MAX];
  size_t count = stopwords_get(language, words);
  for (size_t i = 0; i < count; i++)
    if (words[i].length == strlen(word) &&
        memcmp(words[i].data, word, words[i].length) == 0)
      return true;
  return false;
}

static void test_lists(void **state) {
  (void)state;
  static const char *const some[CODE_COUNT] = {
      "og",    "und", "the", "el",  "ja", "le", "és", "yang",
      "della", "het", "og",  "não", "și", "и",  "och"};
  for (size_t i = 0; i < CODE_COUNT; i++) {
    byline_string words[STOPWORDS_MAX];
    size_t count = stopwords_get(CODES[i], words);
    assert_true(count > 50 && count < STOPWORDS_MAX);
    if (!has(CODES[i], some[i]))
      fail_msg("%s has no %s", CODES[i], some[i]);
  }
  assert_true(has("nb", "og") && has("nn", "og"));
  assert_false(has("en", "harbour") || has("de", "the"));
}

static void test_languages_without(void **state) {
  (void)state;
  byline_string words[STOPWORDS_MAX];
  assert_int_equal(stopwords_get("cy", words), 0);
  assert_int_equal(stopwords_get("", words), 0);
  assert_int_equal(stopwords_bit("klingon"), 0);
}

/* Each is found again, whatever stands behind it, and nothing like it. */
static void test_lookup(void **state) {
  (void)state;
  for (size_t i = 0; i < CODE_COUNT; i++) {
    byline_string words[STOPWORDS_MAX];
    size_t count = stopwords_get(CODES[i], words);
    for (size_t k = 0; k < count; k++) {
      char longer[64];
      snprintf(longer, sizeof longer, "%.*sqqz", (int)words[k].length,
               words[k].data);
      assert_true(
          stopwords_languages((byline_string){longer, words[k].length}) &
          stopwords_bit(CODES[i]));
      assert_int_equal(
          stopwords_languages((byline_string){longer, words[k].length + 3}), 0);
      assert_true(chars_are_token(words[k]) ||
                  memchr(words[k].data, '\'', words[k].length));
    }
  }
  assert_int_equal(stopwords_languages((byline_string){"", 0}), 0);
  assert_int_equal(stopwords_languages((byline_string){"a\0b", 3}), 0);
}

/* The hash says the same of all words, their beginnings, and what they begin.
 */
static void test_index(void **state) {
  static stopword_index all;
  (void)state;
  stopword_index_fill(&all);
  for (size_t i = 0; i < CODE_COUNT; i++) {
    byline_string words[STOPWORDS_MAX];
    size_t count = stopwords_get(CODES[i], words);
    for (size_t k = 0; k < count; k++) {
      char longer[64] = "";
      snprintf(longer, sizeof longer, "%.*sqqz", (int)words[k].length,
               words[k].data);
      for (size_t length = 0; length <= strlen(longer); length++) {
        byline_string word = {longer, length};
        assert_int_equal(stopword_index_languages(&all, word),
                         stopwords_languages(word));
      }
    }
  }
  static const char with_nul[STOPWORDS_AHEAD] = "a";
  assert_int_equal(stopword_index_languages(&all, (byline_string){with_nul, 2}),
                   0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_lists),
      cmocka_unit_test(test_languages_without),
      cmocka_unit_test(test_lookup),
      cmocka_unit_test(test_index),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
