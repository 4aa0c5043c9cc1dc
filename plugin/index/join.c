#include "index/join.h"

#include <string.h>

#include "base/error.h"
#include "index/files.h"
#include "index/schema.h"

typedef struct joining {
  writer_metadata to;
  xap_database *const *from;
  size_t count, current;
  bool shards;
  buf value, other;
  byline_error *error;
} joining;

static bool is_counted(byline_string key) {
  static const char *const keys[] = {META_SHARD, META_WORDS, META_LANGUAGES,
                                     META_SYNONYMS_FOR};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    if (key.length == strlen(keys[i]) &&
        memcmp(key.data, keys[i], key.length) == 0)
      return true;
  return false;
}

static int keep(void *user, byline_string value) {
  buf *kept = user;
  buf_clear(kept);
  return buf_add_str(kept, value) ? BYLINE_OK : BYLINE_NO_MEMORY;
}

static byline_status spoil(joining *j, byline_string key) {
  return file_record_spoil(&j->to.methods, file_key_term(key), j->error);
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
  bool there = j->other.length > 0;
  if (status == BYLINE_OK && !there)
    status = to->set(to, key, buf_string(&j->value), j->error);
  if (status != BYLINE_OK || file_key_term(key).length == 0)
    return status;
  bool agreed =
      there ? j->other.length == j->value.length &&
                  memcmp(j->other.data, j->value.data, j->value.length) == 0
            : j->current == 0 || !j->shards;
  return agreed ? BYLINE_OK : spoil(j, key);
}

/* A file that the first database knows: so must the others. */
static int miss_key(void *user, byline_string key) {
  joining *j = user;
  byline_status status = BYLINE_OK;
  bool known = true;
  for (size_t i = 1; status == BYLINE_OK && known && i < j->count; i++) {
    status = xap_database_metadata(j->from[i], key, keep, &j->value, j->error);
    known = j->value.length > 0;
  }
  return status == BYLINE_OK && !known ? spoil(j, key) : status;
}

byline_status metadata_join(xap_writer *to, xap_database *const *from,
                            size_t count, byline_error *error) {
  joining j = {.to = metadata_of_writer(to),
               .from = from,
               .count = count,
               .error = error};
  const byline_string all = {"", 0}, mark = {META_SHARD, strlen(META_SHARD)};
  byline_status status =
      xap_database_metadata(from[0], mark, keep, &j.value, error);
  j.shards = j.value.length > 0;
  for (; status == BYLINE_OK && j.current < count; j.current++)
    status =
        xap_database_metadata_keys(from[j.current], all, join_key, &j, error);
  if (status == BYLINE_OK && j.shards)
    status =
        xap_database_metadata_keys(from[0], file_key_head, miss_key, &j, error);
  buf_free(&j.value);
  buf_free(&j.other);
  return status == BYLINE_NO_MEMORY ? error_no_memory(error) : status;
}
