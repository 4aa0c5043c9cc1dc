#include "search/feedback.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/schema.h"
#include "search/facts.h"
#include "search/query.h"

enum { SHORTEST_TERM = 2 };

/* The terms of all articles, one behind the other. */
typedef struct gathering {
  arena *memory;
  feedback_term *terms;
  size_t count, capacity;
  size_t first; /* of the article that is read */
  bool stems;   /* it has some: they alone count */
  byline_error *error;
} gathering;

static bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

/* Whether it is a word or its stem, with no prefix of a field. */
static bool is_word(byline_string term, bool *stem) {
  *stem = term.length > 1 && term.data[0] == PREFIX_STEM[0];
  size_t letters = *stem ? 1 : 0;
  return term.length >= SHORTEST_TERM + letters &&
         !is_capital(term.data[letters]);
}

static bool make_room(gathering *g) {
  if (g->count < g->capacity)
    return true;
  size_t capacity = g->capacity ? g->capacity * 2 : 1024;
  feedback_term *terms = realloc(g->terms, capacity * sizeof *terms);
  if (!terms)
    return false;
  g->terms = terms;
  g->capacity = capacity;
  return true;
}

static int add_term(void *user, byline_string term, uint32_t wdf) {
  gathering *g = user;
  bool stem;
  if (wdf == 0 || !is_word(term, &stem) || (g->stems && !stem))
    return 0;
  if (stem && !g->stems) {
    g->stems = true;
    g->count = g->first;
  }
  byline_string copy;
  if (!make_room(g) || !arena_string(g->memory, term, &copy))
    return error_no_memory(g->error);
  g->terms[g->count++] = (feedback_term){copy, wdf};
  return 0;
}

/* Each term's share of its article, times the article's weight. */
static byline_status gather(const byline_database *db, gathering *g,
                            const feedback_article *article) {
  xap_document *document = NULL;
  byline_status status =
      xap_database_document(db->database, article->docid, &document, g->error);
  g->first = g->count;
  g->stems = false;
  if (status == BYLINE_OK)
    status = xap_document_terms(document, add_term, g, g->error);
  xap_document_free(document);
  double length = 0;
  for (size_t i = g->first; i < g->count; i++)
    length += g->terms[i].weight;
  for (size_t i = g->first; i < g->count; i++)
    g->terms[i].weight *= article->weight / length;
  return status;
}

static int by_term(const void *a, const void *b) {
  byline_string x = ((const feedback_term *)a)->term;
  byline_string y = ((const feedback_term *)b)->term;
  size_t common = x.length < y.length ? x.length : y.length;
  int by = memcmp(x.data, y.data, common);
  return by ? by : (x.length > y.length) - (x.length < y.length);
}

static int by_weight(const void *a, const void *b) {
  double x = ((const feedback_term *)a)->weight;
  double y = ((const feedback_term *)b)->weight;
  return x != y ? (x < y) - (x > y) : by_term(a, b);
}

/* Adds up what several articles say of a term. */
static void merge(gathering *g) {
  size_t kept = 0;
  qsort(g->terms, g->count, sizeof *g->terms, by_term);
  for (size_t i = 0; i < g->count; i++)
    if (kept > 0 && by_term(&g->terms[kept - 1], &g->terms[i]) == 0)
      g->terms[kept - 1].weight += g->terms[i].weight;
    else
      g->terms[kept++] = g->terms[i];
  g->count = kept;
}

/* Drops terms that are too common, and weighs by rarity where that is wanted.
 * Asks for no more of them than may be needed: they come weightiest first. */
static byline_status choose(const byline_database *db, gathering *g,
                            const feedback_options *o) {
  enum { LOOKED_UP = 1000, NEVER_COMMON = 10 };
  const facts *f;
  byline_status status = facts_get(db, &f, g->error);
  size_t kept = 0, most = o->rare ? LOOKED_UP : o->limit;
  for (size_t i = 0; status == BYLINE_OK && i < g->count && kept < most; i++) {
    uint32_t frequency = 0;
    feedback_term term = g->terms[i];
    status = xap_database_term_frequency(db->database, term.term, &frequency,
                                         g->error);
    bool common = frequency > NEVER_COMMON &&
                  frequency > o->common * f->statistics.documents;
    if (common || frequency == 0)
      continue;
    if (o->rare)
      term.weight *= log(1 + (double)f->statistics.documents / frequency);
    g->terms[kept++] = term;
  }
  g->count = kept;
  if (o->rare)
    qsort(g->terms, g->count, sizeof *g->terms, by_weight);
  if (g->count > o->limit)
    g->count = o->limit;
  return status;
}

byline_status feedback_terms(const byline_database *db,
                             const feedback_article *articles, size_t count,
                             const feedback_options *options, arena *memory,
                             const feedback_term **terms, size_t *term_count,
                             byline_error *error) {
  gathering g = {.memory = memory, .error = error};
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < count; i++)
    status = gather(db, &g, &articles[i]);
  if (status == BYLINE_OK && g.count > 0) {
    merge(&g);
    qsort(g.terms, g.count, sizeof *g.terms, by_weight);
    status = choose(db, &g, options);
  }
  feedback_term *chosen = arena_array(memory, g.count, sizeof *chosen);
  if (status == BYLINE_OK && !chosen)
    status = error_no_memory(error);
  if (status == BYLINE_OK && chosen) {
    double sum = 0;
    for (size_t i = 0; i < g.count; i++)
      sum += g.terms[i].weight;
    for (size_t i = 0; i < g.count; i++)
      chosen[i] = (feedback_term){g.terms[i].term, g.terms[i].weight / sum};
    *terms = chosen;
    *term_count = g.count;
  }
  free(g.terms);
  return status;
}

byline_status feedback_add(xap_operator op, const feedback_term *terms,
                           size_t count, double factor, xap_query **query,
                           byline_error *error) {
  xap_query **parts = calloc(count ? count : 1, sizeof(*parts));
  if (!parts)
    return error_no_memory(error);
  xap_query *all = NULL;
  byline_status status = BYLINE_OK;
  size_t made = 0;
  while (status == BYLINE_OK && made < count) {
    xap_query *term = NULL;
    status = xap_query_term(terms[made].term, 1, 0, &term, error);
    if (status == BYLINE_OK)
      status = xap_query_scale(factor * terms[made].weight, term, &parts[made],
                               error);
    made += status == BYLINE_OK;
    xap_query_free(term);
  }
  if (status == BYLINE_OK)
    status = xap_query_combine(XAP_OR, (const xap_query *const *)parts, made, 0,
                               &all, error);
  for (size_t i = 0; i < made; i++)
    xap_query_free(parts[i]);
  free(parts);
  if (status != BYLINE_OK)
    return status;
  if (*query)
    return query_join(op, query, all, error);
  *query = all;
  return BYLINE_OK;
}
