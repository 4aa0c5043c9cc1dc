/* Documents before they are in any database, stems and versions. */
#include "test_shim_support.h"

static void test_terms(void **state) {
  (void)state;
  xap_document *document = NULL;
  OK(xap_document_new(&document, &error));
  LISTS("", xap_document_terms(document, list_term, &got, &error));
  OK(xap_document_add_term(document, str("pear"), 2, &error));
  OK(xap_document_add_term(document, str("pear"), 3, &error));
  OK(xap_document_add_term(document, str("Kfilter"), 0, &error));
  const uint32_t positions[] = {9, 2, 4, 2};
  OK(xap_document_add_postings(document, str("apple"), positions, 4, 7,
                               &error));
  OK(xap_document_add_postings(document, str("apple"), NULL, 0, 1, &error));
  LISTS("Kfilter:0 apple:8 pear:5",
        xap_document_terms(document, list_term, &got, &error));
  LISTS("2 4 9", xap_document_positions(document, str("apple"), list_position,
                                        &got, &error));
  LISTS("", xap_document_positions(document, str("pear"), list_position, &got,
                                   &error));
  LISTS("", xap_document_positions(document, str("zebra"), list_position, &got,
                                   &error));
  STOPS(xap_document_terms(document, list_term, &got, &error));
  STOPS(xap_document_positions(document, str("apple"), list_position, &got,
                               &error));
  OK(xap_document_remove_term(document, str("apple"), &error));
  LISTS("Kfilter:0 pear:5",
        xap_document_terms(document, list_term, &got, &error));
  FAILS(BYLINE_NOT_FOUND, "'apple'",
        xap_document_remove_term(document, str("apple"), &error));
  FAILS(BYLINE_NOT_FOUND, "no term",
        xap_document_remove_term(document, str("zzz"), &error));
  FAILS(BYLINE_INVALID, "mpty",
        xap_document_add_term(document, str(""), 1, &error));
  assert_int_equal(xap_document_add_term(document, str(""), 1, NULL),
                   BYLINE_INVALID);
  xap_document_free(document);
}

static void test_data_and_values(void **state) {
  (void)state;
  xap_document *document = NULL;
  OK(xap_document_new(&document, &error));
  LISTS("", xap_document_data(document, list_string, &got, &error));
  OK(xap_document_set_data(document, str("some data"), &error));
  LISTS("some data", xap_document_data(document, list_string, &got, &error));
  OK(xap_document_set_data(document, bytes(NULL, 0), &error));
  LISTS("", xap_document_data(document, list_string, &got, &error));
  OK(xap_document_add_value(document, 5, str("five"), &error));
  OK(xap_document_add_value(document, 2, str("two"), &error));
  LISTS("two@2 five@5",
        xap_document_values(document, list_value, &got, &error));
  LISTS("five", xap_document_value(document, 5, list_string, &got, &error));
  LISTS("", xap_document_value(document, 3, list_string, &got, &error));
  STOPS(xap_document_values(document, list_value, &got, &error));
  STOPS(xap_document_value(document, 5, list_string, &got, &error));
  STOPS(xap_document_data(document, list_string, &got, &error));
  OK(xap_document_add_value(document, 5, str(""), &error));
  LISTS("two@2", xap_document_values(document, list_value, &got, &error));
  xap_document_free(document);
}

static int keep_bytes(void *user, byline_string value) {
  byline_string *kept = user;
  static char copy[16];
  assert_true(value.length <= sizeof copy);
  memcpy(copy, value.data, value.length);
  *kept = bytes(copy, value.length);
  return 0;
}

static void test_nul_bytes_pass(void **state) {
  (void)state;
  xap_document *document = NULL;
  OK(xap_document_new(&document, &error));
  OK(xap_document_set_data(document, bytes("a\0b", 3), &error));
  byline_string kept = {NULL, 0};
  OK(xap_document_data(document, keep_bytes, &kept, &error));
  assert_int_equal(kept.length, 3);
  assert_memory_equal(kept.data, "a\0b", 3);
  OK(xap_document_add_value(document, 0, bytes("\0", 1), &error));
  OK(xap_document_value(document, 0, keep_bytes, &kept, &error));
  assert_int_equal(kept.length, 1);
  xap_document_free(document);
}

static void test_stemmer(void **state) {
  (void)state;
  xap_stemmer *stemmer = NULL;
  OK(xap_stemmer_new("en", &stemmer, &error));
  byline_string stem = {NULL, 0};
  OK(xap_stemmer_stem(stemmer, str("runners"), &stem, &error));
  assert_int_equal(stem.length, 6);
  assert_memory_equal(stem.data, "runner", 6);
  OK(xap_stemmer_stem(stemmer, str(""), &stem, &error));
  assert_int_equal(stem.length, 0);
  xap_stemmer_free(stemmer);

  OK(xap_stemmer_new("none", &stemmer, &error));
  OK(xap_stemmer_stem(stemmer, str("runners"), &stem, &error));
  assert_int_equal(stem.length, 7);
  xap_stemmer_free(stemmer);

  xap_stemmer *unknown = NULL;
  FAILS(BYLINE_INVALID, "klingon",
        xap_stemmer_new("klingon", &unknown, &error));
  assert_null(unknown);
  const char *languages = xap_stemmer_languages();
  assert_non_null(strstr(languages, "english"));
  assert_ptr_equal(languages, xap_stemmer_languages());
}

static void test_numbers_sort_as_bytes(void **state) {
  (void)state;
  const double numbers[] = {-1e9, -1, 0, 0.5, 1, 2, 1e9};
  char previous[16];
  size_t previous_length = 0;
  for (size_t i = 0; i < COUNT(numbers); i++) {
    char next[16];
    size_t length = xap_sortable_serialise(numbers[i], next);
    assert_true(length <= 9);
    if (i > 0) {
      size_t both = length < previous_length ? length : previous_length;
      int order = memcmp(previous, next, both);
      assert_true(order < 0 || (order == 0 && previous_length < length));
    }
    memcpy(previous, next, sizeof next);
    previous_length = length;
  }
}

static void test_nothing_to_free(void **state) {
  (void)state;
  xap_document_free(NULL);
  xap_database_free(NULL);
  xap_writer_free(NULL);
  xap_stemmer_free(NULL);
  xap_query_free(NULL);
  xap_parser_free(NULL);
  xap_enquire_free(NULL);
  xap_matches_free(NULL);
  xap_facet_free(NULL);
  assert_int_equal(
      strncmp(xap_version(), "1.4.", 4) && strncmp(xap_version(), "2.", 2), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_terms),
      cmocka_unit_test(test_data_and_values),
      cmocka_unit_test(test_nul_bytes_pass),
      cmocka_unit_test(test_stemmer),
      cmocka_unit_test(test_numbers_sort_as_bytes),
      cmocka_unit_test(test_nothing_to_free),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
