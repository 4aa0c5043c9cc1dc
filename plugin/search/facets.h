/* Counting the values of fields over every match of a search. */
#ifndef BYLINE_SEARCH_FACETS_H
#define BYLINE_SEARCH_FACETS_H

#include "search/database.h"

typedef struct facets facets;

/* The counters that a request asks for; NULL when it asks for none.
 * BYLINE_UNSUPPORTED: articles of an earlier schema have no such values;
 * BYLINE_INVALID: no such field. */
byline_status facets_new(const byline_database *db,
                         const byline_search_request *request, facets **out,
                         byline_error *error);
void facets_free(facets *f);

/* The next xap_enquire_matches counts, over every match if it checks them all.
 * What several searches count adds up. f may be NULL. */
byline_status facets_attach(const facets *f, xap_enquire *enquire,
                            byline_error *error);

/* The counts as the request wants them, in memory. f may be NULL. */
byline_status facets_read(const facets *f, arena *memory,
                          byline_results *results, byline_error *error);

#endif
