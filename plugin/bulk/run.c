#include "bulk/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "bulk/pack.h"
#include "bulk/small.h"

void run_clear(run *r) {
  for (int i = 0; i < RUN_STREAMS; i++)
    buf_free(&r->memory[i]);
}

size_t run_memory(const run *r) {
  size_t sum = 0;
  for (int i = 0; i < RUN_STREAMS; i++)
    sum += r->memory[i].capacity;
  return sum;
}

bool run_add_head(buf *stream, const run_list *list) {
  unsigned char head[1 + RUN_KEY_MAX + 5 * PACK_UINT_MAX];
  size_t n = 0;
  head[n++] = (unsigned char)list->key.length;
  if (list->key.length > 0)
    memcpy(head + n, list->key.data, list->key.length);
  n += list->key.length;
  n += pack_uint(head + n, list->total);
  n += pack_uint(head + n, list->length);
  n += pack_uint(head + n, list->count);
  n += pack_uint(head + n, list->first);
  n += pack_uint(head + n, list->last - list->first);
  return buf_add(stream, head, n);
}

/* ---- Reading ------------------------------------------------------------ */

void run_cursor_init(run_cursor *c, const run *r, run_stream stream, int file,
                     const char *path, size_t window) {
  *c = (run_cursor){.base = r->base, .file = file, .path = path};
  const buf *memory = &r->memory[stream];
  if (r->in_file) {
    c->offset = r->offset[stream];
    c->left = r->length[stream];
    c->window_size = window;
  } else if (memory->length > 0) {
    c->at = (const unsigned char *)memory->data;
    c->end = c->at + memory->length;
  }
}

void run_cursor_free(run_cursor *c) {
  free(c->window);
  c->window = NULL;
}

/* A window of at least so many bytes that begins with those not read yet. */
static bool move_window(run_cursor *c, size_t bytes) {
  size_t have = (size_t)(c->end - c->at);
  if (!c->window || bytes > c->window_size) {
    size_t size = bytes > c->window_size ? bytes : c->window_size;
    unsigned char *window = malloc(size);
    if (!window)
      return false;
    if (have > 0)
      memcpy(window, c->at, have);
    free(c->window);
    c->window = window;
    c->window_size = size;
  } else if (have > 0) {
    memmove(c->window, c->at, have);
  }
  c->at = c->window;
  c->end = c->window + have;
  return true;
}

byline_status run_cursor_read(run_cursor *c, size_t bytes,
                              byline_error *error) {
  if (!move_window(c, bytes))
    return error_no_memory(error);
  while ((size_t)(c->end - c->at) < bytes && c->left > 0) {
    size_t have = (size_t)(c->end - c->window);
    size_t room = c->window_size - have;
    if (room > c->left)
      room = (size_t)c->left;
    ssize_t got = pread(c->file, c->window + have, room, (off_t)c->offset);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return error_errno(error, errno, c->path, "cannot read a temporary file");
    if (got == 0)
      return error_set(error, BYLINE_IO, "%s: a temporary file was cut short",
                       c->path);
    c->end += got;
    c->offset += (uint64_t)got;
    c->left -= (uint64_t)got;
  }
  return BYLINE_OK;
}

byline_status run_cursor_next(run_cursor *c, bool *more, byline_error *error) {
  byline_status status =
      run_cursor_fill(c, 1 + RUN_KEY_MAX + 5 * PACK_UINT_MAX, error);
  *more = status == BYLINE_OK && c->at < c->end;
  if (!*more)
    return status;
  run_list *list = &c->list;
  list->key.length = *c->at++;
  list->key.data = (const char *)c->at;
  if (c->window) {
    small_copy(c->key, c->at, list->key.length);
    list->key.data = (const char *)c->key;
  }
  c->at += list->key.length;
  list->total = unpack_uint(&c->at);
  list->length = unpack_uint(&c->at);
  list->count = (uint32_t)unpack_uint(&c->at);
  list->first = c->base + (uint32_t)unpack_uint(&c->at);
  list->last = list->first + (uint32_t)unpack_uint(&c->at);
  return BYLINE_OK;
}
