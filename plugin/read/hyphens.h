/* Words that a line end has cut in two.
 *
 * A hyphen at a line end is the writer's ("well-known") or the typesetter's
 * ("infor-mation"), and only the rest of the file can tell: the hyphen goes
 * where the word without it stands elsewhere in the file, and stays where it
 * does not. "Elsewhere" is what was read ahead, up to the first 4 MiB, and all
 * that was passed since. The words are kept in a set of fixed size that knows
 * them by a few bits each: with very many different words it may take one for
 * known that is not, about once in a hundred with half a million of them.
 *
 * Files without such line ends, as far as was read ahead, cost nothing and
 * keep the hyphens that come later. */
#ifndef BYLINE_READ_HYPHENS_H
#define BYLINE_READ_HYPHENS_H

#include "read/ahead.h"

typedef struct hyphens {
  unsigned char *words; /* NULL: no line end cuts a word */
} hyphens;

enum { HYPHENS_AHEAD = 4 << 20 };

/* Learns from what a has, and reads on up to HYPHENS_AHEAD bytes where that
 * has hyphens at line ends. h is zeroed. */
byline_status hyphens_learn(hyphens *h, ahead *a, byline_error *error);
void hyphens_free(hyphens *h);

/* Adds the words of a line that was passed. */
void hyphens_add(hyphens *h, const char *text, size_t length);

typedef enum hyphens_join {
  HYPHENS_APART,  /* no word is cut: the lines are joined by a space */
  HYPHENS_KEEP,   /* the lines are joined directly */
  HYPHENS_REMOVE, /* the same without the hyphen */
} hyphens_join;

/* How the line that before ends with and the one that after begins with go
 * together. h may be NULL. */
hyphens_join hyphens_between(const hyphens *h, byline_string before,
                             byline_string after);

#endif
