/* Whether Xapian finds in a new database what was put into it. */
#ifndef BYLINE_INDEX_VERIFY_H
#define BYLINE_INDEX_VERIFY_H

#include "index/worker.h"

/* Of all that a document is made of. */
uint64_t verify_hash(const document *d);

typedef struct verify_options {
  uint32_t documents; /* that there must be */
  const document_samples *samples;
  bool all; /* these are all documents: all postings are compared with them,
               and the words for spelling with these */
  const string_map *metadata;
  unsigned threads;
} verify_options;

/* Xapian's own check, the number of documents, the metadata, and of the
 * samples, all that they are made of, and that the postings of their terms
 * agree with them. BYLINE_CORRUPT says what is wrong; the errors of reading
 * else. */
byline_status verify_database(const char *path, const verify_options *options,
                              byline_error *error);

#endif
