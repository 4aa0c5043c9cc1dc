/* The first bytes of an input, read ahead to learn from and then given out
 * again before what follows them. */
#ifndef BYLINE_READ_AHEAD_H
#define BYLINE_READ_AHEAD_H

#include "byline/extend.h"
#include "read/entities.h"

typedef struct ahead {
  byline_input *input;
  char *bytes; /* NULL once all of them were given out */
  size_t at, length;
  bool ended;                  /* no more is behind them */
  bool decodes;                /* HTML entities, from the first byte on */
  size_t entities;             /* how many were decoded */
  char rest[ENTITIES_LONGEST]; /* what was read of one that is cut */
  size_t rest_length;
} ahead;

/* Reads on up to size bytes in all, before any is given out; a is zeroed but
 * for input. */
byline_status ahead_fill(ahead *a, size_t size, byline_error *error);
void ahead_free(ahead *a);

/* Decodes the HTML entities of the input where what was read ahead shows that
 * they are meant so. */
void ahead_decode_entities(ahead *a);

/* Tells how many they were, once all was given out. */
void ahead_tell(const ahead *a);

/* A lines_read_fn; user is the ahead. */
byline_status ahead_read(void *user, char *buffer, size_t capacity,
                         size_t *length, byline_error *error);

#endif
