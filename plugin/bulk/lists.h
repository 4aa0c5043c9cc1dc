/* Merged lists, written to the tables that they belong to. */
#ifndef BYLINE_BULK_LISTS_H
#define BYLINE_BULK_LISTS_H

#include "bulk/chunks.h"
#include "bulk/deflater.h"
#include "bulk/run_set.h"

/* All errors are those of merge_next and table_writer_add. */

byline_status lists_write_values(const run_set *runs, table_writer *postlist,
                                 byline_error *error);

/* Document lengths, then terms. */
byline_status lists_write_postings(const run_set *runs, table_writer *postlist,
                                   byline_error *error);

byline_status lists_write_positions(const run_set *runs, table_writer *position,
                                    byline_error *error);

/* *upper: the largest frequency of a word. */
byline_status lists_write_words(const run_set *runs, table_writer *spelling,
                                deflater *d, uint32_t *upper,
                                byline_error *error);

#endif
