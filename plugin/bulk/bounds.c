#include "bulk/bounds.h"

#include <stdlib.h>

#include "bulk/small.h"

void bounds_free(bounds *b) {
  for (size_t i = 0; i < b->count; i++) {
    buf_free(&b->slots[i].lower);
    buf_free(&b->slots[i].upper);
  }
  free(b->slots);
  *b = (bounds){.count = 0};
}

static bool add_slot(bounds *b, uint32_t slot) {
  if (b->count == b->capacity) {
    size_t capacity = b->capacity ? b->capacity * 2 : 16;
    slot_bounds *slots = realloc(b->slots, capacity * sizeof *slots);
    if (!slots)
      return false;
    b->memory += (capacity - b->capacity) * sizeof *slots;
    b->slots = slots;
    b->capacity = capacity;
  }
  b->slots[b->count++] = (slot_bounds){.slot = slot};
  return true;
}

static bool reserve(bounds *b, buf *bound, size_t length) {
  size_t before = bound->capacity;
  buf_clear(bound);
  bool done = buf_reserve(bound, length);
  b->memory += bound->capacity - before;
  return done;
}

/* What is not longer than a bound fits. */
static bool reserve_more(bounds *b, buf *bound, size_t length) {
  size_t before = bound->capacity;
  bool done =
      length <= bound->length || buf_reserve(bound, length - bound->length);
  b->memory += bound->capacity - before;
  return done;
}

bool bounds_reserve(bounds *b, size_t index, uint32_t slot, size_t length) {
  if (index == b->count && !add_slot(b, slot))
    return false;
  slot_bounds *s = &b->slots[index];
  if (s->frequency == 0) { /* or left behind by a document that failed */
    s->slot = slot;
    return reserve(b, &s->lower, length) && reserve(b, &s->upper, length);
  }
  return reserve_more(b, &s->lower, length) &&
         reserve_more(b, &s->upper, length);
}

static void set(buf *bound, byline_string value) {
  buf_clear(bound);
  buf_add_str(bound, value);
}

void bounds_widen(slot_bounds *s, byline_string value) {
  if (s->frequency == 0 || small_compare(buf_string(&s->lower), value) > 0)
    set(&s->lower, value);
  if (s->frequency == 0 || small_compare(buf_string(&s->upper), value) < 0)
    set(&s->upper, value);
  s->frequency++;
}

/* ---- Many parts ---------------------------------------------------------- */

static int by_slot(const void *a, const void *b) {
  const slot_bounds *x = a, *y = b;
  return (x->slot > y->slot) - (x->slot < y->slot);
}

void bounds_sort(bounds *b) {
  if (b->count > 1)
    qsort(b->slots, b->count, sizeof *b->slots, by_slot);
}

static void swap(buf *a, buf *b) {
  buf held = *a;
  *a = *b;
  *b = held;
}

static void join(slot_bounds *into, slot_bounds *other) {
  if (small_compare(buf_string(&into->lower), buf_string(&other->lower)) > 0)
    swap(&into->lower, &other->lower);
  if (small_compare(buf_string(&into->upper), buf_string(&other->upper)) < 0)
    swap(&into->upper, &other->upper);
  into->frequency += other->frequency;
  buf_free(&other->lower);
  buf_free(&other->upper);
}

bool bounds_merge(bounds *b, bounds *other) {
  size_t capacity = b->count + other->count, count = 0, i = 0, j = 0;
  slot_bounds *slots = malloc((capacity + 1) * sizeof *slots);
  if (!slots)
    return false;
  while (i < b->count || j < other->count) {
    if (j == other->count ||
        (i < b->count && b->slots[i].slot <= other->slots[j].slot)) {
      slots[count++] = b->slots[i++];
    } else if (count > 0 && slots[count - 1].slot == other->slots[j].slot) {
      join(&slots[count - 1], &other->slots[j++]);
    } else {
      slots[count++] = other->slots[j++];
    }
  }
  free(b->slots);
  free(other->slots);
  *other = (bounds){.count = 0};
  b->slots = slots;
  b->count = count;
  b->capacity = capacity + 1;
  b->memory = b->capacity * sizeof *slots;
  for (i = 0; i < count; i++)
    b->memory += slots[i].lower.capacity + slots[i].upper.capacity;
  return true;
}
