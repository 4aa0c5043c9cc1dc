/* One database out of several that are made alike. */
#include <string.h>

#include "base/error.h"
#include "index/schema.h"
#include "index/synonyms.h"

/* What Xapian would take from one database and keep for the articles of all. */
static const struct {
  const char *key, *name;
} MADE_WITH[] = {{META_SCHEMA, "schemas"},
                 {META_ANALYZER, "analyzers"},
                 {META_NGRAMS, "n-grams"},
                 {META_FILTERS, "filters"}};

enum { COUNT = sizeof MADE_WITH / sizeof *MADE_WITH };

static byline_status read_values(const char *path, buf values[COUNT],
                                 byline_error *error) {
  xap_database *database = NULL;
  byline_status status = xap_database_open(&path, 1, &database, error);
  for (size_t i = 0; status == BYLINE_OK && i < COUNT; i++) {
    buf_clear(&values[i]);
    status = schema_metadata(database, MADE_WITH[i].key, &values[i], error);
  }
  xap_database_free(database);
  return status;
}

static bool same(const buf *a, const buf *b) {
  return a->length == b->length &&
         (a->length == 0 || memcmp(a->data, b->data, a->length) == 0);
}

static byline_status check_alike(const char *const *paths, size_t count,
                                 byline_error *error) {
  buf first[COUNT] = {{0}}, other[COUNT] = {{0}};
  byline_status status =
      count > 1 ? read_values(paths[0], first, error) : BYLINE_OK;
  for (size_t k = 1; status == BYLINE_OK && k < count; k++) {
    status = read_values(paths[k], other, error);
    for (size_t i = 0; status == BYLINE_OK && i < COUNT; i++)
      if (!same(&first[i], &other[i]))
        status = error_set(error, BYLINE_INVALID,
                           "%s: made with other %s than %s; index its files "
                           "into a database like that",
                           paths[k], MADE_WITH[i].name, paths[0]);
  }
  for (size_t i = 0; i < COUNT; i++) {
    buf_free(&first[i]);
    buf_free(&other[i]);
  }
  return status;
}

byline_status byline_compact(const char *const *paths, size_t count,
                             const char *destination, byline_error *error) {
  byline_status status = check_alike(paths, count, error);
  if (status == BYLINE_OK)
    status = xap_compact(paths, count, destination, true, error);
  if (status == BYLINE_OK && count > 1)
    status = synonyms_join(paths, count, destination, error);
  return status;
}
