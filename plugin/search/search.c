/* byline_search: a query's matches as articles with their passages. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "index/schema.h"
#include "search/explain.h"
#include "search/facts.h"
#include "search/highlight.h"
#include "search/limits.h"
#include "search/spelling.h"
#include "search/wildcard.h"

enum { LIMIT_MAX = 1000000 };

/* Where fewer are found, a word may be misspelled. */
enum { FEW_MATCHES = 10 };

typedef struct results_owner {
  byline_results results; /* first: what the caller holds */
  arena memory;
} results_owner;

typedef struct search {
  run run;
  results_owner *owner;
  highlighter highlighter;
} search;

/* ---- What was found ---------------------------------------------------- */

static byline_status add_hit(search *s, size_t number, byline_hit *hit) {
  xap_match match;
  const xap_matches *matches = s->run.found.matches;
  size_t index = s->run.found.places[number];
  memset(hit, 0, sizeof *hit);
  byline_status status = xap_matches_get(matches, index, &match, s->run.error);
  if (status != BYLINE_OK)
    return status;
  hit->rank = s->run.request->offset + number + 1;
  hit->score = match.weight;
  hit->percent = match.percent;
  hit->docid = match.docid;
  /* Xapian looks a docid up; a match it knows to exist. */
  xap_document *document = NULL;
  status = xap_matches_document(matches, index, &document, s->run.error);
  if (status == BYLINE_OK)
    status =
        database_read(document, s->run.memory, &hit->article, s->run.error);
  if (status == BYLINE_OK)
    status =
        highlight_match(&s->highlighter, s->run.enquire, hit, s->run.error);
  if (status == BYLINE_OK && s->run.request->explain)
    status = explain_hit(&s->run, hit);
  return status;
}

static byline_status add_hits(search *s) {
  byline_results *r = &s->owner->results;
  size_t count = s->run.found.count;
  byline_hit *hits = arena_array(&s->owner->memory, count, sizeof *hits);
  if (!hits)
    return error_no_memory(s->run.error);
  r->hits = hits;
  s->highlighter =
      (highlighter){.db = s->run.db,
                    .request = s->run.request,
                    .language = s->run.language,
                    .documents = s->run.facts->statistics.documents,
                    .added = s->run.added,
                    .added_count = s->run.added_count,
                    .memory = &s->owner->memory};
  byline_status status = highlight_begin(&s->highlighter, s->run.error);
  for (size_t i = 0; status == BYLINE_OK && i < count; i++) {
    status = add_hit(s, i, &hits[i]);
    r->hit_count += status == BYLINE_OK;
  }
  return status;
}

/* ---- Running ----------------------------------------------------------- */

static int keep_string(void *user, byline_string value) {
  results_owner *o = user;
  return arena_string(&o->memory, value, &o->results.parsed) ? 0
                                                             : BYLINE_NO_MEMORY;
}

static byline_status describe(search *s) {
  byline_results *r = &s->owner->results;
  uint32_t lower, estimated, upper;
  xap_matches_total(s->run.found.matches, &lower, &estimated, &upper);
  r->total = estimated;
  r->total_exact = lower == upper;
  r->relaxed = s->run.relaxed;
  if (!arena_string(&s->owner->memory, s->run.request->query, &r->query))
    return error_no_memory(s->run.error);
  return xap_query_description(s->run.query, keep_string, s->owner,
                               s->run.error);
}

static bool keep(arena *a, const char *text, byline_string *copy) {
  return arena_string(a, (byline_string){text, strlen(text)}, copy);
}

static byline_status list_absences(search *s) {
  const byline_database *db = s->run.db;
  byline_results *r = &s->owner->results;
  byline_absence *list =
      arena_array(&s->owner->memory, db->path_count, sizeof *list);
  if (!list)
    return error_no_memory(s->run.error);
  for (size_t i = 0; i < db->path_count; i++) {
    byline_absence *next = &list[r->absence_count];
    if (!db->absent[i])
      continue;
    if (!keep(&s->owner->memory, db->paths[i], &next->path) ||
        !keep(&s->owner->memory, db->absent[i], &next->reason))
      return error_no_memory(s->run.error);
    r->absence_count++;
  }
  r->absences = list;
  return BYLINE_OK;
}

static byline_status suggest(search *s) {
  byline_results *r = &s->owner->results;
  buf corrected = BUF_INIT;
  if (!s->run.request->suggest || (r->total >= FEW_MATCHES && !r->relaxed))
    return BYLINE_OK;
  byline_status status = spelling_correct(
      s->run.db, s->run.request, s->run.language, &corrected, s->run.error);
  if (status == BYLINE_OK &&
      !arena_string(&s->owner->memory, buf_string(&corrected), &r->corrected))
    status = error_no_memory(s->run.error);
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
  search s = {.run = {.db = database, .request = request, .error = error}};
  s.owner = calloc(1, sizeof *s.owner);
  if (!s.owner)
    return error_no_memory(error);
  s.owner->results.size = sizeof s.owner->results;
  s.run.memory = &s.owner->memory;
  byline_status status = run_search(&s.run);
  if (status == BYLINE_OK)
    status = describe(&s);
  if (status == BYLINE_OK)
    status = add_hits(&s);
  if (status == BYLINE_OK)
    status = facets_read(s.run.facets, s.run.memory, &s.owner->results, error);
  if (status == BYLINE_OK)
    status = suggest(&s);
  if (status == BYLINE_OK)
    status = list_absences(&s);
  run_free(&s.run);
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
  byline_status status = limits_check(request->query, error);
  if (status != BYLINE_OK)
    return status;
  double start = now_ms();
  results_owner *owner = NULL;
  byline_error problem; /* error is written only if no attempt succeeds */
  int tries = 0;
  do
    status = attempt(database, request, &owner, &problem);
  while (database_try_again(database, &tries, &status, &problem));
  if (!owner) {
    if (status == BYLINE_BAD_QUERY)
      wildcard_explain(&problem);
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
