/* Compacting and checking. */
#include "test_shim_support.h"

#include <sys/stat.h>

/* Xapian 1.4.22 deletes the tables that it checks by their base class. */
__attribute__((visibility("default"))) const char *__asan_default_options(void);
const char *__asan_default_options(void) {
  return "new_delete_type_mismatch=0";
}

static int set_up(void **state) {
  if (scratch_make(state))
    return -1;
  sample_build("one");
  sample_build("two");
  xap_writer *writer = NULL;
  OK(xap_writer_open(path("one"), XAP_OPEN, &writer, &error));
  OK(xap_writer_delete_docid(writer, 2, &error));
  OK(xap_writer_commit(writer, &error));
  xap_writer_free(writer);
  return 0;
}

static bool is_there(const char *name) {
  struct stat status;
  return stat(path(name), &status) == 0;
}

static void test_compact_keeps_docids(void **state) {
  (void)state;
  const char *one = path("one");
  OK(xap_compact(&one, 1, path("same"), false, &error));
  xap_database *database = open_database("same");
  LISTS("1:1 3:1 4:1 5:1",
        xap_database_postings(database, str(""), list_posting, &got, &error));
  LISTS("blue", xap_database_metadata(database, str("color"), list_string, &got,
                                      &error));
  LISTS("runners:2 running:3",
        xap_database_spellings(database, list_term, &got, &error));
  xap_database_free(database);
}

static void test_compact_renumbers(void **state) {
  (void)state;
  const char *both[] = {path("one"), path("two")};
  OK(xap_compact(both, 2, path("merged"), true, &error));
  xap_database *database = open_database("merged");
  assert_int_equal(count_documents(database), 9);
  LISTS("cat:4 cats:2",
        xap_database_terms(database, str("cat"), list_term, &got, &error));
  xap_document *document = NULL;
  OK(xap_database_document(database, 6, &document, &error));
  LISTS("the cat sat on the mat",
        xap_document_data(document, list_string, &got, &error));
  LISTS("1 5", xap_document_positions(document, str("the"), list_position, &got,
                                      &error));
  xap_document_free(document);
  xap_database_free(database);
}

static void test_compact_fails(void **state) {
  (void)state;
  const char *one = path("one");
  FAILS(BYLINE_INVALID, "two: the name is taken",
        xap_compact(&one, 1, path("two"), true, &error));
  write_file("file", "keep me", 7);
  FAILS(BYLINE_INVALID, "file: the name is taken",
        xap_compact(&one, 1, path("file"), true, &error));
  assert_true(is_there("file"));
  FAILS(BYLINE_NOT_FOUND, "no/where: can't make",
        xap_compact(&one, 1, path("no/where"), true, &error));
  const char *missing = path("missing");
  FAILS(BYLINE_NOT_FOUND, "missing: no such database",
        xap_compact(&missing, 1, path("new"), true, &error));
  FAILS(BYLINE_INVALID, "no database",
        xap_compact(NULL, 0, path("new"), true, &error));
  /* Docids of both overlap; what was begun is removed. */
  const char *both[] = {path("one"), path("two")};
  FAILS(BYLINE_INVALID, "document ids",
        xap_compact(both, 2, path("new"), false, &error));
  assert_false(is_there("new"));
}

static void test_check(void **state) {
  (void)state;
  size_t faults = 99;
  OK(xap_check(path("one"), NULL, NULL, &faults, &error));
  assert_int_equal(faults, 0);
  faults = 99;
  struct list report = {"", 0, 0};
  OK(xap_check(path("one"), list_string, &report, &faults, &error));
  assert_int_equal(faults, 0);
  assert_non_null(strstr(report.text, "postlist table structure checked OK"));
  assert_null(strchr(report.text, '\n'));
  assert_true(report.count > 6);
  STOPS(xap_check(path("one"), list_string, &got, &faults, &error));
  FAILS(BYLINE_NOT_FOUND, "missing: no such database",
        xap_check(path("missing"), NULL, NULL, &faults, &error));
}

/* Flips a byte in the middle of every used block. */
static void damage(const char *name) {
  FILE *file = fopen(path(name), "r+b");
  assert_non_null(file);
  assert_int_equal(fseek(file, 0, SEEK_END), 0);
  long size = ftell(file);
  for (long at = 8192 - 20; at < size; at += 8192) {
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    assert_int_equal(fwrite("\xFF\xFF\xFF\xFF\xFF\xFF", 1, 6, file), 6);
  }
  assert_int_equal(fclose(file), 0);
}

static void test_check_finds_faults(void **state) {
  (void)state;
  sample_build("hurt");
  damage("hurt/postlist.glass");
  struct list report = {"", 0, 0};
  size_t faults = 0;
  byline_status status =
      xap_check(path("hurt"), list_string, &report, &faults, NULL);
  if (status == BYLINE_OK)
    assert_true(faults > 0);
  else
    assert_int_equal(status, BYLINE_CORRUPT);
  assert_true(report.count > 0);
  damage("hurt/docdata.glass");
  char garbage[4096];
  memset(garbage, 0xFF, sizeof garbage);
  write_file("hurt/iamglass", garbage, sizeof garbage);
  FAILS(BYLINE_CORRUPT, "hurt: the database is damaged",
        xap_check(path("hurt"), NULL, NULL, &faults, &error));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_compact_keeps_docids),
      cmocka_unit_test(test_compact_renumbers),
      cmocka_unit_test(test_compact_fails),
      cmocka_unit_test(test_check),
      cmocka_unit_test(test_check_finds_faults),
  };
  return cmocka_run_group_tests(tests, set_up, scratch_remove);
}
