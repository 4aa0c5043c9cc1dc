/* Text into runs of word characters, by ICU, a chunk of UTF-16 at a time. */
#ifndef BYLINE_ANALYZE_SEGMENT_H
#define BYLINE_ANALYZE_SEGMENT_H

#include <unicode/ubrk.h>

#include "analyze/chars.h"

/* UTF-16 units of a chunk. A chunk ends where no token can reach across, or,
 * in a run without any such place, inside a word: split is then set, and the
 * next segment goes on with it. */
enum { SEGMENT_CHUNK = 16384 };

typedef struct segmenter {
  UBreakIterator *iterator;
  UChar *units;      /* of the chunk */
  uint32_t *offsets; /* of each unit in bytes from chunk_start; count + 1 */
  int32_t count;
  const char *text;
  size_t length;
  size_t chunk_start; /* where in text the chunk begins and ends */
  size_t chunk_end;
  int32_t begin, end; /* the segment; end 0: the chunk is fresh */
  bool split;
  int32_t at; /* for who looks at the segments: 0 in a fresh chunk */
} segmenter;

byline_status segmenter_open(segmenter *s, byline_error *error);
void segmenter_close(segmenter *s);

void segmenter_start(segmenter *s, const char *text, size_t length);

/* Moves to the next segment. At the end *more is false. */
byline_status segmenter_next(segmenter *s, bool *more, byline_error *error);

/* Where in the text a unit of the chunk begins. */
static inline size_t segmenter_offset(const segmenter *s, int32_t unit) {
  return s->chunk_start + s->offsets[unit];
}

#endif
