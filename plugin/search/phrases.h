/* The quoted phrases of a query. */
#ifndef BYLINE_SEARCH_PHRASES_H
#define BYLINE_SEARCH_PHRASES_H

#include "analyze/analyzer.h"
#include "base/arena.h"

enum { PHRASES_WORDS = 64 }; /* those beyond stand for themselves */

typedef struct phrases {
  byline_string words[PHRASES_WORDS]; /* of all phrases, in their order */
  size_t count;
  uint64_t starts, ends; /* which of them begin and end a phrase */
  uint64_t titles;       /* which are of the field title: */
  bool unspaced;         /* some have words without spaces between */
  byline_string *alone;  /* terms of words outside of them, in byte order */
  size_t alone_count, alone_capacity;
} phrases;

/* text: as analyzer_query gives it. All that p has is in memory. Phrases of
 * fields other than title: are none of these. */
byline_status phrases_read(analyzer *a, byline_string text, arena *memory,
                           phrases *p, byline_error *error);

/* The words of phrases that a term is, as bits: those of title: or the others.
 */
uint64_t phrases_of(const phrases *p, byline_string term, bool titles);

/* Whether a term stands outside of phrases. */
bool phrases_leave(const phrases *p, byline_string term);

int phrases_compare(byline_string a, byline_string b);

#endif
