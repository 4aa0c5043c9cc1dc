/* What has changed in watched folders since it was looked at last: a set of
 * paths, however often each was told of. */
#ifndef BYLINE_INDEX_CHANGES_H
#define BYLINE_INDEX_CHANGES_H

#include <stdbool.h>

#include "index/string_map.h"

/* Times are in milliseconds, of a clock that only goes on. */
typedef struct changes {
  string_map paths;
  size_t ready, writing;
  int64_t first, last; /* of the first one that is ready, and of any */
  bool all;            /* more than can be named: everything is to be seen */
  bool gone;           /* something is not there any more */
} changes;

#define CHANGES_INIT                                                           \
  { STRING_MAP_INIT, 0, 0, 0, 0, false, false }

void changes_free(changes *c);

/* A file or folder is to be looked at. False when memory runs out. */
bool changes_add(changes *c, byline_string path, int64_t now);
/* Somebody writes to it: it is to be looked at when that has ended. */
bool changes_add_writing(changes *c, byline_string path, int64_t now);
/* A path is gone. */
void changes_add_gone(changes *c, int64_t now);
void changes_add_all(changes *c, int64_t now);

/* How long a batch waits: for nothing to change any more, but not longer. */
typedef struct changes_delay {
  int64_t quiet, longest;
} changes_delay;

/* When the next batch is due; INT64_MAX: nothing is to be done. */
int64_t changes_due(const changes *c, const changes_delay *delay);

/* What a batch is of. */
typedef struct change_batch {
  arena memory;
  const char **paths; /* in order */
  size_t count;
  bool all, gone;
} change_batch;

/* Moves what can be done into an empty batch. Files that are being written stay
 * behind, but for those that were for too long. False when memory runs out. */
bool changes_take(changes *c, const changes_delay *delay, int64_t now,
                  change_batch *batch);
/* Puts back a batch that could not be done; the batch stays. */
bool changes_give_back(changes *c, const change_batch *batch, int64_t now);
void change_batch_free(change_batch *batch);

#endif
