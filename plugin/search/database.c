#include "search/database.h"

#include <stdlib.h>

#include "base/error.h"
#include "index/context.h"
#include "index/filtering.h"
#include "index/schema.h"
#include "index/shard_set.h"
#include "search/connect.h"
#include "search/facts.h"
#include "search/lookup.h"
#include "search/snippet.h"

/* Of a server that does not answer. */
enum { TIMEOUT_MS = 10000 };

/* A failure shows when the query runs. */
static bool has_term(void *user, byline_string term) {
  const byline_database *db = user;
  uint32_t frequency = 0;
  return xap_database_term_frequency(db->database, term, &frequency, NULL) ==
             BYLINE_OK &&
         frequency > 0;
}

/* Those of the first database that has some: they are for highlights only. */
static byline_status add_filters(byline_database *db, byline_context *context,
                                 byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && context->filters.count > 0 &&
                     db->filters.count == 0 && i < db->path_count;
       i++) {
    xap_database *one = NULL;
    if (db->absent[i])
      continue;
    status = database_open_one(db, i, &one, error);
    if (status == BYLINE_OK)
      status = filtering_known(one, &context->filters, &db->filters, error);
    xap_database_free(one);
  }
  return status;
}

byline_status byline_database_open(byline_context *context,
                                   const char *const *paths, size_t count,
                                   byline_database **database,
                                   byline_error *error) {
  return byline_database_open_with(context, paths, count, NULL, database,
                                   error);
}

byline_status byline_database_open_with(byline_context *context,
                                        const char *const *paths, size_t count,
                                        const byline_open_options *options,
                                        byline_database **database,
                                        byline_error *error) {
  if (options && options->size != sizeof *options)
    return error_set(error, BYLINE_INVALID,
                     "byline_open_options is of another version");
  if (count == 0)
    return error_set(error, BYLINE_INVALID, "no database was named");
  byline_database *db = calloc(1, sizeof *db);
  if (!db)
    return error_no_memory(error);
  db->timeout_ms =
      options && options->timeout_ms > 0 ? options->timeout_ms : TIMEOUT_MS;
  db->partial = options && options->partial;
  db->facts = calloc(1, sizeof *db->facts);
  byline_status status = db->facts ? connect_name(db, paths, count, error)
                                   : error_no_memory(error);
  if (status == BYLINE_OK)
    status = shard_set_explain(paths, count, connect_all(db, error), error);
  if (status == BYLINE_OK)
    status = analyzer_new(NULL, &db->analyzer, error);
  if (status == BYLINE_OK)
    status = add_filters(db, context, error);
  if (status != BYLINE_OK) {
    byline_database_free(db);
    return status;
  }
  analyzer_set_vocabulary(db->analyzer, has_term, db);
  analyzer_set_filters(db->analyzer, &db->filters);
  *database = db;
  return BYLINE_OK;
}

void byline_database_free(byline_database *database) {
  if (!database)
    return;
  for (size_t i = 0; i < database->path_count; i++) {
    free(database->paths[i]);
    free(database->absent[i]);
  }
  free(database->paths);
  free(database->absent);
  free(database->facts);
  analyzer_free(database->analyzer);
  snippet_maker_free(database->snippets);
  filter_chain_free(&database->filters);
  xap_database_free(database->database);
  free(database);
}

bool database_try_again(byline_database *db, int *tries, byline_status *status,
                        byline_error *error) {
  enum { RETRIES = 20, CONNECTIONS = 3 };
  bool away = *status == BYLINE_IO && db->path_count > 1;
  if ((*status != BYLINE_MODIFIED && !away) ||
      *tries >= (away ? CONNECTIONS : RETRIES))
    return false;
  ++*tries;
  *status = connect_all(db, error);
  return *status == BYLINE_OK;
}

/* ---- Articles ---------------------------------------------------------- */

typedef struct reading {
  arena *memory;
  byline_article *article;
  byline_error *error;
} reading;

static int read_data(void *user, byline_string data) {
  reading *r = user;
  return schema_read_data(r->memory, data, r->article, NULL, r->error);
}

byline_status database_read(xap_document *document, arena *a,
                            byline_article *article, byline_error *error) {
  reading r = {a, article, error};
  byline_status status = xap_document_data(document, read_data, &r, error);
  xap_document_free(document);
  return status;
}

byline_status database_article(const byline_database *db, uint32_t docid,
                               arena *a, byline_article *article,
                               byline_error *error) {
  xap_document *document = NULL;
  byline_status status =
      xap_database_document(db->database, docid, &document, error);
  return status == BYLINE_OK ? database_read(document, a, article, error)
                             : status;
}

/* ---- One article by id ------------------------------------------------- */

static byline_status find_article(byline_database *db, const char *id,
                                  arena *memory, byline_article *article,
                                  byline_error *error) {
  uint32_t docid;
  arena_reset(memory);
  byline_status status = lookup_id(db, id, &docid, NULL, error);
  return status == BYLINE_OK
             ? database_article(db, docid, memory, article, error)
             : status;
}

byline_status byline_database_get(byline_database *database, const char *id,
                                  byline_article_fn article, void *user,
                                  byline_error *error) {
  byline_error problem; /* error is written only if no attempt succeeds */
  arena memory = ARENA_INIT;
  byline_article found;
  byline_status status;
  int tries = 0;
  do
    status = find_article(database, id, &memory, &found, &problem);
  while (database_try_again(database, &tries, &status, &problem));
  if (status == BYLINE_OK)
    status = article(user, &found);
  else if (error)
    *error = problem;
  arena_free(&memory);
  return status;
}
