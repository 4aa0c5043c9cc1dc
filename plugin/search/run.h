/* A request as the one or more searches of Xapian that it takes. */
#ifndef BYLINE_SEARCH_RUN_H
#define BYLINE_SEARCH_RUN_H

#include "search/facets.h"
#include "search/feedback.h"
#include "search/order.h"
#include "search/ranked.h"

typedef struct run {
  byline_database *db;
  const byline_search_request *request;
  arena *memory;                         /* of the results */
  char language[DATABASE_LANGUAGE_SIZE]; /* of the query's stems */
  const facts *facts;                    /* of the database */
  xap_query *query;                      /* what was searched for at last */
  xap_enquire *enquire;
  ranked found;
  facets *facets;
  order order;
  const feedback_term *added; /* by expansion; some may be the query's own; */
  size_t added_count;
  double added_factor; /* times their weight */
  bool relaxed;        /* the matches lack words */
  byline_error *error;
} run;

/* Fills in what is behind request, memory and error; run_free frees it, also
 * after a failure. */
byline_status run_search(run *r);
void run_free(run *r);

#endif
