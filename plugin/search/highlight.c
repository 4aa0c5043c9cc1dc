#include "search/highlight.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/schema.h"
#include "search/query.h"
#include "search/snippet.h"

/* ---- Terms ------------------------------------------------------------- */

typedef struct term_list {
  highlighter *highlighter;
  query_term *terms;
  size_t count, capacity;
  size_t own; /* those that were not added; these come first */
  byline_error *error;
} term_list;

static bool make_room(term_list *l) {
  if (l->count < l->capacity)
    return true;
  size_t capacity = l->capacity ? l->capacity * 2 : 16;
  query_term *terms =
      arena_array(l->highlighter->memory, capacity, sizeof *terms);
  if (!terms)
    return false;
  if (l->count > 0)
    memcpy(terms, l->terms, l->count * sizeof *terms);
  l->terms = terms;
  l->capacity = capacity;
  return true;
}

static bool is_capital(byline_string term, size_t at) {
  return at < term.length && term.data[at] >= 'A' && term.data[at] <= 'Z';
}

/* A term without the prefix of titles, if it has that; false for what stands
 * neither in texts nor in titles. */
static bool read_term(byline_string term, char *plain, query_term *out) {
  size_t stem = term.length > 1 && *term.data == *PREFIX_STEM ? 1 : 0;
  out->in_title = is_capital(term, stem) && term.data[stem] == *PREFIX_TITLE;
  size_t word = stem + out->in_title;
  if (word >= term.length || is_capital(term, word))
    return false;
  memcpy(plain, term.data, stem);
  memcpy(plain + stem, term.data + word, term.length - word);
  out->term = (byline_string){plain, term.length - out->in_title};
  return true;
}

static bool was_added(const highlighter *h, byline_string term) {
  for (size_t i = 0; i < h->own_count; i++)
    if (phrases_compare(h->own[i], term) == 0)
      return false;
  for (size_t i = 0; i < h->added_count; i++)
    if (phrases_compare(h->added[i].term, term) == 0)
      return true;
  return false;
}

static int add_term(void *user, byline_string term) {
  term_list *l = user;
  highlighter *h = l->highlighter;
  uint32_t frequency = 0;
  char *plain = arena_alloc(h->memory, term.length);
  if (!plain || !make_room(l))
    return error_no_memory(l->error);
  query_term next;
  if (!read_term(term, plain, &next))
    return 0;
  byline_status status =
      xap_database_term_frequency(h->db->database, term, &frequency, l->error);
  if (status != BYLINE_OK)
    return status;
  next.weight = log(1.0 + h->documents / (1.0 + frequency));
  size_t at = l->count++;
  if (!was_added(h, term)) {
    if (at > l->own)
      l->terms[at] = l->terms[l->own];
    at = l->own++;
  }
  l->terms[at] = next;
  return BYLINE_OK;
}

/* ---- Matches ----------------------------------------------------------- */

/* Whether a query may have phrases: quotes of other kinds are not ASCII. */
static bool may_have_quotes(byline_string text) {
  for (size_t i = 0; i < text.length; i++)
    if (text.data[i] == '"' || (unsigned char)text.data[i] >= 0x80)
      return true;
  return false;
}

static byline_status read_phrases(highlighter *h, byline_error *error) {
  analyzer *a = h->db->analyzer;
  byline_string text = h->request->query;
  buf query = BUF_INIT;
  byline_status status = BYLINE_OK;
  if (!may_have_quotes(text))
    return BYLINE_OK;
  if (*h->language) /* else any: of words it changes only the other forms */
    status = analyzer_set_language(a, h->language, error);
  if (status == BYLINE_OK)
    status = analyzer_query(a, text.data, text.length, SCHEMA_VALUE_FIELDS,
                            &query, error);
  if (status == BYLINE_OK)
    status = phrases_read(a, buf_string(&query), h->memory, &h->phrases, error);
  buf_free(&query);
  return status;
}

static int add_own(void *user, byline_string term) {
  highlighter *h = user;
  if (h->own_count == h->own_capacity) {
    size_t capacity = h->own_capacity ? h->own_capacity * 2 : 16;
    byline_string *own = arena_array(h->memory, capacity, sizeof *own);
    if (!own)
      return BYLINE_NO_MEMORY;
    if (h->own_count > 0)
      memcpy(own, h->own, h->own_count * sizeof *own);
    h->own = own;
    h->own_capacity = capacity;
  }
  return arena_string(h->memory, term, &h->own[h->own_count++])
             ? 0
             : BYLINE_NO_MEMORY;
}

/* What a query is expanded by has some of its own terms again. */
static byline_status read_own_terms(highlighter *h, byline_error *error) {
  xap_query *query = NULL;
  if (h->added_count == 0 || query_is_blank(h->request))
    return BYLINE_OK;
  byline_status status =
      query_words(h->db, h->request, h->language, NULL, &query, error);
  if (status == BYLINE_OK)
    status = xap_query_terms(query, add_own, h, error);
  xap_query_free(query);
  return status == BYLINE_NO_MEMORY ? error_no_memory(error) : status;
}

byline_status highlight_begin(highlighter *h, byline_error *error) {
  memset(&h->phrases, 0, sizeof h->phrases);
  h->own_count = 0;
  if (h->request->snippets == 0)
    return BYLINE_OK;
  byline_status status = read_phrases(h, error);
  return status == BYLINE_OK ? read_own_terms(h, error) : status;
}

/* The language that the article was indexed in, or the query's where it names
 * none or one that nobody knows. */
static byline_status set_language(highlighter *h, byline_string language,
                                  byline_error *error) {
  char name[DATABASE_LANGUAGE_SIZE] = "";
  if (language.length < sizeof name && language.length > 0)
    memcpy(name, language.data, language.length);
  byline_status status =
      *name ? analyzer_set_language(h->db->analyzer, name, error)
            : BYLINE_INVALID;
  if (status == BYLINE_INVALID) {
    const char *other = *h->language ? h->language : "en";
    memcpy(name, other, strlen(other) + 1);
    status = analyzer_set_language(h->db->analyzer, name, error);
  }
  if (strcmp(name, h->name) != 0) {
    memcpy(h->name, name, sizeof name);
    language_code(name, h->code);
  }
  return status;
}

static byline_status open_maker(byline_database *db, byline_error *error) {
  if (!db->snippets)
    db->snippets = calloc(1, sizeof *db->snippets);
  return db->snippets ? BYLINE_OK : error_no_memory(error);
}

byline_status highlight_match(highlighter *h, const xap_enquire *enquire,
                              byline_hit *hit, byline_error *error) {
  term_list l = {.highlighter = h, .error = error};
  byline_database *db = h->db;
  if (h->request->snippets == 0)
    return BYLINE_OK;
  byline_status status = open_maker(db, error);
  if (status == BYLINE_OK)
    status =
        xap_enquire_matching_terms(enquire, hit->docid, add_term, &l, error);
  if (status == BYLINE_OK)
    status = set_language(h, hit->article.language, error);
  if (status != BYLINE_OK)
    return status;
  size_t count = l.own > 0 ? l.own : l.count;
  snippet_query query = {db->analyzer, h->code, l.terms, count, &h->phrases};
  status =
      snippet_title(db->snippets, &query, hit->article.title, h->memory,
                    &hit->title_highlights, &hit->title_highlight_count, error);
  if (status == BYLINE_OK)
    status =
        snippet_make(db->snippets, &query, hit->article.text,
                     h->request->snippets, h->request->snippet_size, h->memory,
                     &hit->snippets, &hit->snippet_count, error);
  return status;
}
