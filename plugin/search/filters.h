/* What narrows a search: authors, sources, terms; for dates see dates.h. Each
 * makes a query that the caller frees. */
#ifndef BYLINE_SEARCH_FILTERS_H
#define BYLINE_SEARCH_FILTERS_H

#include "search/database.h"

/* Articles by an author: by the exact name in any case and accents, else by
 * the one author whose name has these words in it. BYLINE_NOT_FOUND, or
 * BYLINE_BAD_QUERY with the candidates when there are several. */
byline_status filter_author(const byline_database *db, byline_string name,
                            xap_query **query, byline_error *error);

/* Articles from a path, or from all paths that a pattern of * and ? fits. */
byline_status filter_source(const byline_database *db, byline_string pattern,
                            xap_query **query, byline_error *error);

/* Articles with one boolean term; unique as schema_unique_term. */
byline_status filter_term(const char *prefix, byline_string value, bool unique,
                          xap_query **query, byline_error *error);

#endif
