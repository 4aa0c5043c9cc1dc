#include "search/highlight.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/schema.h"
#include "search/snippet.h"

/* ---- Terms ------------------------------------------------------------- */

typedef struct term_list {
  highlighter *highlighter;
  query_term *terms;
  size_t count, capacity;
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

static int add_term(void *user, byline_string term) {
  term_list *l = user;
  highlighter *h = l->highlighter;
  uint32_t frequency = 0;
  char *plain = arena_alloc(h->memory, term.length);
  if (!plain || !make_room(l))
    return error_no_memory(l->error);
  query_term *next = &l->terms[l->count];
  if (!read_term(term, plain, next))
    return 0;
  byline_status status =
      xap_database_term_frequency(h->db->database, term, &frequency, l->error);
  next->weight = log(1.0 + h->documents / (1.0 + frequency));
  l->count += status == BYLINE_OK;
  return status;
}

/* ---- Matches ----------------------------------------------------------- */

/* Whether a query may have phrases: quotes of other kinds are not ASCII. */
static bool may_have_quotes(byline_string text) {
  for (size_t i = 0; i < text.length; i++)
    if (text.data[i] == '"' || (unsigned char)text.data[i] >= 0x80)
      return true;
  return false;
}

byline_status highlight_begin(highlighter *h, byline_error *error) {
  analyzer *a = h->db->analyzer;
  byline_string text = h->request->query;
  buf query = BUF_INIT;
  byline_status status = BYLINE_OK;
  memset(&h->phrases, 0, sizeof h->phrases);
  if (h->request->snippets == 0 || !may_have_quotes(text))
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
  snippet_query query = {db->analyzer, h->code, l.terms, l.count, &h->phrases};
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
