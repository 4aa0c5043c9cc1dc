/* Other shards of the articles that databases have, without their files. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "index/compact.h"
#include "index/identity.h"
#include "index/join.h"
#include "index/schema.h"
#include "index/segment_files.h"
#include "index/shard_set.h"
#include "index/synonyms.h"
#include "index/word_counts.h"

/* What writers hold in memory before they are committed, in bytes of data: all
 * of them, and one of many. */
enum { COMMIT_ALL = 64 << 20, COMMIT_ONE = 4 << 20 };

typedef struct resharding resharding;

/* A thread, with databases of its own. */
typedef struct worker {
  resharding *r;
  xap_database **each; /* of r->from; the last one is all of them */
  xap_database *all;
  pthread_t thread;
  byline_status status;
  byline_error error;
} worker;

struct resharding {
  const shard_set *from, *to;
  worker *workers;
  size_t worker_count;
  uint16_t *places; /* of docids of all: the shard, from 1; 0: none is there */
  uint32_t last;
  arena memory; /* for one article */
  pthread_mutex_t mutex;
  size_t next; /* the first shard that nobody makes yet; under mutex */
  byline_error *error;
};

/* ---- Where articles belong ---------------------------------------------- */

typedef struct placing {
  resharding *r;
  uint64_t hash;
} placing;

static int hash_data(void *user, byline_string data) {
  placing *p = user;
  byline_article article;
  arena_reset(&p->r->memory);
  byline_status status =
      schema_read_data(&p->r->memory, data, &article, NULL, p->r->error);
  if (status == BYLINE_OK && !identity_stored_hash(&article, &p->hash))
    status = error_no_memory(p->r->error);
  return status;
}

static int place(void *user, uint32_t docid, uint32_t wdf) {
  (void)wdf;
  resharding *r = user;
  placing p = {r, 0};
  xap_document *copied = NULL;
  byline_status status =
      xap_database_document(r->workers->all, docid, &copied, r->error);
  if (status == BYLINE_OK)
    status = xap_document_data(copied, hash_data, &p, r->error);
  xap_document_free(copied);
  if (status == BYLINE_OK)
    r->places[docid] = (uint16_t)(p.hash % r->to->count + 1);
  return status;
}

static byline_status place_all(resharding *r) {
  const xap_database *all = r->workers->all;
  xap_statistics statistics;
  byline_status status = xap_database_statistics(all, &statistics, r->error);
  if (status != BYLINE_OK)
    return status;
  r->last = statistics.last_docid;
  r->places = calloc((size_t)r->last + 1, sizeof *r->places);
  if (!r->places)
    return error_no_memory(r->error);
  return xap_database_postings(all, (byline_string){"", 0}, place, r, r->error);
}

/* ---- One shard ----------------------------------------------------------- */

static int count_bytes(void *user, byline_string data) {
  *(size_t *)user += data.length;
  return BYLINE_OK;
}

static byline_status copy_document(worker *w, uint32_t docid,
                                   xap_writer *writer, size_t *bytes) {
  size_t most = COMMIT_ALL / w->r->worker_count;
  xap_document *copied = NULL;
  byline_status status =
      xap_database_document(w->all, docid, &copied, &w->error);
  if (status == BYLINE_OK)
    status = xap_document_data(copied, count_bytes, bytes, &w->error);
  if (status == BYLINE_OK)
    status = xap_writer_add(writer, copied, NULL, &w->error);
  xap_document_free(copied);
  if (status != BYLINE_OK || *bytes < (most > COMMIT_ONE ? most : COMMIT_ONE))
    return status;
  *bytes = 0;
  return xap_writer_commit(writer, &w->error);
}

static byline_status copy_documents(worker *w, size_t shard,
                                    xap_writer *writer) {
  const resharding *r = w->r;
  size_t bytes = 0;
  byline_status status = BYLINE_OK;
  for (size_t docid = 1; status == BYLINE_OK && docid <= r->last; docid++)
    if (r->places[docid] == shard + 1)
      status = copy_document(w, (uint32_t)docid, writer, &bytes);
  return status;
}

/* What is counted from its articles; and which shard it is. */
static byline_status record(worker *w, size_t shard, xap_writer *writer) {
  char mark[48];
  snprintf(mark, sizeof mark, "%zu/%zu", shard + 1, w->r->to->count);
  writer_metadata m = metadata_of_writer(writer);
  byline_status status = shard_settle(&m.methods, NULL, mark, false, &w->error);
  word_counts words = {0};
  if (status == BYLINE_OK)
    status = word_counts_settle(&words, writer, false, &w->error);
  if (status == BYLINE_OK)
    status = word_counts_write(&words, writer, &w->error);
  word_counts_free(&words);
  if (status == BYLINE_OK)
    status = schema_record_languages(writer, &w->error);
  return status == BYLINE_OK ? synonyms_renew(writer, &w->error) : status;
}

static byline_status write_shard(worker *w, size_t shard, const char *path) {
  xap_writer *writer = NULL;
  byline_status status = xap_writer_open(path, XAP_CREATE, &writer, &w->error);
  if (status == BYLINE_OK)
    status = metadata_join(writer, w->each, w->r->from->count, &w->error);
  if (status == BYLINE_OK)
    status = copy_documents(w, shard, writer);
  if (status == BYLINE_OK)
    status = record(w, shard, writer);
  if (status == BYLINE_OK)
    status = xap_writer_commit(writer, &w->error);
  xap_writer_free(writer);
  return status;
}

static byline_status make_shard(worker *w, size_t shard) {
  const resharding *r = w->r;
  const char *path = r->to->paths[shard];
  buf loose = BUF_INIT;
  if (!buf_printf(&loose, "%s.loose", path))
    return error_no_memory(&w->error);
  const char *name = loose.data;
  byline_status status = write_shard(w, shard, name);
  if (status == BYLINE_OK)
    status = xap_compact(&name, 1, path, true, &w->error);
  segment_remove(name);
  buf_free(&loose);
  if (status == BYLINE_OK)
    status = synonyms_join((const char *const *)r->from->paths, r->from->count,
                           path, &w->error);
  return status == BYLINE_OK ? segment_sync(path, &w->error) : status;
}

/* ---- All of them --------------------------------------------------------- */

static bool take_shard(resharding *r, size_t *shard) {
  pthread_mutex_lock(&r->mutex);
  bool found = r->next < r->to->count;
  if (found)
    *shard = r->next++;
  pthread_mutex_unlock(&r->mutex);
  return found;
}

static void *work(void *user) {
  worker *w = user;
  size_t shard;
  while (w->status == BYLINE_OK && take_shard(w->r, &shard))
    w->status = make_shard(w, shard);
  if (w->status != BYLINE_OK) {
    pthread_mutex_lock(&w->r->mutex);
    w->r->next = w->r->to->count; /* the others need not go on */
    pthread_mutex_unlock(&w->r->mutex);
  }
  return NULL;
}

static byline_status make_shards(resharding *r) {
  size_t started = 0;
  while (started < r->worker_count &&
         pthread_create(&r->workers[started].thread, NULL, work,
                        &r->workers[started]) == 0)
    started++;
  if (started == 0)
    work(r->workers);
  for (size_t i = 0; i < started; i++)
    pthread_join(r->workers[i].thread, NULL);
  for (size_t i = 0; i < r->worker_count; i++)
    if (r->workers[i].status != BYLINE_OK) {
      *r->error = r->workers[i].error;
      return r->workers[i].status;
    }
  return BYLINE_OK;
}

static byline_status open_databases(worker *w) {
  const shard_set *from = w->r->from;
  const char *const *paths = (const char *const *)from->paths;
  byline_error *error = w->r->error;
  byline_status status = BYLINE_OK;
  w->each = calloc(from->count + 1, sizeof(xap_database *));
  if (!w->each)
    return error_no_memory(error);
  for (size_t i = 0; status == BYLINE_OK && i < from->count; i++) {
    status = xap_database_open(&paths[i], 1, &w->each[i], error);
    if (status == BYLINE_OK)
      status = schema_check(w->each[i], paths[i], NULL, error);
  }
  if (status == BYLINE_OK)
    status =
        xap_database_open(paths, from->count, &w->each[from->count], error);
  w->all = w->each[from->count];
  return status;
}

static byline_status open_all(resharding *r) {
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  size_t count = r->to->count;
  byline_status status;
  if (processors > 0 && (size_t)processors < count)
    count = (size_t)processors;
  r->workers = calloc(r->to->count, sizeof *r->workers);
  if (!r->workers)
    return error_no_memory(r->error);
  do {
    r->workers[r->worker_count].r = r;
    status = open_databases(&r->workers[r->worker_count++]);
  } while (status == BYLINE_OK && r->worker_count < count);
  return status;
}

static void release(resharding *r) {
  for (size_t i = 0; i < r->worker_count; i++) {
    xap_database **each = r->workers[i].each;
    for (size_t k = 0; each && k <= r->from->count; k++)
      xap_database_free(each[k]);
    free(each);
  }
  free(r->workers);
  free(r->places);
  arena_free(&r->memory);
  pthread_mutex_destroy(&r->mutex);
}

static byline_status fill_all(const shard_set *from, const shard_set *to,
                              byline_error *error) {
  resharding r = {.from = from, .to = to, .error = error};
  pthread_mutex_init(&r.mutex, NULL);
  byline_status status = open_all(&r);
  if (status == BYLINE_OK)
    status = place_all(&r);
  if (status == BYLINE_OK)
    status = make_shards(&r);
  release(&r);
  return status;
}

typedef struct request {
  const shard_set *from;
  size_t shards;
} request;

static byline_status make_all(void *user, const building *b,
                              byline_error *error) {
  const request *r = user;
  shard_set to = SHARD_SET_INIT;
  byline_status status = shard_set_make(b->path, r->shards, &to, error);
  if (status == BYLINE_OK)
    status = fill_all(r->from, &to, error);
  shard_set_free(&to);
  return status;
}

byline_status byline_reshard(const char *const *paths, size_t count,
                             size_t shards, const char *destination,
                             uint32_t wait_ms, byline_error *error) {
  shard_set from;
  lock_wait wait = {.milliseconds = wait_ms};
  byline_error ignored;
  if (!error)
    error = &ignored;
  if (shards < 2 || shards > SHARDS_MAX)
    return error_set(error, BYLINE_INVALID, "there can be from 2 to %d shards",
                     SHARDS_MAX);
  byline_status status = shard_set_expand(paths, count, &from, error);
  if (status != BYLINE_OK)
    return status;
  request r = {&from, shards};
  status = compact_elsewhere((const char *const *)from.paths, from.count,
                             destination, &wait, make_all, &r, error);
  shard_set_free(&from);
  return shard_set_explain(paths, count, status, error);
}
