#include "bulk/pool.h"

#include <stdlib.h>
#include <string.h>

/* Less than malloc gives back to the system with every free. */
enum { CHUNK = 256 * 1024, FIRST_SLICE = 16, LAST_SIZE = 7 };

struct pool_chunk {
  struct pool_chunk *next;
  _Alignas(POOL_ALIGN) unsigned char bytes[];
};

enum {
  /* The end of a chunk may be too short for the next allocation. */
  USABLE = CHUNK - (int)sizeof(struct pool_chunk) - POOL_LARGEST
};

static void free_chunks(struct pool_chunk *chunk) {
  while (chunk) {
    struct pool_chunk *next = chunk->next;
    free(chunk);
    chunk = next;
  }
}

void pool_free(pool *p) {
  free_chunks(p->chunks);
  free_chunks(p->spare);
  *p = (pool)POOL_INIT;
}

bool pool_reserve(pool *p, size_t bytes) {
  size_t have = p->left > POOL_LARGEST ? p->left - POOL_LARGEST : 0;
  if (bytes <= have)
    return true;
  size_t count = (bytes - have - 1) / USABLE + 1;
  while (p->spare_count < count) {
    struct pool_chunk *chunk = malloc(CHUNK);
    if (!chunk)
      return false;
    chunk->next = p->spare;
    p->spare = chunk;
    p->spare_count++;
    p->memory += CHUNK;
  }
  return true;
}

static void next_chunk(pool *p) {
  struct pool_chunk *chunk = p->spare;
  p->spare = chunk->next;
  p->spare_count--;
  chunk->next = p->chunks;
  p->chunks = chunk;
  p->at = chunk->bytes;
  p->left = CHUNK - sizeof *chunk;
}

unsigned char *pool_take(pool *p, size_t bytes) {
  size_t size = pool_size(bytes);
  if (size > p->left)
    next_chunk(p);
  unsigned char *result = p->at;
  p->at += size;
  p->left -= size;
  return result;
}

/* ---- Lists of bytes ------------------------------------------------------ */

enum { LINK = sizeof(unsigned char *) };

static size_t slice_size(size_t slice) {
  return (size_t)FIRST_SLICE << (slice < LAST_SIZE ? slice : LAST_SIZE);
}

size_t pool_list_need(const pool_list *l, size_t bytes) {
  size_t need = 0, room = l->room;
  bool first = !l->head;
  for (size_t slice = l->slice; bytes > room; slice++) {
    bytes -= room;
    size_t size = slice_size(slice);
    need += size;
    room = first ? size : size - LINK;
    first = false;
  }
  return need;
}

static void add_slice(pool_list *l, pool *p) {
  size_t size = slice_size(l->slice);
  unsigned char *bytes = pool_take(p, size);
  if (l->head) {
    memcpy(bytes, l->tail - LINK, LINK);
    memcpy(l->tail - LINK, &bytes, LINK);
    l->tail = bytes + LINK;
    l->room = (uint16_t)(size - LINK);
  } else {
    l->head = l->tail = bytes;
    l->room = (uint16_t)size;
  }
  if (l->slice < LAST_SIZE)
    l->slice++;
}

void pool_list_add(pool_list *l, pool *p, const void *data, size_t length) {
  const unsigned char *from = data;
  while (length > l->room) {
    size_t part = l->room;
    if (part > 0) { /* else there may be no slice yet */
      memcpy(l->tail, from, part);
      l->tail += part;
    }
    l->room = 0;
    from += part;
    length -= part;
    add_slice(l, p);
  }
  if (length > 0)
    memcpy(l->tail, from, length);
  l->tail += length;
  l->room = (uint16_t)(l->room - length);
}

/* The last slice holds the tail: that of a later one is LINK bytes behind its
 * beginning at least, and so not at the end of this one. */
static bool is_last(const pool_list *l, const unsigned char *slice,
                    size_t size) {
  return (uintptr_t)l->tail - (uintptr_t)slice <= size;
}

const unsigned char *pool_list_bytes(const pool_list *l, buf *scratch,
                                     size_t *length) {
  const unsigned char *slice = l->head;
  size_t size = slice_size(0), number = 0;
  *length = (size_t)(l->tail - slice);
  if (is_last(l, slice, size))
    return slice;
  buf_clear(scratch);
  for (; !is_last(l, slice, size); size = slice_size(++number)) {
    if (!buf_add(scratch, slice, size - LINK))
      return NULL;
    memcpy(&slice, slice + size - LINK, LINK);
  }
  if (!buf_add(scratch, slice, (size_t)(l->tail - slice)))
    return NULL;
  *length = scratch->length;
  return (const unsigned char *)scratch->data;
}
