#include "index/join.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/files.h"
#include "index/schema.h"

/* One of the databases. */
typedef struct source {
  size_t number, shards; /* as 2 and 4 of "2/4"; both 1 for what is no shard */
  /* Those that follow one another and have articles of the same files: the
   * shards of an archive, in any order. */
  size_t first, count;
} source;

typedef struct joining {
  writer_metadata to;
  xap_database *const *from;
  size_t count, current;
  source *sources;
  buf value, other;
  byline_error *error;
} joining;

static int keep(void *user, byline_string value) {
  buf *kept = user;
  buf_clear(kept);
  return buf_add_str(kept, value) ? BYLINE_OK : BYLINE_NO_MEMORY;
}

/* ---- Archives ------------------------------------------------------------ */

static byline_status read_mark(joining *j, size_t database) {
  const byline_string key = {META_SHARD, strlen(META_SHARD)};
  source *s = &j->sources[database];
  byline_status status =
      xap_database_metadata(j->from[database], key, keep, &j->value, j->error);
  s->number = s->shards = 1;
  if (status != BYLINE_OK || j->value.length == 0)
    return status;
  char *end;
  s->number = strtoul(j->value.data, &end, 10);
  s->shards = *end == '/' ? strtoul(end + 1, NULL, 10) : 0;
  return BYLINE_OK;
}

/* Where the archive of a database begins, if that of the one before begins at
 * first. */
static size_t archive_of(const source *sources, size_t database, size_t first) {
  for (size_t i = first; i < database; i++)
    if (sources[i].shards != sources[database].shards ||
        sources[i].number == sources[database].number)
      return database;
  return first;
}

static byline_status find_archives(joining *j) {
  source *s = j->sources;
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < j->count; i++)
    status = read_mark(j, i);
  for (size_t i = 0, first = 0; status == BYLINE_OK && i < j->count; i++) {
    s[i].first = first = archive_of(s, i, first);
    s[first].count++;
  }
  for (size_t i = 0; i < j->count; i++)
    s[i].count = s[s[i].first].count;
  return status;
}

/* ---- Keys ---------------------------------------------------------------- */

static bool is_counted(byline_string key) {
  static const char *const keys[] = {META_SHARD, META_WORDS, META_LANGUAGES,
                                     META_SYNONYMS_FOR};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    if (key.length == strlen(keys[i]) &&
        memcmp(key.data, keys[i], key.length) == 0)
      return true;
  return false;
}

static byline_status spoil(joining *j, byline_string key) {
  return file_record_spoil(&j->to.methods, file_key_term(key), j->error);
}

static bool same(const buf *a, const buf *b) {
  return a->length == b->length &&
         (a->length == 0 || memcmp(a->data, b->data, a->length) == 0);
}

/* Whether all shards of the current one's archive are there, and agree on its
 * value of a key: each with the one behind it, and the last with the first. A
 * shard all by itself becomes a part of other shards; it has nothing to agree
 * with. */
static byline_status is_agreed(joining *j, byline_string key, bool *agreed) {
  const source *s = &j->sources[j->current];
  size_t next = s->first + (j->current - s->first + 1) % s->count;
  *agreed = s->count == s->shards || j->count == 1;
  if (!*agreed || next == j->current)
    return BYLINE_OK;
  byline_status status =
      xap_database_metadata(j->from[next], key, keep, &j->other, j->error);
  *agreed = same(&j->value, &j->other);
  return status;
}

/* One of the current database. */
static int join_key(void *user, byline_string key) {
  joining *j = user;
  metadata *to = &j->to.methods;
  if (is_counted(key))
    return BYLINE_OK;
  byline_status status = xap_database_metadata(j->from[j->current], key, keep,
                                               &j->value, j->error);
  buf_clear(&j->other);
  if (status == BYLINE_OK)
    status = to->get(to, key, &j->other, j->error);
  bool there = j->other.length > 0, agreed = true;
  if (status == BYLINE_OK && !there)
    status = to->set(to, key, buf_string(&j->value), j->error);
  if (status != BYLINE_OK || file_key_term(key).length == 0)
    return status;
  if (there && !same(&j->value, &j->other))
    return spoil(j, key);
  status = is_agreed(j, key, &agreed);
  return status == BYLINE_OK && !agreed ? spoil(j, key) : status;
}

byline_status metadata_join(xap_writer *to, xap_database *const *from,
                            size_t count, byline_error *error) {
  const byline_string all = {"", 0};
  joining j = {.to = metadata_of_writer(to),
               .from = from,
               .count = count,
               .sources = calloc(count, sizeof(source)),
               .error = error};
  byline_status status = j.sources ? find_archives(&j) : error_no_memory(error);
  for (; status == BYLINE_OK && j.current < count; j.current++)
    status =
        xap_database_metadata_keys(from[j.current], all, join_key, &j, error);
  free(j.sources);
  buf_free(&j.value);
  buf_free(&j.other);
  return status == BYLINE_NO_MEMORY ? error_no_memory(error) : status;
}
