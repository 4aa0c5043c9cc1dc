/* Entries of the docdata and termlist tables, finished, waiting in docid order
 * until it is their turn to be written. */
#ifndef BYLINE_BULK_RECORDS_H
#define BYLINE_BULK_RECORDS_H

#include <stdbool.h>

#include "bulk/table.h"

enum {
  RECORD_TAG_MAX = 100 * 1024 * 1024
}; /* what a table takes in any case
    */

typedef struct record {
  uint32_t docid;
  bool slots; /* the key is that of the slots used: 00 behind the docid */
  bool compressed;
  byline_string tag;
} record;

struct record_chunk;

typedef struct records {
  struct record_chunk *first, *last;
  size_t memory;
} records;

void records_free(records *r);

/* After it, records of so many bytes of tags can be added. False when memory
 * runs out. */
bool records_reserve(records *r, size_t count, size_t bytes);
void records_add(records *r, const record *one);

/* Adds all to a table, with base added to docids, and frees the memory. */
byline_status records_write(records *r, table_writer *table, uint32_t base,
                            byline_error *error);

#endif
