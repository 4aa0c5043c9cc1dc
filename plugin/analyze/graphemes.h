/* What a reader takes for one character: Unicode's grapheme clusters. */
#ifndef BYLINE_ANALYZE_GRAPHEMES_H
#define BYLINE_ANALYZE_GRAPHEMES_H

#include <stdbool.h>
#include <unicode/ubrk.h>

#include "byline/types.h"

typedef struct graphemes {
  UBreakIterator *iterator; /* opened when it is first needed */
} graphemes;

#define GRAPHEMES_INIT                                                         \
  { NULL }

void graphemes_close(graphemes *g);

/* Whether text can be cut at a byte without splitting one. Looks back no more
 * than 64 code points; where ICU fails, code points are not split. */
bool graphemes_border(graphemes *g, byline_string text, size_t at);

/* The last place to cut at or before a byte, and the first at or behind it; of
 * one that goes on for more than 64 code points, any code point's end. */
size_t graphemes_before(graphemes *g, byline_string text, size_t at);
size_t graphemes_behind(graphemes *g, byline_string text, size_t at);

#endif
