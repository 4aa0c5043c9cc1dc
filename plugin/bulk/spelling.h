/* The spelling table: words with their frequencies, and the fragments by which
 * they are found. Source: xapian-core, backends/glass/glass_spelling.cc,
 * backends/prefix_compressed_strings.h. */
#ifndef BYLINE_BULK_SPELLING_H
#define BYLINE_BULK_SPELLING_H

#include "bulk/deflater.h"
#include "bulk/table.h"

/* Words in byte order, each once, in pieces: arrays that move when they grow
 * leave holes behind. All zeros: none. */
typedef struct spelling_words {
  struct spelling_piece **pieces;
  size_t count, capacity; /* words there are, and have room */
} spelling_words;

void spelling_words_free(spelling_words *w);

/* word: 2 to 254 bytes, of any values; frequency: at least 1. False when memory
 * runs out. */
bool spelling_words_add(spelling_words *w, byline_string word,
                        uint32_t frequency);

/* *upper: the largest frequency. Errors: BYLINE_INVALID (a word of less than 2
 * or more than 254 bytes), BYLINE_IO, BYLINE_NO_MEMORY. */
byline_status spelling_write(table_writer *table, deflater *d,
                             const spelling_words *words, uint32_t *upper,
                             byline_error *error);

#endif
