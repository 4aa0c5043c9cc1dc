/* The lists of one stream of many runs, merged: those of one key at a time, in
 * order of keys and, for one key, of the runs. */
#ifndef BYLINE_BULK_MERGE_H
#define BYLINE_BULK_MERGE_H

#include "bulk/run.h"

typedef struct merge_node {
  uint64_t key_head; /* of the cursor's list: small_head */
  run_cursor *cursor;
} merge_node;

typedef struct merge {
  run_cursor *cursors;
  size_t count;
  merge_node *heap; /* the least key first */
  size_t heap_count;
  run_cursor **group; /* the lists of one key; empty at the end */
  size_t group_count;
  run_list list; /* of all of them together; its length is 0 */
} merge;

/* runs, file and path are borrowed. window: bytes to read at once of a run that
 * is in the file. Errors: BYLINE_IO, BYLINE_NO_MEMORY. */
byline_status merge_open(merge *m, const run *runs, size_t count,
                         run_stream stream, int file, const char *path,
                         size_t window, byline_error *error);
void merge_free(merge *m);

/* Goes on to the next key, when the bodies of all lists have been read. Errors
 * besides: BYLINE_INVALID (a total above 2^32, which Xapian can't read). */
byline_status merge_next(merge *m, byline_error *error);

#endif
