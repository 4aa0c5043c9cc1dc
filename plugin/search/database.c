#include "search/database.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/context.h"
#include "index/filtering.h"
#include "index/schema.h"
#include "search/facts.h"
#include "search/lookup.h"
#include "search/snippet.h"

/* Of a server that does not answer. */
enum { TIMEOUT_MS = 10000 };

/* Metadata can only be read one database at a time. */
static byline_status check_each(const char *const *paths, size_t count,
                                unsigned timeout, byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < count; i++) {
    xap_database *one = NULL;
    bool fresh;
    status = xap_database_open_within(&paths[i], 1, timeout, &one, error);
    if (status == BYLINE_OK)
      status = schema_check(one, paths[i], &fresh, error);
    xap_database_free(one);
  }
  return status;
}

static bool keep_paths(byline_database *db, const char *const *paths,
                       size_t count) {
  db->paths = calloc(count, sizeof *db->paths);
  if (!db->paths)
    return false;
  for (; db->path_count < count; db->path_count++)
    if (!(db->paths[db->path_count] = strdup(paths[db->path_count])))
      return false;
  return true;
}

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
                                 unsigned timeout, byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && context->filters.count > 0 &&
                     db->filters.count == 0 && i < db->path_count;
       i++) {
    const char *path = db->paths[i];
    xap_database *one = NULL;
    status = xap_database_open_within(&path, 1, timeout, &one, error);
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
  unsigned timeout = options ? options->timeout_ms : 0;
  if (options && options->size != sizeof *options)
    return error_set(error, BYLINE_INVALID,
                     "byline_open_options is of another version");
  if (count == 0)
    return error_set(error, BYLINE_INVALID, "no database was named");
  if (timeout == 0)
    timeout = TIMEOUT_MS;
  byline_status status = check_each(paths, count, timeout, error);
  if (status != BYLINE_OK)
    return status;
  byline_database *db = calloc(1, sizeof *db);
  if (!db)
    return error_no_memory(error);
  db->facts = calloc(1, sizeof *db->facts);
  if (!db->facts || !keep_paths(db, paths, count))
    status = error_no_memory(error);
  if (status == BYLINE_OK)
    status =
        xap_database_open_within(paths, count, timeout, &db->database, error);
  if (status == BYLINE_OK)
    status = analyzer_new(NULL, &db->analyzer, error);
  if (status == BYLINE_OK)
    status = add_filters(db, context, timeout, error);
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
  for (size_t i = 0; i < database->path_count; i++)
    free(database->paths[i]);
  free(database->paths);
  free(database->facts);
  analyzer_free(database->analyzer);
  snippet_maker_free(database->snippets);
  filter_chain_free(&database->filters);
  xap_database_free(database->database);
  free(database);
}

byline_status database_reopen(byline_database *db, byline_error *error) {
  db->facts->known = false;
  return xap_database_reopen(db->database, NULL, error);
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

typedef struct export {
  byline_database *db;
  byline_article_fn fn;
  void *user;
  arena memory;
  uint32_t last; /* docid; 0: none was given yet */
  bool stopped;  /* by fn */
  byline_error *error;
}
export;

static int export_one(void *user, uint32_t docid, uint32_t wdf) {
  (void)wdf;
  export *x = user;
  byline_article article;
  if (docid <= x->last)
    return BYLINE_OK;
  arena_reset(&x->memory);
  byline_status status =
      database_article(x->db, docid, &x->memory, &article, x->error);
  if (status != BYLINE_OK)
    return status;
  x->last = docid;
  status = x->fn(x->user, &article);
  x->stopped = status != BYLINE_OK;
  return status;
}

/* Goes on behind the last article where a writer has overtaken it. */
static byline_status export_rest(export *x) {
  const byline_string all = {"", 0};
  byline_status status =
      xap_database_postings(x->db->database, all, export_one, x, x->error);
  uint32_t last = 0;
  int tries = 0; /* since the last article */
  while (status == BYLINE_MODIFIED && !x->stopped && tries < DATABASE_RETRIES) {
    tries = x->last > last ? 1 : tries + 1;
    last = x->last;
    status = database_reopen(x->db, x->error);
    if (status == BYLINE_OK)
      status =
          xap_database_postings(x->db->database, all, export_one, x, x->error);
  }
  return status;
}

byline_status byline_database_export(byline_database *database,
                                     byline_article_fn article, void *user,
                                     byline_error *error) {
  byline_error problem = {.code = BYLINE_OK, .message = ""};
  export x = {database, article, user, ARENA_INIT, 0, false, &problem};
  byline_status status = export_rest(&x);
  if (status != BYLINE_OK && problem.code == status && error)
    *error = problem;
  arena_free(&x.memory);
  return status;
}

/* ---- One article by id ------------------------------------------------- */

static byline_status find_article(export *x, const char *id,
                                  byline_article *article) {
  uint32_t docid;
  arena_reset(&x->memory);
  byline_status status = lookup_id(x->db, id, &docid, NULL, x->error);
  return status == BYLINE_OK
             ? database_article(x->db, docid, &x->memory, article, x->error)
             : status;
}

byline_status byline_database_get(byline_database *database, const char *id,
                                  byline_article_fn article, void *user,
                                  byline_error *error) {
  byline_error problem; /* error is written only if no attempt succeeds */
  export x = {database, article, user, ARENA_INIT, 0, false, &problem};
  byline_article found;
  byline_status status = find_article(&x, id, &found);
  for (int i = 0; status == BYLINE_MODIFIED && i < DATABASE_RETRIES; i++) {
    status = database_reopen(database, &problem);
    if (status == BYLINE_OK)
      status = find_article(&x, id, &found);
  }
  if (status == BYLINE_OK)
    status = article(user, &found);
  else if (error)
    *error = problem;
  arena_free(&x.memory);
  return status;
}
