#include "bulk/chunks.h"

#include <string.h>

#include "base/error.h"

/* The second byte of keys that are no term's; the first is 0. */
enum { METADATA = 0xC0, STATISTICS = 0xD0, VALUES = 0xD8, LENGTHS = 0xE0 };

static byline_string bytes(const unsigned char *data, size_t length) {
  return (byline_string){(const char *)data, length};
}

byline_status chunks_add_metadata(table_writer *table, byline_string name,
                                  byline_string value, byline_error *error) {
  unsigned char key[PACK_KEY_MAX];
  if (name.length == 0 || name.length > sizeof key - 2)
    return error_set(error, BYLINE_INVALID,
                     "a metadata key of %zu bytes; it must have 1 to %zu",
                     name.length, sizeof key - 2);
  key[0] = 0;
  key[1] = METADATA;
  memcpy(key + 2, name.data, name.length);
  return table_writer_add(table, bytes(key, 2 + name.length), value, false,
                          error);
}

/* ---- Postings ---------------------------------------------------------- */

byline_status posting_chunks_begin(posting_chunks *c, table_writer *table,
                                   byline_string term, uint64_t frequency,
                                   uint64_t collection_frequency,
                                   byline_error *error) {
  size_t length = term.length;
  for (size_t i = 0; i < term.length && length <= PACK_KEY_MAX; i++)
    length += term.data[i] == '\0';
  /* Later chunks need an end mark and a docid behind it. */
  if (length + 1 + PACK_SORTED_MAX > PACK_KEY_MAX)
    return error_set(error, BYLINE_INVALID, "a term of %zu bytes is too long",
                     term.length);
  c->table = table;
  c->key_length = pack_sorted_string(c->key, term, false);
  if (term.length == 0) {
    c->key[0] = 0;
    c->key[1] = LENGTHS;
    c->key_length = 2;
  }
  c->frequency = frequency;
  c->collection_frequency = collection_frequency;
  c->length = 0;
  c->first = 0;
  c->is_first = true;
  return BYLINE_OK;
}

/* Writes what comes before the entries so that it ends where they begin. */
static byline_status write_chunk(posting_chunks *c, bool is_last,
                                 byline_error *error) {
  unsigned char head[CHUNK_HEAD];
  size_t n = 0;
  size_t key_length = c->key_length;
  if (c->is_first) {
    n += pack_uint(head + n, c->frequency);
    n += pack_uint(head + n, c->collection_frequency);
    n += pack_uint(head + n, c->first - 1);
  } else {
    if (c->key[0] != 0 || c->key[1] != LENGTHS)
      c->key[key_length++] = 0;
    key_length += pack_sorted(c->key + key_length, c->first);
  }
  head[n++] = is_last ? '1' : '0';
  n += pack_uint(head + n, c->last - c->first);
  unsigned char *tag = c->bytes + CHUNK_HEAD - n;
  memcpy(tag, head, n);
  byline_status status =
      table_writer_add(c->table, bytes(c->key, key_length),
                       bytes(tag, n + c->length), false, error);
  c->length = 0;
  c->first = 0;
  c->is_first = false;
  return status;
}

byline_status posting_chunks_add(posting_chunks *c, uint32_t docid,
                                 uint32_t wdf, byline_error *error) {
  if (c->length >= CHUNK_SIZE) {
    byline_status status = write_chunk(c, false, error);
    if (status != BYLINE_OK)
      return status;
  }
  unsigned char *at = c->bytes + CHUNK_HEAD + c->length;
  unsigned char *begin = at;
  if (c->first == 0)
    c->first = docid;
  else
    at += pack_uint(at, docid - c->last - 1);
  at += pack_uint(at, wdf);
  c->last = docid;
  c->length += (size_t)(at - begin);
  return BYLINE_OK;
}

byline_status posting_chunks_end(posting_chunks *c, byline_error *error) {
  return write_chunk(c, true, error);
}

/* ---- Values ------------------------------------------------------------ */

size_t value_stats_key(unsigned char out[16], uint32_t slot) {
  out[0] = 0;
  out[1] = STATISTICS;
  return 2 + pack_uint_last(out + 2, slot);
}

byline_status chunks_add_value_stats(table_writer *table,
                                     const value_stats *stats, buf *scratch,
                                     byline_error *error) {
  unsigned char key[16];
  size_t length = value_stats_key(key, stats->slot);
  bool same =
      stats->lower.length == stats->upper.length &&
      memcmp(stats->lower.data, stats->upper.data, stats->lower.length) == 0;
  buf_clear(scratch);
  if (!pack_add_uint(scratch, stats->frequency) ||
      !pack_add_string(scratch, stats->lower) ||
      (!same && !buf_add_str(scratch, stats->upper)))
    return error_no_memory(error);
  return table_writer_add(table, bytes(key, length), buf_string(scratch), false,
                          error);
}

void value_chunks_free(value_chunks *c) {
  buf_free(&c->chunk);
}

void value_chunks_begin(value_chunks *c, table_writer *table, uint32_t slot) {
  c->table = table;
  c->slot = slot;
  buf_clear(&c->chunk);
  c->first = 0;
}

size_t value_chunk_key(unsigned char out[16], uint32_t slot, uint32_t docid) {
  out[0] = 0;
  out[1] = VALUES;
  size_t n = 2;
  n += pack_uint(out + n, slot);
  return n + pack_sorted(out + n, docid);
}

byline_status value_chunks_add(value_chunks *c, uint32_t docid,
                               byline_string value, byline_error *error) {
  bool done = true;
  if (c->first == 0)
    c->first = docid;
  else
    done = pack_add_uint(&c->chunk, docid - c->last - 1);
  if (!done || !pack_add_string(&c->chunk, value))
    return error_no_memory(error);
  c->last = docid;
  return c->chunk.length >= CHUNK_SIZE ? value_chunks_end(c, error) : BYLINE_OK;
}

byline_status value_chunks_end(value_chunks *c, byline_error *error) {
  if (c->first == 0)
    return BYLINE_OK;
  unsigned char key[16];
  size_t length = value_chunk_key(key, c->slot, c->first);
  byline_status status = table_writer_add(c->table, bytes(key, length),
                                          buf_string(&c->chunk), false, error);
  buf_clear(&c->chunk);
  c->first = 0;
  return status;
}
