/* byline_search: a query's matches as articles with their passages. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "index/schema.h"
#include "search/facets.h"
#include "search/query.h"
#include "search/ranking.h"
#include "search/snippet.h"
#include "search/spelling.h"

/* Up to here totals are always exact. */
enum { EXACT_TOTAL = 1000, LIMIT_MAX = 1000000 };

/* Where fewer are found, a word may be misspelled. */
enum { FEW_MATCHES = 10 };

typedef struct results_owner {
  byline_results results; /* first: what the caller holds */
  arena memory;
} results_owner;

typedef struct search {
  byline_database *db;
  const byline_search_request *request;
  xap_query *query;
  xap_enquire *enquire;
  xap_matches *matches;
  facets *facets;
  xap_statistics statistics;             /* of the database */
  char language[DATABASE_LANGUAGE_SIZE]; /* of the query's stems */
  results_owner *owner;
  byline_error *error;
} search;

/* ---- What was found ---------------------------------------------------- */

typedef struct term_list {
  search *search;
  query_term *terms;
  size_t count, capacity;
} term_list;

/* Keeps the terms that stand for plain words or their stems. */
static int add_term(void *user, byline_string term) {
  term_list *l = user;
  arena *memory = &l->search->owner->memory;
  size_t letter = term.length > 1 && term.data[0] == 'Z' ? 1 : 0;
  if (term.length == 0 ||
      (term.data[letter] >= 'A' && term.data[letter] <= 'Z'))
    return 0;
  if (l->count == l->capacity) {
    size_t capacity = l->capacity ? l->capacity * 2 : 16;
    query_term *terms = arena_array(memory, capacity, sizeof *terms);
    if (!terms)
      return BYLINE_NO_MEMORY;
    if (l->count > 0)
      memcpy(terms, l->terms, l->count * sizeof *terms);
    l->terms = terms;
    l->capacity = capacity;
  }
  uint32_t frequency = 0;
  byline_status status = xap_database_term_frequency(
      l->search->db->database, term, &frequency, l->search->error);
  if (status != BYLINE_OK)
    return status;
  query_term *next = &l->terms[l->count];
  next->weight = log(1.0 + l->search->statistics.documents / (1.0 + frequency));
  if (!arena_string(memory, term, &next->term))
    return error_no_memory(l->search->error);
  l->count++;
  return 0;
}

/* The stems that the article was indexed with, or the query's where it names
 * no language or one that nobody knows. */
static byline_status set_stems(search *s, byline_string language) {
  char name[DATABASE_LANGUAGE_SIZE];
  byline_status status = BYLINE_INVALID;
  if (language.length > 0 && language.length < sizeof name) {
    memcpy(name, language.data, language.length);
    name[language.length] = '\0';
    status = analyzer_set_language(s->db->analyzer, name, s->error);
  }
  const char *other = *s->language ? s->language : "en";
  return status == BYLINE_INVALID
             ? analyzer_set_language(s->db->analyzer, other, s->error)
             : status;
}

static byline_status add_snippets(search *s, byline_hit *hit) {
  term_list l = {s, NULL, 0, 0};
  byline_status status = xap_enquire_matching_terms(s->enquire, hit->docid,
                                                    add_term, &l, s->error);
  if (status == BYLINE_OK)
    status = set_stems(s, hit->article.language);
  if (status == BYLINE_OK)
    status = snippet_make(s->db->analyzer, hit->article.text, l.terms, l.count,
                          s->request->snippets, s->request->snippet_size,
                          &s->owner->memory, &hit->snippets,
                          &hit->snippet_count, s->error);
  return status;
}

static byline_status add_hit(search *s, size_t index, byline_hit *hit) {
  xap_match match;
  memset(hit, 0, sizeof *hit);
  byline_status status = xap_matches_get(s->matches, index, &match, s->error);
  if (status != BYLINE_OK)
    return status;
  hit->rank = (size_t)match.rank + 1;
  hit->score = match.weight;
  hit->percent = match.percent;
  hit->docid = match.docid;
  status = database_article(s->db, match.docid, &s->owner->memory,
                            &hit->article, s->error);
  if (status == BYLINE_OK && s->request->snippets > 0)
    status = add_snippets(s, hit);
  return status;
}

static byline_status add_hits(search *s) {
  byline_results *r = &s->owner->results;
  size_t count = xap_matches_count(s->matches);
  byline_hit *hits = arena_array(&s->owner->memory, count, sizeof *hits);
  if (!hits)
    return error_no_memory(s->error);
  r->hits = hits;
  for (size_t i = 0; i < count; i++) {
    byline_status status = add_hit(s, i, &hits[i]);
    if (status != BYLINE_OK)
      return status;
    r->hit_count++;
  }
  return BYLINE_OK;
}

/* ---- Running ----------------------------------------------------------- */

static byline_status set_sort(search *s) {
  xap_sort_key key = {SLOT_DATE, false};
  switch (s->request->sort) {
  case BYLINE_SORT_RELEVANCE:
    return BYLINE_OK;
  case BYLINE_SORT_DATE:
    break;
  case BYLINE_SORT_DATE_DOWN:
    key.descending = true;
    break;
  case BYLINE_SORT_AUTHOR:
    key.slot = SLOT_AUTHOR_SORT;
    break;
  }
  return xap_enquire_set_sort(s->enquire, &key, 1, true, s->error);
}

static byline_status run(search *s) {
  const byline_search_request *q = s->request;
  size_t wanted = q->offset + q->limit;
  size_t check = wanted > EXACT_TOTAL ? wanted : EXACT_TOTAL;
  byline_status status =
      xap_database_statistics(s->db->database, &s->statistics, s->error);
  if (status == BYLINE_OK)
    status = query_language(s->db, q, s->language, s->error);
  if (status == BYLINE_OK)
    status = query_make(s->db, q, s->language, &s->query, s->error);
  if ((q->exact_total || q->facet_count > 0) && s->statistics.documents > check)
    check = s->statistics.documents;
  if (status == BYLINE_OK)
    status = xap_enquire_new(s->db->database, &s->enquire, s->error);
  if (status == BYLINE_OK)
    status = xap_enquire_set_query(s->enquire, s->query, s->error);
  if (status == BYLINE_OK)
    status = ranking_set_weight(s->enquire, q, s->error);
  if (status == BYLINE_OK)
    status = set_sort(s);
  if (status == BYLINE_OK)
    status = facets_new(s->db, q, &s->facets, s->error);
  if (status == BYLINE_OK)
    status = facets_attach(s->facets, s->enquire, s->error);
  if (status == BYLINE_OK)
    status =
        xap_enquire_matches(s->enquire, (uint32_t)q->offset, (uint32_t)q->limit,
                            (uint32_t)check + 1, &s->matches, s->error);
  return status;
}

static int keep_string(void *user, byline_string value) {
  results_owner *o = user;
  return arena_string(&o->memory, value, &o->results.parsed) ? 0
                                                             : BYLINE_NO_MEMORY;
}

static byline_status describe(search *s) {
  byline_results *r = &s->owner->results;
  uint32_t lower, estimated, upper;
  xap_matches_total(s->matches, &lower, &estimated, &upper);
  r->total = estimated;
  r->total_exact = lower == upper;
  if (!arena_string(&s->owner->memory, s->request->query, &r->query))
    return error_no_memory(s->error);
  return xap_query_description(s->query, keep_string, s->owner, s->error);
}

static byline_status suggest(search *s) {
  byline_results *r = &s->owner->results;
  buf corrected = BUF_INIT;
  if (r->total >= FEW_MATCHES)
    return BYLINE_OK;
  byline_status status =
      spelling_correct(s->db, s->request, s->language, &corrected, s->error);
  if (status == BYLINE_OK &&
      !arena_string(&s->owner->memory, buf_string(&corrected), &r->corrected))
    status = error_no_memory(s->error);
  buf_free(&corrected);
  return status;
}

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static byline_status attempt(byline_database *database,
                             const byline_search_request *request,
                             results_owner **owner, byline_error *error) {
  search s = {.db = database, .request = request, .error = error};
  s.owner = calloc(1, sizeof *s.owner);
  if (!s.owner)
    return error_no_memory(error);
  s.owner->results.size = sizeof s.owner->results;
  byline_status status = run(&s);
  if (status == BYLINE_OK)
    status = describe(&s);
  if (status == BYLINE_OK)
    status = add_hits(&s);
  if (status == BYLINE_OK)
    status = facets_read(s.facets, &s.owner->memory, &s.owner->results, error);
  if (status == BYLINE_OK)
    status = suggest(&s);
  facets_free(s.facets);
  xap_matches_free(s.matches);
  xap_enquire_free(s.enquire);
  xap_query_free(s.query);
  if (status == BYLINE_OK)
    *owner = s.owner;
  else
    byline_results_free(&s.owner->results);
  return status;
}

byline_status byline_search(byline_database *database,
                            const byline_search_request *request,
                            byline_results **results, byline_error *error) {
  if (request->size != sizeof *request)
    return error_set(error, BYLINE_INVALID,
                     "byline_search_request is of another version");
  if (request->limit > LIMIT_MAX || request->offset > LIMIT_MAX)
    return error_set(error, BYLINE_INVALID,
                     "limit and offset can be %d at most; byline export gives "
                     "every article",
                     LIMIT_MAX);
  double start = now_ms();
  results_owner *owner = NULL;
  byline_error problem; /* error is written only if no attempt succeeds */
  byline_status status = attempt(database, request, &owner, &problem);
  for (int i = 0; status == BYLINE_MODIFIED && i < DATABASE_RETRIES; i++) {
    status = xap_database_reopen(database->database, NULL, &problem);
    if (status == BYLINE_OK)
      status = attempt(database, request, &owner, &problem);
  }
  if (!owner) {
    if (error)
      *error = problem;
    return status;
  }
  owner->results.took_ms = now_ms() - start;
  *results = &owner->results;
  return BYLINE_OK;
}

void byline_results_free(byline_results *results) {
  if (!results)
    return;
  results_owner *o = (results_owner *)results;
  arena_free(&o->memory);
  free(o);
}
