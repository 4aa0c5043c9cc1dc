/* The terms of one document while they are being gathered: a hash table over
 * an arena, reused from document to document. */
#ifndef BYLINE_INDEX_TERMS_H
#define BYLINE_INDEX_TERMS_H

#include <stdbool.h>

#include "base/arena.h"

typedef struct term_entry {
  byline_string term;
  uint32_t hash;
  uint32_t wdf;
  uint32_t *positions; /* as they came, each once */
  size_t position_count;
  size_t position_capacity;
} term_entry;

typedef struct term_table {
  arena memory;
  term_entry *entries; /* in order of arrival */
  size_t count, capacity;
  uint32_t *slots; /* index into entries + 1; 0: free */
  size_t slot_count;
} term_table;

void term_table_free(term_table *t);
void term_table_clear(term_table *t);

/* Adds wdf to prefix + term, and position unless it is 0; one that is given
 * twice in a row is kept once. False: out of memory. */
bool term_table_add(term_table *t, byline_string prefix, byline_string term,
                    uint32_t wdf, uint32_t position);

#endif
