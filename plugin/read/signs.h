/* Why something was taken for what it is: a sum of signs. No sign decides by
 * itself, and every one can be shown to a person. */
#ifndef BYLINE_READ_SIGNS_H
#define BYLINE_READ_SIGNS_H

#include "base/buf.h"

enum { SIGNS_MAX = 20 };

typedef struct sign {
  int points;
  const char *why; /* static, without punctuation at its end */
} sign;

typedef struct signs {
  int sum;
  size_t count; /* further signs count in the sum only */
  sign list[SIGNS_MAX];
} signs;

void signs_clear(signs *s);

/* Copies what is there, and no more. */
void signs_copy(signs *to, const signs *from);

/* A sign of 0 points is none. */
void signs_add(signs *s, int points, const char *why);

/* "short +1, no paragraph behind -2"; false when memory runs out. */
bool signs_write(const signs *s, buf *out);

#endif
