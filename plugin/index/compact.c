/* One database out of several that are made alike, or out of its segments. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "index/compact.h"
#include "index/join.h"
#include "index/schema.h"
#include "index/segments.h"
#include "index/shard_set.h"
#include "index/source_locks.h"
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

/* BYLINE_INVALID names two whose articles can't be in one database. */
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

/* ---- In place ----------------------------------------------------------- */

/* A reader that has read which segments there are may just be opening them. */
static void wait_for_readers(void) {
  const struct timespec second = {1, 0};
  nanosleep(&second, NULL);
}

/* A database with segments, and its locks. */
typedef struct locked {
  xap_writer *writer;
  int lock;
} locked;

static byline_status split(const char *path, locked *l, byline_error *error) {
  int lock = -1;
  xap_writer_free(l->writer);
  l->writer = NULL;
  byline_status status = segments_split(path, &lock, error);
  if (status == BYLINE_OK)
    status = lock_and_open(path, XAP_OPEN, &l->lock, &l->writer, error);
  lock_release(&lock);
  return status;
}

static byline_status open_segments(const char *path, locked *l,
                                   byline_error *error) {
  segments s;
  byline_status status =
      lock_and_open(path, XAP_OPEN, &l->lock, &l->writer, error);
  if (status == BYLINE_OK)
    status = schema_check(xap_writer_database(l->writer), path, NULL, error);
  if (status == BYLINE_OK)
    status = segments_read(path, &s, error);
  if (status != BYLINE_OK)
    return status;
  bool plain = s.count == 0;
  segments_free(&s);
  segments_sweep(path);
  return plain ? split(path, l, error) : BYLINE_OK;
}

static void close_segments(locked *l) {
  xap_writer_free(l->writer);
  l->writer = NULL;
  lock_release(&l->lock);
}

static byline_status compact_in_place(const char *path, lock_wait *wait,
                                      byline_error *error) {
  locked l = {NULL, -1};
  size_t merged;
  byline_status status = xap_refuse_remote(path, error);
  if (status != BYLINE_OK)
    return status;
  wait->database = path;
  do {
    close_segments(&l);
    status = open_segments(path, &l, error);
  } while (lock_try_again(wait, &status, error));
  if (status == BYLINE_OK)
    status = segments_merge(path, true, &merged, error);
  if (status == BYLINE_OK)
    status = segments_join(path, error);
  if (status == BYLINE_OK) {
    wait_for_readers();
    segments_sweep(path);
  }
  close_segments(&l);
  return status;
}

/* ---- Elsewhere ----------------------------------------------------------- */

static byline_status join_in(xap_writer *writer, xap_database *const *from,
                             size_t count, byline_error *error) {
  const byline_string shard = {META_SHARD, strlen(META_SHARD)};
  byline_status status = metadata_join(writer, from, count, error);
  /* What several shards make together is none. */
  if (status == BYLINE_OK)
    status =
        xap_writer_set_metadata(writer, shard, (byline_string){"", 0}, error);
  if (status == BYLINE_OK)
    status = schema_record_languages(writer, error);
  return status == BYLINE_OK ? xap_writer_commit(writer, error) : status;
}

/* Xapian has taken over the first one's metadata where others have them, too.
 */
static byline_status join_metadata(const char *const *paths, size_t count,
                                   const char *path, byline_error *error) {
  xap_database **from = calloc(count, sizeof(xap_database *));
  xap_writer *writer = NULL;
  byline_status status = from ? BYLINE_OK : error_no_memory(error);
  for (size_t i = 0; status == BYLINE_OK && i < count; i++)
    status = xap_database_open(&paths[i], 1, &from[i], error);
  if (status == BYLINE_OK)
    status = xap_writer_open(path, XAP_OPEN, &writer, error);
  if (status == BYLINE_OK)
    status = join_in(writer, from, count, error);
  xap_writer_free(writer);
  for (size_t i = 0; from && i < count; i++)
    xap_database_free(from[i]);
  free(from);
  return status;
}

typedef struct copying {
  const char *const *paths;
  size_t count;
} copying;

static byline_status copy_into(void *user, const building *b,
                               byline_error *error) {
  const copying *c = user;
  byline_status status = xap_compact(c->paths, c->count, b->path, true, error);
  if (status == BYLINE_OK && c->count > 1)
    status = join_metadata(c->paths, c->count, b->path, error);
  if (status == BYLINE_OK && c->count > 1)
    status = synonyms_join(c->paths, c->count, b->path, error);
  return status;
}

static byline_status begin(const char *destination, lock_wait *wait,
                           building *b, byline_error *error) {
  byline_status status;
  bool exists;
  wait->database = destination;
  do
    status = building_open(destination, b, &exists, error);
  while (lock_try_again(wait, &status, error));
  if (status == BYLINE_OK && exists)
    status =
        error_set(error, BYLINE_INVALID,
                  "%s: the name is taken already; choose another", destination);
  return status;
}

byline_status compact_elsewhere(const char *const *paths, size_t count,
                                const char *destination, lock_wait *wait,
                                compact_make_fn make, void *user,
                                byline_error *error) {
  building b;
  source_locks locks;
  byline_status status = begin(destination, wait, &b, error);
  if (status != BYLINE_OK)
    return status;
  status = source_locks_take(&locks, paths, count, wait, error);
  if (status == BYLINE_OK)
    status = check_alike(paths, count, error);
  if (status == BYLINE_OK)
    status = make(user, &b, error);
  status = source_locks_check(&locks, status, error);
  if (status == BYLINE_OK)
    status = building_publish(&b, error);
  source_locks_release(&locks);
  building_close(&b);
  return status;
}

static byline_status copy(const shard_set *from, const char *destination,
                          lock_wait *wait, byline_error *error) {
  copying c = {(const char *const *)from->paths, from->count};
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < c.count; i++)
    status = xap_refuse_remote(c.paths[i], error);
  return status == BYLINE_OK ? compact_elsewhere(c.paths, c.count, destination,
                                                 wait, copy_into, &c, error)
                             : status;
}

/* Of a folder of shards each by itself. */
static byline_status compact_shards(const shard_set *set, lock_wait *wait,
                                    byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < set->count; i++)
    status = compact_in_place(set->paths[i], wait, error);
  return status;
}

byline_status byline_compact(const char *const *paths, size_t count,
                             const char *destination, uint32_t wait_ms,
                             byline_error *error) {
  shard_set set;
  lock_wait wait = {.milliseconds = wait_ms};
  byline_status status = shard_set_expand(paths, count, &set, error);
  if (status != BYLINE_OK)
    return status;
  if (destination)
    status = copy(&set, destination, &wait, error);
  else if (count == 1)
    status = compact_shards(&set, &wait, error);
  else
    status = error_set(error, BYLINE_INVALID,
                       "only one database can be compacted in its place");
  shard_set_free(&set);
  return shard_set_explain(paths, count, status, error);
}
