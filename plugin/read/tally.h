/* How often something happened in a file, and where first. */
#ifndef BYLINE_READ_TALLY_H
#define BYLINE_READ_TALLY_H

#include "byline/extend.h"

typedef struct tally {
  size_t count;
  size_t line; /* of the first */
} tally;

void tally_add(tally *t, size_t count, size_t line);

/* Tells the user of characters that became U+FFFD, if any did. */
void tally_tell_replaced(const tally *t, byline_input *input);

/* Tells of articles that were left out since there is nothing in them. */
void tally_tell_empty(const tally *t, byline_input *input);

#endif
