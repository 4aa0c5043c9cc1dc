#include "index/shard_set.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/remote.h"
#include "index/building.h"
#include "index/schema.h"
#include "index/segment_files.h"
#include "index/shard_names.h"
#include "index/shard_stub.h"

void shard_set_free(shard_set *set) {
  for (size_t i = 0; i < set->count; i++)
    free(set->paths[i]);
  free(set->paths);
  *set = (shard_set)SHARD_SET_INIT;
}

bool shard_set_add(shard_set *set, char *path) {
  char **paths =
      path ? realloc(set->paths, (set->count + 1) * sizeof *paths) : NULL;
  if (!paths) {
    free(path);
    return false;
  }
  set->paths = paths;
  set->paths[set->count++] = path;
  return true;
}

char *shard_set_join(const char *folder, const char *name) {
  buf path = BUF_INIT;
  bool ok = *name == '/' ? buf_printf(&path, "%s", name)
                         : buf_printf(&path, "%s/%s", folder, name);
  if (!ok)
    buf_free(&path);
  return path.data;
}

byline_status shard_set_read(const char *database, shard_set *set,
                             byline_error *error) {
  return shard_stub_read(database, set, error);
}

byline_status shard_set_expand(const char *const *paths, size_t count,
                               shard_set *set, byline_error *error) {
  *set = (shard_set)SHARD_SET_INIT;
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < count; i++) {
    shard_set one;
    status = shard_set_read(paths[i], &one, error);
    bool ok = status != BYLINE_OK || one.count > 0 ||
              shard_set_add(set, strdup(paths[i]));
    for (size_t k = 0; ok && k < one.count; k++)
      ok = shard_set_add(set, strdup(one.paths[k]));
    shard_set_free(&one);
    if (!ok)
      status = error_no_memory(error);
  }
  if (status != BYLINE_OK)
    shard_set_free(set);
  return status;
}

/* A glass database, or a stub. It is not opened: whoever writes to it may just
 * be putting other segments in the place of its own. */
static bool has_database(const char *folder) {
  static const char *const names[] = {"iamglass", SEGMENT_STUB};
  bool found = false;
  for (size_t i = 0; !found && i < sizeof names / sizeof *names; i++) {
    char *path = shard_set_join(folder, names[i]);
    found = !path || access(path, F_OK) == 0 ||
            (errno != ENOENT && errno != ENOTDIR);
    free(path);
  }
  return found;
}

/* A file is a stub, too. */
static bool is_gone(const char *path) {
  struct stat status;
  if (is_remote_path(path))
    return false;
  if (stat(path, &status) != 0)
    return errno == ENOENT || errno == ENOTDIR;
  return S_ISDIR(status.st_mode) && !has_database(path);
}

static const char *find_gone(const shard_set *set) {
  const char *gone = NULL;
  for (size_t i = 0; !gone && i < set->count; i++)
    if (is_gone(set->paths[i]))
      gone = set->paths[i];
  return gone;
}

/* Also what is there, and no database that opens. */
static const char *find_missing(const shard_set *set) {
  const char *missing = NULL;
  for (size_t i = 0; !missing && i < set->count; i++) {
    const char *path = set->paths[i];
    xap_database *opened = NULL;
    if (!is_remote_path(path) &&
        xap_database_open(&path, 1, &opened, NULL) == BYLINE_NOT_FOUND)
      missing = path;
    xap_database_free(opened);
  }
  return missing;
}

static byline_status say_missing(const char *database, const shard_set *set,
                                 const char *missing, byline_error *error) {
  return error_set(error, BYLINE_NOT_FOUND, "%s: its shard %s is not there; %s",
                   database, missing,
                   set->complete
                       ? "put it back, or index all files into a new database"
                       : "if byline index was stopped while it made the "
                         "database, index the same files again");
}

byline_status shard_set_explain(const char *const *paths, size_t count,
                                byline_status status, byline_error *error) {
  bool told = status != BYLINE_NOT_FOUND;
  for (size_t i = 0; !told && i < count; i++) {
    shard_set set;
    if (shard_set_read(paths[i], &set, NULL) != BYLINE_OK)
      continue;
    const char *missing = find_missing(&set);
    told = missing != NULL;
    if (told)
      say_missing(paths[i], &set, missing, error);
    shard_set_free(&set);
  }
  return status;
}

/* The folder's names if name is ".", or its own by "..". */
static byline_status sync_names(const char *folder, const char *name,
                                byline_error *error) {
  char *path = shard_set_join(folder, name);
  byline_status status = path ? BYLINE_OK : error_no_memory(error);
  if (path && access(path, R_OK) == 0) /* else it cannot be opened */
    status = segment_sync(path, error);
  free(path);
  return status;
}

/* ---- What is asked for -------------------------------------------------- */

byline_status shard_set_make(const char *folder, size_t count, shard_set *set,
                             byline_error *error) {
  *set = (shard_set)SHARD_SET_INIT;
  byline_status status = shard_names_number(folder, count, set, error);
  set->complete = true;
  if (status == BYLINE_OK)
    status = shard_stub_write(folder, folder, set, error);
  if (status != BYLINE_OK)
    shard_set_free(set);
  return status;
}

static bool same(const shard_set *a, const shard_set *b) {
  bool equal = a->count == b->count;
  for (size_t i = 0; equal && i < a->count; i++)
    equal = strcmp(a->paths[i], b->paths[i]) == 0;
  return equal;
}

static byline_status compare(const char *database, const char *shards,
                             const shard_set *set, byline_error *error) {
  shard_set asked = SHARD_SET_INIT;
  byline_status status = shard_names_parse(database, shards, &asked, error);
  if (status == BYLINE_OK && !same(set, &asked))
    status =
        error_set(error, BYLINE_INVALID,
                  "%s: has %zu shards already, not these; where an article "
                  "belongs follows from them: index into a new database, "
                  "or without --shards",
                  database, set->count);
  shard_set_free(&asked);
  return status;
}

static byline_status refuse_database(const char *database,
                                     byline_error *error) {
  return has_database(database)
             ? error_set(error, BYLINE_INVALID,
                         "%s: a database without shards; name a new one with "
                         "--db",
                         database)
             : BYLINE_OK;
}

/* What was not there before may have been made meanwhile. */
static byline_status write_new(const char *database, const char *shards,
                               shard_set *asked, byline_error *error) {
  shard_set there;
  byline_status status = shard_stub_read(database, &there, error);
  if (status != BYLINE_OK)
    return status;
  if (there.count > 0)
    status = compare(database, shards, &there, error);
  else
    status = refuse_database(database, error);
  if (status == BYLINE_OK && there.count == 0)
    status = shard_stub_write(database, database, asked, error);
  asked->complete = there.complete;
  shard_set_free(&there);
  return status;
}

/* In a folder that somebody has made. */
static byline_status make_in(const char *database, const char *shards,
                             shard_set *asked, byline_error *error) {
  if (mkdir(database, 0777) != 0 && errno != EEXIST)
    return error_errno(error, errno, database, "cannot make the folder");
  byline_status status = sync_names(database, "..", error);
  int turn = shard_stub_take_turn(database);
  if (status == BYLINE_OK)
    status = write_new(database, shards, asked, error);
  if (turn >= 0)
    close(turn);
  return status;
}

/* The folder appears with its stub. */
static byline_status publish(building *b, const char *database,
                             const shard_set *asked, byline_error *error) {
  byline_status status = shard_stub_write(b->path, database, asked, error);
  return status == BYLINE_OK ? building_publish(b, error) : status;
}

/* While nobody builds another database of this name, where that can be seen. */
static byline_status make_alone(const char *database, const char *shards,
                                lock_wait *wait, shard_set *asked,
                                byline_error *error) {
  building b;
  bool exists;
  byline_status status;
  wait->database = database;
  do
    status = building_hold(database, &b, &exists, error);
  while (lock_try_again(wait, &status, error));
  if (status == BYLINE_UNSUPPORTED)
    return make_in(database, shards, asked, error);
  if (status != BYLINE_OK)
    return status;
  status = exists ? make_in(database, shards, asked, error)
                  : publish(&b, database, asked, error);
  building_close(&b);
  return status;
}

static byline_status make(const char *database,
                          const byline_index_options *options, lock_wait *wait,
                          shard_set *set, byline_error *error) {
  if (is_remote_path(database))
    return error_set(error, BYLINE_INVALID,
                     "%s: with shards, the database is a folder that names "
                     "them",
                     database);
  byline_status status = refuse_database(database, error);
  if (status == BYLINE_OK)
    status = shard_names_parse(database, options->shards, set, error);
  if (status != BYLINE_OK || options->dry_run)
    return status;
  return make_alone(database, options->shards, wait, set, error);
}

byline_status shard_set_settle(const char *database,
                               const byline_index_options *options,
                               lock_wait *wait, shard_set *set,
                               byline_error *error) {
  byline_status status = shard_set_read(database, set, error);
  if (status == BYLINE_OK && options->shards)
    status = set->count == 0 ? make(database, options, wait, set, error)
                             : compare(database, options->shards, set, error);
  if (status == BYLINE_OK && set->count > 0 && !options->dry_run)
    building_sweep(database);
  const char *gone =
      status == BYLINE_OK && set->complete ? find_gone(set) : NULL;
  return gone ? say_missing(database, set, gone, error) : status;
}

/* ---- That all are made --------------------------------------------------- */

/* Also one that a run that failed has made: it is recorded which one it is. */
static bool is_made(const char *path) {
  xap_database *opened = NULL;
  buf value = BUF_INIT;
  bool made = !is_remote_path(path) &&
              xap_database_open(&path, 1, &opened, NULL) == BYLINE_OK &&
              schema_metadata(opened, META_SHARD, &value, NULL) == BYLINE_OK &&
              value.length > 0;
  xap_database_free(opened);
  buf_free(&value);
  return made;
}

static bool are_made(const shard_set *set) {
  bool made = true;
  for (size_t i = 0; made && i < set->count; i++)
    made = is_made(set->paths[i]);
  return made;
}

/* Xapian syncs the files of what it makes only. */
static byline_status sync_all(const shard_set *set, byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < set->count; i++) {
    const char *path = set->paths[i];
    if (is_remote_path(path))
      continue;
    status = sync_names(path, ".", error);
    if (status == BYLINE_OK)
      status = sync_names(path, "..", error);
  }
  return status;
}

static byline_status write_in_turn(const char *database, const shard_set *set,
                                   byline_error *error) {
  shard_set now;
  int turn = shard_stub_take_turn(database);
  byline_status status = shard_stub_read(database, &now, error);
  /* Somebody may have given it other addresses meanwhile. */
  if (status == BYLINE_OK && same(&now, set))
    status = shard_stub_write(database, database, set, error);
  shard_set_free(&now);
  if (turn >= 0)
    close(turn);
  return status;
}

byline_status shard_set_end(const char *database, const shard_set *set,
                            byline_status status, byline_error *error) {
  byline_error why;
  shard_set complete = *set;
  complete.complete = true;
  if (set->complete || access(database, W_OK) != 0 ||
      (status != BYLINE_OK && !are_made(set)))
    return status;
  byline_status recorded = sync_all(set, &why);
  if (recorded == BYLINE_OK)
    recorded = write_in_turn(database, &complete, &why);
  if (status != BYLINE_OK || recorded == BYLINE_OK)
    return status;
  *error = why;
  return recorded;
}

/* ---- One shard ---------------------------------------------------------- */

static byline_status check_same(const char *recorded, const char *shard,
                                byline_error *error) {
  if (!shard)
    return error_set(error, BYLINE_INVALID,
                     "the database is shard %s of an archive: index into "
                     "the folder that names all of them",
                     recorded);
  return strcmp(recorded, shard) == 0
             ? BYLINE_OK
             : error_set(error, BYLINE_INVALID,
                         "the database is shard %s of an archive, not %s: name "
                         "all of them, in their order",
                         recorded, shard);
}

/* Of one without a record. */
static byline_status check_new(const xap_database *view, const char *shard,
                               bool made, byline_error *error) {
  xap_statistics statistics = {0};
  if (made)
    return error_set(error, BYLINE_INVALID,
                     "the database is not the shard %s that was made: put "
                     "that back, or index all files into a new database",
                     shard);
  byline_status status =
      view ? xap_database_statistics(view, &statistics, error) : BYLINE_OK;
  return status != BYLINE_OK || statistics.last_docid == 0
             ? status
             : error_set(error, BYLINE_INVALID,
                         "the database has articles and is no shard: name a "
                         "new one");
}

byline_status shard_settle(metadata *records, const xap_database *view,
                           const char *shard, bool made, byline_error *error) {
  static const byline_string key = {META_SHARD, sizeof META_SHARD - 1};
  buf value = BUF_INIT;
  byline_status status = records->get(records, key, &value, error);
  if (status == BYLINE_OK && value.length > 0) {
    status = check_same(value.data, shard, error);
  } else if (status == BYLINE_OK && shard) {
    status = check_new(view, shard, made, error);
    if (status == BYLINE_OK)
      status = records->set(records, key, (byline_string){shard, strlen(shard)},
                            error);
  }
  buf_free(&value);
  return status;
}
