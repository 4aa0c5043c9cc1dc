/* Documents of any kind, the same for a seed, and databases made of them. */
#ifndef BYLINE_TESTS_BULK_DOCUMENTS_H
#define BYLINE_TESTS_BULK_DOCUMENTS_H

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "bulk/bulk.h"

typedef struct numbers {
  uint64_t state;
} numbers;

static inline uint32_t below(numbers *n, uint32_t limit) {
  n->state = n->state * UINT64_C(6364136223846793005) + 1442695040888963407u;
  return (uint32_t)((n->state >> 33) * limit >> 31);
}

/* Small numbers are frequent. */
static inline uint32_t skewed(numbers *n, uint32_t limit) {
  return below(n, below(n, below(n, limit) + 1) + 1);
}

static inline int by_bytes(const void *a, const void *b) {
  byline_string x = ((const document_term *)a)->term;
  byline_string y = ((const document_term *)b)->term;
  int order = memcmp(x.data, y.data, x.length < y.length ? x.length : y.length);
  return order ? order : (x.length > y.length) - (x.length < y.length);
}

static inline byline_string some_term(arena *memory, numbers *n) {
  uint32_t rank = skewed(n, 5000);
  char text[260];
  int length = snprintf(text, sizeof text, "%c%x", 'a' + (int)(rank % 7), rank);
  if (rank % 50 == 49) { /* long ones with common beginnings */
    memset(text, 'k', 30);
    length = snprintf(text + 30, 100, "%x", rank) + 30;
  }
  if (rank % 97 == 96)
    text[1] = '\0';
  byline_string term;
  assert_true(
      arena_string(memory, (byline_string){text, (size_t)length}, &term));
  return term;
}

static inline void add_positions(arena *memory, numbers *n,
                                 document_term *term) {
  size_t count = below(n, 4) == 0 ? 0 : 1 + skewed(n, 40);
  if (below(n, 200) == 0)
    count = 500;
  uint32_t *positions = arena_array(memory, count, sizeof *positions);
  assert_non_null(positions);
  uint32_t at = 0;
  for (size_t i = 0; i < count; i++)
    positions[i] = at += 1 + skewed(n, 300);
  term->positions = positions;
  term->position_count = count;
  term->wdf = below(n, 20) == 0 ? 0 : 1 + skewed(n, 300);
}

static inline void add_values(arena *memory, numbers *n, document *d) {
  static const uint32_t slots[] = {0, 1, 127, 128, 255, 256, 70000};
  document_value *values = arena_array(memory, 7, sizeof *values);
  assert_non_null(values);
  for (size_t i = 0; i < 7; i++) {
    char text[40];
    snprintf(text, sizeof text, "%x-%0*d", skewed(n, 100), (int)below(n, 30),
             7);
    if (below(n, 3) == 0)
      continue;
    document_value *v = &values[d->value_count++];
    v->slot = slots[i];
    assert_true(
        arena_string(memory, (byline_string){text, strlen(text)}, &v->value));
  }
  d->values = values;
}

static inline void make_document(arena *memory, numbers *n, document *d) {
  *d = (document){.term_count = 0};
  size_t count = below(n, 30) == 0 ? 0 : below(n, 120), kept = 0;
  document_term *terms = arena_array(memory, count + 1, sizeof *terms);
  assert_non_null(terms);
  for (size_t i = 0; i < count; i++)
    terms[i].term = some_term(memory, n);
  qsort(terms, count, sizeof *terms, by_bytes);
  for (size_t i = 0; i < count; i++)
    if (kept == 0 || by_bytes(&terms[kept - 1], &terms[i]) != 0) {
      terms[kept].term = terms[i].term;
      add_positions(memory, n, &terms[kept++]);
    }
  d->terms = terms;
  d->term_count = kept;
  add_values(memory, n, d);
  char text[300];
  memset(text, 'd', sizeof text);
  d->data.length = below(n, 10) == 0 ? 0 : below(n, sizeof text);
  assert_true(
      arena_string(memory, (byline_string){text, d->data.length}, &d->data));
}

static inline char *content(const char *path, const char *name,
                            size_t *length) {
  char whole[128];
  snprintf(whole, sizeof whole, "%s/%s", path, name);
  FILE *file = fopen(whole, "rb");
  assert_non_null(file);
  fseek(file, 0, SEEK_END);
  *length = (size_t)ftell(file);
  rewind(file);
  char *data = malloc(*length + 1);
  assert_non_null(data);
  assert_int_equal(fread(data, 1, *length, file), *length);
  fclose(file);
  return data;
}

static inline void assert_same_database(const char *a, const char *b) {
  static const char *const names[] = {"postlist.glass", "termlist.glass",
                                      "docdata.glass",  "position.glass",
                                      "spelling.glass", "iamglass"};
  for (size_t i = 0; i < 6; i++) {
    size_t length, other;
    char *x = content(a, names[i], &length);
    char *y = content(b, names[i], &other);
    assert_int_equal(length, other);
    if (i == 5) { /* all but the uuid */
      memset(x + 16, 0, 16);
      memset(y + 16, 0, 16);
    }
    assert_memory_equal(x, y, length);
    free(x);
    free(y);
  }
}

#endif
