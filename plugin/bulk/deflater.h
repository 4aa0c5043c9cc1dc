/* Tags deflated as Xapian inflates them: a raw deflate stream. Source:
 * xapian-core, common/compression_stream.cc. */
#ifndef BYLINE_BULK_DEFLATER_H
#define BYLINE_BULK_DEFLATER_H

#include "base/buf.h"

/* Where deflating is asked for. By default it is not: storing tags as they are
 * saves a quarter of the time that building and checking a database takes, and
 * costs a third more disk until Xapian's compaction, which deflates them.
 *
 * On termlists and data lines of news articles (mean 550 and 1,320 bytes) level
 * 1 takes a third of the time of zlib's default, by which Xapian deflates, for
 * tags 0.4 % larger; level 6 makes them equal at half of zlib's time. */
enum { DEFLATER_LEVEL = 1 };

typedef struct deflater deflater; /* belongs to one thread */

/* level: 0 (nothing is ever compressed) to 12. Errors: BYLINE_NO_MEMORY. */
byline_status deflater_new(int level, deflater **result, byline_error *error);
void deflater_free(deflater *d);

/* Appends tag to out, deflated if that makes it shorter, which *compressed
 * says; tags of at most min bytes, and all where min is 0, stay as they are.
 * False when memory runs out. */
bool deflater_run(deflater *d, byline_string tag, uint32_t min, buf *out,
                  bool *compressed);

#endif
