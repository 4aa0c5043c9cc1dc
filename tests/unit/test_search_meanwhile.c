/* Readers in other threads while a writer replaces every article again and
 * again, compacts the database and puts the new one in its place: they always
 * see all articles, and no error. */
#include "test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "byline/byline.h"

enum { ARTICLES = 200, READERS = 2, COMMITS = 30, COMPACTIONS = 6 };

static char folder[] = "/tmp/byline-meanwhile-XXXXXX";
static char database[64];
static atomic_bool done;

static void write_all(byline_writer *writer, int round) {
  for (int i = 0; i < ARTICLES; i++) {
    char id[32], text[128];
    snprintf(id, sizeof id, "article-%03d", i);
    snprintf(text, sizeof text, "The harbour is painted, round %d of %d.",
             round, i);
    byline_article article = {.size = sizeof article,
                              .id = str(id),
                              .title = str("A harbour"),
                              .text = str(text)};
    assert_int_equal(byline_writer_add(writer, &article, NULL, NULL), 0);
  }
  assert_int_equal(byline_writer_commit(writer, NULL), 0);
}

static void write_rounds(byline_context *context, int first, int rounds) {
  byline_writer *writer = NULL;
  assert_int_equal(byline_writer_open(context, database, NULL, &writer, NULL),
                   0);
  for (int i = 0; i < rounds; i++)
    write_all(writer, first + i);
  byline_writer_free(writer);
}

/* ---- Readers --------------------------------------------------------------
 */

/* cmocka's assertions are for the main thread. */
typedef struct reader {
  pthread_t thread;
  size_t rounds;
  char fault[400]; /* "" for none */
} reader;

static bool check(reader *r, bool right, const char *what, byline_status status,
                  const byline_error *error) {
  if (!right && !r->fault[0])
    snprintf(r->fault, sizeof r->fault, "%s: status %d, %s", what, status,
             status != BYLINE_OK ? error->message : "wrong number");
  return right;
}

static int count_article(void *user, const byline_article *article) {
  (void)article;
  ++*(size_t *)user;
  return 0;
}

static bool read_round(reader *r, byline_database *db) {
  byline_error e = {.code = BYLINE_OK, .message = ""};
  byline_search_request request = BYLINE_SEARCH_REQUEST_INIT;
  byline_results *results = NULL;
  byline_info *info = NULL;
  size_t count = 0;
  request.query = str("harbour");
  byline_status status = byline_search(db, &request, &results, &e);
  bool right = check(r, status == BYLINE_OK && results->total == ARTICLES,
                     "search", status, &e);
  byline_results_free(results);
  status = byline_database_info(db, &info, &e);
  right &= check(r, status == BYLINE_OK && info->articles == ARTICLES, "info",
                 status, &e);
  byline_info_free(info);
  status = byline_database_get(db, "article-100", count_article, &count, &e);
  right &= check(r, status == BYLINE_OK && count == 1, "get", status, &e);
  count = 0;
  status = byline_database_export(db, count_article, &count, &e);
  return check(r, status == BYLINE_OK && count == ARTICLES, "export", status,
               &e) &&
         right;
}

static void *read_on(void *user) {
  reader *r = user;
  const char *path = database;
  byline_context *context = NULL;
  byline_database *kept = NULL;
  byline_error e;
  bool right = byline_context_new(&context, NULL) == BYLINE_OK;
  while (right && (!done || r->rounds == 0)) {
    byline_database *fresh = NULL;
    byline_status status = byline_database_open(context, &path, 1, &fresh, &e);
    right = check(r, status == BYLINE_OK, "open", status, &e) &&
            read_round(r, kept ? kept : fresh) && read_round(r, fresh);
    if (!kept)
      kept = fresh; /* is overtaken by all that comes */
    else
      byline_database_free(fresh);
    r->rounds++;
  }
  byline_database_free(kept);
  byline_context_free(context);
  return NULL;
}

/* ---- The writer -----------------------------------------------------------
 */

static void compact(void) {
  char small[80], old[80], command[200];
  byline_error error;
  const char *path = database;
  snprintf(small, sizeof small, "%s/small", folder);
  snprintf(old, sizeof old, "%s/old", folder);
  assert_int_equal(byline_compact(&path, 1, small, 0, &error), BYLINE_OK);
  assert_int_equal(rename(database, old), 0);
  assert_int_equal(rename(small, database), 0);
  snprintf(command, sizeof command, "rm -r '%s'", old);
  assert_int_equal(system(command), 0);
}

static void readers_see_all_of_it(void **state) {
  (void)state;
  byline_context *context = NULL;
  reader readers[READERS] = {{0}};
  assert_int_equal(byline_context_new(&context, NULL), BYLINE_OK);
  write_rounds(context, 0, 1);
  for (int i = 0; i < READERS; i++)
    assert_int_equal(
        pthread_create(&readers[i].thread, NULL, read_on, &readers[i]), 0);
  for (int i = 0; i < COMPACTIONS; i++) {
    write_rounds(context, i * COMMITS, COMMITS / COMPACTIONS);
    compact();
  }
  done = true;
  for (int i = 0; i < READERS; i++) {
    pthread_join(readers[i].thread, NULL);
    assert_string_equal(readers[i].fault, "");
    assert_true(readers[i].rounds > 0);
  }
  byline_context_free(context);
}

static int set_up(void **state) {
  (void)state;
  if (!mkdtemp(folder))
    return 1;
  snprintf(database, sizeof database, "%s/db", folder);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  char command[64];
  snprintf(command, sizeof command, "rm -r '%s'", folder);
  return system(command);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(readers_see_all_of_it),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
