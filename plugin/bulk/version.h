/* The version file, iamglass: written last, it makes a folder of tables a
 * database. Source: xapian-core, backends/glass/glass_version.cc. */
#ifndef BYLINE_BULK_VERSION_H
#define BYLINE_BULK_VERSION_H

#include "bulk/table.h"

typedef struct glass_statistics {
  uint32_t document_count, last_docid;
  uint32_t length_lower; /* of the documents that have one; 0: none has */
  uint32_t length_upper;
  uint32_t wdf_upper;
  uint64_t total_length;
  uint32_t spelling_upper; /* the largest frequency of a word there */
} glass_statistics;

/* Writes directory/iamglass: under another name, fsync, rename, fsync of the
 * folder. Errors: BYLINE_IO. */
byline_status version_write(const char *directory, uint32_t block_size,
                            const table_root roots[TABLE_COUNT],
                            const glass_statistics *statistics,
                            byline_error *error);

/* Compares the version file of an empty database that the linked Xapian has
 * made with what this module writes: its magic, format version, and for each
 * table block size and compress_min. BYLINE_UNSUPPORTED says what differs. */
byline_status version_check(const char *directory, byline_error *error);

#endif
