#include "search/ranked.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/schema.h"

/* How many matches on each side of those asked for are looked at, at most, to
 * see all that tie with the first or last of them. */
enum { WIDEST = 4096 };

/* A score is a sum, and databases add up in different orders. */
static const double NOISE = 1e-12;

typedef struct tie {
  double weight;
  byline_string key; /* what Xapian sorted by, besides */
  byline_string source, digest;
  size_t line, place;
} tie;

void ranked_free(ranked *r) {
  xap_matches_free(r->matches);
  r->matches = NULL;
}

/* ---- What ties ----------------------------------------------------------- */

typedef struct keeping {
  arena *memory;
  byline_string *kept;
} keeping;

static int keep(void *user, byline_string value) {
  keeping *k = user;
  return arena_string(k->memory, value, k->kept) ? 0 : BYLINE_NO_MEMORY;
}

static byline_status read_ties(const xap_matches *matches, tie *ties,
                               size_t count, arena *memory,
                               byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < count; i++) {
    xap_match match;
    keeping k = {memory, &ties[i].key};
    ties[i] = (tie){.place = i};
    status = xap_matches_get(matches, i, &match, error);
    if (status == BYLINE_OK)
      status = xap_matches_sort_key(matches, i, keep, &k, error);
    if (status == BYLINE_OK)
      ties[i].weight = match.weight;
  }
  return status == BYLINE_NO_MEMORY ? error_no_memory(error) : status;
}

static int compare(byline_string a, byline_string b) {
  size_t common = a.length < b.length ? a.length : b.length;
  int order =
      a.data && b.data && common > 0 ? memcmp(a.data, b.data, common) : 0;
  return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

static bool same_weight(const tie *a, const tie *b) {
  return fabs(a->weight - b->weight) <= NOISE * fabs(a->weight);
}

static bool same(const tie *a, const tie *b) {
  return same_weight(a, b) && compare(a->key, b->key) == 0;
}

static int by_key(const void *a, const void *b) {
  const tie *x = a, *y = b;
  int order = compare(y->key, x->key);
  if (order == 0)
    order = compare(x->source, y->source);
  if (order == 0)
    order = (x->line > y->line) - (x->line < y->line);
  if (order == 0)
    order = compare(x->digest, y->digest);
  return order != 0 ? order : (x->place > y->place) - (x->place < y->place);
}

typedef struct origin {
  tie *tie;
  arena *memory;
} origin;

static int keep_origin(void *user, byline_string data) {
  origin *o = user;
  byline_string source, absolute;
  schema_read_origin(data, &source, &absolute, &o->tie->line);
  return arena_string(o->memory, source, &o->tie->source) ? 0
                                                          : BYLINE_NO_MEMORY;
}

static byline_status read_origin(const xap_matches *matches, tie *t,
                                 arena *memory, byline_error *error) {
  xap_document *document = NULL;
  keeping k = {memory, &t->digest};
  origin o = {t, memory};
  byline_status status =
      xap_matches_document(matches, t->place, &document, error);
  if (status == BYLINE_OK)
    status = xap_document_data(document, keep_origin, &o, error);
  if (status == BYLINE_OK)
    status = xap_document_value(document, SLOT_DIGEST, keep, &k, error);
  xap_document_free(document);
  return status == BYLINE_NO_MEMORY ? error_no_memory(error) : status;
}

static byline_status settle(const xap_matches *matches, tie *ties, size_t count,
                            bool by_score, arena *memory, byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t from = 0, to; status == BYLINE_OK && from < count; from = to) {
    for (to = from + 1; to < count; to++)
      if (!(by_score ? same_weight : same)(&ties[to - 1], &ties[to]))
        break;
    if (to - from == 1)
      continue;
    for (size_t i = from; status == BYLINE_OK && i < to; i++)
      status = read_origin(matches, &ties[i], memory, error);
    if (status == BYLINE_OK)
      qsort(ties + from, to - from, sizeof *ties, by_key);
  }
  return status;
}

/* ---- Finding ------------------------------------------------------------- */

/* How many more than asked for are looked at. */
typedef struct margin {
  size_t before, behind;
} margin;

static byline_status fetch(xap_enquire *enquire, const ranked_request *q,
                           const margin *m, ranked *r, byline_error *error) {
  ranked_free(r);
  return xap_enquire_matches(enquire, (uint32_t)(q->offset - m->before),
                             (uint32_t)(m->before + q->limit + m->behind),
                             q->check, &r->matches, error);
}

/* Whether all that ties with the first and the last was seen; widens m if
 * not. */
static bool is_whole(const ranked_request *q, const tie *ties, size_t count,
                     margin *m) {
  size_t end = m->before + q->limit;
  bool whole = true;
  if (m->before < q->offset && m->before > 0 && m->before < count &&
      m->before < WIDEST && same(&ties[0], &ties[m->before])) {
    m->before = m->before * 8 < q->offset ? m->before * 8 : q->offset;
    whole = false;
  }
  if (count == end + m->behind && m->behind < WIDEST &&
      same(&ties[end - 1], &ties[count - 1])) {
    m->behind *= 8;
    whole = false;
  }
  return whole;
}

byline_status ranked_find(xap_enquire *enquire, const ranked_request *request,
                          arena *memory, ranked *r, byline_error *error) {
  margin next = {request->offset > 0, 1}, m;
  size_t count = 0;
  tie *ties = NULL;
  byline_status status = BYLINE_OK;
  if (request->limit == 0 || !request->ties)
    next = (margin){0, 0};
  do {
    m = next;
    status = fetch(enquire, request, &m, r, error);
    if (status != BYLINE_OK)
      return status;
    count = xap_matches_count(r->matches);
    ties = arena_array(memory, count, sizeof *ties);
    if (!ties)
      return error_no_memory(error);
    status = read_ties(r->matches, ties, count, memory, error);
  } while (status == BYLINE_OK && request->ties && request->limit > 0 &&
           !is_whole(request, ties, count, &next));
  if (status == BYLINE_OK && request->ties)
    status = settle(r->matches, ties, count, request->by_score, memory, error);
  if (status != BYLINE_OK)
    return status;
  size_t left = count > m.before ? count - m.before : 0;
  r->count = left < request->limit ? left : request->limit;
  r->places = arena_array(memory, r->count, sizeof *r->places);
  if (!r->places)
    return error_no_memory(error);
  for (size_t i = 0; i < r->count; i++)
    r->places[i] = ties[m.before + i].place;
  return BYLINE_OK;
}
