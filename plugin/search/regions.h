/* Places of a long text where words of a query seem to stand: much faster than
 * to analyze it, but not sure. */
#ifndef BYLINE_SEARCH_REGIONS_H
#define BYLINE_SEARCH_REGIONS_H

#include "search/matches.h"
#include "search/sentences.h"

enum { REGIONS_MAX = 64 };

/* Looks through all of text behind from for words that begin as the terms of m
 * do (a stem without its last letter), in any case; accents of the first few
 * letters must be those of the terms. Gives the places with the most different
 * and the rarest of them, in rising order, apart, with margin bytes on either
 * side; *count is their number. */
void regions_find(const matches *m, byline_string text, size_t from,
                  size_t margin, stretch regions[REGIONS_MAX], size_t *count);

#endif
