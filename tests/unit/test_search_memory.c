/* Every allocation may fail: each function is run again and again, with one
 * allocation more allowed each time, until it gets through. Only malloc,
 * calloc and realloc of our own C code are made to fail (--wrap). */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "byline/byline.h"
#include "failing_memory.h"

static char folder[] = "/tmp/byline-memory-XXXXXX";
static char digest[64], database[64];

static const char text[] =
    "20 October 2020\n\nHarbour strike enters a second week\n\nZo\xC3\xAB "
    "O\xE2\x80\x99Neil and May June\n\n\nDockers\xE2\x80\x99 pay is \xC2\xA3"
    "42,021, said the co-op\xE2\x80\x99s chair.\n\nA caption\n\nMore text.\n\n"
    "Second title of the day\n\nMay June\n\n\nAnother body about the strike.\n";

static byline_status make_database(const char *path) {
  byline_context *context = NULL;
  const char *paths[] = {digest};
  byline_index_stats stats = BYLINE_INDEX_STATS_INIT;
  byline_error error;
  byline_status status = byline_context_new(&context, &error);
  if (status == BYLINE_OK)
    status = byline_index(context, path, paths, 1, NULL, &stats, &error);
  byline_context_free(context);
  if (status == BYLINE_OK && stats.added != 2)
    status = BYLINE_NO_MEMORY; /* an article was reported as not written */
  return status;
}

static int set_up(void **state) {
  (void)state;
  if (!mkdtemp(folder))
    return 1;
  snprintf(digest, sizeof digest, "%s/digest.txt", folder);
  snprintf(database, sizeof database, "%s/db", folder);
  FILE *file = fopen(digest, "w");
  if (!file || fputs(text, file) < 0 || fclose(file) != 0)
    return 1;
  return make_database(database);
}

static int tear_down(void **state) {
  (void)state;
  char command[64];
  snprintf(command, sizeof command, "rm -r '%s'", folder);
  return system(command);
}

/* Until it succeeds, it says that memory ran out and nothing else. */
static void run_out(byline_status (*function)(void)) {
  byline_status status;
  size_t limit = 0;
  do {
    allowed = limit;
    counting = true;
    status = function();
    counting = false;
    if (status != BYLINE_OK)
      assert_int_equal(status, BYLINE_NO_MEMORY);
    assert_true(limit++ < 100000);
  } while (status != BYLINE_OK);
  assert_true(limit > 3);
}

static int count_article(void *user, const byline_article *article) {
  (void)article;
  ++*(size_t *)user;
  return 0;
}

static byline_status read_digest(void) {
  byline_context *context = NULL;
  const char *paths[] = {digest};
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  size_t count = 0;
  byline_status status = byline_context_new(&context, NULL);
  if (status == BYLINE_OK)
    status = byline_read(context, paths, 1, NULL, count_article, &count, &stats,
                         NULL);
  byline_context_free(context);
  return status == BYLINE_OK && count != 2 ? BYLINE_NO_MEMORY : status;
}

static byline_status index_digest(void) {
  char path[80], command[96];
  snprintf(path, sizeof path, "%s/new", folder);
  byline_status status = make_database(path);
  counting = false;
  snprintf(command, sizeof command, "rm -rf '%s'", path);
  return system(command) == 0 ? status : BYLINE_INTERNAL;
}

static byline_status with_database(byline_status (*use)(byline_database *)) {
  byline_context *context = NULL;
  byline_database *db = NULL;
  const char *paths[] = {database};
  byline_status status = byline_context_new(&context, NULL);
  if (status == BYLINE_OK)
    status = byline_database_open(context, paths, 1, &db, NULL);
  if (status == BYLINE_OK)
    status = use(db);
  byline_database_free(db);
  byline_context_free(context);
  return status;
}

static byline_status use_search(byline_database *db) {
  byline_search_request request = BYLINE_SEARCH_REQUEST_INIT;
  byline_results *results = NULL;
  byline_error error;
  const char *author = "zoe o'neil";
  const byline_facet_request facets[] = {{BYLINE_FACET_AUTHOR, 1, true},
                                         {BYLINE_FACET_YEAR, 0, false},
                                         {BYLINE_FACET_MONTH, 0, false},
                                         {BYLINE_FACET_SOURCE, 0, false}};
  request.query = str("Dockers strike OR \"co-op\xE2\x80\x99s\" date:2020 "
                      "title:har* byline:\"May June\"");
  request.authors = &author;
  request.author_count = 1;
  request.since = "2019";
  request.source = "*.txt";
  request.snippets = 2;
  request.facets = facets;
  request.facet_count = sizeof facets / sizeof *facets;
  byline_status status = byline_search(db, &request, &results, &error);
  byline_results_free(results);
  return status;
}

static byline_status use_info(byline_database *db) {
  byline_info *info = NULL;
  byline_error error;
  byline_status status = byline_database_info(db, &info, &error);
  byline_info_free(info);
  return status;
}

static byline_status use_export(byline_database *db) {
  size_t count = 0;
  byline_error error;
  return byline_database_export(db, count_article, &count, &error);
}

static int count_value(void *user, byline_string value) {
  (void)value;
  ++*(size_t *)user;
  return 0;
}

static byline_status use_complete(byline_database *db) {
  static const char *const begun[] = {"may", "june", "ZOE O"};
  byline_error error;
  byline_status status = BYLINE_OK;
  size_t count = 0;
  for (size_t i = 0; status == BYLINE_OK && i < 3; i++)
    status = byline_complete(db, BYLINE_FACET_AUTHOR, str(begun[i]), 5,
                             count_value, &count, &error);
  if (status == BYLINE_OK)
    status = byline_complete(db, BYLINE_FACET_MONTH, str("2020-1"), 0,
                             count_value, &count, &error);
  return status == BYLINE_OK && count != 4 ? BYLINE_INTERNAL : status;
}

static byline_status search_it(void) {
  return with_database(use_search);
}
static byline_status complete(void) {
  return with_database(use_complete);
}
static byline_status inform(void) {
  return with_database(use_info);
}
static byline_status export_it(void) {
  return with_database(use_export);
}

static byline_status analyze_query(void) {
  byline_context *context = NULL;
  byline_string query = {NULL, 0};
  byline_error error;
  const char words[] = "\xE2\x80\x9CZ\xC3\xBCrich\xE2\x80\x9D and cafe\xCC\x81";
  byline_status status = byline_context_new(&context, &error);
  if (status == BYLINE_OK)
    status = byline_analyze_query(context, words, strlen(words), NULL, false,
                                  &query, &error);
  byline_string_free(&query);
  byline_context_free(context);
  return status;
}

static void reading(void **state) {
  (void)state;
  run_out(read_digest);
}

static void indexing(void **state) {
  (void)state;
  run_out(index_digest);
}

static void searching(void **state) {
  (void)state;
  run_out(search_it);
}

static void completing(void **state) {
  (void)state;
  run_out(complete);
}

static void informing(void **state) {
  (void)state;
  run_out(inform);
}

static void exporting(void **state) {
  (void)state;
  run_out(export_it);
}

static void analyzing(void **state) {
  (void)state;
  run_out(analyze_query);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reading),    cmocka_unit_test(indexing),
      cmocka_unit_test(searching),  cmocka_unit_test(informing),
      cmocka_unit_test(exporting),  cmocka_unit_test(analyzing),
      cmocka_unit_test(completing),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
