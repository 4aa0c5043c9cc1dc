/* Makes the fields of an article fit the limits: a title or deck that is too
 * long is cut between characters, any other field is left out. The text is
 * looked at by the caller, which leaves out the whole article. */
#ifndef BYLINE_READ_FIT_H
#define BYLINE_READ_FIT_H

#include "base/arena.h"
#include "read/limits.h"
#include "read/tally.h"

typedef struct fit {
  const byline_limits *limits;
  arena memory; /* of lists that had to be made again */
  tally cut, left_out;
} fit;

#define FIT_INIT(limits_)                                                      \
  { .limits = (limits_), .memory = ARENA_INIT }

void fit_free(fit *f);

/* Changes a, whose strings and lists are borrowed; new lists live until the
 * next call. False when memory runs out. */
bool fit_article(fit *f, byline_article *a);

/* Tells of what did not fit in this file, if anything did not. */
void fit_tell(const fit *f, byline_input *input);

#endif
