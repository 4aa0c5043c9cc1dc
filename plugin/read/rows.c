#include "read/rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

byline_status rows_init(rows *r, byline_input *input, byline_error *error) {
  *r = (rows){.input = input, .data = malloc(ROWS_LONGEST)};
  return r->data ? BYLINE_OK : error_no_memory(error);
}

void rows_free(rows *r) {
  free(r->data);
  r->data = NULL;
}

static byline_status refill(rows *r, byline_error *error) {
  memmove(r->data, r->data + r->at, r->end - r->at);
  r->end -= r->at;
  r->at = 0;
  size_t length;
  byline_status status = byline_input_read(
      r->input, r->data + r->end, ROWS_LONGEST - r->end, &length, error);
  if (status != BYLINE_OK)
    return status;
  r->end += length;
  r->ended = length == 0;
  return BYLINE_OK;
}

byline_status rows_next(rows *r, row *out, bool *found, byline_error *error) {
  size_t looked = 0;
  const char *stop = NULL;
  for (;;) {
    size_t left = r->end - r->at;
    if (left > looked)
      stop = memchr(r->data + r->at + looked, '\n', left - looked);
    if (stop || r->ended || left == ROWS_LONGEST)
      break;
    looked = left;
    byline_status status = refill(r, error);
    if (status != BYLINE_OK)
      return status;
  }
  out->data = r->data + r->at;
  out->length = stop ? (size_t)(stop - out->data) + 1 : r->end - r->at;
  *found = out->length > 0;
  out->continued = r->cut;
  if (!r->cut && *found)
    r->number++;
  out->number = r->number;
  r->cut = !stop;
  r->at += out->length;
  return BYLINE_OK;
}

size_t row_trimmed(const char *data, size_t length) {
  if (length > 0 && data[length - 1] == '\n')
    length--;
  if (length > 0 && data[length - 1] == '\r')
    length--;
  return length;
}

bool row_is_blank(const char *data, size_t length) {
  length = row_trimmed(data, length);
  for (size_t i = 0; i < length; i++)
    if (data[i] != ' ' && data[i] != '\t')
      return false;
  return true;
}
