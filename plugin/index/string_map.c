#include "index/string_map.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

void string_map_free(string_map *m) {
  arena_free(&m->memory);
  free(m->pairs);
  free(m->slots);
  *m = (string_map)STRING_MAP_INIT;
}

void string_map_clear(string_map *m) {
  arena_reset(&m->memory);
  m->count = 0;
  if (m->slots)
    memset(m->slots, 0, m->slot_count * sizeof *m->slots);
}

/* The slot of a key, or the free one where it belongs. */
static size_t find(const string_map *m, byline_string key, uint64_t hash) {
  size_t at = (size_t)hash & (m->slot_count - 1);
  for (; m->slots[at]; at = (at + 1) & (m->slot_count - 1)) {
    const string_pair *p = &m->pairs[m->slots[at] - 1];
    if (p->hash == hash && p->key.length == key.length &&
        (key.length == 0 || memcmp(p->key.data, key.data, key.length) == 0))
      break;
  }
  return at;
}

const byline_string *string_map_find(const string_map *m, byline_string key) {
  if (m->count == 0)
    return NULL;
  size_t at = find(m, key, XXH3_64bits(key.data, key.length));
  return m->slots[at] ? &m->pairs[m->slots[at] - 1].value : NULL;
}

/* Keeps the table at most half full. */
static bool make_room(string_map *m) {
  if (m->count == m->capacity) {
    size_t capacity = m->capacity ? m->capacity * 2 : 64;
    if (capacity > UINT32_MAX / 2)
      return false;
    string_pair *pairs = realloc(m->pairs, capacity * sizeof *pairs);
    if (!pairs)
      return false;
    m->pairs = pairs;
    m->capacity = capacity;
  }
  if ((m->count + 1) * 2 <= m->slot_count)
    return true;
  size_t slot_count = m->slot_count ? m->slot_count * 2 : 128;
  uint32_t *slots = calloc(slot_count, sizeof *slots);
  if (!slots)
    return false;
  free(m->slots);
  m->slots = slots;
  m->slot_count = slot_count;
  for (size_t i = 0; i < m->count; i++)
    m->slots[find(m, m->pairs[i].key, m->pairs[i].hash)] = (uint32_t)i + 1;
  return true;
}

bool string_map_set(string_map *m, byline_string key, byline_string value) {
  string_pair pair = {.hash = XXH3_64bits(key.data, key.length)};
  if (!make_room(m) || !arena_string(&m->memory, value, &pair.value))
    return false;
  size_t at = find(m, key, pair.hash);
  if (m->slots[at]) {
    m->pairs[m->slots[at] - 1].value = pair.value;
    return true;
  }
  if (!arena_string(&m->memory, key, &pair.key))
    return false;
  m->pairs[m->count++] = pair;
  m->slots[at] = (uint32_t)m->count;
  return true;
}
