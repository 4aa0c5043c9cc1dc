#include "read/input.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

void input_from_memory(byline_input *input, const char *text, size_t length,
                       byline_read_stats *stats) {
  *input = (byline_input){.path = "memory",
                          .fd = -1,
                          .head = text,
                          .head_length = length,
                          .head_whole = true,
                          .stats = stats};
}

/* One read; a file that has become shorter than it was when it was opened is
 * an error: its last article would be cut off. */
static byline_status read_some(byline_input *input, char *buffer,
                               size_t capacity, size_t *length,
                               byline_error *error) {
  ssize_t got;
  do
    got = read(input->fd, buffer, capacity);
  while (got < 0 && errno == EINTR);
  *length = 0;
  if (got < 0)
    return error_set(error, BYLINE_IO, "cannot read on: %s", strerror(errno));
  *length = (size_t)got;
  if (got == 0 && input->size_left > 0)
    return error_set(error, BYLINE_IO,
                     "the file became shorter while it was read: read it "
                     "again");
  input->size_left -=
      input->size_left < *length ? input->size_left : (uint64_t)*length;
  return BYLINE_OK;
}

byline_status input_start(byline_input *input, int fd, uint64_t size,
                          char *head, byline_error *error) {
  input->fd = fd;
  input->size_left = size;
  input->head = head;
  input->head_length = input->head_at = 0;
  size_t got = 1;
  while (input->head_length < INPUT_HEAD && got > 0) {
    byline_status status =
        read_some(input, head + input->head_length,
                  INPUT_HEAD - input->head_length, &got, error);
    if (status != BYLINE_OK)
      return status;
    input->head_length += got;
  }
  input->head_whole = got == 0;
  return BYLINE_OK;
}

byline_status byline_input_read(byline_input *input, char *buffer,
                                size_t capacity, size_t *length,
                                byline_error *error) {
  size_t left = input->head_length - input->head_at;
  *length = 0;
  if (left > 0) {
    *length = left < capacity ? left : capacity;
    memcpy(buffer, input->head + input->head_at, *length);
    input->head_at += *length;
  } else if (!input->head_whole) {
    byline_status status = read_some(input, buffer, capacity, length, error);
    if (status != BYLINE_OK)
      return status;
  }
  input->stats->bytes += *length;
  return BYLINE_OK;
}

const char *byline_input_path(const byline_input *input) {
  return input->path;
}

void byline_input_notice(byline_input *input, byline_notice_kind kind,
                         size_t line, const char *message) {
  if (kind == BYLINE_NOTICE_FAILED)
    input->failed = true;
  if (!input->notice)
    return;
  byline_notice notice = {kind, input->path, line, message};
  input->notice(input->notice_user, &notice);
}

bool byline_input_explains(const byline_input *input) {
  return input->explain != NULL;
}

void byline_input_explain(byline_input *input, size_t line, const char *what,
                          int score, const char *why, byline_string text) {
  if (!input->explain)
    return;
  byline_explanation e = {sizeof e, input->path, line, what, score, why, text};
  input->explain(input->explain_user, &e);
}

void byline_input_count_invalid(byline_input *input, size_t count) {
  input->stats->invalid_bytes += count;
}

void byline_input_count_unclear_date(byline_input *input) {
  input->stats->unclear_dates++;
}
