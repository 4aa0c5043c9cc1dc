#include "read/source.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

/* A file that has become shorter than it was when it was opened is an error:
 * its last article would be cut off. */
static byline_status read_file(source *s, char *buffer, size_t capacity,
                               size_t *length, byline_error *error) {
  file_source *f = (file_source *)s;
  ssize_t got;
  do
    got = read(f->fd, buffer, capacity);
  while (got < 0 && errno == EINTR);
  *length = 0;
  if (got < 0)
    return error_set(error, BYLINE_IO, "cannot read on: %s", strerror(errno));
  *length = (size_t)got;
  f->position += *length;
  if (got == 0 && f->size_left > 0)
    return error_set(error, BYLINE_IO,
                     "the file became shorter while it was read: read it "
                     "again");
  f->size_left -= f->size_left < *length ? f->size_left : (uint64_t)*length;
  return BYLINE_OK;
}

/* Who jumps about in a file notices by himself what is missing. */
static bool seek_file(source *s, uint64_t position) {
  file_source *f = (file_source *)s;
  f->size_left = 0;
  f->position = position;
  return position <= INT64_MAX &&
         lseek(f->fd, (off_t)position, SEEK_SET) == (off_t)position;
}

void source_from_file(file_source *s, int fd, uint64_t size) {
  *s = (file_source){
      .base = {read_file, size > 0 ? seek_file : NULL, size},
      .fd = fd,
      .size_left = size,
  };
}

static byline_status read_memory(source *s, char *buffer, size_t capacity,
                                 size_t *length, byline_error *error) {
  (void)error;
  memory_source *m = (memory_source *)s;
  uint64_t left = m->at < s->size ? s->size - m->at : 0;
  *length = left < capacity ? (size_t)left : capacity;
  if (*length > 0)
    memcpy(buffer, m->data + m->at, *length);
  m->at += *length;
  return BYLINE_OK;
}

static bool seek_memory(source *s, uint64_t position) {
  ((memory_source *)s)->at = position;
  return true;
}

void source_from_memory(memory_source *s, const char *data, size_t size) {
  *s = (memory_source){
      .base = {read_memory, seek_memory, size},
      .data = data,
  };
}
