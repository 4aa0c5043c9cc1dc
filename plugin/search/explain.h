/* What gave a match its score. */
#ifndef BYLINE_SEARCH_EXPLAIN_H
#define BYLINE_SEARCH_EXPLAIN_H

#include "search/run.h"

/* Fills in hit->terms: what each term that the article has would add by itself,
 * which is more than it does where several count as one (synonyms), and
 * "(rest)" for what wildcards, proximity and the date add. All is in r->memory.
 */
byline_status explain_hit(run *r, byline_hit *hit);

#endif
