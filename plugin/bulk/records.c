#include "bulk/records.h"

#include <stdlib.h>
#include <string.h>

#include "bulk/pack.h"

enum { CHUNK = 256 * 1024 };

struct record_chunk {
  struct record_chunk *next;
  size_t capacity, used;
  unsigned char bytes[];
};

/* Stands before each tag, unaligned. */
typedef struct header {
  uint32_t docid;
  uint32_t length;
  bool slots, compressed;
} header;

static void free_first(records *r) {
  struct record_chunk *chunk = r->first;
  r->first = chunk->next;
  if (!r->first)
    r->last = NULL;
  r->memory -= chunk->capacity + sizeof *chunk;
  free(chunk);
}

void records_free(records *r) {
  while (r->first)
    free_first(r);
}

bool records_reserve(records *r, size_t count, size_t bytes) {
  size_t need = bytes + count * sizeof(header);
  if (r->last && r->last->capacity - r->last->used >= need)
    return true;
  size_t capacity = CHUNK - sizeof(struct record_chunk);
  if (capacity < need)
    capacity = need;
  struct record_chunk *chunk = malloc(sizeof *chunk + capacity);
  if (!chunk)
    return false;
  chunk->next = NULL;
  chunk->capacity = capacity;
  chunk->used = 0;
  if (r->last)
    r->last->next = chunk;
  else
    r->first = chunk;
  r->last = chunk;
  r->memory += sizeof *chunk + capacity;
  return true;
}

void records_add(records *r, const record *one) {
  header h = {one->docid, (uint32_t)one->tag.length, one->slots,
              one->compressed};
  unsigned char *to = r->last->bytes + r->last->used;
  memcpy(to, &h, sizeof h);
  if (one->tag.length > 0)
    memcpy(to + sizeof h, one->tag.data, one->tag.length);
  r->last->used += sizeof h + one->tag.length;
}

static byline_status write_chunk(const struct record_chunk *chunk,
                                 table_writer *table, uint32_t base,
                                 byline_error *error) {
  byline_status status = BYLINE_OK;
  const unsigned char *at = chunk->bytes, *end = at + chunk->used;
  while (status == BYLINE_OK && at < end) {
    header h;
    memcpy(&h, at, sizeof h);
    at += sizeof h;
    unsigned char key[PACK_SORTED_MAX + 1];
    size_t length = pack_sorted(key, base + h.docid);
    if (h.slots)
      key[length++] = '\0';
    status = table_writer_add(table, (byline_string){(const char *)key, length},
                              (byline_string){(const char *)at, h.length},
                              h.compressed, error);
    at += h.length;
  }
  return status;
}

byline_status records_write(records *r, table_writer *table, uint32_t base,
                            byline_error *error) {
  byline_status status = BYLINE_OK;
  while (status == BYLINE_OK && r->first) {
    status = write_chunk(r->first, table, base, error);
    free_first(r);
  }
  return status;
}
