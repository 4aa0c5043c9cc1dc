#include "read/gunzip.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/error.h"

struct gunzip {
  gunzip_pull_fn pull;
  void *user;
  z_stream stream;
  bool in_stream; /* its header was read, its end was not */
  bool between;   /* a stream has ended: there may be one more */
  bool ended;
  bool any; /* came out */
};

enum { WINDOW_GZIP = 15 + 16 }; /* as zlib.h has it: gzip, any window */

gunzip *gunzip_new(gunzip_pull_fn pull, void *user) {
  gunzip *g = calloc(1, sizeof *g);
  if (!g)
    return NULL;
  g->pull = pull;
  g->user = user;
  if (inflateInit2(&g->stream, WINDOW_GZIP) != Z_OK) {
    free(g);
    return NULL;
  }
  return g;
}

void gunzip_free(gunzip *g) {
  if (!g)
    return;
  inflateEnd(&g->stream);
  free(g);
}

bool gunzip_empty(const gunzip *g) {
  return g->ended && !g->any;
}

/* Sees to it that there is input, or that ended is set. */
static byline_status fill(gunzip *g, byline_error *error) {
  const char *block;
  size_t length;
  if (g->stream.avail_in > 0)
    return BYLINE_OK;
  byline_status status = g->pull(g->user, &block, &length, error);
  if (status != BYLINE_OK)
    return status;
  if (length == 0 && g->in_stream)
    return error_set(error, BYLINE_IO, "the gzip data ends too early");
  g->ended = length == 0;
  g->stream.next_in = (z_const Bytef *)(uintptr_t)block;
  g->stream.avail_in = (uInt)length;
  return BYLINE_OK;
}

/* Behind a stream there may be another; anything else is padding. */
static void begin_stream(gunzip *g) {
  if (g->between && *g->stream.next_in != 0x1F) {
    g->ended = true;
    return;
  }
  if (g->between)
    inflateReset(&g->stream);
  g->between = false;
  g->in_stream = true;
}

static byline_status inflate_some(gunzip *g, byline_error *error) {
  int result = inflate(&g->stream, Z_NO_FLUSH);
  if (result == Z_STREAM_END) {
    g->in_stream = false;
    g->between = true;
  } else if (result == Z_MEM_ERROR) {
    return error_no_memory(error);
  } else if (result != Z_OK && result != Z_BUF_ERROR) {
    return error_set(error, BYLINE_IO, "%s",
                     g->stream.msg ? g->stream.msg : "invalid gzip data");
  }
  return BYLINE_OK;
}

byline_status gunzip_read(gunzip *g, char *buffer, size_t capacity,
                          size_t *length, byline_error *error) {
  uInt room = capacity < UINT_MAX ? (uInt)capacity : UINT_MAX;
  byline_status status = BYLINE_OK;
  g->stream.next_out = (Bytef *)buffer;
  g->stream.avail_out = room;
  while (g->stream.avail_out > 0 && !g->ended) {
    status = fill(g, error);
    if (status == BYLINE_OK && !g->ended && !g->in_stream)
      begin_stream(g);
    if (status == BYLINE_OK && !g->ended)
      status = inflate_some(g, error);
    if (status != BYLINE_OK)
      break;
  }
  *length = room - g->stream.avail_out;
  g->any = g->any || *length > 0;
  /* zlib and the source give their errors again. */
  return *length > 0 && status != BYLINE_NO_MEMORY ? BYLINE_OK : status;
}
