/* A search request into a Xapian query. */
#ifndef BYLINE_SEARCH_QUERY_H
#define BYLINE_SEARCH_QUERY_H

#include "search/database.h"

byline_status query_make(const byline_database *db,
                         const byline_search_request *request,
                         xap_query **query, byline_error *error);

#endif
