/* What shards' threads have to tell, kept until the reader's thread passes it
 * on, as callbacks are the caller's thread's. */
#ifndef BYLINE_INDEX_SHARD_NOTICES_H
#define BYLINE_INDEX_SHARD_NOTICES_H

#include "byline/byline.h"

typedef struct shard_notice shard_notice;

typedef struct shard_notices {
  shard_notice *first, *last; /* in their order */
} shard_notices;

/* Copies one; without memory it is not told. */
void shard_notices_add(shard_notices *n, const byline_notice *notice);

/* Passes all of them on, and frees them. */
void shard_notices_pass(const shard_notices *n,
                        const byline_read_options *options);

#endif
