/* A part when it is full, packed: its lists in order of their keys, in streams
 * that are read from their beginning to their end. In memory, or behind one
 * another in a file that has no name. */
#ifndef BYLINE_BULK_RUN_H
#define BYLINE_BULK_RUN_H

#include "base/buf.h"

typedef enum run_stream {
  RUN_WORDS,     /* of the spelling table: no lists, only totals */
  RUN_VALUES,    /* key: the slot as pack_uint; length, value */
  RUN_POSTINGS,  /* wdf; the empty key comes first: document lengths */
  RUN_POSITIONS, /* length, finished tag; without postings that have none */
  RUN_STREAMS
} run_stream;

/* The head of a list. Its body is, for each document, the distance from the
 * one before less 1 (not for the first), and what the stream has of it. */
typedef struct run_list {
  byline_string key;
  uint64_t total;       /* of wdfs; frequency of a word */
  uint64_t length;      /* bytes of the body */
  uint32_t count;       /* of documents */
  uint32_t first, last; /* docids */
} run_list;

typedef struct run {
  uint32_t base; /* added to its docids */
  bool in_file;
  buf memory[RUN_STREAMS];
  uint64_t offset[RUN_STREAMS]; /* in the file */
  uint64_t length[RUN_STREAMS];
} run;

void run_clear(run *r);

/* Bytes that it has in memory. */
size_t run_memory(const run *r);

/* Appends the head of a list. False when memory runs out. */
bool run_add_head(buf *stream, const run_list *list);

/* ---- Reading ------------------------------------------------------------ */

enum { RUN_KEY_MAX = 255 };

/* A place in a stream. */
typedef struct run_cursor {
  const unsigned char *at, *end;  /* bytes that can be read now */
  run_list list;                  /* base is added already */
  unsigned char key[RUN_KEY_MAX]; /* of it, where bytes move */
  uint32_t base;
  int file; /* what follows end is there, else none */
  const char *path;
  uint64_t offset, left;
  unsigned char *window;
  size_t window_size;
} run_cursor;

/* window: bytes to read at once. Nothing is allocated yet. */
void run_cursor_init(run_cursor *c, const run *r, run_stream stream, int file,
                     const char *path, size_t window);
void run_cursor_free(run_cursor *c);

/* Goes on to the next list, whose key is valid until then, when all of the last
 * one's body has been read. *more: there is one. Errors: BYLINE_IO,
 * BYLINE_NO_MEMORY. */
byline_status run_cursor_next(run_cursor *c, bool *more, byline_error *error);

/* Makes at least so many bytes readable, or all if there are fewer. */
byline_status run_cursor_read(run_cursor *c, size_t bytes, byline_error *error);

static inline byline_status run_cursor_fill(run_cursor *c, size_t bytes,
                                            byline_error *error) {
  if ((size_t)(c->end - c->at) >= bytes || c->left == 0)
    return BYLINE_OK;
  return run_cursor_read(c, bytes, error);
}

#endif
