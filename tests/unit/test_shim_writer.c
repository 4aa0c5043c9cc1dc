/* Writing: what is committed stays, what is not is lost. */
#include "test_shim_support.h"

static xap_writer *open_writer(const char *name, xap_open_mode mode) {
  xap_writer *writer = NULL;
  OK(xap_writer_open(path(name), mode, &writer, &error));
  return writer;
}

static uint32_t committed(const char *name) {
  xap_database *database = open_database(name);
  uint32_t count = count_documents(database);
  xap_database_free(database);
  return count;
}

static void test_modes(void **state) {
  (void)state;
  xap_writer *writer = NULL;
  FAILS(BYLINE_NOT_FOUND, "modes: no such database",
        xap_writer_open(path("modes"), XAP_OPEN, &writer, &error));
  writer = open_writer("modes", XAP_CREATE);
  sample_add(writer, &samples[0], 1);
  OK(xap_writer_commit(writer, &error));
  xap_writer_free(writer);
  writer = NULL;
  FAILS(BYLINE_INVALID, "modes: there is a database already",
        xap_writer_open(path("modes"), XAP_CREATE, &writer, &error));
  assert_null(writer);
  writer = open_writer("modes", XAP_CREATE_OR_OPEN);
  assert_int_equal(count_documents(xap_writer_database(writer)), 1);
  xap_writer_free(writer);
  writer = open_writer("modes", XAP_OVERWRITE);
  assert_int_equal(count_documents(xap_writer_database(writer)), 0);
  xap_writer_free(writer);
  writer = open_writer("modes2", XAP_CREATE_OR_OPEN);
  xap_writer_free(writer);
  assert_int_equal(committed("modes2"), 0);
}

static void test_free_discards(void **state) {
  (void)state;
  sample_build("discard");
  xap_writer *writer = open_writer("discard", XAP_OPEN);
  sample_add(writer, &samples[0], 6);
  OK(xap_writer_set_metadata(writer, str("color"), str("red"), &error));
  OK(xap_writer_add_spelling(writer, 0, str("new"), 1, &error));
  /* The writer sees its own changes. */
  const xap_database *own = xap_writer_database(writer);
  assert_int_equal(count_documents(own), 6);
  LISTS("red",
        xap_database_metadata(own, str("color"), list_string, &got, &error));
  xap_writer_free(writer);

  assert_int_equal(committed("discard"), 5);
  xap_database *database = open_database("discard");
  LISTS("blue", xap_database_metadata(database, str("color"), list_string, &got,
                                      &error));
  LISTS("runners:2 running:3",
        xap_database_spellings(database, list_term, &got, &error));
  xap_database_free(database);
  /* And the lock is free. */
  xap_writer_free(open_writer("discard", XAP_OPEN));
}

/* Nothing becomes visible by itself, even beyond Xapian's threshold. */
static void test_no_commit_of_its_own(void **state) {
  (void)state;
  setenv("XAPIAN_FLUSH_THRESHOLD", "3", 1);
  sample_build("threshold");
  xap_writer *writer = open_writer("threshold", XAP_OPEN);
  for (int i = 6; i < 26; i++)
    sample_add(writer, &samples[0], i);
  assert_int_equal(committed("threshold"), 5);
  xap_writer_free(writer);
  assert_int_equal(committed("threshold"), 5);
  writer = open_writer("threshold", XAP_OPEN);
  for (int i = 6; i < 26; i++)
    sample_add(writer, &samples[0], i);
  OK(xap_writer_commit(writer, &error));
  unsetenv("XAPIAN_FLUSH_THRESHOLD");
  assert_int_equal(committed("threshold"), 25);
  xap_writer_free(writer);
}

/* More changes than it takes for values to be written out early. */
static void test_many_values(void **state) {
  (void)state;
  enum { many = 12001 };
  xap_writer *writer = open_writer("many", XAP_CREATE);
  for (uint32_t i = 1; i <= many; i++) {
    xap_document *document = NULL;
    OK(xap_document_new(&document, &error));
    char value[16];
    snprintf(value, sizeof value, "%05u", i);
    OK(xap_document_add_value(document, 0, str(value), &error));
    uint32_t docid = 0;
    OK(xap_writer_add(writer, document, &docid, &error));
    assert_int_equal(docid, i);
    xap_document_free(document);
  }
  assert_int_equal(committed("many"), 0);
  OK(xap_writer_commit(writer, &error));
  xap_writer_free(writer);
  xap_database *database = open_database("many");
  uint32_t frequency = 0;
  OK(xap_database_value_frequency(database, 0, &frequency, &error));
  assert_int_equal(frequency, many);
  LISTS("00001 12001",
        xap_database_value_bounds(database, 0, list_string, &got, &error));
  for (uint32_t i = 1; i <= many; i += 1000) {
    xap_document *document = NULL;
    OK(xap_database_document(database, i, &document, &error));
    char value[16];
    snprintf(value, sizeof value, "%05u", i);
    LISTS(value, xap_document_value(document, 0, list_string, &got, &error));
    xap_document_free(document);
  }
  xap_database_free(database);
}

static void test_transactions(void **state) {
  (void)state;
  xap_writer *writer = open_writer("transactions", XAP_CREATE);
  sample_add(writer, &samples[0], 1);
  FAILS(BYLINE_INVALID, "no transaction",
        xap_writer_commit_transaction(writer, &error));
  FAILS(BYLINE_INVALID, "no transaction",
        xap_writer_cancel_transaction(writer, &error));
  OK(xap_writer_begin_transaction(writer, &error));
  assert_int_equal(committed("transactions"), 1);
  FAILS(BYLINE_INVALID, "in progress",
        xap_writer_begin_transaction(writer, &error));
  FAILS(BYLINE_INVALID, "in progress", xap_writer_commit(writer, &error));
  sample_add(writer, &samples[1], 2);
  assert_int_equal(count_documents(xap_writer_database(writer)), 2);
  assert_int_equal(committed("transactions"), 1);
  OK(xap_writer_cancel_transaction(writer, &error));
  assert_int_equal(count_documents(xap_writer_database(writer)), 1);
  OK(xap_writer_begin_transaction(writer, &error));
  sample_add(writer, &samples[1], 2);
  sample_add(writer, &samples[2], 3);
  OK(xap_writer_commit_transaction(writer, &error));
  assert_int_equal(committed("transactions"), 3);
  /* A transaction that is still open is lost, too. */
  OK(xap_writer_begin_transaction(writer, &error));
  sample_add(writer, &samples[1], 4);
  xap_writer_free(writer);
  assert_int_equal(committed("transactions"), 3);
}

static void test_replace(void **state) {
  (void)state;
  sample_build("replace");
  xap_writer *writer = open_writer("replace", XAP_OPEN);
  const xap_database *own = xap_writer_database(writer);
  xap_document *document = sample_document(&samples[3], 2);
  uint32_t docid = 0;
  OK(xap_writer_replace(writer, str("Q2"), document, &docid, &error));
  assert_int_equal(docid, 2);
  LISTS("2:1 4:1",
        xap_database_postings(own, str("shoes"), list_posting, &got, &error));
  OK(xap_writer_replace(writer, str("Q99"), document, &docid, &error));
  assert_int_equal(docid, 6);
  /* All that have the term go; one comes. */
  OK(xap_writer_replace(writer, str("shoes"), document, NULL, &error));
  LISTS("2:1",
        xap_database_postings(own, str("shoes"), list_posting, &got, &error));
  OK(xap_writer_replace_docid(writer, 77, document, &error));
  LISTS("2:1 77:1",
        xap_database_postings(own, str("shoes"), list_posting, &got, &error));
  FAILS(BYLINE_INVALID, "replace",
        xap_writer_replace_docid(writer, 0, document, &error));
  FAILS(BYLINE_INVALID, "mpty",
        xap_writer_replace(writer, str(""), document, NULL, &error));
  xap_document_free(document);
  xap_writer_free(writer);
}

static void test_delete(void **state) {
  (void)state;
  sample_build("delete");
  xap_writer *writer = open_writer("delete", XAP_OPEN);
  OK(xap_writer_delete(writer, str("the"), &error));
  OK(xap_writer_delete(writer, str("zzz"), &error));
  OK(xap_writer_delete_docid(writer, 3, &error));
  FAILS(BYLINE_NOT_FOUND, "3", xap_writer_delete_docid(writer, 3, &error));
  FAILS(BYLINE_INVALID, "mpty", xap_writer_delete(writer, str(""), &error));
  OK(xap_writer_commit(writer, &error));
  LISTS("4:1 5:1", xap_database_postings(xap_writer_database(writer), str(""),
                                         list_posting, &got, &error));
  xap_writer_free(writer);
}

static void test_metadata_and_spelling(void **state) {
  (void)state;
  sample_build("words");
  xap_writer *writer = open_writer("words", XAP_OPEN);
  OK(xap_writer_set_metadata(writer, str("color"), str(""), &error));
  FAILS(BYLINE_INVALID, "mpty",
        xap_writer_set_metadata(writer, str(""), str("x"), &error));
  OK(xap_writer_remove_spelling(writer, 0, str("running"), 2, &error));
  OK(xap_writer_remove_spelling(writer, 0, str("runners"), 99, &error));
  OK(xap_writer_commit(writer, &error));
  xap_writer_free(writer);
  xap_database *database = open_database("words");
  LISTS("count shape", xap_database_metadata_keys(database, str(""),
                                                  list_string, &got, &error));
  LISTS("running:1", xap_database_spellings(database, list_term, &got, &error));
  xap_database_free(database);
}

static void test_bad_terms(void **state) {
  (void)state;
  xap_writer *writer = open_writer("bad", XAP_CREATE);
  xap_document *document = NULL;
  OK(xap_document_new(&document, &error));
  char term[300];
  memset(term, 'x', sizeof term);
  term[0] = '\n';
  OK(xap_document_add_term(document, bytes(term, sizeof term), 1, &error));
  FAILS(BYLINE_INVALID, "too long",
        xap_writer_add(writer, document, NULL, &error));
  xap_document_free(document);
  /* The writer still works. */
  sample_add(writer, &samples[0], 1);
  OK(xap_writer_commit(writer, &error));
  xap_writer_free(writer);
  assert_int_equal(committed("bad"), 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_modes),
      cmocka_unit_test(test_free_discards),
      cmocka_unit_test(test_no_commit_of_its_own),
      cmocka_unit_test(test_many_values),
      cmocka_unit_test(test_transactions),
      cmocka_unit_test(test_replace),
      cmocka_unit_test(test_delete),
      cmocka_unit_test(test_metadata_and_spelling),
      cmocka_unit_test(test_bad_terms),
  };
  return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
