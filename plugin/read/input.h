/* The file that a reader reads; see extend.h for what readers do with it. */
#ifndef BYLINE_READ_INPUT_H
#define BYLINE_READ_INPUT_H

#include <stdbool.h>

#include "byline/extend.h"

/* How much of a file is looked at before a reader gets it. */
enum { INPUT_HEAD = 64 << 10 };

struct byline_input {
  const char *path;
  int fd;             /* -1: the head is all there is */
  uint64_t size_left; /* of a regular file; what it must still have */
  const char *head;   /* the bytes that were read ahead */
  size_t head_length, head_at;
  bool head_whole; /* they are the whole file */
  byline_read_stats *stats;
  byline_notice_fn notice; /* may be NULL */
  void *notice_user;
  byline_explain_fn explain; /* may be NULL */
  void *explain_user;
  bool failed; /* something was reported as failed */
};

/* A file in memory, for tests. */
void input_from_memory(byline_input *input, const char *text, size_t length,
                       byline_read_stats *stats);

/* Reads the head of an open file into head[INPUT_HEAD]. size is that of a
 * regular file, else 0. */
byline_status input_start(byline_input *input, int fd, uint64_t size,
                          char *head, byline_error *error);

#endif
