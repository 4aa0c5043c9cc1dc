/* Bytes in, clean lines out.
 *
 * A line ends at LF, CR LF, CR CR LF or a lone CR; U+2028, U+2029 and U+0085
 * end one as well but do not count in line numbers, as in editors. In a line
 * broken UTF-8 and NUL become U+FFFD, all other control characters and every
 * Unicode space become a plain space, runs of spaces become one, and none are
 * left at its ends. A byte order mark at the start of a line is dropped. */
#ifndef BYLINE_READ_LINES_H
#define BYLINE_READ_LINES_H

#include <stdbool.h>

#include "base/buf.h"

/* A longer line comes in pieces, cut between characters, if longest is not set
 * to another number. */
enum { LINES_LONGEST = 16 << 20 };

typedef byline_status (*lines_read_fn)(void *user, char *buffer,
                                       size_t capacity, size_t *length,
                                       byline_error *error);

typedef struct line {
  byline_string text; /* until the next call; empty for a blank line */
  byline_string raw;  /* as it stands, without its end; the same for all that
                         U+2028 makes of it */
  size_t number;      /* from 1 */
  bool continued;     /* a further piece of the line before */
} line;

typedef struct lines {
  lines_read_fn read;
  void *user;
  char *raw; /* what was read and not given out: [at, end) */
  size_t capacity, at, end;
  size_t longest; /* bytes of a line */
  size_t lf, cr;  /* where the next LF and CR are, as far as was looked */
  bool ended;
  bool cut;            /* the last line given out was a piece */
  byline_string given; /* the raw line given out last */
  buf clean;           /* a line that had to be changed */
  size_t pending;      /* where the next line in clean starts; SIZE_MAX: none */
  size_t number;
  size_t invalid;       /* sequences replaced so far */
  size_t first_invalid; /* the line of the first; 0: none */
  size_t first_long;    /* the first line that came in pieces; 0: none */
} lines;

/* Text in memory as an input: lines_read_memory's user, which it moves on. */
typedef struct lines_memory {
  const char *text;
  size_t length;
} lines_memory;
byline_status lines_read_memory(void *user, char *buffer, size_t capacity,
                                size_t *length, byline_error *error);

void lines_init(lines *l, lines_read_fn read, void *user);
void lines_free(lines *l);

/* *found is false at the end of the input. */
byline_status lines_next(lines *l, line *out, bool *found, byline_error *error);

#endif
