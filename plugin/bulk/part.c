#include "bulk/part.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "bulk/encode.h"
#include "bulk/pack.h"
#include "bulk/part_state.h"
#include "bulk/small.h"

/* No more than 4 bytes each in a tag. */
enum { POSITIONS_MAX = 25 * 1000 * 1000 };

byline_status bulk_part_new(deflater *d, bulk_part **part,
                            byline_error *error) {
  *part = calloc(1, sizeof **part);
  if (!*part)
    return error_no_memory(error);
  (*part)->deflater = d;
  return BYLINE_OK;
}

void bulk_part_free(bulk_part *part) {
  if (!part)
    return;
  inverter_free(&part->terms);
  inverter_free(&part->values);
  inverter_free(&part->words);
  bounds_free(&part->bounds);
  termlists_free(&part->lists);
  records_free(&part->termlist);
  records_free(&part->docdata);
  run_clear(&part->run);
  free(part->steps);
  buf_free(&part->content);
  buf_free(&part->slot_keys);
  buf_free(&part->tag);
  free(part);
}

size_t bulk_part_memory(const bulk_part *part) {
  return sizeof *part + inverter_memory(&part->terms) +
         inverter_memory(&part->values) + inverter_memory(&part->words) +
         part->bounds.memory + termlists_memory(&part->lists) +
         part->termlist.memory + part->docdata.memory +
         part->step_capacity * sizeof *part->steps + part->content.capacity +
         part->slot_keys.capacity + part->tag.capacity + run_memory(&part->run);
}

size_t bulk_part_documents(const bulk_part *part) {
  return part->statistics.document_count;
}

/* ---- Limits -------------------------------------------------------------- */

static byline_status refuse(byline_error *error, uint32_t docid,
                            const char *what) {
  return error_set(error, BYLINE_INVALID, "document %lu has %s",
                   (unsigned long)docid, what);
}

/* A NUL is two bytes in keys. */
static bool fits_key(byline_string term) {
  size_t length = term.length;
  for (size_t i = 0; i < term.length && length <= INVERTER_KEY_MAX; i++)
    length += term.data[i] == '\0';
  return length > 0 && length <= INVERTER_KEY_MAX;
}

static bool rise(const uint32_t *positions, size_t count) {
  bool rising = true;
  for (size_t i = 1; i < count; i++)
    rising &= positions[i] > positions[i - 1];
  return rising;
}

/* Fills in the list's length and room. */
static byline_status check_terms(const document *d, termlist *list,
                                 byline_error *error) {
  uint32_t docid = list->docid;
  uint64_t sum = 0;
  size_t room = 0;
  for (size_t i = 0; i < d->term_count; i++) {
    const document_term *t = &d->terms[i];
    if (t->term.length - 1 >= INVERTER_KEY_MAX / 2 && !fits_key(t->term))
      return refuse(
          error, docid,
          "a term of no bytes, or more than 245, a NUL counted twice");
    if (t->position_count > 1 && !rise(t->positions, t->position_count))
      return refuse(error, docid, "positions that do not rise");
    if (t->position_count > POSITIONS_MAX)
      return refuse(error, docid, "a term in more than 25 million places");
    sum += t->wdf;
    room += termlist_room(t->term, t->wdf);
  }
  if (sum > UINT32_MAX)
    return refuse(error, docid, "more than 4,294,967,295 words");
  list->length = (uint32_t)sum;
  list->room = room;
  return BYLINE_OK;
}

static byline_status check_values(const document *d, uint32_t docid,
                                  byline_error *error) {
  for (size_t i = 0; i < d->value_count; i++) {
    const document_value *v = &d->values[i];
    if (v->value.length == 0 || v->value.length > RECORD_TAG_MAX)
      return refuse(error, docid, "a value of no bytes, or more than 100 MiB");
    if (i > 0 && d->values[i - 1].slot >= v->slot)
      return refuse(error, docid, "slots that do not rise");
  }
  return BYLINE_OK;
}

static byline_status check(const bulk_part *part, const document *d,
                           termlist *list, byline_error *error) {
  uint32_t docid = list->docid;
  if (part->spoilt)
    return error_set(error, BYLINE_INVALID,
                     "an earlier document of the part has failed");
  if (d->term_count > UINT32_MAX)
    return refuse(error, docid, "more than 4,294,967,295 terms");
  if (part->packed || docid <= part->statistics.last_docid)
    return error_set(error, BYLINE_INVALID,
                     "document %lu comes too late: docids must rise",
                     (unsigned long)docid);
  if (part->statistics.total_length > UINT64_MAX - UINT32_MAX)
    return refuse(error, docid, "words beyond 2^64");
  byline_status status = check_terms(d, list, error);
  return status == BYLINE_OK ? check_values(d, docid, error) : status;
}

/* ---- What the lists hold of a document ----------------------------------- */

static bool reserve_steps(bulk_part *part, size_t count) {
  if (part->steps && count <= part->step_capacity)
    return true;
  if (count > SIZE_MAX / 2 / sizeof *part->steps)
    return false;
  size_t capacity = count + count / 2 + 1;
  inverter_step *steps = malloc(capacity * sizeof *steps);
  if (!steps)
    return false;
  free(part->steps);
  part->steps = steps;
  part->step_capacity = capacity;
  return true;
}

/* Behind the wdf, the tag with its length before it: out has room for all but
 * the tag of several places. Most terms stand in one place only. */
static bool put_positions(const document_term *t, buf *out) {
  unsigned char *at = (unsigned char *)out->data + out->length;
  if (t->position_count <= 1) {
    size_t length = t->position_count ? pack_uint(at + 1, *t->positions) : 0;
    *at = (unsigned char)length;
    out->length += 1 + length;
    return true;
  }
  size_t begin = out->length++;
  if (!encode_positions(t->positions, t->position_count, out))
    return false;
  unsigned char prefix[PACK_UINT_MAX];
  size_t length = out->length - begin - 1, n = pack_uint(prefix, length);
  if (n > 1) {
    if (!buf_reserve(out, n - 1))
      return false;
    memmove(out->data + begin + n, out->data + begin + 1, length);
    out->length += n - 1;
  }
  memcpy(out->data + begin, prefix, n);
  return true;
}

/* Where content lies is known only when all of it has been written. */
static void set_content(inverter_step *steps, size_t count, const buf *all) {
  const char *at = all->data;
  for (size_t i = 0; i < count; i++) {
    steps[i].content = at;
    at += steps[i].length;
  }
}

static bool put_terms(bulk_part *part, const document *d) {
  buf *out = &part->content;
  for (size_t i = 0; i < d->term_count; i++) {
    const document_term *t = &d->terms[i];
    size_t begin = out->length;
    if (!buf_reserve(out, (size_t)3 * PACK_UINT_MAX))
      return false;
    out->length += pack_uint((unsigned char *)out->data + begin, t->wdf);
    if (!put_positions(t, out))
      return false;
    part->steps[i] = (inverter_step){.key = t->term,
                                     .wdf = t->wdf,
                                     .length = (uint32_t)(out->length - begin)};
  }
  return true;
}

static bool put_values(bulk_part *part, const document *d) {
  buf *out = &part->content, *keys = &part->slot_keys;
  buf_clear(keys);
  if (!buf_reserve(keys, d->value_count * PACK_SORTED_MAX))
    return false;
  for (size_t i = 0; i < d->value_count; i++) {
    size_t begin = out->length;
    byline_string key = {keys->data + keys->length, 0};
    if (!pack_add_string(out, d->values[i].value) ||
        !pack_add_uint(keys, d->values[i].slot))
      return false;
    key.length = (size_t)(keys->data + keys->length - key.data);
    part->steps[d->term_count + i] =
        (inverter_step){.key = key, .length = (uint32_t)(out->length - begin)};
  }
  return true;
}

static bool reserve_bounds(bulk_part *part, const document *d) {
  const inverter_step *steps = part->steps + d->term_count;
  size_t new = part->values.count;
  for (size_t i = 0; i < d->value_count; i++) {
    size_t index = steps[i].index == INVERTER_NONE ? new ++ : steps[i].index;
    if (!bounds_reserve(&part->bounds, index, d->values[i].slot,
                        d->values[i].value.length))
      return false;
  }
  return true;
}

/* All that the document needs is reserved here, and then used. */
static bool prepare_lists(bulk_part *part, const document *d) {
  size_t count = d->term_count + d->value_count;
  buf_clear(&part->content);
  if (!reserve_steps(part, count) || !put_terms(part, d) ||
      !put_values(part, d))
    return false;
  set_content(part->steps, count, &part->content);
  size_t length =
      pool_list_need(&part->lengths.bytes, PACK_UINT_MAX + INVERTER_GAP_MAX);
  return inverter_prepare(&part->terms, part->steps, d->term_count, length) &&
         inverter_prepare(&part->values, part->steps + d->term_count,
                          d->value_count, 0) &&
         reserve_bounds(part, d);
}

static void add_values(bulk_part *part, const document *d, uint32_t docid) {
  const inverter_step *steps = part->steps + d->term_count;
  size_t new = part->values.count;
  inverter_add(&part->values, steps, d->value_count, docid);
  for (size_t i = 0; i < d->value_count; i++) {
    size_t index = steps[i].index == INVERTER_NONE ? new ++ : steps[i].index;
    bounds_widen(&part->bounds.slots[index], d->values[i].value);
  }
}

static void add_length(bulk_part *part, uint32_t length, uint32_t docid) {
  unsigned char bytes[PACK_UINT_MAX];
  inverter_step step = {.wdf = length, .content = (const char *)bytes};
  step.length = (uint32_t)pack_uint(bytes, length);
  inverter_list_add(&part->lengths, &part->terms.memory, &step, docid);
}

/* ---- What is stored of a document ---------------------------------------- */

static byline_status prepare_records(bulk_part *part, const document *d,
                                     termlist *list, record *data,
                                     byline_error *error) {
  buf *slots = &part->lists.slots, *tag = &part->tag;
  size_t begin = slots->length;
  buf_clear(tag);
  if (!encode_slots(d, slots) ||
      !deflater_run(part->deflater, d->data, table_compress_min(TABLE_DOCDATA),
                    tag, &data->compressed))
    return error_no_memory(error);
  data->tag = buf_string(tag);
  if (slots->length - begin > RECORD_TAG_MAX || tag->length > RECORD_TAG_MAX)
    return refuse(error, data->docid, "slots or data of more than 100 MiB");
  list->slots_length = (uint32_t)(slots->length - begin);
  return termlists_reserve(&part->lists) &&
                 records_reserve(&part->docdata, 1, tag->length)
             ? BYLINE_OK
             : error_no_memory(error);
}

/* ---- Adding -------------------------------------------------------------- */

static void count_document(bulk_part *part, const document *d,
                           const termlist *list) {
  glass_statistics *s = &part->statistics;
  if (s->document_count++ == 0)
    part->first_docid = list->docid;
  s->last_docid = list->docid;
  s->total_length += list->length;
  if (list->length > s->length_upper)
    s->length_upper = list->length;
  if (list->length > 0 &&
      (s->length_lower == 0 || list->length < s->length_lower))
    s->length_lower = list->length;
  for (size_t i = 0; i < d->term_count; i++)
    if (d->terms[i].wdf > s->wdf_upper)
      s->wdf_upper = d->terms[i].wdf;
}

/* What was prepared. Only here it is seen if a term is there twice. */
static byline_status commit(bulk_part *part, const document *d,
                            const termlist *list, const record *data,
                            byline_error *error) {
  termlists_add(&part->lists, list);
  if (data->tag.length > 0)
    records_add(&part->docdata, data);
  add_values(part, d, list->docid);
  add_length(part, list->length, list->docid);
  count_document(part, d, list);
  part->spoilt =
      !inverter_add(&part->terms, part->steps, d->term_count, list->docid);
  return part->spoilt ? refuse(error, list->docid, "a term twice") : BYLINE_OK;
}

byline_status bulk_part_add(bulk_part *part, const document *d, uint32_t docid,
                            byline_error *error) {
  record data = {.docid = docid};
  termlist list = {.docid = docid, .term_count = (uint32_t)d->term_count};
  size_t slots = part->lists.slots.length;
  byline_status status = check(part, d, &list, error);
  if (status == BYLINE_OK)
    status = prepare_records(part, d, &list, &data, error);
  if (status == BYLINE_OK && !prepare_lists(part, d))
    status = error_no_memory(error);
  if (status == BYLINE_OK)
    return commit(part, d, &list, &data, error);
  part->lists.slots.length = slots;
  return status;
}

void bulk_part_count_words(bulk_part *part,
                           bool (*is_word)(byline_string term)) {
  part->is_word = is_word;
}

byline_status bulk_part_add_word(bulk_part *part, byline_string word,
                                 uint32_t frequency, byline_error *error) {
  if (part->packed || word.length > INVERTER_KEY_MAX)
    return error_set(error, BYLINE_INVALID,
                     "a word for the spelling table is longer than 245 bytes");
  if (word.length < 2 || frequency == 0)
    return BYLINE_OK; /* no word for Xapian */
  return inverter_count(&part->words, word, frequency) ? BYLINE_OK
                                                       : error_no_memory(error);
}
