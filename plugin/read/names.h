/* The line that says who wrote an article. */
#ifndef BYLINE_READ_NAMES_H
#define BYLINE_READ_NAMES_H

#include <stdbool.h>

#include "byline/types.h"

typedef enum names_shape {
  NAMES_NO,
  NAMES_ODD,   /* small letters; a byline only where nothing else is possible */
  NAMES_MAYBE, /* a group, one word, or a script without capitals */
  NAMES_SURE   /* full names of persons */
} names_shape;

/* A byline with more authors than this is taken for something else. */
enum { NAMES_MAX = 48 };

typedef struct names {
  names_shape shape;
  bool by; /* it begins with "By", or says so in another way */
  size_t count;
  byline_string authors[NAMES_MAX]; /* parts of the text, as spelled there */
  byline_string affiliation;
} names;

/* text is one line, trimmed, its spaces single; out points into it. */
void names_parse(const char *text, size_t length, names *out);

/* The same for what is a byline for certain, as a field that is called so: it
 * may be parted in more ways. */
void names_parse_field(const char *text, size_t length, names *out);

/* One author's name without "By", "Von" or the like before it. */
byline_string names_without_lead(byline_string line);

#endif
