#include "search/run.h"

#include "base/error.h"
#include "index/schema.h"
#include "search/facts.h"
#include "search/lookup.h"
#include "search/proximity.h"
#include "search/query.h"
#include "search/ranking.h"

/* Up to here totals are always exact. */
enum { EXACT_TOTAL = 1000 };

static size_t total_of(const xap_matches *matches) {
  uint32_t lower, estimated, upper;
  xap_matches_total(matches, &lower, &estimated, &upper);
  return estimated;
}

/* ---- One search -------------------------------------------------------- */

/* Xapian's own words for what its remote backend can't do say little. */
static byline_status explain_remote(const run *r) {
  if (r->request->recency > 0)
    return error_set(r->error, BYLINE_UNSUPPORTED,
                     "remote databases can't be searched with recency");
  return error_set(r->error, BYLINE_UNSUPPORTED,
                   "remote databases can be sorted by relevance and newest "
                   "first only");
}

static byline_status match(run *r) {
  const byline_search_request *q = r->request;
  size_t check = q->offset + q->limit;
  if (check < EXACT_TOTAL)
    check = EXACT_TOTAL;
  if ((q->exact_total || q->facet_count > 0) &&
      r->facts->statistics.documents > check)
    check = r->facts->statistics.documents;
  byline_status status = xap_enquire_set_query(r->enquire, r->query, r->error);
  if (status == BYLINE_OK)
    status = facets_attach(r->facets, r->enquire, r->error);
  ranked_request request = {q->offset, q->limit, (uint32_t)check + 1,
                            q->sort == BYLINE_SORT_RELEVANCE,
                            order_has_ties(r->db, q)};
  if (status == BYLINE_OK)
    status = ranked_find(r->enquire, &request, r->memory, &r->found, r->error);
  bool odd = q->recency > 0 || q->sort == BYLINE_SORT_DATE ||
             q->sort == BYLINE_SORT_AUTHOR;
  return status == BYLINE_UNSUPPORTED && odd ? explain_remote(r) : status;
}

/* The best matches of a query by relevance, whatever the request's order. */
static byline_status find_best(run *r, const xap_query *query, size_t count,
                               ranked *best) {
  xap_enquire *enquire = NULL;
  byline_status status = xap_enquire_new(r->db->database, &enquire, r->error);
  if (status == BYLINE_OK)
    status = ranking_set_weight(enquire, r->request, r->error);
  if (status == BYLINE_OK)
    status = xap_enquire_set_query(enquire, query, r->error);
  const ranked_request request = {0, count, 0, true, r->db->path_count > 1};
  if (status == BYLINE_OK && request.ties)
    status = xap_enquire_set_tie(enquire, SLOT_DATE, r->error);
  if (status == BYLINE_OK)
    status = ranked_find(enquire, &request, r->memory, best, r->error);
  xap_enquire_free(enquire);
  return status;
}

/* ---- Articles like one ------------------------------------------------- */

/* r->query becomes that of articles like the request's, without it; what it was
 * narrows them. */
static byline_status make_similar(run *r) {
  static const feedback_options options = {40, 0.1, true};
  uint32_t docid = 0;
  xap_query *similar = NULL, *itself = NULL;
  buf term = BUF_INIT;
  byline_status status =
      lookup_id(r->db, r->request->similar, &docid, &term, r->error);
  const feedback_article article = {docid, 1};
  const feedback_term *terms = NULL;
  size_t count = 0;
  if (status == BYLINE_OK)
    status = feedback_terms(r->db, &article, 1, &options, r->memory, &terms,
                            &count, r->error);
  if (status == BYLINE_OK)
    status =
        feedback_add(XAP_OR, terms, count, (double)count, &similar, r->error);
  r->added = terms;
  r->added_count = count;
  r->added_factor = (double)count;
  if (status == BYLINE_OK)
    status = xap_query_term(buf_string(&term), 1, 0, &itself, r->error);
  if (status == BYLINE_OK)
    status = query_join(XAP_AND_NOT, &similar, itself, r->error);
  buf_free(&term);
  if (status == BYLINE_OK && !query_is_blank(r->request)) {
    status = query_join(XAP_FILTER, &similar, r->query, r->error);
    r->query = NULL;
  }
  if (status != BYLINE_OK) {
    xap_query_free(similar);
    return status;
  }
  xap_query_free(r->query);
  r->query = similar;
  return BYLINE_OK;
}

/* ---- More words -------------------------------------------------------- */

static xap_query *copy_of(run *r, const xap_query *query,
                          byline_status *status) {
  xap_query *copy = NULL;
  *status = xap_query_combine(XAP_OR, &query, 1, 0, &copy, r->error);
  return copy;
}

static byline_status list_best(const ranked *best, feedback_article *articles,
                               run *r) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < best->count; i++) {
    xap_match match;
    status = xap_matches_get(best->matches, best->places[i], &match, r->error);
    if (status == BYLINE_OK)
      articles[i] = (feedback_article){match.docid, match.weight};
  }
  return status;
}

/* RM3: the query's words keep four fifths of the weight, words of the first
 * matches share one. r->query is not narrowed yet. */
static byline_status expand(run *r) {
  enum { ARTICLES = 10, TERMS = 20 };
  static const double original = 0.8;
  static const feedback_options options = {TERMS, 0.1, false};
  feedback_article articles[ARTICLES] = {{0, 0}};
  ranked best = RANKED_INIT;
  byline_status status;
  xap_query *narrowed = copy_of(r, r->query, &status);
  if (status == BYLINE_OK)
    status = query_narrow(r->db, r->request, &narrowed, r->error);
  if (status == BYLINE_OK)
    status = find_best(r, narrowed, ARTICLES, &best);
  if (status == BYLINE_OK)
    status = list_best(&best, articles, r);
  size_t count = status == BYLINE_OK ? best.count : 0;
  if (count > 0 && !(articles[0].weight > 0))
    count = 0; /* where nothing is weighed, none is the best */
  ranked_free(&best);
  xap_query_free(narrowed);
  if (status == BYLINE_OK && count > 0)
    status = feedback_terms(r->db, articles, count, &options, r->memory,
                            &r->added, &r->added_count, r->error);
  if (status != BYLINE_OK || r->added_count == 0)
    return status;
  r->added_factor = xap_query_length(r->query) * (1 - original) / original;
  return feedback_add(r->request->any ? XAP_OR : XAP_AND_MAYBE, r->added,
                      r->added_count, r->added_factor, &r->query, r->error);
}

/* ---- All together ------------------------------------------------------ */

static byline_status add_recency(run *r) {
  ranked best = RANKED_INIT;
  xap_query *steps = NULL;
  xap_match match = {.weight = 0};
  byline_status status = find_best(r, r->query, 1, &best);
  if (status == BYLINE_OK && best.count > 0)
    status = xap_matches_get(best.matches, 0, &match, r->error);
  ranked_free(&best);
  if (status != BYLINE_OK || match.docid == 0)
    return status;
  /* Where all weigh nothing, recency alone decides. */
  double most = match.weight > 0 ? match.weight : 1;
  status = ranking_recency(r->request, most, &steps, r->error);
  return status == BYLINE_OK
             ? query_join(XAP_AND_MAYBE, &r->query, steps, r->error)
             : status;
}

/* The query, of whose words lack->missing may be missing; lack NULL: none. */
static byline_status make_query(run *r, query_lack *lack) {
  const byline_search_request *q = r->request;
  xap_query_free(r->query);
  r->query = NULL;
  byline_status status =
      query_words(r->db, q, r->language, lack, &r->query, r->error);
  if (status == BYLINE_OK && q->proximity)
    status = proximity_add(r->db, q, r->language, &r->query, r->error);
  if (status == BYLINE_OK && q->similar)
    status = make_similar(r);
  if (status == BYLINE_OK && q->expand && !q->similar && !query_is_blank(q))
    status = expand(r);
  if (status == BYLINE_OK)
    status = query_narrow(r->db, q, &r->query, r->error);
  if (status == BYLINE_OK && q->recency > 0)
    status = add_recency(r);
  return status;
}

/* Looks for articles with most of the words, one word less at a time. */
static byline_status relax_search(run *r) {
  query_lack lack = {1, 0};
  byline_status status = BYLINE_OK;
  do {
    lack.words = 0;
    status = make_query(r, &lack);
    if (status == BYLINE_OK && lack.words > lack.missing)
      status = match(r);
  } while (status == BYLINE_OK && total_of(r->found.matches) == 0 &&
           ++lack.missing < lack.words);
  r->relaxed = status == BYLINE_OK && total_of(r->found.matches) > 0;
  return status;
}

byline_status run_search(run *r) {
  const byline_search_request *q = r->request;
  byline_status status = facts_get(r->db, &r->facts, r->error);
  if (status == BYLINE_OK)
    status = query_language(r->db, q, r->language, r->error);
  if (status == BYLINE_OK)
    status = xap_enquire_new(r->db->database, &r->enquire, r->error);
  if (status == BYLINE_OK)
    status = ranking_set_weight(r->enquire, q, r->error);
  if (status == BYLINE_OK)
    status = order_set(&r->order, r->db, r->enquire, q, r->error);
  if (status == BYLINE_OK)
    status = facets_new(r->db, q, &r->facets, r->error);
  if (status == BYLINE_OK)
    status = make_query(r, NULL);
  if (status == BYLINE_OK)
    status = match(r);
  if (status == BYLINE_OK && total_of(r->found.matches) == 0 && !q->any &&
      !q->strict && !q->similar)
    status = relax_search(r);
  return status;
}

void run_free(run *r) {
  facets_free(r->facets);
  ranked_free(&r->found);
  xap_enquire_free(r->enquire);
  xap_query_free(r->query);
  order_free(&r->order);
}
