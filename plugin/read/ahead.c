#include "read/ahead.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

byline_status ahead_fill(ahead *a, size_t size, byline_error *error) {
  char *bytes = realloc(a->bytes, size);
  if (!bytes)
    return error_no_memory(error);
  a->bytes = bytes;
  size_t length = 1;
  while (a->length < size && length > 0) {
    byline_status status = byline_input_read(a->input, a->bytes + a->length,
                                             size - a->length, &length, error);
    /* A file that breaks off is used up to there: the error comes again. */
    if (status == BYLINE_IO && a->length > 0)
      break;
    if (status != BYLINE_OK)
      return status;
    a->length += length;
  }
  return BYLINE_OK;
}

void ahead_free(ahead *a) {
  free(a->bytes);
  a->bytes = NULL;
}

byline_status ahead_read(void *user, char *buffer, size_t capacity,
                         size_t *length, byline_error *error) {
  ahead *a = user;
  size_t left = a->length - a->at;
  if (left == 0)
    return byline_input_read(a->input, buffer, capacity, length, error);
  *length = left < capacity ? left : capacity;
  memcpy(buffer, a->bytes + a->at, *length);
  a->at += *length;
  if (a->at == a->length)
    ahead_free(a);
  return BYLINE_OK;
}
