/* A stream made into a database, by Xapian and by plugin/bulk. */
#ifndef BYLINE_TESTS_BULK_BUILDERS_H
#define BYLINE_TESTS_BULK_BUILDERS_H

#include <stdbool.h>

#include "stream.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct xapian_options {
  uint32_t block_size;
  size_t commit; /* after so many documents; 0: when Xapian likes */
  bool sync;
} xapian_options;

/* The folder must not exist. Throws what Xapian throws. */
void build_by_xapian(const stream *s, const char *folder,
                     const xapian_options *options);

typedef struct bulk_way {
  uint32_t block_size;
  int compression;
  size_t memory;
  unsigned threads; /* that fill parts */
  size_t parts;
} bulk_way;

/* The folder must be empty. */
byline_status build_by_bulk(const stream *s, const char *folder,
                            const bulk_way *way, byline_error *error);

#ifdef __cplusplus
}
#endif

#endif
