/* The passages of a text that show best why it was found. */
#ifndef BYLINE_SEARCH_PASSAGES_H
#define BYLINE_SEARCH_PASSAGES_H

#include "search/matches.h"
#include "search/sentences.h"

/* Chooses up to count passages of about size bytes, best first, that do not
 * overlap; without a match, the beginning of the text. *made is their number.
 * m and s have the same text. */
byline_status passages_choose(matches *m, sentences *s, size_t size,
                              size_t count, stretch *passages, size_t *made,
                              byline_error *error);

#endif
