/* Where bytes come from: an open file, memory, a member of an archive. */
#ifndef BYLINE_READ_SOURCE_H
#define BYLINE_READ_SOURCE_H

#include <stdbool.h>

#include "byline/types.h"

typedef struct source source;

struct source {
  /* As byline_input_read: *length is 0 only at the end. */
  byline_status (*read)(source *s, char *buffer, size_t capacity,
                        size_t *length, byline_error *error);
  /* NULL: it can only be read on. False if it failed. */
  bool (*seek)(source *s, uint64_t position);
  uint64_t size; /* where there is seek */
};

/* An open file, read from where it stands. */
typedef struct file_source {
  source base;
  int fd;
  uint64_t size_left; /* what it must still have */
  uint64_t position;  /* from where it stood */
} file_source;

/* size is that of a regular file that stands at its beginning, else 0. */
void source_from_file(file_source *s, int fd, uint64_t size);

typedef struct memory_source {
  source base;
  const char *data;
  uint64_t at;
} memory_source;

void source_from_memory(memory_source *s, const char *data, size_t size);

#endif
