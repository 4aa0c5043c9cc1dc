/* Many small allocations, released together. */
#ifndef BYLINE_BASE_ARENA_H
#define BYLINE_BASE_ARENA_H

#include <stddef.h>

#include "byline/types.h"

struct arena_chunk;

typedef struct arena {
  struct arena_chunk *head; /* the chunk being filled */
} arena;

#define ARENA_INIT                                                             \
  { NULL }

void arena_free(arena *a);

/* Forgets every allocation but keeps the largest chunk for the next round. */
void arena_reset(arena *a);

/* Aligned for any type; NULL when memory runs out. A size of 0 is allowed. */
void *arena_alloc(arena *a, size_t size);

/* The same for count objects of one size; NULL also on overflow. */
void *arena_array(arena *a, size_t count, size_t size);

/* A copy with a NUL behind it (not counted in its length). */
char *arena_copy(arena *a, const char *data, size_t length);

/* Copies text; returns false when memory runs out. */
int arena_string(arena *a, byline_string text, byline_string *copy);

#endif
