/* Tags deflated as Xapian inflates them: a raw deflate stream. Source:
 * xapian-core, common/compression_stream.cc. */
#ifndef BYLINE_BULK_DEFLATER_H
#define BYLINE_BULK_DEFLATER_H

#include "base/buf.h"

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
