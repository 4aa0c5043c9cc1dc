/* How the articles that match are weighed. */
#ifndef BYLINE_SEARCH_RANKING_H
#define BYLINE_SEARCH_RANKING_H

#include "search/database.h"

/* Gives a search the weighting scheme of a request. BYLINE_INVALID for
 * parameters that no scheme has. */
byline_status ranking_set_weight(xap_enquire *enquire,
                                 const byline_search_request *request,
                                 byline_error *error);

/* A query that gives articles most for being of today, half of it for each
 * half-life that they are older; none to those without a date. */
byline_status ranking_recency(const byline_search_request *request, double most,
                              xap_query **query, byline_error *error);

#endif
