#include "bulk/run_set.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "bulk/disk.h"
#include "bulk/pack.h"

enum {
  WINDOW_MIN = 16 * 1024,
  WINDOW_MAX = 256 * 1024,
  OUTPUT = 256 * 1024, /* bytes written at once */
  AT_ONCE = 2          /* streams that are merged at the same time */
};

void run_set_init(run_set *s, const char *directory, size_t memory) {
  *s = (run_set){.directory = directory, .memory = memory, .file = -1};
}

void run_set_free(run_set *s) {
  for (size_t i = 0; i < s->count; i++)
    run_clear(&s->runs[i]);
  free(s->runs);
  if (s->file >= 0)
    close(s->file);
  run_set_init(s, s->directory, s->memory);
}

/* ---- The file ------------------------------------------------------------ */

static byline_status open_file(const char *directory, int *file,
                               byline_error *error) {
  static const char name[] = "/runs-XXXXXX";
  size_t length = strlen(directory);
  char *path = malloc(length + sizeof name);
  if (!path)
    return error_no_memory(error);
  memcpy(path, directory, length);
  memcpy(path + length, name, sizeof name);
  *file = mkstemp(path);
  byline_status status = BYLINE_OK;
  if (*file < 0)
    status = error_errno(error, errno, path, "cannot make a temporary file");
  else
    unlink(path);
  free(path);
  return status;
}

/* Where a merged run is written. */
typedef struct output {
  const char *directory;
  int file;
  uint64_t at;
  buf bytes; /* not written yet */
} output;

static byline_status flush(output *o, byline_error *error) {
  int number =
      disk_write(o->file, o->bytes.data, o->bytes.length, (off_t)o->at);
  if (number)
    return error_errno(error, number, o->directory,
                       "cannot write a temporary file");
  o->at += o->bytes.length;
  buf_clear(&o->bytes);
  return BYLINE_OK;
}

static byline_status put(output *o, const void *data, size_t length,
                         byline_error *error) {
  if (!buf_add(&o->bytes, data, length))
    return error_no_memory(error);
  return o->bytes.length < OUTPUT ? BYLINE_OK : flush(o, error);
}

/* ---- Runs merged to a run ------------------------------------------------ */

/* The body of a list behind the lists of the same key before it. */
static byline_status put_body(output *o, run_cursor *c, byline_error *error) {
  uint64_t left = c->list.length;
  byline_status status = BYLINE_OK;
  while (status == BYLINE_OK && left > 0) {
    status = run_cursor_fill(c, 1, error);
    size_t part = (size_t)(c->end - c->at);
    if (part > left)
      part = (size_t)left;
    if (part > OUTPUT)
      part = OUTPUT;
    if (status == BYLINE_OK)
      status = put(o, c->at, part, error);
    c->at += part;
    left -= part;
  }
  return status;
}

static uint32_t gap_before(const merge *m, size_t i) {
  return m->group[i]->list.first - m->group[i - 1]->list.last - 1;
}

static byline_status put_group(output *o, const merge *m, byline_error *error) {
  run_list list = m->list;
  unsigned char gap[PACK_UINT_MAX];
  bool has_lists = list.count > 0; /* words have none */
  for (size_t i = 0; i < m->group_count; i++) {
    list.length += m->group[i]->list.length;
    if (has_lists && i > 0)
      list.length += pack_uint(gap, gap_before(m, i));
  }
  if (!run_add_head(&o->bytes, &list))
    return error_no_memory(error);
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < m->group_count; i++) {
    if (has_lists && i > 0)
      status = put(o, gap, pack_uint(gap, gap_before(m, i)), error);
    if (status == BYLINE_OK)
      status = put_body(o, m->group[i], error);
  }
  return status;
}

static byline_status put_stream(output *o, merge *m, byline_error *error) {
  byline_status status = merge_next(m, error);
  while (status == BYLINE_OK && m->group_count > 0) {
    status = put_group(o, m, error);
    if (status == BYLINE_OK)
      status = merge_next(m, error);
  }
  return status == BYLINE_OK ? flush(o, error) : status;
}

static size_t window_of(const run_set *s) {
  size_t window = s->in_file ? s->memory / (AT_ONCE * s->in_file) : 0;
  if (window < WINDOW_MIN)
    window = WINDOW_MIN;
  return window < WINDOW_MAX ? window : WINDOW_MAX;
}

/* Merges some runs into one at the output's end. */
static byline_status merge_runs(const run_set *s, size_t from, size_t count,
                                output *o, run *result, byline_error *error) {
  *result = (run){.in_file = true};
  byline_status status = BYLINE_OK;
  for (int i = 0; status == BYLINE_OK && i < RUN_STREAMS; i++) {
    merge m;
    status = merge_open(&m, s->runs + from, count, (run_stream)i, s->file,
                        s->directory, window_of(s), error);
    if (status != BYLINE_OK)
      break;
    result->offset[i] = o->at;
    status = put_stream(o, &m, error);
    result->length[i] = o->at - result->offset[i];
    merge_free(&m);
  }
  return status;
}

static byline_status spill(run_set *s, byline_error *error) {
  byline_status status = BYLINE_OK;
  if (s->file < 0)
    status = open_file(s->directory, &s->file, error);
  if (status != BYLINE_OK)
    return status;
  output o = {s->directory, s->file, s->file_end, BUF_INIT};
  run merged;
  status = merge_runs(s, s->in_file, s->count - s->in_file, &o, &merged, error);
  buf_free(&o.bytes);
  if (status != BYLINE_OK)
    return status;
  s->file_end = o.at;
  for (size_t i = s->in_file; i < s->count; i++)
    run_clear(&s->runs[i]);
  s->runs[s->in_file++] = merged;
  s->count = s->in_file;
  s->kept = 0;
  return BYLINE_OK;
}

byline_status run_set_add(run_set *s, run *r, byline_error *error) {
  if (s->count == s->capacity) {
    size_t capacity = s->capacity ? s->capacity * 2 : 16;
    run *runs = realloc(s->runs, capacity * sizeof *runs);
    if (!runs) {
      run_clear(r);
      return error_no_memory(error);
    }
    s->runs = runs;
    s->capacity = capacity;
  }
  s->runs[s->count++] = *r;
  s->kept += run_memory(r);
  *r = (run){.base = 0};
  return s->kept > s->memory ? spill(s, error) : BYLINE_OK;
}

/* ---- At the end ---------------------------------------------------------- */

/* Merges all runs of the file, so many at once, into a new file. */
static byline_status pass(run_set *s, size_t width, byline_error *error) {
  output o = {s->directory, -1, 0, BUF_INIT};
  byline_status status = open_file(s->directory, &o.file, error);
  size_t count = 0;
  for (size_t i = 0; status == BYLINE_OK && i < s->in_file; i += width) {
    run merged;
    size_t some = s->in_file - i < width ? s->in_file - i : width;
    status = merge_runs(s, i, some, &o, &merged, error);
    if (status == BYLINE_OK)
      s->runs[count++] = merged;
  }
  buf_free(&o.bytes);
  if (status != BYLINE_OK) {
    if (o.file >= 0)
      close(o.file);
    return status;
  }
  close(s->file);
  s->file = o.file;
  s->file_end = o.at;
  s->in_file = s->count = count;
  return BYLINE_OK;
}

byline_status run_set_settle(run_set *s, byline_error *error) {
  size_t width = s->memory / (AT_ONCE * WINDOW_MIN);
  if (width < 8)
    width = 8;
  byline_status status = BYLINE_OK;
  /* The windows take the place of what is kept. */
  if (s->in_file > 0 && s->count > s->in_file)
    status = spill(s, error);
  while (status == BYLINE_OK && s->in_file > width)
    status = pass(s, width, error);
  return status;
}

void run_set_drop(run_set *s, run_stream stream) {
  for (size_t i = s->in_file; i < s->count; i++)
    buf_free(&s->runs[i].memory[stream]);
}

byline_status run_set_merge(const run_set *s, run_stream stream, merge *m,
                            byline_error *error) {
  return merge_open(m, s->runs, s->count, stream, s->file, s->directory,
                    window_of(s), error);
}
