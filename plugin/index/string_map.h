/* Strings by strings: a hash table over an arena. */
#ifndef BYLINE_INDEX_STRING_MAP_H
#define BYLINE_INDEX_STRING_MAP_H

#include <stdbool.h>

#include "base/arena.h"

typedef struct string_pair {
  byline_string key, value;
  uint64_t hash;
} string_pair;

typedef struct string_map {
  arena memory;
  string_pair *pairs; /* in order of arrival */
  size_t count, capacity;
  uint32_t *slots; /* index into pairs + 1; 0: free */
  size_t slot_count;
} string_map;

#define STRING_MAP_INIT                                                        \
  { ARENA_INIT, NULL, 0, 0, NULL, 0 }

void string_map_free(string_map *m);
void string_map_clear(string_map *m);

/* NULL when there is no such key. It lives until the next change. */
const byline_string *string_map_find(const string_map *m, byline_string key);

/* Copies both. False when memory runs out. */
bool string_map_set(string_map *m, byline_string key, byline_string value);

#endif
