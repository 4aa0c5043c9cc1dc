#include "index/terms.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

void term_table_free(term_table *t) {
  arena_free(&t->memory);
  free(t->entries);
  free(t->slots);
  memset(t, 0, sizeof *t);
}

void term_table_clear(term_table *t) {
  arena_reset(&t->memory);
  t->count = 0;
  if (t->slots)
    memset(t->slots, 0, t->slot_count * sizeof *t->slots);
}

static void place(term_table *t, uint32_t hash, uint32_t index) {
  size_t mask = t->slot_count - 1;
  size_t at = hash & mask;
  while (t->slots[at])
    at = (at + 1) & mask;
  t->slots[at] = index + 1;
}

/* Keeps the table at most half full. */
static bool make_room(term_table *t) {
  if (t->count == t->capacity) {
    size_t capacity = t->capacity ? t->capacity * 2 : 256;
    if (capacity > UINT32_MAX / 2)
      return false;
    term_entry *entries = realloc(t->entries, capacity * sizeof *entries);
    if (!entries)
      return false;
    t->entries = entries;
    t->capacity = capacity;
  }
  if ((t->count + 1) * 2 <= t->slot_count)
    return true;
  size_t slot_count = t->slot_count ? t->slot_count * 2 : 1024;
  uint32_t *slots = calloc(slot_count, sizeof *slots);
  if (!slots)
    return false;
  free(t->slots);
  t->slots = slots;
  t->slot_count = slot_count;
  for (size_t i = 0; i < t->count; i++)
    place(t, t->entries[i].hash, (uint32_t)i);
  return true;
}

static bool same(const term_entry *e, byline_string prefix,
                 byline_string term) {
  return e->term.length == prefix.length + term.length &&
         memcmp(e->term.data, prefix.data, prefix.length) == 0 &&
         memcmp(e->term.data + prefix.length, term.data, term.length) == 0;
}

static uint32_t hash_of(byline_string prefix, byline_string term) {
  XXH64_hash_t seed = 0;
  for (size_t i = 0; i < prefix.length; i++)
    seed = seed * 257 + (unsigned char)prefix.data[i];
  return (uint32_t)XXH3_64bits_withSeed(term.data, term.length, seed);
}

static term_entry *find_or_add(term_table *t, byline_string prefix,
                               byline_string term) {
  if (!make_room(t))
    return NULL;
  uint32_t hash = hash_of(prefix, term);
  size_t mask = t->slot_count - 1;
  for (size_t at = hash & mask; t->slots[at]; at = (at + 1) & mask) {
    term_entry *e = &t->entries[t->slots[at] - 1];
    if (e->hash == hash && same(e, prefix, term))
      return e;
  }
  char *bytes = arena_alloc(&t->memory, prefix.length + term.length);
  if (!bytes)
    return NULL;
  memcpy(bytes, prefix.data, prefix.length);
  memcpy(bytes + prefix.length, term.data, term.length);
  term_entry *e = &t->entries[t->count];
  memset(e, 0, sizeof *e);
  e->term.data = bytes;
  e->term.length = prefix.length + term.length;
  e->hash = hash;
  place(t, hash, (uint32_t)t->count++);
  return e;
}

static bool add_position(term_table *t, term_entry *e, uint32_t position) {
  if (e->position_count > 0 && e->positions[e->position_count - 1] == position)
    return true;
  if (e->position_count == e->position_capacity) {
    size_t capacity = e->position_capacity ? e->position_capacity * 2 : 2;
    uint32_t *positions = arena_array(&t->memory, capacity, sizeof *positions);
    if (!positions)
      return false;
    if (e->position_count > 0)
      memcpy(positions, e->positions, e->position_count * sizeof *positions);
    e->positions = positions;
    e->position_capacity = capacity;
  }
  e->positions[e->position_count++] = position;
  return true;
}

bool term_table_add(term_table *t, byline_string prefix, byline_string term,
                    uint32_t wdf, uint32_t position) {
  term_entry *e = find_or_add(t, prefix, term);
  if (!e)
    return false;
  e->wdf += wdf;
  return position == 0 || add_position(t, e, position);
}

/* ---- Order -------------------------------------------------------------- */

/* Nearly all terms differ in their first bytes, which lie here side by side. */
typedef struct sort_key {
  uint64_t head; /* the first eight bytes, as a number */
  const term_entry *entry;
} sort_key;

static uint64_t head_of(byline_string term) {
  unsigned char bytes[8] = {0};
  uint64_t head = 0;
  memcpy(bytes, term.data, term.length < 8 ? term.length : 8);
  for (size_t i = 0; i < 8; i++)
    head = head << 8 | bytes[i];
  return head;
}

static bool is_before(const sort_key *a, const sort_key *b) {
  if (a->head != b->head)
    return a->head < b->head;
  byline_string x = a->entry->term, y = b->entry->term;
  int order = memcmp(x.data, y.data, x.length < y.length ? x.length : y.length);
  return order < 0 || (order == 0 && x.length < y.length);
}

static void sort_short(sort_key *keys, size_t count) {
  for (size_t i = 1; i < count; i++) {
    sort_key key = keys[i];
    size_t at = i;
    for (; at > 0 && is_before(&key, &keys[at - 1]); at--)
      keys[at] = keys[at - 1];
    keys[at] = key;
  }
}

/* Merges [0, middle) and [middle, count) of from. */
static void merge(const sort_key *from, size_t middle, size_t count,
                  sort_key *to) {
  size_t a = 0, b = middle;
  for (size_t i = 0; i < count; i++)
    to[i] = b == count || (a < middle && !is_before(&from[b], &from[a]))
                ? from[a++]
                : from[b++];
}

/* Sorts keys; other has room for as many. Returns the one that they are in. */
static sort_key *sort_keys(sort_key *keys, sort_key *other, size_t count) {
  enum { SHORT = 8 };
  for (size_t i = 0; i < count; i += SHORT)
    sort_short(keys + i, count - i < SHORT ? count - i : SHORT);
  for (size_t width = SHORT; width < count; width *= 2) {
    for (size_t i = 0; i < count; i += 2 * width) {
      size_t left = count - i, both = left < 2 * width ? left : 2 * width;
      merge(keys + i, both < width ? both : width, both, other + i);
    }
    sort_key *sorted = other;
    other = keys;
    keys = sorted;
  }
  return keys;
}

const term_entry **term_table_sort(term_table *t) {
  sort_key *keys = arena_array(&t->memory, t->count, 2 * sizeof *keys);
  const term_entry **order = arena_array(&t->memory, t->count, sizeof *order);
  if (!keys || !order)
    return NULL;
  for (size_t i = 0; i < t->count; i++)
    keys[i] = (sort_key){head_of(t->entries[i].term), &t->entries[i]};
  keys = sort_keys(keys, keys + t->count, t->count);
  for (size_t i = 0; i < t->count; i++)
    order[i] = keys[i].entry;
  return order;
}
