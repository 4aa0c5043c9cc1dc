/* Matches in an order that does not depend on how articles are spread over
 * databases, as docids do: those that score alike by date, the newest first,
 * and then by their source and line. */
#ifndef BYLINE_SEARCH_RANKED_H
#define BYLINE_SEARCH_RANKED_H

#include "base/arena.h"
#include "xapian_shim.h"

typedef struct ranked {
  xap_matches *matches; /* some more than were asked for */
  size_t *places;       /* in matches, of those that were asked for, in order */
  size_t count;
} ranked;

#define RANKED_INIT                                                            \
  { NULL, NULL, 0 }

typedef struct ranked_request {
  size_t offset, limit;
  uint32_t check; /* look at so many, to know their number */
  bool by_score;  /* the enquire sorts by relevance, then by date */
  bool ties;      /* false: they stay in docid order */
} ranked_request;

/* r is RANKED_INIT, or what an earlier call has made; places are in the
 * arena. ranked_free frees it, also after a failure. Errors: those of
 * xap_enquire_matches. */
byline_status ranked_find(xap_enquire *enquire, const ranked_request *request,
                          arena *memory, ranked *r, byline_error *error);
void ranked_free(ranked *r);

#endif
