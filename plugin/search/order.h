/* The order of the articles that a search finds. */
#ifndef BYLINE_SEARCH_ORDER_H
#define BYLINE_SEARCH_ORDER_H

#include "byline/byline.h"
#include "index/collation.h"
#include "search/database.h"
#include "xapian_shim.h"

typedef struct order {
  collation *collation; /* of authors; NULL: none is needed */
} order;

/* Whether those that tie are put in an order: of several databases, that docids
 * may not say where an article is. Of one they stay in docid order, which is
 * Omega's; and where nothing is weighed, as all tie, and Xapian need not look
 * at all. */
bool order_has_ties(const byline_database *db,
                    const byline_search_request *request);

/* Orders what the enquire finds as the request wants it. o begins as {NULL} and
 * must outlive the enquire. BYLINE_INVALID: no such locale. */
byline_status order_set(order *o, const byline_database *db,
                        xap_enquire *enquire,
                        const byline_search_request *request,
                        byline_error *error);
void order_free(order *o);

#endif
