/* Xapian's stub file XAPIANDB where it names the shards of an archive. */
#ifndef BYLINE_INDEX_SHARD_STUB_H
#define BYLINE_INDEX_SHARD_STUB_H

#include "index/shard_set.h"

/* As shard_set_read says. */
byline_status shard_stub_read(const char *database, shard_set *set,
                              byline_error *error);

/* Puts one in the folder, which is to be at database, or is. BYLINE_IO,
 * BYLINE_NO_MEMORY. */
byline_status shard_stub_write(const char *folder, const char *database,
                               const shard_set *set, byline_error *error);

/* Keeps others from writing one until what it returns is closed, if that is not
 * -1. It does not wait for long, as somebody may have locked the folder for a
 * reason of his own. */
int shard_stub_take_turn(const char *database);

#endif
