/* What is asked for with --shards: a number, or names. */
#ifndef BYLINE_INDEX_SHARD_NAMES_H
#define BYLINE_INDEX_SHARD_NAMES_H

#include "index/shard_set.h"

/* Adds so many shards in the folder to a set. */
byline_status shard_names_number(const char *folder, size_t count,
                                 shard_set *set, byline_error *error);

/* Adds the shards of the text. BYLINE_INVALID, also where one is named twice,
 * whatever its names and whether it is there. */
byline_status shard_names_parse(const char *database, const char *text,
                                shard_set *set, byline_error *error);

#endif
