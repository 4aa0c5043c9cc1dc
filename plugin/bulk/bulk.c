#include "bulk/bulk.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "bulk/chunks.h"
#include "bulk/lists.h"
#include "bulk/part_state.h"
#include "bulk/run_set.h"
#include "bulk/small.h"
#include "bulk/version.h"

enum { METADATA_KEY_MAX = 253 };

typedef struct metadata {
  buf key, value;
  size_t number; /* of two with the same key, the later one counts */
} metadata;

struct bulk_builder {
  const char *directory;
  bulk_options options;
  deflater *deflater;
  table_writer *tables[TABLE_COUNT];
  table_root roots[TABLE_COUNT];
  glass_statistics statistics;
  bounds bounds;
  run_set runs;
  metadata *metadata; /* as it came */
  size_t metadata_count, metadata_capacity;
};

static byline_status open_tables(bulk_builder *b, byline_error *error) {
  byline_status status = BYLINE_OK;
  for (int i = 0; status == BYLINE_OK && i < TABLE_COUNT; i++)
    status = table_writer_open(b->directory, (table_kind)i,
                               b->options.block_size, &b->tables[i], error);
  return status;
}

byline_status bulk_new(const char *directory, const bulk_options *options,
                       bulk_builder **builder, byline_error *error) {
  bulk_builder *b = calloc(1, sizeof *b);
  *builder = NULL;
  if (!b)
    return error_no_memory(error);
  b->directory = directory;
  b->options = *options;
  run_set_init(&b->runs, directory, options->memory);
  byline_status status =
      deflater_new(options->compression, &b->deflater, error);
  if (status == BYLINE_OK)
    status = open_tables(b, error);
  if (status == BYLINE_OK)
    *builder = b;
  else
    bulk_free(b);
  return status;
}

void bulk_free(bulk_builder *b) {
  if (!b)
    return;
  for (int i = 0; i < TABLE_COUNT; i++)
    table_writer_free(b->tables[i]);
  for (size_t i = 0; i < b->metadata_count; i++) {
    buf_free(&b->metadata[i].key);
    buf_free(&b->metadata[i].value);
  }
  free(b->metadata);
  bounds_free(&b->bounds);
  run_set_free(&b->runs);
  deflater_free(b->deflater);
  free(b);
}

/* ---- Parts --------------------------------------------------------------- */

static void add_statistics(glass_statistics *to, const glass_statistics *part,
                           uint32_t base) {
  if (part->document_count == 0)
    return;
  to->document_count += part->document_count;
  to->last_docid = base + part->last_docid;
  to->total_length += part->total_length;
  if (part->length_lower > 0 &&
      (to->length_lower == 0 || part->length_lower < to->length_lower))
    to->length_lower = part->length_lower;
  if (part->length_upper > to->length_upper)
    to->length_upper = part->length_upper;
  if (part->wdf_upper > to->wdf_upper)
    to->wdf_upper = part->wdf_upper;
}

static byline_status check(const bulk_builder *b, const bulk_part *part,
                           uint32_t base, byline_error *error) {
  const glass_statistics *s = &part->statistics;
  if (s->document_count == 0)
    return BYLINE_OK;
  if (base > UINT32_MAX - s->last_docid ||
      base + part->first_docid <= b->statistics.last_docid)
    return error_set(error, BYLINE_INVALID,
                     "documents from %lu on: docids must rise, up to "
                     "4,294,967,295",
                     (unsigned long)base + part->first_docid);
  if (s->total_length > UINT64_MAX - b->statistics.total_length)
    return error_set(error, BYLINE_INVALID, "words beyond 2^64");
  return BYLINE_OK;
}

static byline_status take(bulk_builder *b, bulk_part *part, uint32_t base,
                          byline_error *error) {
  byline_status status = check(b, part, base, error);
  /* Its own belongs to the thread that filled it. */
  part->deflater = b->deflater;
  if (status == BYLINE_OK)
    status = bulk_part_pack(part, error);
  if (status == BYLINE_OK)
    status =
        records_write(&part->termlist, b->tables[TABLE_TERMLIST], base, error);
  if (status == BYLINE_OK)
    status =
        records_write(&part->docdata, b->tables[TABLE_DOCDATA], base, error);
  if (status == BYLINE_OK && !bounds_merge(&b->bounds, &part->bounds))
    status = error_no_memory(error);
  if (status != BYLINE_OK)
    return status;
  add_statistics(&b->statistics, &part->statistics, base);
  part->run.base = base;
  return run_set_add(&b->runs, &part->run, error);
}

byline_status bulk_take(bulk_builder *b, bulk_part *part, uint32_t base,
                        byline_error *error) {
  byline_status status = take(b, part, base, error);
  bulk_part_free(part);
  return status;
}

void bulk_set_memory(bulk_builder *b, size_t memory) {
  b->runs.memory = memory;
}

/* ---- Metadata ------------------------------------------------------------ */

static bool reserve_metadata(bulk_builder *b) {
  if (b->metadata_count < b->metadata_capacity)
    return true;
  size_t capacity = b->metadata_capacity ? b->metadata_capacity * 2 : 16;
  metadata *all = realloc(b->metadata, capacity * sizeof *all);
  if (!all)
    return false;
  b->metadata = all;
  b->metadata_capacity = capacity;
  return true;
}

byline_status bulk_set_metadata(bulk_builder *b, byline_string key,
                                byline_string value, byline_error *error) {
  if (key.length == 0 || key.length > METADATA_KEY_MAX)
    return error_set(error, BYLINE_INVALID,
                     "a key of metadata has %zu bytes; it needs 1 to 245",
                     key.length);
  metadata new = {BUF_INIT, BUF_INIT, b->metadata_count};
  if (!reserve_metadata(b) || !buf_add_str(&new.key, key) ||
      !buf_add_str(&new.value, value)) {
    buf_free(&new.key);
    return error_no_memory(error);
  }
  b->metadata[b->metadata_count++] = new;
  return BYLINE_OK;
}

/* ---- Finishing ----------------------------------------------------------- */

static int compare_keys(const buf *a, const buf *b) {
  size_t shorter = a->length < b->length ? a->length : b->length;
  int order = memcmp(a->data, b->data, shorter);
  return order ? order : (a->length > b->length) - (a->length < b->length);
}

static int by_metadata_key(const void *a, const void *b) {
  const metadata *x = a, *y = b;
  int order = compare_keys(&x->key, &y->key);
  return order ? order : (x->number > y->number) - (x->number < y->number);
}

static byline_status write_metadata(bulk_builder *b, byline_error *error) {
  byline_status status = BYLINE_OK;
  if (b->metadata_count > 0)
    qsort(b->metadata, b->metadata_count, sizeof *b->metadata, by_metadata_key);
  for (size_t i = 0; status == BYLINE_OK && i < b->metadata_count; i++) {
    const metadata *m = &b->metadata[i];
    bool last = i + 1 == b->metadata_count ||
                compare_keys(&m->key, &b->metadata[i + 1].key) != 0;
    if (last && m->value.length > 0)
      status =
          chunks_add_metadata(b->tables[TABLE_POSTLIST], buf_string(&m->key),
                              buf_string(&m->value), error);
  }
  return status;
}

typedef struct slot_key {
  unsigned char bytes[16];
  size_t length;
  const slot_bounds *bounds;
} slot_key;

static int by_key(const void *a, const void *b) {
  const slot_key *x = a, *y = b;
  return small_compare((byline_string){(const char *)x->bytes, x->length},
                       (byline_string){(const char *)y->bytes, y->length});
}

/* In order of the keys, which is not that of the slots. */
static byline_status write_value_stats(bulk_builder *b, byline_error *error) {
  slot_key *keys = calloc(b->bounds.count + 1, sizeof *keys);
  if (!keys)
    return error_no_memory(error);
  size_t count = 0;
  for (size_t i = 0; i < b->bounds.count; i++) {
    const slot_bounds *s = &b->bounds.slots[i];
    slot_key *k = &keys[count];
    k->bounds = s;
    k->length = value_stats_key(k->bytes, s->slot);
    count += s->frequency > 0; /* or a document failed */
  }
  qsort(keys, count, sizeof *keys, by_key);
  buf scratch = BUF_INIT;
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < count; i++) {
    const slot_bounds *s = keys[i].bounds;
    value_stats stats = {s->slot, s->frequency, buf_string(&s->lower),
                         buf_string(&s->upper)};
    status = chunks_add_value_stats(b->tables[TABLE_POSTLIST], &stats, &scratch,
                                    error);
  }
  buf_free(&scratch);
  free(keys);
  return status;
}

static byline_status finish_table(bulk_builder *b, table_kind kind,
                                  byline_error *error) {
  return table_writer_finish(b->tables[kind], &b->roots[kind], error);
}

static byline_status write_postlist(bulk_builder *b, byline_error *error) {
  table_writer *table = b->tables[TABLE_POSTLIST];
  byline_status status = write_metadata(b, error);
  if (status == BYLINE_OK)
    status = write_value_stats(b, error);
  if (status == BYLINE_OK)
    status = lists_write_values(&b->runs, table, error);
  run_set_drop(&b->runs, RUN_VALUES);
  if (status == BYLINE_OK)
    status = lists_write_postings(&b->runs, table, error);
  run_set_drop(&b->runs, RUN_POSTINGS);
  return status == BYLINE_OK ? finish_table(b, TABLE_POSTLIST, error) : status;
}

static byline_status write_spelling(bulk_builder *b, byline_error *error) {
  byline_status status =
      lists_write_words(&b->runs, b->tables[TABLE_SPELLING], b->deflater,
                        &b->statistics.spelling_upper, error);
  return status == BYLINE_OK ? finish_table(b, TABLE_SPELLING, error) : status;
}

static byline_status write_position(bulk_builder *b, byline_error *error) {
  byline_status status =
      lists_write_positions(&b->runs, b->tables[TABLE_POSITION], error);
  return status == BYLINE_OK ? finish_table(b, TABLE_POSITION, error) : status;
}

/* The largest table, while others are written. */
typedef struct position_task {
  bulk_builder *builder;
  byline_status status;
  byline_error error;
} position_task;

static void *run_task(void *user) {
  position_task *task = user;
  task->status = write_position(task->builder, &task->error);
  return NULL;
}

/* What was written when parts were taken is synced last, when much of it has
 * got to the disk already. */
static byline_status write_others(bulk_builder *b, byline_error *error) {
  byline_status status = write_postlist(b, error);
  if (status == BYLINE_OK)
    status = write_spelling(b, error);
  if (status == BYLINE_OK)
    status = finish_table(b, TABLE_TERMLIST, error);
  if (status == BYLINE_OK)
    status = finish_table(b, TABLE_DOCDATA, error);
  return status == BYLINE_OK ? finish_table(b, TABLE_SYNONYM, error) : status;
}

static byline_status write_tables(bulk_builder *b, byline_error *error) {
  position_task task = {.builder = b};
  pthread_t thread;
  bool beside = b->options.threads > 1 &&
                pthread_create(&thread, NULL, run_task, &task) == 0;
  byline_status status = write_others(b, error);
  if (beside)
    pthread_join(thread, NULL);
  else if (status == BYLINE_OK)
    run_task(&task);
  if (status == BYLINE_OK && task.status != BYLINE_OK) {
    status = task.status;
    if (error)
      *error = task.error;
  }
  return status;
}

byline_status bulk_finish(bulk_builder *b, byline_error *error) {
  byline_status status = run_set_settle(&b->runs, error);
  if (status == BYLINE_OK)
    status = write_tables(b, error);
  if (status == BYLINE_OK)
    status = version_write(b->directory, b->options.block_size, b->roots,
                           &b->statistics, error);
  return status;
}
