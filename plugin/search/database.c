#include "search/database.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "index/context.h"
#include "index/filtering.h"
#include "index/schema.h"
#include "search/facts.h"
#include "search/lookup.h"
#include "search/snippet.h"

/* Of a server that does not answer. */
enum { TIMEOUT_MS = 10000 };

/* ---- Opening ------------------------------------------------------------ */

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

static bool is_remote(const char *const *paths, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strncmp(paths[i], "remote:", 7) == 0)
      return true;
  return false;
}

/* What a database may seem to be while a writer puts other files in the place
 * of its files, or another folder in its place. */
static bool may_pass(byline_status status) {
  return status == BYLINE_NOT_FOUND || status == BYLINE_CORRUPT ||
         status == BYLINE_MODIFIED;
}

/* Opens databases of ours, again if need be. */
static byline_status open_all(const char *const *paths, size_t count,
                              unsigned timeout, xap_database **database,
                              byline_error *error) {
  enum { TRIES = 4, FIRST_PAUSE = 1000000 /* ns */, GROWTH = 6 };
  struct timespec pause = {0, FIRST_PAUSE};
  byline_status status = BYLINE_OK;
  for (int i = 0; i < TRIES; i++, pause.tv_nsec *= GROWTH) {
    if (i > 0)
      nanosleep(&pause, NULL);
    status = check_each(paths, count, timeout, error);
    if (status == BYLINE_OK)
      status = xap_database_open_within(paths, count, timeout, database, error);
    if (!may_pass(status) || is_remote(paths, count))
      break;
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
                                 byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && context->filters.count > 0 &&
                     db->filters.count == 0 && i < db->path_count;
       i++) {
    xap_database *one = NULL;
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
  unsigned timeout = options ? options->timeout_ms : 0;
  if (options && options->size != sizeof *options)
    return error_set(error, BYLINE_INVALID,
                     "byline_open_options is of another version");
  if (count == 0)
    return error_set(error, BYLINE_INVALID, "no database was named");
  if (timeout == 0)
    timeout = TIMEOUT_MS;
  xap_database *opened = NULL;
  byline_status status = open_all(paths, count, timeout, &opened, error);
  if (status != BYLINE_OK)
    return status;
  byline_database *db = calloc(1, sizeof *db);
  if (!db) {
    xap_database_free(opened);
    return error_no_memory(error);
  }
  db->database = opened;
  db->timeout_ms = timeout;
  db->facts = calloc(1, sizeof *db->facts);
  if (!db->facts || !keep_paths(db, paths, count))
    status = error_no_memory(error);
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

byline_status database_open_one(const byline_database *db, size_t index,
                                xap_database **one, byline_error *error) {
  const char *path = db->paths[index];
  return open_all(&path, 1, db->timeout_ms, one, error);
}

/* By their paths: what stands there may be other files than those that are
 * open, whose blocks would be taken for theirs. */
static byline_status reopen(byline_database *db, byline_error *error) {
  xap_database *opened = NULL;
  byline_status status =
      open_all((const char *const *)db->paths, db->path_count, db->timeout_ms,
               &opened, error);
  if (status != BYLINE_OK)
    return status;
  xap_database_free(db->database);
  db->database = opened;
  db->facts->known = false;
  return BYLINE_OK;
}

bool database_try_again(byline_database *db, int *tries, byline_status *status,
                        byline_error *error) {
  enum { RETRIES = 20 };
  if (*status != BYLINE_MODIFIED || *tries == RETRIES)
    return false;
  ++*tries;
  *status = reopen(db, error);
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
