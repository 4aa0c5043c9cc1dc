/* The runs of a builder, in docid order: first those in the file, then those in
 * memory. */
#ifndef BYLINE_BULK_RUN_SET_H
#define BYLINE_BULK_RUN_SET_H

#include "bulk/merge.h"

typedef struct run_set {
  const char *directory; /* of the file; borrowed */
  size_t memory;         /* bytes that the runs, or windows, may take */
  run *runs;
  size_t count, capacity;
  size_t in_file;    /* how many of them */
  size_t kept;       /* bytes of those in memory */
  int file;          /* -1: none yet */
  uint64_t file_end; /* where it goes on */
} run_set;

void run_set_init(run_set *s, const char *directory, size_t memory);
void run_set_free(run_set *s);

/* Takes a run over in any case. When more than s->memory is kept, all of it is
 * written to the file, as one run. Errors: BYLINE_IO, BYLINE_NO_MEMORY. */
byline_status run_set_add(run_set *s, run *r, byline_error *error);

/* When no more are added: makes them so few that every stream of each can be
 * read with a window of useful size. */
byline_status run_set_settle(run_set *s, byline_error *error);

/* Merges one stream of all runs; different streams may be merged at once by
 * different threads. */
byline_status run_set_merge(const run_set *s, run_stream stream, merge *m,
                            byline_error *error);

/* Frees what the runs have of a stream that is not needed again. */
void run_set_drop(run_set *s, run_stream stream);

#endif
