/* A growing byte buffer; the bytes are always followed by a NUL. */
#ifndef BYLINE_BASE_BUF_H
#define BYLINE_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "byline/types.h"

typedef struct buf {
  char *data; /* NULL until something was added */
  size_t length;
  size_t capacity;
} buf;

#define BUF_INIT                                                               \
  { NULL, 0, 0 }

void buf_free(buf *b);  /* releases the memory; b can be used again */
void buf_clear(buf *b); /* keeps the memory */

/* All of these return false, leaving b as it was, when memory runs out. */
bool buf_reserve(buf *b, size_t extra);
bool buf_add(buf *b, const void *data, size_t length);
bool buf_add_char(buf *b, char c);
bool buf_add_string(buf *b, const char *text);
bool buf_add_str(buf *b, byline_string text);
bool buf_printf(buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static inline byline_string buf_string(const buf *b) {
  byline_string s = {b->data, b->length};
  return s;
}

#endif
