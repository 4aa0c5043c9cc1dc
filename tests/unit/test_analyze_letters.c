/* Folding by language: which letters are kept apart in an article, and what
 * QueryParser is given for a query. */
#include "analyze_tokens.h"

typedef struct row {
  const char *language, *word;
  const char *folded; /* the other forms in an article */
  const char *query;
} row;

static const row ROWS[] = {
    {"en", "båt Malmö", "bat|malmo", "bat malmo"},
    {"sv", "båt Malmö idé", "ide", "båt malmö ide"},
    {"sv", "Ørsted Kræmmer", "örsted|krämmer", "örsted krämmer"},
    {"swedish", "båt", "", "båt"},
    {"fi", "Äänekoski šakki", "sakki", "äänekoski sakki"},
    {"da", "Århus café", "aarhus|cafe", "århus cafe"},
    {"da", "Aarhus Kjaer", "århus|kjær", "aarhus kjaer"},
    {"nb", "Tromsö Ærø", "tromsø|tromsoe|aeroe", "tromsø ærø"},
    {"nn", "å", "aa", "å"},
    {"de", "Müller Straße", "muller|mueller|strasse", "muller strasse"},
    {"de", "Mueller neue Quelle Poet", "muller|pot",
     "mueller neue quelle poet"},
    {"en", "Mueller Aarhus", "", "mueller aarhus"},
    {"es", "año más pingüino", "mas|pinguino", "año mas pinguino"},
    {"fr", "été ñ œuf", "ete|n|oeuf", "ete n oeuf"},
    {"et", "sõna šokk", "sokk", "sõna sokk"},
    {"tr", "ırmak Isparta İZMİR çay", "irmak|ısparta|cay",
     "ırmak isparta izmir çay"},
    {"tr", "IŞIK Işık KÂĞIDI ISI",
     "isik|ışık|isik|ışık|kağidi|kagidi|kâğıdı|kağıdı|ısı",
     "ışık ışık kağıdı isi"},
    {"ru", "чай ёлка", "елка", "чай елка"},
    {"bg", "май", "", "май"},
    {"uk", "їжак чай ґанок", "", "їжак чай ґанок"},
    {"be", "воўк май ёсць", "есць", "воўк май есць"},
    {"mk", "ѓавол", "", "ѓавол"},
    {"en", "чай їжак", "чаи|іжак", "чаи іжак"},
};

static void test_articles(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    analyzer *a = open_analyzer(ROWS[i].language);
    expect_terms(a, ROWS[i].word, KIND(FOLDED) | KIND(SPELLED), ROWS[i].folded);
    analyzer_free(a);
  }
}

/* What is remembered of a word is remembered of its language, and takes other
 * words' places in the end. */
static void test_languages_in_turns(void **state) {
  (void)state;
  analyzer *a = open_analyzer(NULL);
  byline_error error;
  char word[32];
  for (size_t round = 0; round < 3; round++) {
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
      assert_int_equal(analyzer_set_language(a, ROWS[i].language, &error),
                       BYLINE_OK);
      expect_terms(a, ROWS[i].word, KIND(FOLDED) | KIND(SPELLED),
                   ROWS[i].folded);
    }
    for (int i = 0; i < 20000; i++) {
      char folded[32];
      snprintf(word, sizeof word, "m\u00FC%dl", i);
      snprintf(folded, sizeof folded, "mu%dl", i);
      assert_int_equal(analyzer_set_language(a, "fr", &error), BYLINE_OK);
      expect_terms(a, word, KIND(FOLDED) | KIND(SPELLED), folded);
    }
  }
  analyzer_free(a);
}

static void test_decomposed_is_the_same(void **state) {
  (void)state;
  analyzer *a = open_analyzer("sv");
  expect_terms(a, "ba\u030At", KIND(NFC) | KIND(FOLDED) | KIND(SPELLED), "båt");
  expect_terms(a, "BA\u030AT", KIND(NFC) | KIND(FOLDED) | KIND(SPELLED), "båt");
  byline_error error;
  assert_int_equal(analyzer_set_language(a, "ru", &error), BYLINE_OK);
  expect_terms(a, "чаи\u0306", KIND(NFC) | KIND(FOLDED) | KIND(SPELLED), "чай");
  analyzer_free(a);
}

static const char *const no_fields[] = {NULL};

static void test_queries(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
    analyzer *a = open_analyzer(ROWS[i].language);
    buf out = BUF_INIT;
    byline_error error;
    assert_int_equal(analyzer_query(a, ROWS[i].word, strlen(ROWS[i].word),
                                    no_fields, &out, &error),
                     BYLINE_OK);
    assert_string_equal(out.data, ROWS[i].query);
    buf_free(&out);
    analyzer_free(a);
  }
}

/* Names are compared without a thought of languages. */
static void test_fold_has_no_language(void **state) {
  (void)state;
  analyzer *a = open_analyzer("sv");
  buf out = BUF_INIT;
  byline_error error;
  assert_int_equal(analyzer_fold(a, "Åsa", strlen("Åsa"), &out, &error),
                   BYLINE_OK);
  assert_string_equal(out.data, "asa");
  buf_free(&out);
  analyzer_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_articles),
      cmocka_unit_test(test_languages_in_turns),
      cmocka_unit_test(test_decomposed_is_the_same),
      cmocka_unit_test(test_queries),
      cmocka_unit_test(test_fold_has_no_language),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
