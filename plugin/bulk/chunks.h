/* The entries of the postlist table: postings, lengths and values of many
 * documents, cut into chunks. Source: xapian-core,
 * backends/glass/glass_postlist.cc (PostlistChunkWriter), glass_values.cc
 * (ValueUpdater). */
#ifndef BYLINE_BULK_CHUNKS_H
#define BYLINE_BULK_CHUNKS_H

#include "base/buf.h"
#include "bulk/pack.h"
#include "bulk/table.h"

/* Entries that go to the table in its order: first all metadata, then value
 * statistics, value chunks, document lengths, terms. */
byline_status chunks_add_metadata(table_writer *table, byline_string name,
                                  byline_string value, byline_error *error);

/* ---- Postings of a term, or with the empty term, document lengths ------- */

enum {
  CHUNK_SIZE = 2000, /* bytes of entries at which a chunk is full */
  CHUNK_HEAD = 64    /* room for what comes before them */
};

typedef struct posting_chunks {
  table_writer *table;
  unsigned char key[PACK_KEY_MAX + 1 + PACK_SORTED_MAX];
  size_t key_length;
  unsigned char bytes[CHUNK_HEAD + CHUNK_SIZE + 2 * PACK_UINT_MAX];
  size_t length; /* of the entries, behind the head */
  uint64_t frequency, collection_frequency; /* 0 for lengths */
  uint32_t first, last; /* docids of the chunk; first 0: nothing yet */
  bool is_first;        /* the chunk is the term's first */
} posting_chunks;

/* frequencies are those of the whole list, which must have at least one
 * posting; for lengths they are 0. Errors: BYLINE_INVALID (a term too long for
 * a key; a NUL counts twice). */
byline_status posting_chunks_begin(posting_chunks *c, table_writer *table,
                                   byline_string term, uint64_t frequency,
                                   uint64_t collection_frequency,
                                   byline_error *error);
/* docids rise. */
byline_status posting_chunks_add(posting_chunks *c, uint32_t docid,
                                 uint32_t wdf, byline_error *error);
byline_status posting_chunks_end(posting_chunks *c, byline_error *error);

/* ---- Values ------------------------------------------------------------ */

typedef struct value_stats {
  uint32_t slot;
  uint32_t frequency; /* at least 1 */
  byline_string lower, upper;
} value_stats;

/* The finished keys are in order of bytes, not of slots: the caller sorts. */
size_t value_stats_key(unsigned char out[16], uint32_t slot);
byline_status chunks_add_value_stats(table_writer *table,
                                     const value_stats *stats, buf *scratch,
                                     byline_error *error);

typedef struct value_chunks {
  table_writer *table;
  uint32_t slot;
  buf chunk;
  uint32_t first, last;
} value_chunks;

void value_chunks_free(value_chunks *c);
void value_chunks_begin(value_chunks *c, table_writer *table, uint32_t slot);
byline_status value_chunks_add(value_chunks *c, uint32_t docid,
                               byline_string value, byline_error *error);
byline_status value_chunks_end(value_chunks *c, byline_error *error);

/* The first key of a slot's chunks, to sort slots by. */
size_t value_chunk_key(unsigned char out[16], uint32_t slot, uint32_t docid);

#endif
