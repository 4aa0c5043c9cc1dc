/* Databases by the bulk builder: however documents are divided into parts, and
 * wherever their lists wait, the same bytes come of it. */
#include "test.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bulk_documents.h"

enum { DOCUMENTS = 700 };

typedef struct corpus {
  arena memory;
  document documents[DOCUMENTS];
  uint32_t docids[DOCUMENTS];
} corpus;

typedef struct way {
  size_t parts;
  size_t memory;
  unsigned threads;
  bool packed;    /* before they are taken */
  bool based;     /* each part counts from its own beginning */
  bool disturbed; /* documents that fail come between */
  bool asked;     /* which terms are words */
  int level;
} way;

static char folder[] = "/tmp/byline-bulk-build-XXXXXX";

static int set_up(void **state) {
  corpus *c = calloc(1, sizeof *c);
  numbers n = {7};
  uint32_t docid = 0;
  *state = c;
  if (!c || !mkdtemp(folder))
    return 1;
  for (size_t i = 0; i < DOCUMENTS; i++) {
    make_document(&c->memory, &n, &c->documents[i]);
    docid += below(&n, 10) ? 1 : 1 + below(&n, 500);
    /* Where keys get longer. */
    if (i == 200)
      docid = 0x7FF0;
    if (i == 350)
      docid = 0x3FFFF0;
    if (i == 500)
      docid = 0x1FFFFFF0;
    if (i == DOCUMENTS - 1)
      docid = UINT32_MAX;
    c->docids[i] = docid;
  }
  return 0;
}

static int tear_down(void **state) {
  corpus *c = *state;
  char command[64];
  arena_free(&c->memory);
  free(c);
  snprintf(command, sizeof command, "rm -r '%s'", folder);
  return system(command);
}

static void fail_some(bulk_part *part, uint32_t docid) {
  static const uint32_t one[] = {1}, falling[] = {9, 9};
  document_term terms[] = {{str("a1"), 1, one, 1}, {str("a2"), 1, falling, 2}};
  document_value value = {3, str("new")};
  document bad = {terms, 2, &value, 1, {NULL, 0}};
  byline_error error;
  assert_int_equal(bulk_part_add(part, &bad, docid, &error), BYLINE_INVALID);
}

static bool is_word(byline_string term) {
  return term.data[0] == 'b' || term.data[0] == 'k';
}

static void add_words(const way *w, const document *d, size_t i,
                      bulk_part *part) {
  char word[20];
  snprintf(word, sizeof word, "b%x", (unsigned)(i * i % 97));
  assert_int_equal(bulk_part_add_word(part, str(word), 1, NULL), BYLINE_OK);
  for (size_t t = 0; !w->asked && t < d->term_count; t++)
    if (is_word(d->terms[t].term))
      assert_int_equal(bulk_part_add_word(part, d->terms[t].term, 1, NULL),
                       BYLINE_OK);
}

static void fill(const corpus *c, const way *w, size_t from, size_t to,
                 uint32_t base, bulk_part *part) {
  byline_error error;
  if (w->asked)
    bulk_part_count_words(part, is_word);
  for (size_t i = from; i < to; i++) {
    if (w->disturbed && i % 3 == 0)
      fail_some(part, c->docids[i] - base);
    assert_int_equal(
        bulk_part_add(part, &c->documents[i], c->docids[i] - base, &error),
        BYLINE_OK);
    add_words(w, &c->documents[i], i, part);
  }
  assert_int_equal(bulk_part_documents(part), to - from);
}

static byline_status add_parts(const corpus *c, const way *w, deflater *d,
                               bulk_builder *b, byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; !status && i < w->parts; i++) {
    size_t from = DOCUMENTS * i / w->parts, to = DOCUMENTS * (i + 1) / w->parts;
    uint32_t base = w->based && from < to ? c->docids[from] - 1 : 0;
    bulk_part *part;
    assert_int_equal(bulk_part_new(d, &part, error), BYLINE_OK);
    fill(c, w, from, to, base, part);
    if (w->packed)
      assert_int_equal(bulk_part_pack(part, error), BYLINE_OK);
    status = bulk_take(b, part, base, error);
  }
  return status;
}

static byline_status build(const corpus *c, const way *w, const char *path,
                           byline_error *error) {
  bulk_options options = {TABLE_BLOCK_MIN, w->level, w->memory, w->threads};
  bulk_builder *b;
  deflater *d;
  assert_int_equal(mkdir(path, 0777), 0);
  assert_int_equal(deflater_new(w->level, &d, error), BYLINE_OK);
  byline_status status = bulk_new(path, &options, &b, error);
  if (!status)
    status = add_parts(c, w, d, b, error);
  if (!status) {
    assert_int_equal(bulk_set_metadata(b, str("k"), str("old"), error), 0);
    assert_int_equal(bulk_set_metadata(b, str("gone"), str("v"), error), 0);
    assert_int_equal(bulk_set_metadata(b, str("a"), str("first"), error), 0);
    assert_int_equal(bulk_set_metadata(b, str("k"), str("new"), error), 0);
    assert_int_equal(bulk_set_metadata(b, str("gone"), str(""), error), 0);
    status = bulk_finish(b, error);
  }
  bulk_free(b);
  deflater_free(d);
  return status;
}

static void every_way_gives_the_same_bytes(void **state) {
  static const size_t much = 1 << 30;
  const way ways[] = {
      {1, much, 1, false, false, false, false, 0},
      {1, much, 2, true, false, true, true, 0},
      {2, much, 1, true, true, false, false, 0},
      {DOCUMENTS, much, 2, false, true, false, true, 0},
      {2 * DOCUMENTS, 1, 1, false, true, false, false, 0}, /* some are empty */
      {40, 1, 2, true, true, true, true, 0},
      {40, 60000, 2, true, false, false, false, 0},
      {300, 20000, 1, false, true, true, true, 0},
  };
  char first[64], other[64];
  byline_error error;
  snprintf(first, sizeof first, "%s/first", folder);
  assert_int_equal(build(*state, &ways[0], first, &error), BYLINE_OK);
  for (size_t i = 1; i < sizeof ways / sizeof *ways; i++) {
    snprintf(other, sizeof other, "%s/%zu", folder, i);
    assert_int_equal(build(*state, &ways[i], other, &error), BYLINE_OK);
    assert_same_database(first, other);
  }
}

/* Files may not grow beyond a limit, which rises until the build gets through:
 * the runs of lists are the first that don't fit, then one table or another,
 * in either thread. */
static void a_full_disk_is_an_error(void **state) {
  static const way w = {10, 30000, 2, true, false, false, true, 0};
  struct rlimit old, limit;
  byline_status status = BYLINE_IO;
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
  void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
  size_t failures = 0;
  for (limit = old, limit.rlim_cur = 0; status; limit.rlim_cur += 40000) {
    char path[64], version[80];
    byline_error error;
    snprintf(path, sizeof path, "%s/full-%zu", folder, failures);
    snprintf(version, sizeof version, "%s/iamglass", path);
    setrlimit(RLIMIT_FSIZE, &limit);
    status = build(*state, &w, path, &error);
    setrlimit(RLIMIT_FSIZE, &old);
    if (status) {
      failures++;
      assert_int_equal(status, BYLINE_IO);
      assert_non_null(strstr(error.message, folder));
      assert_int_not_equal(access(version, F_OK), 0);
    }
  }
  signal(SIGXFSZ, handler);
  assert_true(failures > 10);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_way_gives_the_same_bytes),
      cmocka_unit_test(a_full_disk_is_an_error),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
