/* Lines that a text has more than once: page furniture, and the titles that
 * its table of contents announces.
 *
 * Lines are compared by their letters and inner digits only, so that "The
 * Pump - Page 4" is "The Pump - Page 5", and "A wet supper ..... 3" is "A wet
 * supper". "The Gull | News" counts as "The Gull" as well. Memory is bounded: a
 * text with very many different short lines is remembered in part. */
#ifndef BYLINE_READ_RECUR_H
#define BYLINE_READ_RECUR_H

#include <stdbool.h>
#include <stdint.h>

#include "byline/types.h"

typedef struct recur_entry recur_entry;

typedef struct recur {
  recur_entry *table;
  size_t capacity, count;
  uint64_t before; /* the key of the line before */
  uint64_t *top;   /* the lines before the first paragraph, in order */
  size_t *top_numbers;
  size_t top_count;
  bool top_ended;
  size_t contents_first, contents_last; /* line numbers; 0: no contents */
} recur;

bool recur_init(recur *r);
void recur_free(recur *r);

/* Adds a line that is not blank; false when memory runs out. */
bool recur_add(recur *r, byline_string text, size_t number);

/* After the last line: finds the table of contents. */
void recur_finish(recur *r);

/* How often a text stands in a line of its own; 0 for one that is too long or
 * has hardly a letter. */
size_t recur_times(const recur *r, byline_string text);

/* How often two texts follow each other so. */
size_t recur_pair(const recur *r, byline_string first, byline_string second);

/* Whether the table of contents has a text, and a line is outside of it. */
bool recur_announced(const recur *r, byline_string text, size_t number);
bool recur_in_contents(const recur *r, size_t number);

#endif
