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
