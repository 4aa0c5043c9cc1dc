#include <stdlib.h>

#include "base/error.h"
#include "bulk/pack.h"
#include "bulk/part_state.h"
#include "bulk/small.h"

static run_list head_of(const inverter_entry *e, size_t length) {
  return (run_list){.key = inverter_key(e),
                    .total = e->total,
                    .length = length,
                    .count = e->count,
                    .first = e->first,
                    .last = e->last};
}

static bool add_list(buf *stream, const run_list *list, const void *body) {
  return run_add_head(stream, list) && buf_add(stream, body, list->length);
}

/* A list as it stands. */
static bool pack_whole(const inverter_entry *e, buf *scratch, buf *stream) {
  size_t length;
  const unsigned char *bytes = pool_list_bytes(&e->bytes, scratch, &length);
  run_list list = head_of(e, bytes ? length : 0);
  return bytes && add_list(stream, &list, bytes);
}

/* ---- Terms --------------------------------------------------------------- */

/* A term's list divided into postings and positions; its documents are told of
 * the term. */
typedef struct divided {
  termlists *lists;
  buf *postings, *positions;
  run_list list; /* of the positions */
} divided;

static bool divide(divided *d, const inverter_entry *e, const unsigned char *at,
                   size_t length) {
  /* Together they are hardly longer: a distance may be there twice. */
  buf *postings = d->postings, *positions = d->positions;
  buf_clear(postings);
  buf_clear(positions);
  if (!buf_reserve(postings, length) ||
      !buf_reserve(positions, length + (size_t)e->count * INVERTER_GAP_MAX))
    return false;
  unsigned char *to = (unsigned char *)postings->data;
  unsigned char *to_positions = (unsigned char *)positions->data;
  d->list = (run_list){.key = inverter_key(e)};
  termlists_term(d->lists, d->list.key);
  uint32_t docid = e->first;
  size_t index = 0;
  for (uint32_t i = 0; i < e->count; i++) {
    if (i > 0) {
      uint64_t gap = unpack_uint(&at);
      to += pack_uint(to, gap);
      docid += (uint32_t)gap + 1;
    }
    uint64_t wdf = unpack_uint(&at);
    to += pack_uint(to, wdf);
    index = termlists_find(d->lists, index, docid);
    termlists_post(d->lists, index, (uint32_t)wdf);
    size_t tag = (size_t)unpack_uint(&at);
    if (tag == 0)
      continue;
    if (d->list.count++ == 0)
      d->list.first = docid;
    else
      to_positions += pack_uint(to_positions, docid - d->list.last - 1);
    d->list.last = docid;
    to_positions += pack_uint(to_positions, tag);
    small_copy(to_positions, at, tag);
    to_positions += tag;
    at += tag;
  }
  postings->length = (size_t)(to - (unsigned char *)postings->data);
  d->list.length = (size_t)(to_positions - (unsigned char *)positions->data);
  return true;
}

static bool pack_term(divided *d, const inverter_entry *e, buf *scratch,
                      run *r) {
  size_t length;
  const unsigned char *bytes = pool_list_bytes(&e->bytes, scratch, &length);
  if (!bytes || !divide(d, e, bytes, length))
    return false;
  run_list list = head_of(e, d->postings->length);
  return add_list(&r->memory[RUN_POSTINGS], &list, d->postings->data) &&
         (d->list.count == 0 ||
          add_list(&r->memory[RUN_POSITIONS], &d->list, d->positions->data));
}

/* ---- All lists of an inverter, in order of their keys -------------------- */

static bool pack_terms(bulk_part *part, const uint32_t *order, buf *scratch) {
  buf postings = BUF_INIT, positions = BUF_INIT;
  divided d = {&part->lists, &postings, &positions, {.count = 0}};
  bool done =
      part->lengths.count == 0 ||
      pack_whole(&part->lengths, scratch, &part->run.memory[RUN_POSTINGS]);
  for (size_t i = 0; done && i < part->terms.count; i++)
    done = pack_term(&d, &part->terms.entries[order[i]], scratch, &part->run);
  buf_free(&postings);
  buf_free(&positions);
  return done;
}

static bool pack_values(bulk_part *part, buf *scratch) {
  uint32_t *order = inverter_sort(&part->values);
  bool done = order != NULL;
  for (size_t i = 0; done && i < part->values.count; i++)
    done = pack_whole(&part->values.entries[order[i]], scratch,
                      &part->run.memory[RUN_VALUES]);
  free(order);
  bounds_sort(&part->bounds);
  return done;
}

static bool pack_word(bulk_part *part, byline_string word, uint64_t count) {
  const run_list list = {.key = word, .total = count};
  return run_add_head(&part->run.memory[RUN_WORDS], &list);
}

/* Those of two kinds in one order: terms that are words, and other words. */
static bool pack_words(bulk_part *part, const uint32_t *terms) {
  const inverter *words = &part->words;
  uint32_t *order = inverter_sort(&part->words);
  bool done = order != NULL;
  size_t next = 0;
  for (size_t i = 0; done && part->is_word && i < part->terms.count; i++) {
    const inverter_entry *e = &part->terms.entries[terms[i]];
    byline_string term = inverter_key(e);
    uint64_t count = e->count;
    if (term.length < 2 || !part->is_word(term))
      continue;
    for (; done && next < words->count; next++) {
      const inverter_entry *w = &words->entries[order[next]];
      int compared = small_compare(inverter_key(w), term);
      if (compared == 0)
        count += w->total;
      else if (compared < 0)
        done = pack_word(part, inverter_key(w), w->total);
      else
        break;
    }
    done = done && pack_word(part, term, count);
  }
  for (; done && next < words->count; next++) {
    const inverter_entry *w = &words->entries[order[next]];
    done = pack_word(part, inverter_key(w), w->total);
  }
  free(order);
  return done;
}

static void shrink(buf *b) {
  char *data = b->length > 0 ? realloc(b->data, b->length + 1) : NULL;
  if (!data)
    return;
  b->data = data;
  b->capacity = b->length + 1;
}

byline_status bulk_part_pack(bulk_part *part, byline_error *error) {
  if (part->packed)
    return BYLINE_OK;
  if (part->spoilt)
    return error_set(error, BYLINE_INVALID,
                     "a document of the part has failed");
  buf scratch = BUF_INIT;
  uint32_t *order = inverter_sort(&part->terms);
  bool done = order && pack_words(part, order) && pack_values(part, &scratch) &&
              termlists_begin(&part->lists) &&
              pack_terms(part, order, &scratch);
  free(order);
  buf_free(&scratch);
  byline_status status =
      done ? termlists_end(&part->lists, part->deflater, &part->termlist, error)
           : error_no_memory(error);
  if (status != BYLINE_OK)
    return status;
  inverter_free(&part->words);
  inverter_free(&part->values);
  inverter_free(&part->terms);
  part->lengths = (inverter_entry){.count = 0};
  for (int i = 0; i < RUN_STREAMS; i++)
    shrink(&part->run.memory[i]);
  part->packed = true;
  return BYLINE_OK;
}
