/* A glass database from documents in docid order, many times faster than
 * add_document, block for block what xapian-compact makes of one that was
 * filled by it. Knows nothing of articles.
 *
 * Threads fill parts (part.h); one thread gives them to the builder in docid
 * order. What goes to the docdata and termlist tables is written at once; the
 * inverted lists are kept, or above the limit of memory written as sorted runs
 * to a file without a name in the same folder, and merged at the end. */
#ifndef BYLINE_BULK_BULK_H
#define BYLINE_BULK_BULK_H

#include "bulk/part.h"
#include "bulk/table.h"

typedef struct bulk_options {
  uint32_t block_size; /* TABLE_BLOCK_SIZE */
  int compression;     /* level of deflater.h, for what it writes itself */
  size_t memory;       /* bytes of lists to keep before runs are written */
  unsigned threads;    /* for the end: 1, or 2 to write two tables at once */
} bulk_options;

typedef struct bulk_builder bulk_builder;

/* directory exists and is empty; it is borrowed for the builder's life. Errors:
 * BYLINE_IO, BYLINE_NO_MEMORY. */
byline_status bulk_new(const char *directory, const bulk_options *options,
                       bulk_builder **builder, byline_error *error);

/* Frees everything; the files of an unfinished database stay, and are none
 * that opens. NULL is allowed. */
void bulk_free(bulk_builder *builder);

/* Takes a part, which is then the builder's in any case. The docids of its
 * documents become base + their own, and follow those of all parts before.
 * Errors: BYLINE_INVALID (docids that do not rise, or beyond 2^32), BYLINE_IO,
 * BYLINE_NO_MEMORY; the builder can then only be freed. */
byline_status bulk_take(bulk_builder *builder, bulk_part *part, uint32_t base,
                        byline_error *error);

/* From now on, so many bytes of lists are kept. */
void bulk_set_memory(bulk_builder *builder, size_t memory);

/* A new value takes the place of an old one; an empty one removes the key.
 * Errors: BYLINE_INVALID (a key that Xapian does not take), BYLINE_NO_MEMORY.
 */
byline_status bulk_set_metadata(bulk_builder *builder, byline_string key,
                                byline_string value, byline_error *error);

/* Writes and syncs every table, and the version file last; then there is a
 * database in the folder. Errors: BYLINE_INVALID (a term that is there more
 * than 2^32 - 1 times, or what no table can have), BYLINE_IO, BYLINE_NO_MEMORY.
 */
byline_status bulk_finish(bulk_builder *builder, byline_error *error);

#endif
