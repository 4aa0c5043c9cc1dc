/* Whether Xapian finds in a new database what was put into it. */
#ifndef BYLINE_INDEX_VERIFY_H
#define BYLINE_INDEX_VERIFY_H

#include "index/worker.h"

/* Of all that a document is made of. */
uint64_t verify_hash(const document *d);

/* Xapian's own check, the number of documents, and of the samples, all that
 * they are made of, and that the postings of their terms agree with them; with
 * all, that all postings do. BYLINE_CORRUPT says what is wrong; the errors of
 * reading else. */
byline_status verify_database(const char *path, uint32_t documents,
                              const document_samples *samples, bool all,
                              byline_error *error);

#endif
