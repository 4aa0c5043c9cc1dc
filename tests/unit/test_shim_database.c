/* Reading: one database, several at once, and stubs. */
#include "test_shim_support.h"

static int set_up(void **state) {
  if (scratch_make(state))
    return -1;
  sample_build("db");
  return 0;
}

static void test_statistics(void **state) {
  (void)state;
  xap_database *database = open_database("db");
  xap_statistics statistics;
  OK(xap_database_statistics(database, &statistics, &error));
  assert_int_equal(statistics.documents, 5);
  assert_int_equal(statistics.last_docid, 5);
  assert_int_equal(statistics.total_length, 6 + 6 + 5 + 4 + 4);
  assert_true(statistics.average_length > 4.99);
  assert_true(statistics.average_length < 5.01);
  assert_true(statistics.has_positions);
  xap_database_free(database);
}

static void test_terms(void **state) {
  (void)state;
  xap_database *database = open_database("db");
  LISTS("cat:2 cats:1",
        xap_database_terms(database, str("cat"), list_term, &got, &error));
  LISTS("Q1:1 Q2:1 Q3:1 Q4:1 Q5:1",
        xap_database_terms(database, str("Q"), list_term, &got, &error));
  LISTS("", xap_database_terms(database, str("zzz"), list_term, &got, &error));
  STOPS(xap_database_terms(database, str(""), list_term, &got, &error));
  uint32_t frequency = 99;
  OK(xap_database_term_frequency(database, str("the"), &frequency, &error));
  assert_int_equal(frequency, 2);
  OK(xap_database_term_frequency(database, str("zzz"), &frequency, &error));
  assert_int_equal(frequency, 0);
  xap_database_free(database);
}

static void test_postings(void **state) {
  (void)state;
  xap_database *database = open_database("db");
  LISTS("1:2 2:2", xap_database_postings(database, str("the"), list_posting,
                                         &got, &error));
  LISTS("1:1 2:1 3:1 4:1 5:1",
        xap_database_postings(database, str(""), list_posting, &got, &error));
  LISTS("", xap_database_postings(database, str("zzz"), list_posting, &got,
                                  &error));
  STOPS(
      xap_database_postings(database, str("the"), list_posting, &got, &error));
  LISTS("1 5", xap_database_positions(database, 1, str("the"), list_position,
                                      &got, &error));
  LISTS("", xap_database_positions(database, 3, str("the"), list_position, &got,
                                   &error));
  STOPS(xap_database_positions(database, 1, str("the"), list_position, &got,
                               &error));
  FAILS(BYLINE_INVALID, path("db"),
        xap_database_positions(database, 0, str("the"), list_position, NULL,
                               &error));
  xap_database_free(database);
}

static void test_values(void **state) {
  (void)state;
  xap_database *database = open_database("db");
  uint32_t frequency = 99;
  OK(xap_database_value_frequency(database, SLOT_DATE, &frequency, &error));
  assert_int_equal(frequency, 4);
  OK(xap_database_value_frequency(database, SLOT_NONE, &frequency, &error));
  assert_int_equal(frequency, 0);
  LISTS("19950505 20010203",
        xap_database_value_bounds(database, SLOT_DATE, list_string, &got,
                                  &error));
  LISTS("", xap_database_value_bounds(database, SLOT_NONE, list_string, &got,
                                      &error));
  STOPS(xap_database_value_bounds(database, SLOT_DATE, list_string, &got,
                                  &error));
  xap_database_free(database);
}

static void test_document(void **state) {
  (void)state;
  xap_database *database = open_database("db");
  xap_document *document = NULL;
  OK(xap_database_document(database, 5, &document, &error));
  LISTS("a cat ran home",
        xap_document_data(document, list_string, &got, &error));
  LISTS("Q5:0 a:1 cat:1 home:1 ran:1",
        xap_document_terms(document, list_term, &got, &error));
  LISTS("19990101@0 home@2",
        xap_document_values(document, list_value, &got, &error));
  LISTS("2", xap_document_positions(document, str("cat"), list_position, &got,
                                    &error));
  xap_document *none = NULL;
  FAILS(BYLINE_NOT_FOUND, path("db"),
        xap_database_document(database, 6, &none, &error));
  FAILS(BYLINE_INVALID, "0", xap_database_document(database, 0, &none, &error));
  assert_null(none);
  /* The document outlives the database's handle. */
  xap_database_free(database);
  LISTS("home",
        xap_document_value(document, SLOT_TAGS, list_string, &got, &error));
  xap_document_free(document);
}

static void test_metadata(void **state) {
  (void)state;
  xap_database *database = open_database("db");
  LISTS("blue", xap_database_metadata(database, str("color"), list_string, &got,
                                      &error));
  LISTS("", xap_database_metadata(database, str("none"), list_string, &got,
                                  &error));
  LISTS("color count", xap_database_metadata_keys(database, str("co"),
                                                  list_string, &got, &error));
  LISTS("color count shape", xap_database_metadata_keys(
                                 database, str(""), list_string, &got, &error));
  STOPS(
      xap_database_metadata_keys(database, str(""), list_string, &got, &error));
  STOPS(
      xap_database_metadata(database, str("color"), list_string, &got, &error));
  FAILS(BYLINE_INVALID, "mpty",
        xap_database_metadata(database, str(""), list_string, NULL, &error));
  xap_database_free(database);
}

static void test_spelling(void **state) {
  (void)state;
  xap_database *database = open_database("db");
  LISTS("runners:2 running:3",
        xap_database_spellings(database, list_term, &got, &error));
  LISTS("running", xap_database_spelling(database, str("runing"), 2,
                                         list_string, &got, &error));
  LISTS("", xap_database_spelling(database, str("elephant"), 2, list_string,
                                  &got, &error));
  STOPS(xap_database_spellings(database, list_term, &got, &error));
  STOPS(xap_database_spelling(database, str("runing"), 2, list_string, &got,
                              &error));
  xap_database_free(database);
}

static void test_several_at_once(void **state) {
  (void)state;
  sample_build("other");
  const char *paths[] = {path("db"), path("other")};
  xap_database *database = NULL;
  OK(xap_database_open(paths, 2, &database, &error));
  assert_int_equal(count_documents(database), 10);
  /* Document 1 of the first is 1, document 1 of the second 2, ... */
  LISTS("1:2 2:2 3:2 4:2", xap_database_postings(database, str("the"),
                                                 list_posting, &got, &error));
  LISTS("cat:4 cats:2",
        xap_database_terms(database, str("cat"), list_term, &got, &error));
  LISTS("1 5", xap_database_positions(database, 2, str("the"), list_position,
                                      &got, &error));
  LISTS("blue", xap_database_metadata(database, str("color"), list_string, &got,
                                      &error));
  xap_document *document = NULL;
  OK(xap_database_document(database, 10, &document, &error));
  LISTS("a cat ran home",
        xap_document_data(document, list_string, &got, &error));
  xap_document_free(document);
  FAILS(BYLINE_NOT_FOUND, "other",
        xap_database_document(database, 11, &document, &error));
  xap_database_free(database);

  const char *missing[] = {path("db"), path("missing")};
  database = NULL;
  FAILS(BYLINE_NOT_FOUND, path("missing"),
        xap_database_open(missing, 2, &database, &error));
  FAILS(BYLINE_INVALID, "no database",
        xap_database_open(NULL, 0, &database, &error));
  assert_null(database);
}

static void test_stubs(void **state) {
  (void)state;
  write_file("stub", "# two\nauto db\nauto db\n", 22);
  xap_database *database = open_database("stub");
  assert_int_equal(count_documents(database), 10);
  xap_database_free(database);

  const char *const make[] = {"mkdir", path("stubdir"), NULL};
  assert_int_equal(run(make), 0);
  write_file("stubdir/XAPIANDB", "auto ../db\n", 11);
  database = open_database("stubdir");
  assert_int_equal(count_documents(database), 5);
  xap_database_free(database);
}

static void test_reopen(void **state) {
  (void)state;
  sample_build("growing");
  xap_database *database = open_database("growing");
  bool changed = true;
  OK(xap_database_reopen(database, &changed, &error));
  assert_false(changed);
  xap_writer *writer = NULL;
  OK(xap_writer_open(path("growing"), XAP_OPEN, &writer, &error));
  sample_add(writer, &samples[0], 6);
  OK(xap_writer_commit(writer, &error));
  assert_int_equal(count_documents(database), 5);
  OK(xap_database_reopen(database, &changed, &error));
  assert_true(changed);
  assert_int_equal(count_documents(database), 6);
  OK(xap_database_reopen(database, NULL, &error));
  xap_writer_free(writer);
  xap_database_free(database);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_statistics), cmocka_unit_test(test_terms),
      cmocka_unit_test(test_postings),   cmocka_unit_test(test_values),
      cmocka_unit_test(test_document),   cmocka_unit_test(test_metadata),
      cmocka_unit_test(test_spelling),   cmocka_unit_test(test_several_at_once),
      cmocka_unit_test(test_stubs),      cmocka_unit_test(test_reopen),
  };
  return cmocka_run_group_tests(tests, set_up, scratch_remove);
}
