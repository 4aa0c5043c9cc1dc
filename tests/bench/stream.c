#include "stream.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static void fail(const char *what) {
  perror(what);
  exit(1);
}

void stream_open(stream *s, const char *path) {
  struct stat status;
  int file = open(path, O_RDONLY);
  if (file < 0 || fstat(file, &status) != 0)
    fail(path);
  size_t size = (size_t)status.st_size;
  char *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
  if (bytes == MAP_FAILED)
    fail(path);
  close(file);
  *s = (stream){.bytes = bytes, .at = bytes, .end = bytes + size};
}

void stream_close(stream *s) {
  munmap((void *)s->bytes, (size_t)(s->end - s->bytes));
  free(s->terms);
  free(s->values);
}

static uint32_t take_number(stream *s) {
  uint32_t number;
  memcpy(&number, s->at, sizeof number);
  s->at += sizeof number;
  return number;
}

static byline_string take_bytes(stream *s, size_t length) {
  byline_string bytes = {s->at, length};
  s->at += (length + 3) / 4 * 4;
  return bytes;
}

/* Room for count elements of what is at *list. */
static void *room(void *list, size_t *space, size_t count, size_t size) {
  if (count <= *space)
    return list;
  *space = count * 2;
  list = realloc(list, *space * size);
  if (!list)
    fail("stream");
  return list;
}

bool stream_next(stream *s, document *d) {
  if (s->at == s->end)
    return false;
  size_t data_length = take_number(s);
  d->value_count = take_number(s);
  d->term_count = take_number(s);
  d->data = take_bytes(s, data_length);
  s->values =
      room(s->values, &s->value_space, d->value_count, sizeof *s->values);
  s->terms = room(s->terms, &s->term_space, d->term_count, sizeof *s->terms);
  for (size_t i = 0; i < d->value_count; i++) {
    s->values[i].slot = take_number(s);
    size_t length = take_number(s);
    s->values[i].value = take_bytes(s, length);
  }
  for (size_t i = 0; i < d->term_count; i++) {
    document_term *term = &s->terms[i];
    size_t length = take_number(s);
    term->wdf = take_number(s);
    term->position_count = take_number(s);
    term->term = take_bytes(s, length);
    term->positions = (const uint32_t *)s->at;
    s->at += term->position_count * sizeof(uint32_t);
  }
  d->terms = s->terms;
  d->values = s->values;
  return true;
}
