/* What a database says of itself. */
#ifndef BYLINE_SEARCH_FACTS_H
#define BYLINE_SEARCH_FACTS_H

#include "search/database.h"

struct facts {
  bool known;
  xap_statistics statistics;
  bool synonyms; /* it has some */
  /* The language that all its articles were analyzed in; "" for several. */
  char language[DATABASE_LANGUAGE_SIZE];
};

/* Read once, and again when the database has been reopened: each would cost a
 * query some reads of the disk. It lives until then. */
byline_status facts_get(const byline_database *db, const facts **result,
                        byline_error *error);

#endif
