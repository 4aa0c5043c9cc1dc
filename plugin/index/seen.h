/* The ids that one file's articles have taken so far, or other strings: hashes
 * of eight bytes in a table that is at most half full, 16 to 32 bytes each. */
#ifndef BYLINE_INDEX_SEEN_H
#define BYLINE_INDEX_SEEN_H

#include <stdbool.h>

#include "byline/types.h"

typedef struct seen_ids {
  uint64_t *slots; /* 0: free */
  size_t capacity;
  size_t count;
} seen_ids;

void seen_free(seen_ids *s);
void seen_clear(seen_ids *s);
bool seen_has(const seen_ids *s, byline_string id);
size_t seen_memory(const seen_ids *s);
/* False when memory runs out. */
bool seen_add(seen_ids *s, byline_string id);

#endif
