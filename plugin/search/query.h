/* A search request into a Xapian query. */
#ifndef BYLINE_SEARCH_QUERY_H
#define BYLINE_SEARCH_QUERY_H

#include "search/database.h"

/* The language whose stems a request asks for: its own, or the one that the
 * database has if it is only one, or "" for several. BYLINE_INVALID for what is
 * none. */
byline_status query_language(const byline_database *db,
                             const byline_search_request *request,
                             char language[DATABASE_LANGUAGE_SIZE],
                             byline_error *error);

/* language: as query_language found it. */
byline_status query_make(const byline_database *db,
                         const byline_search_request *request,
                         const char *language, xap_query **query,
                         byline_error *error);

#endif
