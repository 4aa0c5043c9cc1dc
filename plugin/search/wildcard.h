/* Words and values of fields that end in *. */
#ifndef BYLINE_SEARCH_WILDCARD_H
#define BYLINE_SEARCH_WILDCARD_H

#include "search/database.h"

enum {
  /* A wildcard that stands for more is refused: it says hardly anything, and
   * takes long. */
  WILDCARD_MAX = 10000,
  /* A word that is perhaps not typed to its end stands for the commonest. */
  PARTIAL_MAX = 500
};

/* Articles with a boolean term that begins so, if value ends in *; else
 * *query stays. */
byline_status wildcard_value(const char *prefix, byline_string value,
                             xap_query **query, byline_error *error);

/* Says in a searcher's words that a wildcard stands for too much, where the
 * error says it in Xapian's. */
void wildcard_explain(byline_error *error);

#endif
