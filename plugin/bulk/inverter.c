#include "bulk/inverter.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Of strings this short, a call costs as much as the hash. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "bulk/pack.h"
#include "bulk/small.h"

enum {
  FIRST_SLOTS = 1024,
  FIRST_ENTRIES = 256,
  BATCH = 32 /* keys whose memory is fetched at once */
};

void inverter_free(inverter *v) {
  pool_free(&v->memory);
  free(v->entries);
  free(v->slots);
  *v = (inverter){.count = 0};
}

size_t inverter_memory(const inverter *v) {
  return v->memory.memory + v->capacity * sizeof *v->entries +
         v->slot_count * sizeof *v->slots;
}

/* Of a longer key, the first bytes and, unaligned, a pointer to all of it. */
enum { HEAD = INVERTER_KEY_INSIDE - (int)sizeof(unsigned char *) };

byline_string inverter_key(const inverter_entry *e) {
  byline_string key = {(const char *)e->key, e->key_length};
  if (e->key_length > INVERTER_KEY_INSIDE)
    memcpy(&key.data, e->key + HEAD, sizeof key.data);
  return key;
}

static size_t key_need(byline_string key) {
  return key.length > INVERTER_KEY_INSIDE ? pool_size(key.length) : 0;
}

static void set_key(inverter_entry *e, pool *memory, byline_string key) {
  e->key_length = (uint8_t)key.length;
  if (key.length <= INVERTER_KEY_INSIDE) {
    memcpy(e->key, key.data, key.length);
    return;
  }
  unsigned char *copy = pool_take(memory, key.length);
  memcpy(copy, key.data, key.length);
  memcpy(e->key, copy, HEAD);
  memcpy(e->key + HEAD, &copy, sizeof copy);
}

static bool has_key(const inverter_entry *e, byline_string key) {
  return e->key_length == key.length &&
         small_equal(inverter_key(e).data, key.data, key.length);
}

static uint32_t hash_of(byline_string key) {
  return (uint32_t)XXH3_64bits(key.data, key.length);
}

/* ---- Looking up ---------------------------------------------------------- */

static void place(inverter *v, uint32_t hash, uint32_t index) {
  size_t mask = v->slot_count - 1, at = hash & mask;
  while (v->slots[at].index)
    at = (at + 1) & mask;
  v->slots[at] = (inverter_slot){hash, index + 1};
}

/* At most three of four slots are taken. */
static bool reserve_slots(inverter *v, size_t count) {
  size_t slot_count = v->slot_count ? v->slot_count : FIRST_SLOTS;
  while (count > slot_count / 4 * 3)
    slot_count *= 2;
  if (slot_count == v->slot_count)
    return true;
  inverter_slot *slots = calloc(slot_count, sizeof *slots);
  if (!slots)
    return false;
  free(v->slots);
  v->slots = slots;
  v->slot_count = slot_count;
  for (size_t i = 0; i < v->count; i++)
    place(v, v->entries[i].hash, (uint32_t)i);
  return true;
}

static bool reserve_keys(inverter *v, size_t more) {
  size_t count = v->count + more;
  if (more > UINT32_MAX / 4 - v->count)
    return false;
  if (count > v->capacity) {
    size_t capacity = v->capacity + v->capacity / 2;
    if (capacity < FIRST_ENTRIES)
      capacity = FIRST_ENTRIES;
    if (capacity < count)
      capacity = count;
    inverter_entry *entries = realloc(v->entries, capacity * sizeof *entries);
    if (!entries)
      return false;
    v->entries = entries;
    v->capacity = capacity;
  }
  return reserve_slots(v, count);
}

/* The first entry of the same hash at or behind a slot, which moves there. */
static uint32_t same_hash(const inverter *v, uint32_t hash, size_t *at) {
  size_t mask = v->slot_count - 1;
  for (; v->slots[*at].index; *at = (*at + 1) & mask)
    if (v->slots[*at].hash == hash)
      return v->slots[*at].index - 1;
  return INVERTER_NONE;
}

static uint32_t find(const inverter *v, uint32_t hash, byline_string key) {
  size_t mask = v->slot_count - 1, at = hash & mask;
  uint32_t index;
  while ((index = same_hash(v, hash, &at)) != INVERTER_NONE) {
    if (has_key(&v->entries[index], key))
      return index;
    at = (at + 1) & mask;
  }
  return INVERTER_NONE;
}

/* The slots of all keys are fetched, then their entries, then the ends of their
 * lists: the processor waits once, not once a key. Returns what adding to the
 * lists takes of the pool. */
static size_t look_up(inverter *v, inverter_step *steps, size_t count) {
  size_t need = 0;
  for (size_t i = 0; i < count; i++) {
    steps[i].hash = hash_of(steps[i].key);
    __builtin_prefetch(&v->slots[steps[i].hash & (v->slot_count - 1)]);
  }
  for (size_t i = 0; i < count; i++) {
    size_t at = steps[i].hash & (v->slot_count - 1);
    steps[i].index = same_hash(v, steps[i].hash, &at);
    if (steps[i].index != INVERTER_NONE)
      __builtin_prefetch(&v->entries[steps[i].index], 1);
  }
  static const pool_list none = {NULL, NULL, 0, 0};
  for (size_t i = 0; i < count; i++) {
    inverter_step *s = &steps[i];
    if (s->index != INVERTER_NONE && !has_key(&v->entries[s->index], s->key))
      s->index = find(v, s->hash, s->key);
    const pool_list *list = &none;
    if (s->index == INVERTER_NONE)
      need += key_need(s->key);
    else
      list = &v->entries[s->index].bytes;
    __builtin_prefetch(list->tail, 1);
    need += pool_list_need(list, (size_t)s->length + INVERTER_GAP_MAX);
  }
  return need;
}

bool inverter_prepare(inverter *v, inverter_step *steps, size_t count,
                      size_t extra) {
  if (!reserve_keys(v, count))
    return false;
  size_t need = extra;
  for (size_t i = 0; i < count; i += BATCH)
    need += look_up(v, steps + i, count - i < BATCH ? count - i : BATCH);
  return pool_reserve(&v->memory, need);
}

/* ---- Adding -------------------------------------------------------------- */

/* Or the one that was added before, if a key is there twice. */
static inverter_entry *add_key(inverter *v, const inverter_step *step) {
  uint32_t index = find(v, step->hash, step->key);
  if (index != INVERTER_NONE)
    return &v->entries[index];
  index = (uint32_t)v->count++;
  inverter_entry *e = &v->entries[index];
  *e = (inverter_entry){.hash = step->hash};
  set_key(e, &v->memory, step->key);
  place(v, step->hash, index);
  return e;
}

/* Where the list's slice has room for it, so most of the time. */
static bool add_inside(pool_list *list, const inverter_step *step, bool first,
                       uint32_t gap) {
  if (list->room < INVERTER_GAP_MAX + (size_t)step->length)
    return false;
  unsigned char *tail = list->tail;
  if (!first)
    tail += pack_uint(tail, gap);
  small_copy(tail, step->content, step->length);
  tail += step->length;
  list->room = (uint16_t)(list->room - (tail - list->tail));
  list->tail = tail;
  return true;
}

void inverter_list_add(inverter_entry *e, pool *memory,
                       const inverter_step *step, uint32_t docid) {
  bool first = e->count++ == 0;
  uint32_t gap = docid - e->last - 1;
  if (!add_inside(&e->bytes, step, first, gap)) {
    unsigned char bytes[PACK_UINT_MAX];
    if (!first)
      pool_list_add(&e->bytes, memory, bytes, pack_uint(bytes, gap));
    pool_list_add(&e->bytes, memory, step->content, step->length);
  }
  if (first)
    e->first = docid;
  e->last = docid;
  e->total += step->wdf;
}

bool inverter_add(inverter *v, const inverter_step *steps, size_t count,
                  uint32_t docid) {
  for (size_t i = 0; i < count; i++) {
    inverter_entry *e = steps[i].index == INVERTER_NONE
                            ? add_key(v, &steps[i])
                            : &v->entries[steps[i].index];
    if (e->count > 0 && e->last == docid)
      return false;
    inverter_list_add(e, &v->memory, &steps[i], docid);
  }
  return true;
}

bool inverter_count(inverter *v, byline_string key, uint32_t count) {
  inverter_step step = {.key = key};
  if (!inverter_prepare(v, &step, 1, 0))
    return false;
  inverter_entry *e =
      step.index == INVERTER_NONE ? add_key(v, &step) : &v->entries[step.index];
  e->total += count;
  return true;
}

/* ---- Sorting ------------------------------------------------------------- */

typedef struct rank {
  uint64_t head; /* the first eight bytes, as a number */
  const inverter_entry *entry;
} rank;

static int compare(const void *a, const void *b) {
  const rank *x = a, *y = b;
  return small_compare(inverter_key(x->entry), inverter_key(y->entry));
}

/* By their heads, a byte after the other from the last one on. An even number
 * of times they move to other, or back. */
static void sort_heads(rank *ranks, rank *other, size_t count) {
  enum { BYTES = sizeof ranks->head, VALUES = 256 };
  static_assert(BYTES % 2 == 0, "they would end in other");
  size_t next[VALUES];
  for (int shift = 0; shift < 8 * BYTES; shift += 8) {
    memset(next, 0, sizeof next);
    for (size_t i = 0; i < count; i++)
      next[ranks[i].head >> shift & (VALUES - 1)]++;
    size_t sum = 0;
    for (size_t value = 0; value < VALUES; value++) {
      size_t first = sum;
      sum += next[value];
      next[value] = first;
    }
    for (size_t i = 0; i < count; i++)
      other[next[ranks[i].head >> shift & (VALUES - 1)]++] = ranks[i];
    rank *sorted = other;
    other = ranks;
    ranks = sorted;
  }
}

/* Those of one head are still in order of arrival. */
static void sort_ranks(rank *ranks, rank *other, size_t count) {
  sort_heads(ranks, other, count);
  for (size_t i = 0, end; i < count; i = end) {
    for (end = i + 1; end < count && ranks[end].head == ranks[i].head; end++)
      ;
    if (end > i + 1)
      qsort(ranks + i, end - i, sizeof *ranks, compare);
  }
}

uint32_t *inverter_sort(inverter *v) {
  free(v->slots);
  v->slots = NULL;
  v->slot_count = 0;
  rank *ranks = malloc((2 * v->count + 1) * sizeof *ranks);
  uint32_t *order = malloc((v->count + 1) * sizeof *order);
  for (size_t i = 0; ranks && order && i < v->count; i++)
    ranks[i] = (rank){small_head(inverter_key(&v->entries[i])), &v->entries[i]};
  if (ranks && order) {
    sort_ranks(ranks, ranks + v->count, v->count);
    for (size_t i = 0; i < v->count; i++)
      order[i] = (uint32_t)(ranks[i].entry - v->entries);
  } else {
    free(order);
    order = NULL;
  }
  free(ranks);
  return order;
}
