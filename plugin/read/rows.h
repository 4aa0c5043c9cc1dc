/* Lines as they stand in a file, with their ends, for formats that have a
 * syntax of their own; lines.h gives them cleaned. A line ends at LF. */
#ifndef BYLINE_READ_ROWS_H
#define BYLINE_READ_ROWS_H

#include <stdbool.h>

#include "byline/extend.h"

/* A longer line comes in pieces. */
enum { ROWS_LONGEST = 256 << 10 };

typedef struct row {
  const char *data; /* until the next call */
  size_t length;    /* with its end */
  size_t number;    /* from 1 */
  bool continued;   /* a further piece of the line before */
} row;

typedef struct rows {
  byline_input *input;
  char *data; /* ROWS_LONGEST bytes; [at, end) was not given out */
  size_t at, end;
  size_t number;
  bool cut; /* the last row given out was not the end of its line */
  bool ended;
} rows;

byline_status rows_init(rows *r, byline_input *input, byline_error *error);
void rows_free(rows *r);

/* *found is false at the end of the file. */
byline_status rows_next(rows *r, row *out, bool *found, byline_error *error);

/* The length of a row without its line end. */
size_t row_trimmed(const char *data, size_t length);

/* Whether it has nothing but spaces and tabs. */
bool row_is_blank(const char *data, size_t length);

#endif
