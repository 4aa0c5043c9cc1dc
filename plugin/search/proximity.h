/* More weight where words of a query stand side by side. */
#ifndef BYLINE_SEARCH_PROXIMITY_H
#define BYLINE_SEARCH_PROXIMITY_H

#include "search/database.h"

/* Adds to *query a bonus for each two neighbours among the words of the
 * request that are next to each other in an article; which articles match stays
 * the same. Stop words are no neighbours, and a query with operators, fields or
 * quotes gets none. On failure *query stays. */
byline_status proximity_add(const byline_database *db,
                            const byline_search_request *request,
                            const char *language, xap_query **query,
                            byline_error *error);

#endif
