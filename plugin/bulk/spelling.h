/* The spelling table: words with their frequencies, and the fragments by which
 * they are found. Source: xapian-core, backends/glass/glass_spelling.cc,
 * backends/prefix_compressed_strings.h. */
#ifndef BYLINE_BULK_SPELLING_H
#define BYLINE_BULK_SPELLING_H

#include "bulk/deflater.h"
#include "bulk/table.h"

typedef struct spelling_word {
  byline_string word; /* at least two bytes */
  uint32_t frequency; /* at least 1 */
} spelling_word;

/* words in byte order, each once. *upper: the largest frequency. */
byline_status spelling_write(table_writer *table, deflater *d,
                             const spelling_word *words, size_t count,
                             uint32_t *upper, byline_error *error);

#endif
