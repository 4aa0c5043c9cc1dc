/* How many documents have a value in each slot, and the least and the greatest
 * of these. */
#ifndef BYLINE_BULK_BOUNDS_H
#define BYLINE_BULK_BOUNDS_H

#include <stdbool.h>

#include "base/buf.h"

typedef struct slot_bounds {
  uint32_t slot;
  uint32_t frequency;
  buf lower, upper;
} slot_bounds;

typedef struct bounds {
  slot_bounds *slots;
  size_t count, capacity;
  size_t memory; /* all bytes that it holds */
} bounds;

void bounds_free(bounds *b);

/* After it, bounds_widen with a value of so many bytes can't fail; index is at
 * most b->count, which is a new slot. False when memory runs out. */
bool bounds_reserve(bounds *b, size_t index, uint32_t slot, size_t length);
void bounds_widen(slot_bounds *s, byline_string value);

void bounds_sort(bounds *b); /* by slot */

/* Adds the bounds of other, which is empty then; both are sorted. False when
 * memory runs out; both can then only be freed. */
bool bounds_merge(bounds *b, bounds *other);

#endif
