/* Indexing into several databases at once: one reading of the files, and an
 * indexer for each database in a thread of its own. All of them hear of every
 * file and have their own records; an article goes to the one that the hash of
 * its identity says, so that all that may be the same article meets in one. */
#ifndef BYLINE_INDEX_SHARDS_H
#define BYLINE_INDEX_SHARDS_H

#include "index/indexing.h"
#include "index/shard_set.h"

/* As byline_index. After the failure of one shard the others keep what is
 * complete; the same call goes on from there. */
byline_status shards_index(byline_context *context, const shard_set *set,
                           const sources *from,
                           const byline_index_options *options,
                           byline_index_stats *stats, byline_error *error);

#endif
