/* Queries for articles that lack some of the words. */
#ifndef BYLINE_SEARCH_RELAX_H
#define BYLINE_SEARCH_RELAX_H

#include "search/query.h"

/* *query, which is for all of its words, becomes one for all but lack->missing
 * of them; lack->words grows to the number of words that it has. What a query
 * excludes, or is narrowed by, stays. On failure it is as it was. */
byline_status relax(xap_query **query, query_lack *lack, byline_error *error);

#endif
