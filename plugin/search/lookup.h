/* Finding one article. */
#ifndef BYLINE_SEARCH_LOOKUP_H
#define BYLINE_SEARCH_LOOKUP_H

#include "search/database.h"

/* The article with this id, or with the one id that begins so. Appends its
 * unique term to term, which may be NULL. BYLINE_NOT_FOUND, or BYLINE_INVALID
 * when several begin so. */
byline_status lookup_id(const byline_database *db, const char *id,
                        uint32_t *docid, buf *term, byline_error *error);

#endif
