/* One table of a glass database, written from its first key to its last as
 * xapian-compact writes it. Source: xapian-core, backends/glass/glass_table.h,
 * glass_table.cc (add, add_leaf_item, add_branch_item). */
#ifndef BYLINE_BULK_TABLE_H
#define BYLINE_BULK_TABLE_H

#include <stdbool.h>

#include "byline/types.h"

typedef enum table_kind { /* in the order of the version file */
                          TABLE_POSTLIST,
                          TABLE_DOCDATA,
                          TABLE_TERMLIST,
                          TABLE_POSITION,
                          TABLE_SPELLING,
                          TABLE_SYNONYM,
                          TABLE_COUNT
} table_kind;

enum {
  TABLE_BLOCK_SIZE = 8192, /* Xapian's default */
  TABLE_BLOCK_MIN = 2048,  /* powers of two */
  TABLE_BLOCK_MAX = 65536
};

/* What the version file says of a table. */
typedef struct table_root {
  uint32_t root; /* block number */
  uint32_t level;
  bool fake;
  uint64_t entries;
  uint32_t blocks; /* in the file; 0: there is none */
} table_root;

typedef struct table_writer table_writer;

/* Writes to directory/NAME.glass, which must not exist. The file of a table
 * other than POSTLIST and TERMLIST is made with its first entry only. directory
 * is borrowed for the call. Errors: BYLINE_INVALID (block_size is none),
 * BYLINE_NOT_FOUND (no such folder), BYLINE_IO, BYLINE_NO_MEMORY. */
byline_status table_writer_open(const char *directory, table_kind kind,
                                uint32_t block_size, table_writer **writer,
                                byline_error *error);

/* key is greater than every one before; compressed says that tag is as
 * deflater_run gave it. After an error the writer can only be freed. Errors:
 * BYLINE_INVALID (a key of no or more than 255 bytes; a tag of more than 65,535
 * pieces, over 100 MB in blocks of 8 KiB), BYLINE_IO, BYLINE_NO_MEMORY. */
byline_status table_writer_add(table_writer *writer, byline_string key,
                               byline_string tag, bool compressed,
                               byline_error *error);

/* Writes what is left and has it on the disk (fsync). */
byline_status table_writer_finish(table_writer *writer, table_root *root,
                                  byline_error *error);

/* Closes the file, whole or not. NULL is allowed. */
void table_writer_free(table_writer *writer);

/* What Xapian compresses from, in bytes: tags that are longer; 0: nothing is
 * compressed in this table. */
uint32_t table_compress_min(table_kind kind);

#endif
