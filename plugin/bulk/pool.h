/* Memory for many lists of bytes that grow a little at a time: each is a chain
 * of slices, a longer one whenever it is full, so that a list costs no
 * allocation and no copying of its own. What one step needs is reserved before
 * it, so that the step itself can't fail half-way. */
#ifndef BYLINE_BULK_POOL_H
#define BYLINE_BULK_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct pool_chunk;

typedef struct pool {
  struct pool_chunk *chunks; /* the one being filled, those that are full */
  struct pool_chunk *spare;  /* reserved, empty */
  size_t spare_count;
  unsigned char *at; /* free bytes of the chunk that is being filled */
  size_t left;
  size_t memory; /* all bytes of all chunks */
} pool;

#define POOL_INIT                                                              \
  { NULL, NULL, 0, NULL, 0, 0 }

void pool_free(pool *p);

/* After it, allocations of so many bytes altogether can't fail. False when
 * memory runs out; what was reserved stays, and is used sooner or later. */
bool pool_reserve(pool *p, size_t bytes);

enum {
  POOL_LARGEST = 2048, /* of one allocation */
  POOL_ALIGN = 16
};

/* What an allocation takes of what was reserved. */
static inline size_t pool_size(size_t bytes) {
  return (bytes + POOL_ALIGN - 1) / POOL_ALIGN * POOL_ALIGN;
}

/* bytes: at most POOL_LARGEST, and reserved. Aligned to POOL_ALIGN. */
unsigned char *pool_take(pool *p, size_t bytes);

/* ---- Lists of bytes ------------------------------------------------------ */

/* The last bytes of a full slice move to the next one and make place for a
 * pointer to it. All zeros: an empty list. */
typedef struct pool_list {
  unsigned char *head;
  unsigned char *tail; /* where the next byte goes */
  uint16_t room;       /* bytes left behind it */
  uint8_t slice;       /* how many slices there are; at most the last size */
} pool_list;

/* Bytes of the pool that adding so many takes. */
size_t pool_list_need(const pool_list *l, size_t bytes);

/* What that takes was reserved. */
void pool_list_add(pool_list *l, pool *p, const void *data, size_t length);

/* All bytes of a list that has some: where they are if it is one slice, else
 * copied to *scratch, whose old content is lost. NULL when memory runs out. */
const unsigned char *pool_list_bytes(const pool_list *l, buf *scratch,
                                     size_t *length);

#endif
