#include "bulk/lists.h"

#include "base/error.h"
#include "bulk/pack.h"
#include "bulk/spelling.h"

/* What is done with one key and all of its lists. */
typedef byline_status (*use_group)(void *user, const merge *m,
                                   byline_error *error);

static byline_status each_group(const run_set *runs, run_stream stream,
                                use_group use, void *user,
                                byline_error *error) {
  merge m;
  byline_status status = run_set_merge(runs, stream, &m, error);
  if (status != BYLINE_OK)
    return status;
  status = merge_next(&m, error);
  while (status == BYLINE_OK && m.group_count > 0) {
    status = use(user, &m, error);
    if (status == BYLINE_OK)
      status = merge_next(&m, error);
  }
  merge_free(&m);
  return status;
}

typedef struct entry {
  uint32_t number; /* from 1 */
  uint32_t docid;
} entry;

/* Goes on to a list's next entry, all zero before the first; false behind the
 * last one, or where *status says why. */
static inline bool next_entry(run_cursor *c, entry *e, byline_status *status,
                              byline_error *error) {
  if (*status != BYLINE_OK || e->number == c->list.count)
    return false;
  *status = run_cursor_fill(c, (size_t)2 * PACK_UINT_MAX, error);
  if (*status != BYLINE_OK)
    return false;
  e->docid = e->number == 0 ? c->list.first
                            : e->docid + (uint32_t)unpack_uint(&c->at) + 1;
  e->number++;
  return true;
}

/* The bytes of an entry, until the next one. */
static inline byline_status next_bytes(run_cursor *c, byline_string *out,
                                       byline_error *error) {
  out->length = (size_t)unpack_uint(&c->at);
  byline_status status = run_cursor_fill(c, out->length, error);
  out->data = (const char *)c->at;
  c->at += out->length;
  return status;
}

/* ---- Values -------------------------------------------------------------- */

static byline_status add_values(value_chunks *chunks, run_cursor *c,
                                byline_error *error) {
  byline_status status = BYLINE_OK;
  byline_string value;
  for (entry e = {0}; next_entry(c, &e, &status, error);) {
    status = next_bytes(c, &value, error);
    if (status == BYLINE_OK)
      status = value_chunks_add(chunks, e.docid, value, error);
  }
  return status;
}

typedef struct values_output {
  value_chunks chunks;
  table_writer *table;
} values_output;

static byline_status write_slot(void *user, const merge *m,
                                byline_error *error) {
  values_output *o = user;
  const unsigned char *key = (const unsigned char *)m->list.key.data;
  value_chunks_begin(&o->chunks, o->table, (uint32_t)unpack_uint(&key));
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < m->group_count; i++)
    status = add_values(&o->chunks, m->group[i], error);
  return status == BYLINE_OK ? value_chunks_end(&o->chunks, error) : status;
}

byline_status lists_write_values(const run_set *runs, table_writer *postlist,
                                 byline_error *error) {
  values_output o = {.table = postlist};
  byline_status status = each_group(runs, RUN_VALUES, write_slot, &o, error);
  value_chunks_free(&o.chunks);
  return status;
}

/* ---- Postings ------------------------------------------------------------ */

static byline_status add_postings(posting_chunks *chunks, run_cursor *c,
                                  byline_error *error) {
  byline_status status = BYLINE_OK;
  for (entry e = {0}; next_entry(c, &e, &status, error);) {
    uint32_t wdf = (uint32_t)unpack_uint(&c->at);
    status = posting_chunks_add(chunks, e.docid, wdf, error);
  }
  return status;
}

typedef struct postings_output {
  posting_chunks chunks;
  table_writer *table;
} postings_output;

static byline_status write_term(void *user, const merge *m,
                                byline_error *error) {
  postings_output *o = user;
  byline_string term = m->list.key;
  bool lengths = term.length == 0; /* these have no frequencies */
  byline_status status = posting_chunks_begin(
      &o->chunks, o->table, term, lengths ? 0 : m->list.count,
      lengths ? 0 : m->list.total, error);
  for (size_t i = 0; status == BYLINE_OK && i < m->group_count; i++)
    status = add_postings(&o->chunks, m->group[i], error);
  return status == BYLINE_OK ? posting_chunks_end(&o->chunks, error) : status;
}

byline_status lists_write_postings(const run_set *runs, table_writer *postlist,
                                   byline_error *error) {
  postings_output o = {.table = postlist};
  return each_group(runs, RUN_POSTINGS, write_term, &o, error);
}

/* ---- Positions ----------------------------------------------------------- */

typedef struct positions_output {
  table_writer *table;
  unsigned char key[2 * PACK_KEY_MAX + 1 + PACK_SORTED_MAX];
} positions_output;

static byline_status add_positions(positions_output *o, size_t term,
                                   run_cursor *c, byline_error *error) {
  byline_status status = BYLINE_OK;
  byline_string tag;
  for (entry e = {0}; next_entry(c, &e, &status, error);) {
    byline_string key = {(const char *)o->key,
                         term + pack_sorted(o->key + term, e.docid)};
    status = next_bytes(c, &tag, error);
    if (status == BYLINE_OK)
      status = table_writer_add(o->table, key, tag, false, error);
  }
  return status;
}

static byline_status write_positions(void *user, const merge *m,
                                     byline_error *error) {
  positions_output *o = user;
  size_t term = pack_sorted_string(o->key, m->list.key, true);
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < m->group_count; i++)
    status = add_positions(o, term, m->group[i], error);
  return status;
}

byline_status lists_write_positions(const run_set *runs, table_writer *position,
                                    byline_error *error) {
  positions_output o = {.table = position};
  return each_group(runs, RUN_POSITIONS, write_positions, &o, error);
}

/* ---- Words --------------------------------------------------------------- */

static byline_status add_word(void *user, const merge *m, byline_error *error) {
  return spelling_words_add(user, m->list.key, (uint32_t)m->list.total)
             ? BYLINE_OK
             : error_no_memory(error);
}

byline_status lists_write_words(const run_set *runs, table_writer *spelling,
                                deflater *d, uint32_t *upper,
                                byline_error *error) {
  spelling_words words = {.count = 0};
  *upper = 0;
  byline_status status = each_group(runs, RUN_WORDS, add_word, &words, error);
  if (status == BYLINE_OK && words.count > 0)
    status = spelling_write(spelling, d, &words, upper, error);
  spelling_words_free(&words);
  return status;
}
