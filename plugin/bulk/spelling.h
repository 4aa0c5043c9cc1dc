/* The spelling table: words with their frequencies, and the fragments by which
 * they are found. Source: xapian-core, backends/glass/glass_spelling.cc,
 * backends/prefix_compressed_strings.h. */
#ifndef BYLINE_BULK_SPELLING_H
#define BYLINE_BULK_SPELLING_H

#include "bulk/deflater.h"
#include "bulk/table.h"

typedef struct spelling_word {
  byline_string word; /* 2 to 254 bytes, of any values */
  uint32_t frequency; /* at least 1 */
} spelling_word;

/* words in byte order, each once. *upper: the largest frequency. Errors:
 * BYLINE_INVALID (a word of less than 2 or more than 254 bytes), BYLINE_IO,
 * BYLINE_NO_MEMORY. */
byline_status spelling_write(table_writer *table, deflater *d,
                             const spelling_word *words, size_t count,
                             uint32_t *upper, byline_error *error);

#endif
