#include "search/connect.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/remote.h"
#include "index/schema.h"
#include "index/shard_set.h"
#include "search/facts.h"

/* ---- Names --------------------------------------------------------------- */

static bool keep_path(byline_database *db, const char *path) {
  size_t count = db->path_count + 1;
  char **paths = realloc(db->paths, count * sizeof *paths);
  if (!paths)
    return false;
  db->paths = paths;
  char **absent = realloc(db->absent, count * sizeof *absent);
  if (!absent)
    return false;
  db->absent = absent;
  absent[db->path_count] = NULL;
  paths[db->path_count] = strdup(path);
  if (!paths[db->path_count])
    return false;
  db->path_count = count;
  return true;
}

byline_status connect_name(byline_database *db, const char *const *paths,
                           size_t count, byline_error *error) {
  shard_set set;
  byline_status status = shard_set_expand(paths, count, &set, error);
  for (size_t i = 0; status == BYLINE_OK && i < set.count; i++)
    if (!keep_path(db, set.paths[i]))
      status = error_no_memory(error);
  shard_set_free(&set);
  return status;
}

/* ---- Opening ------------------------------------------------------------- */

/* What a database may seem to be while a writer puts other files in the place
 * of its files, or another folder in its place. */
static bool may_pass(byline_status status) {
  return status == BYLINE_NOT_FOUND || status == BYLINE_CORRUPT ||
         status == BYLINE_MODIFIED;
}

/* Waits before another try, each time longer; false: there were enough. */
static bool pause_again(int *tries) {
  enum { TRIES = 4, FIRST = 1000000 /* ns */, GROWTH = 6 };
  struct timespec pause = {0, FIRST};
  if (++*tries == TRIES)
    return false;
  for (int i = 1; i < *tries; i++)
    pause.tv_nsec *= GROWTH;
  nanosleep(&pause, NULL);
  return true;
}

/* Opens a database of ours, again if need be: metadata can only be read one
 * database at a time. */
byline_status database_open_one(const byline_database *db, size_t index,
                                xap_database **one, byline_error *error) {
  const char *path = db->paths[index];
  int tries = 0;
  byline_status status;
  do {
    bool fresh;
    status = xap_database_open_within(&path, 1, db->timeout_ms, one, error);
    if (status == BYLINE_OK)
      status = schema_check(*one, path, &fresh, error);
    if (status == BYLINE_OK)
      return status;
    xap_database_free(*one);
    *one = NULL;
  } while (may_pass(status) && !is_remote_path(path) && pause_again(&tries));
  return status;
}

/* What may be there again later. */
static bool is_away(byline_status status) {
  return status == BYLINE_IO || status == BYLINE_NOT_FOUND;
}

/* Which databases can be reached. The error is that of the first that can't. */
static byline_status find_all(byline_database *db, const char **there,
                              size_t *count, byline_error *error) {
  byline_error why;
  byline_status first = BYLINE_OK;
  *count = 0;
  for (size_t i = 0; i < db->path_count; i++) {
    xap_database *one = NULL;
    byline_status status = database_open_one(db, i, &one, &why);
    xap_database_free(one);
    free(db->absent[i]);
    db->absent[i] = NULL;
    if (status == BYLINE_OK) {
      there[(*count)++] = db->paths[i];
      continue;
    }
    if (first == BYLINE_OK && error)
      *error = why;
    if (first == BYLINE_OK)
      first = status;
    if (!db->partial || !is_away(status))
      return status;
    if (!(db->absent[i] = strdup(why.message)))
      return error_no_memory(error);
  }
  return *count > 0 ? BYLINE_OK : first;
}

byline_status connect_all(byline_database *db, byline_error *error) {
  const char **there = calloc(db->path_count, sizeof *there);
  xap_database *database = NULL;
  size_t count = 0;
  int tries = 0;
  byline_status status;
  if (!there)
    return error_no_memory(error);
  do {
    status = find_all(db, there, &count, error);
    if (status != BYLINE_OK)
      break;
    status = xap_database_open_within(there, count, db->timeout_ms, &database,
                                      error);
  } while (may_pass(status) && pause_again(&tries));
  free(there);
  if (status != BYLINE_OK)
    return status;
  xap_database_free(db->database);
  db->database = database;
  db->facts->known = false;
  return BYLINE_OK;
}
