#include "index/drops.h"

#include <stdlib.h>

#include "base/error.h"

enum { FIRST_CAPACITY = 64 };

void drops_free(drops *d) {
  free(d->slots);
  *d = (drops)DROPS_INIT;
}

/* Docids come in ranges: those must not make one of slots. */
static size_t place_of(const drops *d, uint32_t docid) {
  uint64_t spread = docid * UINT64_C(0x9E3779B97F4A7C15);
  return (size_t)(spread >> 32) & (d->capacity - 1);
}

/* Its slot, or the free one where it belongs. */
static size_t find(const drops *d, uint32_t docid) {
  size_t at = place_of(d, docid);
  while (d->slots[at] != 0 && d->slots[at] != docid)
    at = (at + 1) & (d->capacity - 1);
  return at;
}

bool drops_has(const drops *d, uint32_t docid) {
  return d->count > 0 && docid != 0 && d->slots[find(d, docid)] == docid;
}

static bool make_room(drops *d) {
  drops larger = DROPS_INIT;
  if ((d->count + 1) * 2 <= d->capacity)
    return true;
  larger.capacity = d->capacity ? d->capacity * 2 : FIRST_CAPACITY;
  larger.slots = calloc(larger.capacity, sizeof *larger.slots);
  if (!larger.slots)
    return false;
  for (size_t i = 0; i < d->capacity; i++)
    if (d->slots[i] != 0)
      larger.slots[find(&larger, d->slots[i])] = d->slots[i];
  larger.count = d->count;
  free(d->slots);
  *d = larger;
  return true;
}

byline_status drops_add(drops *d, uint32_t docid, byline_error *error) {
  if (!make_room(d))
    return error_no_memory(error);
  size_t at = find(d, docid);
  d->count += d->slots[at] == 0;
  d->slots[at] = docid;
  return BYLINE_OK;
}

/* What follows moves up, so that nothing is cut off from its place. */
static void close_gap(drops *d, size_t gap) {
  size_t mask = d->capacity - 1;
  for (size_t at = (gap + 1) & mask; d->slots[at] != 0; at = (at + 1) & mask) {
    size_t from_place = (at - place_of(d, d->slots[at])) & mask;
    if (from_place < ((at - gap) & mask))
      continue;
    d->slots[gap] = d->slots[at];
    gap = at;
  }
  d->slots[gap] = 0;
}

void drops_remove(drops *d, uint32_t docid) {
  if (!drops_has(d, docid))
    return;
  close_gap(d, find(d, docid));
  d->count--;
}

/* Docids of several databases interleave. */
static uint32_t renumbered(uint32_t docid, size_t databases) {
  size_t at = docid - 1;
  return (uint32_t)(at / databases * (databases + 1) + at % databases + 1);
}

byline_status drops_renumber(drops *d, size_t databases, byline_error *error) {
  drops now = DROPS_INIT;
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < d->capacity; i++)
    if (d->slots[i] != 0)
      status = drops_add(&now, renumbered(d->slots[i], databases), error);
  drops_free(d);
  *d = now;
  return status;
}

static int by_docid(const void *a, const void *b) {
  const uint32_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

byline_status drops_make(drops *d, drops_fn fn, void *user,
                         byline_error *error) {
  byline_status status = BYLINE_OK;
  if (d->count > 0) /* neighbours are in the same blocks */
    qsort(d->slots, d->capacity, sizeof *d->slots, by_docid);
  for (size_t i = d->capacity - d->count;
       status == BYLINE_OK && i < d->capacity; i++)
    status = fn(user, d->slots[i], error);
  drops_free(d);
  return status;
}
