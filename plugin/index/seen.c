#include "index/seen.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

void seen_free(seen_ids *s) {
  free(s->slots);
  memset(s, 0, sizeof *s);
}

void seen_clear(seen_ids *s) {
  if (s->slots)
    memset(s->slots, 0, s->capacity * sizeof *s->slots);
  s->count = 0;
}

static uint64_t hash_of(byline_string id) {
  uint64_t hash = XXH3_64bits(id.data, id.length);
  return hash ? hash : 1;
}

/* The slot that holds hash, or the free one where it belongs. */
static size_t find(const seen_ids *s, uint64_t hash) {
  size_t at = (size_t)hash & (s->capacity - 1);
  while (s->slots[at] && s->slots[at] != hash)
    at = (at + 1) & (s->capacity - 1);
  return at;
}

size_t seen_memory(const seen_ids *s) {
  return s->capacity * sizeof *s->slots;
}

bool seen_has(const seen_ids *s, byline_string id) {
  return s->capacity > 0 && s->slots[find(s, hash_of(id))] != 0;
}

static bool grow(seen_ids *s) {
  seen_ids larger = {NULL, s->capacity ? s->capacity * 2 : 256, s->count};
  larger.slots = calloc(larger.capacity, sizeof *larger.slots);
  if (!larger.slots)
    return false;
  for (size_t i = 0; i < s->capacity; i++)
    if (s->slots[i])
      larger.slots[find(&larger, s->slots[i])] = s->slots[i];
  free(s->slots);
  *s = larger;
  return true;
}

bool seen_add(seen_ids *s, byline_string id) {
  if ((s->count + 1) * 2 > s->capacity && !grow(s))
    return false;
  uint64_t hash = hash_of(id);
  size_t at = find(s, hash);
  s->count += s->slots[at] == 0;
  s->slots[at] = hash;
  return true;
}
