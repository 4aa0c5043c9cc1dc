#include "read/ahead.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

/* Decodes what was read, of which length bytes stand at bytes. */
static size_t decode(ahead *a, char *bytes, size_t length, bool last) {
  size_t result =
      entities_decode(bytes, length, last, &a->rest_length, &a->entities);
  memcpy(a->rest, bytes + result, a->rest_length);
  return result;
}

/* Reads what comes behind all that was read; capacity has room for what was
 * left of an entity. */
static byline_status read_on(ahead *a, char *buffer, size_t capacity,
                             size_t *length, byline_error *error) {
  for (;;) {
    size_t rest = a->rest_length;
    byline_status status = byline_input_read(a->input, buffer + rest,
                                             capacity - rest, length, error);
    if (status != BYLINE_OK)
      return status;
    a->ended = *length == 0;
    if (!a->decodes)
      return BYLINE_OK;
    memcpy(buffer, a->rest, rest);
    *length = decode(a, buffer, rest + *length, a->ended);
    if (*length > 0 || a->ended)
      return BYLINE_OK;
  }
}

byline_status ahead_fill(ahead *a, size_t size, byline_error *error) {
  char *bytes = realloc(a->bytes, size);
  if (!bytes)
    return error_no_memory(error);
  a->bytes = bytes;
  while (a->length + a->rest_length < size && !a->ended) {
    size_t length = 0;
    byline_status status =
        read_on(a, a->bytes + a->length, size - a->length, &length, error);
    /* A file that breaks off is used up to there: the error comes again. */
    if (status == BYLINE_IO && a->length > 0)
      break;
    if (status != BYLINE_OK)
      return status;
    a->length += length;
  }
  return BYLINE_OK;
}

void ahead_decode_entities(ahead *a) {
  a->decodes = entities_shown(a->bytes, a->length);
  if (a->decodes)
    a->length = decode(a, a->bytes, a->length, a->ended);
}

void ahead_tell(const ahead *a) {
  char message[80];
  if (a->entities == 0)
    return;
  snprintf(message, sizeof message, "%zu HTML %s decoded", a->entities,
           a->entities == 1 ? "entity" : "entities");
  byline_input_notice(a->input, BYLINE_NOTICE_REPAIRED, 0, message);
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
    return read_on(a, buffer, capacity, length, error);
  *length = left < capacity ? left : capacity;
  memcpy(buffer, a->bytes + a->at, *length);
  a->at += *length;
  if (a->at == a->length)
    ahead_free(a);
  return BYLINE_OK;
}
