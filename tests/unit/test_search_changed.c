/* Readers of a database that a writer changes under them. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "byline/byline.h"

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

static int pass(void *user, const byline_article *article) {
  (void)user;
  (void)article;
  return 0;
}

static void exporting_says_so(void **state) {
  (void)state;
  byline_database *db = open_database();
  overtake();
  byline_error error;
  assert_int_equal(byline_database_export(db, pass, NULL, &error),
                   BYLINE_MODIFIED);
  assert_non_null(strstr(error.message, "db: the database changed while it was "
                                        "read; run it again"));
  byline_database_free(db);
}

static void searching_begins_anew(void **state) {
  (void)state;
  write_all("bollard");
  byline_database *db = open_database(), *probe = open_database();
  overtake();
  assert_int_equal(byline_database_export(probe, pass, NULL, NULL),
                   BYLINE_MODIFIED);
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
  byline_database_free(probe);
  byline_database_free(db);
}

static int keep_word(void *user, const byline_article *article) {
  memcpy(user, article->text.data + strlen("The "), strlen("ladder"));
  return 0;
}

static void getting_begins_anew(void **state) {
  (void)state;
  write_all("bollard");
  byline_database *db = open_database(), *probe = open_database();
  overtake();
  assert_int_equal(byline_database_export(probe, pass, NULL, NULL),
                   BYLINE_MODIFIED);
  char word[16] = "";
  byline_error error = {.code = BYLINE_OK, .message = "untouched"};
  assert_int_equal(
      byline_database_get(db, "article-150", keep_word, word, &error),
      BYLINE_OK);
  assert_string_equal(word, "ladder");
  assert_string_equal(error.message, "untouched");
  byline_database_free(probe);
  byline_database_free(db);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(exporting_says_so),
      cmocka_unit_test(searching_begins_anew),
      cmocka_unit_test(getting_begins_anew),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
