/* Articles in a row, copied, on their way from the reader to the thread that
 * makes documents of them, and then those documents, inverted. */
#ifndef BYLINE_INDEX_BATCH_H
#define BYLINE_INDEX_BATCH_H

#include "base/arena.h"
#include "bulk/part.h"
#include "index/schema.h"

typedef struct batch_item {
  byline_article article; /* clean, with its id */
  const byline_string *spellings;
  const schema_file *file;
} batch_item;

typedef struct batch {
  struct batch *next;
  arena memory;
  batch_item *items;
  size_t count, capacity;
  size_t bytes;    /* that were copied */
  uint32_t before; /* documents of batches before this one */
  bulk_part *part; /* NULL until it was made */
} batch;

batch *batch_new(void);
void batch_free(batch *b);

/* Forgets the articles; keeps some memory. */
void batch_clear(batch *b);

/* Copies an article and the spellings of its authors; file is borrowed for as
 * long as the batch has articles. False when memory runs out. */
bool batch_add(batch *b, const byline_article *article,
               const byline_string *spellings, const schema_file *file);

#endif
