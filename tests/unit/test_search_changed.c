/* Readers of a database that a writer changes under them. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "byline/byline.h"
#include "xapian_shim.h"

enum { ARTICLES = 300 };

static char folder[] = "/tmp/byline-changed-XXXXXX";
static char database[64];
static byline_context *context;

/* Writes every article anew, with this word in its text. */
static void write_all(const char *word) {
  byline_writer *writer = NULL;
  byline_error error;
  assert_int_equal(byline_writer_open(context, database, NULL, &writer, &error),
                   0);
  for (int i = 0; i < ARTICLES; i++) {
    char id[32], text[128];
    snprintf(id, sizeof id, "article-%03d", i);
    snprintf(text, sizeof text, "The %s of number %d is painted.", word, i);
    byline_article article = {.size = sizeof article,
                              .id = str(id),
                              .title = str("A harbour"),
                              .text = str(text)};
    assert_int_equal(byline_writer_add(writer, &article, NULL, &error), 0);
  }
  assert_int_equal(byline_writer_commit(writer, &error), 0);
  byline_writer_free(writer);
}

static byline_database *open_database(void) {
  const char *path = database;
  byline_database *db = NULL;
  byline_error error;
  assert_int_equal(byline_database_open(context, &path, 1, &db, &error), 0);
  return db;
}

static int set_up(void **state) {
  (void)state;
  if (!mkdtemp(folder) || byline_context_new(&context, NULL) != BYLINE_OK)
    return 1;
  snprintf(database, sizeof database, "%s/db", folder);
  write_all("bollard");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  char command[64];
  byline_context_free(context);
  snprintf(command, sizeof command, "rm -r '%s'", folder);
  return system(command);
}

/* The pages of the readers' revision are used again by the second commit. */
static void overtake(void) {
  write_all("crane");
  write_all("winch");
  write_all("ladder");
}

/* Opened at once, to find out that a revision has been overtaken. */
static xap_database *open_probe(void) {
  const char *path = database;
  xap_database *probe = NULL;
  assert_int_equal(xap_database_open(&path, 1, &probe, NULL), BYLINE_OK);
  return probe;
}

static int pass_data(void *user, byline_string data) {
  (void)user;
  (void)data;
  return 0;
}

static int pass_document(void *user, uint32_t docid, uint32_t wdf) {
  (void)wdf;
  xap_document *document = NULL;
  byline_status status = xap_database_document(user, docid, &document, NULL);
  if (status == BYLINE_OK)
    status = xap_document_data(document, pass_data, NULL, NULL);
  xap_document_free(document);
  return status;
}

static void check_overtaken(xap_database *probe) {
  byline_error error;
  assert_int_equal(
      xap_database_postings(probe, str(""), pass_document, probe, &error),
      BYLINE_MODIFIED);
  xap_database_free(probe);
}

typedef struct exported {
  bool overtakes; /* when some are given */
  size_t count, ladders;
} exported;

static int count_article(void *user, const byline_article *article) {
  exported *x = user;
  x->ladders += memcmp(article->text.data, "The ladder", 10) == 0;
  if (++x->count == 100 && x->overtakes)
    overtake();
  return 0;
}

/* No article twice, none left out. */
static void exporting_goes_on(void **state) {
  (void)state;
  for (int i = 0; i < 2; i++) {
    write_all("bollard");
    byline_database *db = open_database();
    xap_database *probe = open_probe();
    exported x = {i == 1, 0, 0};
    byline_error error = {.code = BYLINE_OK, .message = "untouched"};
    if (i == 0)
      overtake();
    assert_int_equal(byline_database_export(db, count_article, &x, &error),
                     BYLINE_OK);
    assert_string_equal(error.message, "untouched");
    assert_int_equal(x.count, ARTICLES);
    assert_true(x.ladders >= (i == 0 ? ARTICLES : 1));
    check_overtaken(probe);
    byline_database_free(db);
  }
}

static int stop_here(void *user, const byline_article *article) {
  (void)article;
  ++*(int *)user;
  return BYLINE_MODIFIED;
}

static void what_a_callback_returns_is_no_reason(void **state) {
  (void)state;
  byline_database *db = open_database();
  int calls = 0;
  assert_int_equal(byline_database_export(db, stop_here, &calls, NULL),
                   BYLINE_MODIFIED);
  assert_int_equal(calls, 1);
  byline_database_free(db);
}

static void informing_begins_anew(void **state) {
  (void)state;
  write_all("bollard");
  byline_database *db = open_database();
  xap_database *probe = open_probe();
  byline_info *info = NULL;
  byline_error error = {.code = BYLINE_OK, .message = "untouched"};
  overtake();
  assert_int_equal(byline_database_info(db, &info, &error), BYLINE_OK);
  assert_string_equal(error.message, "untouched");
  assert_int_equal(info->articles, ARTICLES);
  byline_info_free(info);
  check_overtaken(probe);
  byline_database_free(db);
}

static void searching_begins_anew(void **state) {
  (void)state;
  write_all("bollard");
  byline_database *db = open_database();
  xap_database *probe = open_probe();
  overtake();
  check_overtaken(probe);
  byline_search_request request = BYLINE_SEARCH_REQUEST_INIT;
  byline_results *results = NULL;
  byline_error error = {.code = BYLINE_OK, .message = "untouched"};
  request.query = str("ladder");
  assert_int_equal(byline_search(db, &request, &results, &error), BYLINE_OK);
  assert_string_equal(error.message, "untouched");
  assert_int_equal(results->total, ARTICLES);
  assert_int_equal(results->hit_count, 10);
  assert_memory_equal(results->hits[9].article.text.data, "The ladder", 10);
  byline_results_free(results);
  byline_database_free(db);
}

static int keep_word(void *user, const byline_article *article) {
  memcpy(user, article->text.data + strlen("The "), strlen("ladder"));
  return 0;
}

static void getting_begins_anew(void **state) {
  (void)state;
  write_all("bollard");
  byline_database *db = open_database();
  xap_database *probe = open_probe();
  overtake();
  check_overtaken(probe);
  char word[16] = "";
  byline_error error = {.code = BYLINE_OK, .message = "untouched"};
  assert_int_equal(
      byline_database_get(db, "article-150", keep_word, word, &error),
      BYLINE_OK);
  assert_string_equal(word, "ladder");
  assert_string_equal(error.message, "untouched");
  byline_database_free(db);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(exporting_goes_on),
      cmocka_unit_test(what_a_callback_returns_is_no_reason),
      cmocka_unit_test(informing_begins_anew),
      cmocka_unit_test(searching_begins_anew),
      cmocka_unit_test(getting_begins_anew),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
