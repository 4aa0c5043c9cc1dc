/* Facets through the API: orders, limits and what is refused. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "byline/byline.h"

static char folder[] = "/tmp/byline-facets-XXXXXX";
static byline_context *context;
static byline_database *db;

static const struct {
  const char *date;
  byline_string authors[2];
} ROWS[] = {{"2017-11-14", {{"Cora", 4}, {"Ada", 3}}},
            {"2017-12-01", {{"Cora", 4}, {"", 0}}},
            {"2017", {{"Bruno", 5}, {"", 0}}},
            {"2016-01-01", {{"Bruno", 5}, {"Cora", 4}}},
            {"", {{"Dov", 3}, {"", 0}}}};

static byline_status add_rows(byline_writer *writer) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < sizeof ROWS / sizeof *ROWS;
       i++) {
    char id[8];
    snprintf(id, sizeof id, "%zu", i);
    byline_article a = {.size = sizeof a, .authors = ROWS[i].authors};
    a.author_count = ROWS[i].authors[1].length > 0 ? 2 : 1;
    a.id = str(id);
    a.title = str("A rope");
    a.date = str(ROWS[i].date);
    status = byline_writer_add(writer, &a, NULL, NULL);
  }
  return status == BYLINE_OK ? byline_writer_commit(writer, NULL) : status;
}

static int set_up(void **state) {
  (void)state;
  char path[64];
  const char *paths[] = {path};
  byline_writer *writer = NULL;
  if (!mkdtemp(folder))
    return 1;
  snprintf(path, sizeof path, "%s/db", folder);
  byline_status status = byline_context_new(&context, NULL);
  if (status == BYLINE_OK)
    status = byline_writer_open(context, path, NULL, &writer, NULL);
  if (status == BYLINE_OK)
    status = add_rows(writer);
  byline_writer_free(writer);
  if (status == BYLINE_OK)
    status = byline_database_open(context, paths, 1, &db, NULL);
  return status != BYLINE_OK;
}

static int tear_down(void **state) {
  (void)state;
  char command[64];
  byline_database_free(db);
  byline_context_free(context);
  snprintf(command, sizeof command, "rm -r '%s'", folder);
  return system(command);
}

/* "Cora 3, Ada 1 of 4" */
static void counts(byline_facet_request facet, const char *wanted) {
  byline_search_request request = BYLINE_SEARCH_REQUEST_INIT;
  byline_results *results = NULL;
  char text[256] = "";
  request.query = str("rope");
  request.limit = 1;
  request.facets = &facet;
  request.facet_count = 1;
  assert_int_equal(byline_search(db, &request, &results, NULL), BYLINE_OK);
  assert_int_equal(results->facet_count, 1);
  const byline_facet *f = results->facets;
  assert_int_equal(f->field, facet.field);
  size_t n = 0;
  for (size_t i = 0; i < f->value_count; i++)
    n += (size_t)snprintf(text + n, sizeof text - n, "%s%.*s %zu",
                          i > 0 ? ", " : "", (int)f->values[i].value.length,
                          f->values[i].value.data, f->values[i].count);
  snprintf(text + n, sizeof text - n, " of %zu", f->value_total);
  assert_string_equal(text, wanted);
  byline_results_free(results);
}

static void values_come_in_either_order(void **state) {
  (void)state;
  counts((byline_facet_request){BYLINE_FACET_AUTHOR, 0, false},
         "Cora 3, Bruno 2, Ada 1, Dov 1 of 4");
  counts((byline_facet_request){BYLINE_FACET_AUTHOR, 0, true},
         "Ada 1, Bruno 2, Cora 3, Dov 1 of 4");
  counts((byline_facet_request){BYLINE_FACET_YEAR, 0, false},
         "2017 3, 2016 1 of 2");
  counts((byline_facet_request){BYLINE_FACET_MONTH, 0, true},
         "2016-01 1, 2017-11 1, 2017-12 1 of 3");
}

static void a_limit_chooses_the_most_frequent(void **state) {
  (void)state;
  counts((byline_facet_request){BYLINE_FACET_AUTHOR, 3, false},
         "Cora 3, Bruno 2, Ada 1 of 4");
  counts((byline_facet_request){BYLINE_FACET_AUTHOR, 2, true},
         "Bruno 2, Cora 3 of 4");
  counts((byline_facet_request){BYLINE_FACET_AUTHOR, 9, false},
         "Cora 3, Bruno 2, Ada 1, Dov 1 of 4");
}

static void what_nothing_has_has_no_values(void **state) {
  (void)state;
  counts((byline_facet_request){BYLINE_FACET_KEYWORD, 0, false}, " of 0");
}

static void no_other_field_is_counted(void **state) {
  (void)state;
  byline_search_request request = BYLINE_SEARCH_REQUEST_INIT;
  byline_facet_request facet = {(byline_facet_field)6, 0, false};
  byline_results *results = NULL;
  byline_error error;
  request.facets = &facet;
  request.facet_count = 1;
  assert_int_equal(byline_search(db, &request, &results, &error),
                   BYLINE_INVALID);
  assert_string_equal(error.message, "there is no facet 6");
  assert_null(results);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_come_in_either_order),
      cmocka_unit_test(a_limit_chooses_the_most_frequent),
      cmocka_unit_test(what_nothing_has_has_no_values),
      cmocka_unit_test(no_other_field_is_counted),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
