/* One database's part of byline_index. */
#ifndef BYLINE_INDEX_INDEXING_H
#define BYLINE_INDEX_INDEXING_H

#include <stdbool.h>

#include "byline/byline.h"
#include "read/reader.h"

typedef struct sources {
  const char *const *paths;
  size_t count;
  /* Of all that is at and below the paths, only these files, and what is below
   * these folders, is read; those that are not there count for nothing. Pruning
   * still sees to all. NULL: everything is. */
  const char *const *changed;
  size_t changed_count;
} sources;

/* The same paths but for standard input, which has been read; the list of them
 * is the caller's. */
byline_status sources_again(const sources *from, sources *again,
                            byline_error *error);

/* Who reads for several indexers at once. */
typedef struct index_source index_source;

struct index_source {
  /* Calls events for all files, or until one of them returns other than 0,
   * which is returned. May be called a second time. */
  byline_status (*read)(index_source *s, const read_events *events,
                        byline_error *error);
  /* Which part of an archive the database is, as "2/4". */
  const char *shard;
  bool made; /* it was there once */
};

/* source may be NULL: the indexer reads paths itself. options and stats are of
 * this version; context_reading has been called. */
byline_status indexer_run(byline_context *context, const char *database,
                          const char *const *paths, size_t path_count,
                          const byline_index_options *options,
                          index_source *source, byline_index_stats *stats,
                          byline_error *error);

/* As byline_index. */
byline_status indexing_run(byline_context *context, const char *database,
                           const sources *from,
                           const byline_index_options *options,
                           byline_index_stats *stats, byline_error *error);

#endif
