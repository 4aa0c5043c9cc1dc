/* A search request into Xapian queries. */
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

/* How many words of a query an article may lack. */
typedef struct query_lack {
  size_t missing; /* 0: it must have what the query says */
  size_t words;   /* out: if so many or more were missing, no more articles
                     would be found; 0 or 1 when none may be */
} query_lack;

/* What the request's query says, without what narrows it; every article for an
 * empty one. language: as query_language found it. lack may be NULL. */
byline_status query_words(const byline_database *db,
                          const byline_search_request *request,
                          const char *language, query_lack *lack,
                          xap_query **query, byline_error *error);

/* *query becomes *query narrowed by the request's dates, authors and source. On
 * failure it stays. */
byline_status query_narrow(const byline_database *db,
                           const byline_search_request *request,
                           xap_query **query, byline_error *error);

/* The two together: what the request says. */
byline_status query_make(const byline_database *db,
                         const byline_search_request *request,
                         const char *language, xap_query **query,
                         byline_error *error);

/* *query becomes it joined with part, which is used up; on failure it stays. */
byline_status query_join(xap_operator op, xap_query **query, xap_query *part,
                         byline_error *error);

/* Whether a request names no words. */
bool query_is_blank(const byline_search_request *request);

#endif
