/* Documents in a file, as byline index makes them: what the builders of
 * databases are compared with. For each, in the machine's own 32-bit numbers:
 * bytes of its data, counts of values and terms; the data; each value's slot,
 * length and bytes; each term's length, wdf and count of positions, the bytes,
 * and the positions. Bytes are followed by NUL up to a multiple of four. */
#ifndef BENCH_STREAM_H
#define BENCH_STREAM_H

#include <stdbool.h>

#include "bulk/document.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct stream {
  const char *bytes, *at, *end; /* the file, mapped */
  document_term *terms;
  document_value *values;
  size_t term_space, value_space;
} stream;

/* These leave the program when they fail. */
void stream_open(stream *s, const char *path);
void stream_close(stream *s);
/* False at the end; d lives until the next call. */
bool stream_next(stream *s, document *d);

#ifdef __cplusplus
}
#endif

#endif
