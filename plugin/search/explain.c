#include "search/explain.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/schema.h"
#include "search/query.h"
#include "search/ranking.h"

static const char REST[] = "(rest)";

typedef struct explanation {
  run *run;
  xap_enquire *enquire;
  xap_query *article; /* matches it alone */
  byline_term_weight *terms;
  size_t count, capacity;
} explanation;

static byline_status start(explanation *e, byline_string id) {
  run *r = e->run;
  buf term = BUF_INIT;
  byline_status status = schema_unique_term(PREFIX_ID, id, &term)
                             ? BYLINE_OK
                             : error_no_memory(r->error);
  if (status == BYLINE_OK)
    status = xap_query_term(buf_string(&term), 1, 0, &e->article, r->error);
  if (status == BYLINE_OK)
    status = xap_enquire_new(r->db->database, &e->enquire, r->error);
  if (status == BYLINE_OK)
    status = ranking_set_weight(e->enquire, r->request, r->error);
  buf_free(&term);
  return status;
}

/* The weight of a term that stands wqf times in a query, in the article. */
static byline_status weigh(explanation *e, byline_string term, uint32_t wqf,
                           double *weight) {
  run *r = e->run;
  xap_query *query = NULL, *article = NULL;
  xap_matches *matches = NULL;
  xap_match match = {.weight = 0};
  const xap_query *parts[] = {e->article};
  byline_status status = xap_query_term(term, wqf, 0, &query, r->error);
  if (status == BYLINE_OK)
    status = xap_query_combine(XAP_OR, parts, 1, 0, &article, r->error);
  if (status == BYLINE_OK)
    status = query_join(XAP_FILTER, &query, article, r->error);
  if (status == BYLINE_OK)
    status = xap_enquire_set_query(e->enquire, query, r->error);
  if (status == BYLINE_OK)
    status = xap_enquire_matches(e->enquire, 0, 1, 0, &matches, r->error);
  if (status == BYLINE_OK && xap_matches_count(matches) > 0)
    status = xap_matches_get(matches, 0, &match, r->error);
  xap_matches_free(matches);
  xap_query_free(query);
  *weight = match.weight;
  return status;
}

/* What the search has added to the query of a term; 0 for most. */
static double added_weight(const run *r, byline_string term) {
  for (size_t i = 0; i < r->added_count; i++)
    if (r->added[i].term.length == term.length &&
        memcmp(r->added[i].term.data, term.data, term.length) == 0)
      return r->added[i].weight * r->added_factor;
  return 0;
}

/* term lives as long as the results. */
static byline_status add(explanation *e, byline_string term, double weight) {
  arena *memory = e->run->memory;
  if (e->count == e->capacity) {
    size_t capacity = e->capacity ? e->capacity * 2 : 16;
    byline_term_weight *terms = arena_array(memory, capacity, sizeof *terms);
    if (!terms)
      return error_no_memory(e->run->error);
    if (e->count > 0)
      memcpy(terms, e->terms, e->count * sizeof *terms);
    e->terms = terms;
    e->capacity = capacity;
  }
  e->terms[e->count++] = (byline_term_weight){term, weight};
  return BYLINE_OK;
}

static int on_term(void *user, byline_string term) {
  explanation *e = user;
  byline_string copy;
  if (!arena_string(e->run->memory, term, &copy))
    return error_no_memory(e->run->error);
  return add(e, copy, 0);
}

/* *counts: whether the term is asked for where the query matches the article,
 * which has these terms of it. */
static byline_status weigh_term(explanation *e, const byline_string *present,
                                byline_term_weight *t, bool *counts) {
  run *r = e->run;
  double asked = 0, once = 0, factor = added_weight(r, t->term);
  uint32_t wqf = xap_query_wqf(r->query, t->term, present, e->count);
  byline_status status = BYLINE_OK;
  if (wqf > 0)
    status = weigh(e, t->term, wqf, &asked);
  if (status == BYLINE_OK && factor > 0)
    status = weigh(e, t->term, 1, &once);
  t->weight = asked + factor * once;
  /* What only proximity asks for is of the rest. */
  *counts = wqf > 0 || factor > 0;
  return status;
}

static byline_status weigh_terms(explanation *e) {
  byline_string *present =
      arena_array(e->run->memory, e->count, sizeof *present);
  if (!present)
    return error_no_memory(e->run->error);
  for (size_t i = 0; i < e->count; i++)
    present[i] = e->terms[i].term;
  size_t kept = 0;
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < e->count; i++) {
    bool counts = false;
    byline_term_weight term = e->terms[i];
    status = weigh_term(e, present, &term, &counts);
    if (counts)
      e->terms[kept++] = term;
  }
  e->count = kept;
  return status;
}

static int by_weight(const void *a, const void *b) {
  const byline_term_weight *x = a, *y = b;
  if (x->weight < y->weight || x->weight > y->weight)
    return x->weight < y->weight ? 1 : -1;
  size_t common =
      x->term.length < y->term.length ? x->term.length : y->term.length;
  int by = memcmp(x->term.data, y->term.data, common);
  return by ? by
            : (x->term.length > y->term.length) -
                  (x->term.length < y->term.length);
}

/* Wildcards, and the date where it counts. */
static byline_status add_rest(explanation *e, double score) {
  static const double rounding = 1e-6;
  for (size_t i = 0; i < e->count; i++)
    score -= e->terms[i].weight;
  return score > rounding ? add(e, (byline_string){REST, strlen(REST)}, score)
                          : BYLINE_OK;
}

byline_status explain_hit(run *r, byline_hit *hit) {
  explanation e = {.run = r};
  byline_status status = start(&e, hit->article.id);
  if (status == BYLINE_OK)
    status = xap_enquire_matching_terms(r->enquire, hit->docid, on_term, &e,
                                        r->error);
  if (status == BYLINE_OK)
    status = weigh_terms(&e);
  if (status == BYLINE_OK)
    status = add_rest(&e, hit->score);
  if (status == BYLINE_OK && e.count > 1)
    qsort(e.terms, e.count, sizeof *e.terms, by_weight);
  hit->terms = e.terms;
  hit->term_count = e.count;
  xap_enquire_free(e.enquire);
  xap_query_free(e.article);
  return status;
}
