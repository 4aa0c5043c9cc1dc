/* The databases that are read as one: which there are, and opening them. */
#ifndef BYLINE_SEARCH_CONNECT_H
#define BYLINE_SEARCH_CONNECT_H

#include "search/database.h"

/* Keeps their paths in db; a folder of shards stands for them. */
byline_status connect_name(byline_database *db, const char *const *paths,
                           size_t count, byline_error *error);

/* Opens them by their paths: what stands there may be other files than those
 * that are open, whose blocks would be taken for theirs. Those that are away
 * are absent where db may be partial, and one is there; else the error names
 * the first, and db is as it was. */
byline_status connect_all(byline_database *db, byline_error *error);

#endif
