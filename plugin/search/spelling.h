/* "Did you mean": a query with words of the database for those that no article
 * has. */
#ifndef BYLINE_SEARCH_SPELLING_H
#define BYLINE_SEARCH_SPELLING_H

#include "base/buf.h"
#include "search/database.h"

/* Appends the request's query as it was typed, but for words that no article
 * has: in their place stands the nearest one that some have, of those as near
 * the commonest; or two words for one, or one for two. Appends nothing where
 * there is no such word, or the new query finds nothing either. language: as
 * query_language found it. */
byline_status spelling_correct(const byline_database *db,
                               const byline_search_request *request,
                               const char *language, buf *corrected,
                               byline_error *error);

#endif
