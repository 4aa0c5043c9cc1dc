/* Other divisions of a run into words.
 *
 * In Thai, Lao, Khmer and Burmese, ICU looks ahead for words: how it divides
 * the end of a text depends on what follows. A piece copied out of an article
 * may end with other words than the article has there. */
#ifndef BYLINE_ANALYZE_DIVIDE_H
#define BYLINE_ANALYZE_DIVIDE_H

#include "analyze/analyzer.h"

enum {
  DIVIDE_WORDS = 3, /* as far as ICU looks ahead */
  DIVIDE_MAX = 16   /* ways that are given */
};

/* Whether all of text is of these scripts. */
bool divide_wanted(byline_string text);

/* Appends to out the ways to divide text into terms that has says there are:
 * those of few terms first, DIVIDE_MAX at most, each with spaces between its
 * terms and a line feed behind. None for a text of more than a few words.
 * False: out of memory. */
bool divide(byline_string text, analyzer_has_fn has, void *user, buf *out);

#endif
