/* One query for articles that were analyzed in several languages. */
#ifndef BYLINE_SEARCH_BY_LANGUAGE_H
#define BYLINE_SEARCH_BY_LANGUAGE_H

#include "search/database.h"

/* Makes the query of a request with the words as a language has them. */
typedef byline_status (*by_language_fn)(void *user, const char *language,
                                        xap_query **query, byline_error *error);

/* The language of a database whose articles were all analyzed in one; "" when
 * there are several. */
byline_status by_language_only(const byline_database *db,
                               char only[DATABASE_LANGUAGE_SIZE],
                               byline_error *error);

/* Asks make for each language of the database, and lets each query find the
 * articles of its language. Languages that make the same query share it. */
byline_status by_language_combine(const byline_database *db,
                                  by_language_fn make, void *user,
                                  xap_query **query, byline_error *error);

#endif
