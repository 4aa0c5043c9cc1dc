/* How much a query may ask for, so that every one ends in seconds and in
 * little memory: Xapian takes time that grows with the square of some. */
#ifndef BYLINE_SEARCH_LIMITS_H
#define BYLINE_SEARCH_LIMITS_H

#include "byline/types.h"

enum {
  QUERY_BYTES_MAX = 1 << 20,
  QUERY_WORDS_MAX = 3000, /* more than most articles have */
  QUERY_DEPTH_MAX = 100,  /* of brackets in brackets */
  QUERY_WILDCARDS_MAX = 20,
  QUERY_FIELDS_MAX = 200 /* names with a colon */
};

/* BYLINE_BAD_QUERY says of which there are too many, and where: position. */
byline_status limits_check(byline_string query, byline_error *error);

#endif
