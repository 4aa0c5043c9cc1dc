#include "search/order.h"

#include <string.h>

#include "base/error.h"
#include "index/schema.h"
#include "search/query.h"

/* The key of the first of the authors. */
static byline_status author_sort_key(void *user, byline_string authors,
                                     byline_string *key, byline_error *error) {
  collation *c = user;
  const char *tab = memchr(authors.data, '\t', authors.length);
  if (tab)
    authors.length = (size_t)(tab - authors.data);
  return collation_key(c, authors, key) ? BYLINE_OK : error_no_memory(error);
}

/* The database has keys of the root order. */
static byline_status set_author_order(order *o, xap_enquire *enquire,
                                      const char *locale, byline_error *error) {
  const xap_sort_key key = {SLOT_AUTHOR_SORT, false};
  byline_status status = BYLINE_OK;
  if (locale && !o->collation)
    status = collation_new(locale, &o->collation, error);
  if (status != BYLINE_OK)
    return status;
  if (!o->collation || collation_is_root(o->collation))
    return xap_enquire_set_sort(enquire, &key, 1, true, error);
  return xap_enquire_set_sort_by(enquire, SLOT_AUTHOR, author_sort_key,
                                 o->collation, true, error);
}

bool order_has_ties(const byline_database *db,
                    const byline_search_request *request) {
  bool weighed =
      request->weight != BYLINE_WEIGHT_BOOL &&
      (!query_is_blank(request) || request->similar || request->recency > 0);
  return db->path_count > 1 &&
         (weighed || request->sort != BYLINE_SORT_RELEVANCE);
}

byline_status order_set(order *o, const byline_database *db,
                        xap_enquire *enquire,
                        const byline_search_request *request,
                        byline_error *error) {
  const xap_sort_key date = {SLOT_DATE, request->sort == BYLINE_SORT_DATE_DOWN};
  switch (request->sort) {
  case BYLINE_SORT_RELEVANCE:
    return order_has_ties(db, request)
               ? xap_enquire_set_tie(enquire, SLOT_DATE, error)
               : BYLINE_OK;
  case BYLINE_SORT_DATE:
  case BYLINE_SORT_DATE_DOWN:
    return xap_enquire_set_sort(enquire, &date, 1, true, error);
  case BYLINE_SORT_AUTHOR:
    return set_author_order(o, enquire, request->locale, error);
  }
  return error_set(error, BYLINE_INVALID, "there is no order %d",
                   (int)request->sort);
}

void order_free(order *o) {
  collation_free(o->collation);
}
