/* What there is to say about databases that are not there, not whole, not
 * allowed, in use or from the future. */
#include "test_shim_support.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* Xapian 1.4.22 deletes the tables that it checks by their base class. */
__attribute__((visibility("default"))) const char *__asan_default_options(void);
const char *__asan_default_options(void) {
  return "new_delete_type_mismatch=0";
}

static int set_up(void **state) {
  if (scratch_make(state))
    return -1;
  sample_build("db");
  return 0;
}

#define OPEN_FAILS(code, words, name)                                          \
  do {                                                                         \
    const char *where = path(name);                                            \
    xap_database *database = NULL;                                             \
    FAILS(code, words, xap_database_open(&where, 1, &database, &error));       \
    FAILS(code, where, xap_database_open(&where, 1, &database, &error));       \
    assert_null(database);                                                     \
  } while (0)

#define WRITER_FAILS(code, words, name, mode)                                  \
  do {                                                                         \
    xap_writer *writer = NULL;                                                 \
    FAILS(code, words, xap_writer_open(path(name), mode, &writer, &error));    \
    assert_null(writer);                                                       \
  } while (0)

static void copy_sample(const char *name) {
  const char *const drop[] = {"rm", "-rf", path(name), NULL};
  assert_int_equal(run(drop), 0);
  const char *const copy[] = {"cp", "-r", path("db"), path(name), NULL};
  assert_int_equal(run(copy), 0);
}

static void overwrite(const char *name, long offset, const char *data,
                      size_t length) {
  FILE *file = fopen(path(name), "r+b");
  assert_non_null(file);
  assert_int_equal(fseek(file, offset, SEEK_SET), 0);
  assert_int_equal(fwrite(data, 1, length, file), length);
  assert_int_equal(fclose(file), 0);
}

static void test_nothing_there(void **state) {
  (void)state;
  assert_int_equal(mkdir(path("empty"), 0700), 0);
  write_file("file", "hello\n", 6);
  write_file("emptyfile", "", 0);
  write_file("badstub", "auto nowhere\n", 13);
  OPEN_FAILS(BYLINE_NOT_FOUND, "missing: no such database", "missing");
  OPEN_FAILS(BYLINE_NOT_FOUND, "no such database", "file/below");
  OPEN_FAILS(BYLINE_NOT_FOUND, "no Xapian database there", "empty");
  OPEN_FAILS(BYLINE_NOT_FOUND, "Bad line", "file");
  OPEN_FAILS(BYLINE_NOT_FOUND, "the file is empty", "emptyfile");
  OPEN_FAILS(BYLINE_NOT_FOUND, "nowhere", "badstub");
  WRITER_FAILS(BYLINE_NOT_FOUND, "missing: no such", "missing", XAP_OPEN);
  WRITER_FAILS(BYLINE_NOT_FOUND, "empty: no Xapian", "empty", XAP_OPEN);
  WRITER_FAILS(BYLINE_NOT_FOUND, "file: no Xapian", "file", XAP_OPEN);
  WRITER_FAILS(BYLINE_NOT_FOUND, "No such file", "no/below", XAP_CREATE);
  WRITER_FAILS(BYLINE_NOT_FOUND, "file/below", "file/below", XAP_CREATE);
}

static void test_no_permission(void **state) {
  (void)state;
  copy_sample("closed");
  assert_int_equal(chmod(path("closed/postlist.glass"), 0), 0);
  bool root = geteuid() == 0;
  assert_int_equal(chmod(scratch, 0755), 0);
  if (root)
    assert_int_equal(seteuid(65534), 0);
  OPEN_FAILS(BYLINE_IO, "Permission denied", "closed");
  WRITER_FAILS(BYLINE_IO, "denied", "closed/new", XAP_CREATE);
  if (root) /* an owner may write below a directory of his own */
    WRITER_FAILS(BYLINE_IO, "lock", "db", XAP_OPEN);
  if (root)
    assert_int_equal(seteuid(0), 0);
}

static void test_version_file(void **state) {
  (void)state;
  copy_sample("version");
  assert_int_equal(truncate(path("version/iamglass"), 20), 0);
  OPEN_FAILS(BYLINE_CORRUPT, "damaged", "version");
  WRITER_FAILS(BYLINE_CORRUPT, "damaged", "version", XAP_OPEN);
  copy_sample("version");
  overwrite("version/iamglass", 0, "XX", 2);
  OPEN_FAILS(BYLINE_CORRUPT, "index again", "version");
  copy_sample("version");
  overwrite("version/iamglass", 14, "\x7f\x7f", 2);
  OPEN_FAILS(BYLINE_TOO_NEW, "upgrade", "version");
  WRITER_FAILS(BYLINE_TOO_NEW, "upgrade", "version", XAP_OPEN);
}

/* The first status other than OK of reading everything. */
static byline_status read_all(const char *name, byline_error *error) {
  const char *where = path(name);
  xap_database *database = NULL;
  byline_status status = xap_database_open(&where, 1, &database, error);
  if (status)
    return status;
  struct list list = {"", 0, 0};
  status = xap_database_terms(database, str(""), list_term, &list, error);
  xap_document *document = NULL;
  if (!status)
    status = xap_database_document(database, 1, &document, error);
  if (!status)
    status = xap_document_data(document, list_string, &list, error);
  xap_document_free(document);
  xap_database_free(database);
  return status;
}

static void test_tables(void **state) {
  (void)state;
  char garbage[8192];
  memset(garbage, 0xFF, sizeof garbage);
  copy_sample("tables");
  OK(read_all("tables", &error));
  overwrite("tables/postlist.glass", 0, garbage, sizeof garbage);
  FAILS(BYLINE_CORRUPT, "tables: the database is damaged",
        read_all("tables", &error));
  copy_sample("tables");
  overwrite("tables/docdata.glass", 0, garbage, sizeof garbage);
  FAILS(BYLINE_CORRUPT, "tables: the database is damaged",
        read_all("tables", &error));
  copy_sample("tables");
  assert_int_equal(truncate(path("tables/docdata.glass"), 0), 0);
  FAILS(BYLINE_CORRUPT, "restore it", read_all("tables", &error));
  copy_sample("tables");
  assert_int_equal(unlink(path("tables/postlist.glass")), 0);
  FAILS(BYLINE_CORRUPT, "tables: the database is damaged",
        read_all("tables", &error));
}

static void test_lock(void **state) {
  (void)state;
  xap_writer *first = NULL;
  OK(xap_writer_open(path("db"), XAP_OPEN, &first, &error));
  WRITER_FAILS(BYLINE_LOCKED, "db: another program is writing to it", "db",
               XAP_OPEN);
  WRITER_FAILS(BYLINE_LOCKED, "try again", "db", XAP_CREATE_OR_OPEN);
  /* Reading is possible all the while. */
  OK(read_all("db", &error));
  /* A search on the writer's database does not keep it locked. */
  xap_enquire *enquire = NULL;
  OK(xap_enquire_new(xap_writer_database(first), &enquire, &error));
  xap_writer_free(first);
  OK(xap_writer_open(path("db"), XAP_OPEN, &first, &error));
  xap_enquire_free(enquire);
  xap_writer_free(first);
}

/* Lists terms that are words, not those that are ids. */
static int list_small(void *user, byline_string term, uint32_t frequency) {
  return term.data[0] == 'Q' ? 0 : list_term(user, term, frequency);
}

/* A reader's revision is gone after the second commit of a writer. */
static void test_modified(void **state) {
  (void)state;
  sample_build("busy");
  xap_writer *writer = NULL;
  OK(xap_writer_open(path("busy"), XAP_OPEN, &writer, &error));
  for (int i = 6; i < 600; i++)
    sample_add(writer, &samples[0], i);
  OK(xap_writer_commit(writer, &error));
  xap_database *database = open_database("busy");
  xap_document *lazy = NULL;
  OK(xap_database_document(database, 300, &lazy, &error));
  for (int round = 0; round < 4; round++) {
    for (uint32_t i = 1; i < 600; i++) {
      xap_document *document = sample_document(&samples[3], (int)i);
      OK(xap_writer_replace_docid(writer, i, document, &error));
      xap_document_free(document);
    }
    OK(xap_writer_commit(writer, &error));
  }
  xap_writer_free(writer);
  FAILS(BYLINE_MODIFIED, "busy: the database changed",
        xap_document_data(lazy, list_string, NULL, &error));
  struct list list = {"", 0, 0};
  FAILS(BYLINE_MODIFIED, "open it again",
        xap_database_terms(database, str(""), list_term, &list, &error));
  OK(xap_database_reopen(database, NULL, &error));
  LISTS("for:599 runners:599 running:599 shoes:599",
        xap_database_terms(database, str(""), list_small, &got, &error));
  xap_document_free(lazy);
  xap_database_free(database);
}

/* A disk that is full, or as good as: no file may grow. */
static void test_write_fails(void **state) {
  (void)state;
  sample_build("full");
  xap_writer *writer = NULL;
  OK(xap_writer_open(path("full"), XAP_OPEN, &writer, &error));
  for (int i = 6; i < 3000; i++)
    sample_add(writer, &samples[0], i);
  struct rlimit usual;
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &usual), 0);
  struct rlimit small = usual;
  small.rlim_cur = 50000;
  void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
  byline_error error = {0, "", 0};
  byline_status status = xap_writer_commit(writer, &error);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &usual), 0);
  signal(SIGXFSZ, handler);
  assert_int_equal(status, BYLINE_IO);
  assert_non_null(strstr(error.message, path("full")));
  assert_non_null(strstr(error.message, "File too large"));
  xap_writer_free(writer);
  /* What was committed before is all there, and can be written to. */
  size_t faults = 99;
  assert_int_equal(xap_check(path("full"), NULL, NULL, &faults, NULL), 0);
  assert_int_equal(faults, 0);
  writer = NULL;
  assert_int_equal(xap_writer_open(path("full"), XAP_OPEN, &writer, NULL), 0);
  assert_int_equal(count_documents(xap_writer_database(writer)), 5);
  sample_add(writer, &samples[0], 6);
  assert_int_equal(xap_writer_commit(writer, NULL), 0);
  assert_int_equal(count_documents(xap_writer_database(writer)), 6);
  xap_writer_free(writer);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_nothing_there),
      cmocka_unit_test(test_no_permission),
      cmocka_unit_test(test_version_file),
      cmocka_unit_test(test_tables),
      cmocka_unit_test(test_lock),
      cmocka_unit_test(test_modified),
      cmocka_unit_test(test_write_fails),
  };
  return cmocka_run_group_tests(tests, set_up, scratch_remove);
}
