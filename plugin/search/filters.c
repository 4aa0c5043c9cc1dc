#include "search/filters.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "index/author.h"
#include "index/schema.h"

byline_status filter_term(const char *prefix, byline_string value, bool unique,
                          xap_query **query, byline_error *error) {
  buf term = BUF_INIT;
  bool ok = unique ? schema_unique_term(prefix, value, &term)
                   : schema_boolean_term(prefix, value, &term);
  byline_status status =
      ok ? xap_query_term(buf_string(&term), 1, 0, query, error)
         : error_no_memory(error);
  buf_free(&term);
  return status;
}

/* ---- Terms that fit ---------------------------------------------------- */

/* Queries gathered to be joined by OR. */
typedef struct alternatives {
  xap_query **parts;
  size_t count, capacity;
} alternatives;

static void free_alternatives(alternatives *x) {
  for (size_t i = 0; i < x->count; i++)
    xap_query_free(x->parts[i]);
  free(x->parts);
}

static byline_status add_alternative(alternatives *x, byline_string term,
                                     byline_error *error) {
  if (x->count == x->capacity) {
    size_t capacity = x->capacity ? x->capacity * 2 : 8;
    xap_query **parts = realloc(x->parts, capacity * sizeof(*parts));
    if (!parts)
      return error_no_memory(error);
    x->parts = parts;
    x->capacity = capacity;
  }
  byline_status status = xap_query_term(term, 1, 0, &x->parts[x->count], error);
  x->count += status == BYLINE_OK;
  return status;
}

static byline_status join(const alternatives *x, xap_query **query,
                          byline_error *error) {
  return xap_query_combine(XAP_OR, (const xap_query *const *)x->parts, x->count,
                           0, query, error);
}

/* ---- Authors ----------------------------------------------------------- */

enum { CANDIDATES_SHOWN = 5 };

typedef struct author_scan {
  const byline_database *db;
  byline_string wanted; /* folded */
  alternatives exact, partial;
  size_t different; /* folded names among the partial ones */
  buf folded, last;
  buf names; /* of the partial ones, to show */
  byline_error *error;
} author_scan;

static byline_string author_name(byline_string term) {
  size_t skip = strlen(PREFIX_EXACT_AUTHOR);
  if (term.length > skip && term.data[skip] == ':')
    skip++;
  return (byline_string){term.data + skip, term.length - skip};
}

static bool word_border(byline_string text, size_t at) {
  return at == 0 || at >= text.length || text.data[at] == ' ' ||
         text.data[at - 1] == ' ';
}

/* Whether part stands in text from one word's border to another's. */
static bool has_words(byline_string text, byline_string part) {
  for (size_t i = 0; i + part.length <= text.length; i++)
    if (memcmp(text.data + i, part.data, part.length) == 0 &&
        word_border(text, i) && word_border(text, i + part.length))
      return true;
  return false;
}

static bool show_name(author_scan *s, byline_string name) {
  if (s->different > CANDIDATES_SHOWN)
    return true;
  if (s->different == CANDIDATES_SHOWN)
    return buf_add_string(&s->names, ", ...");
  return (s->different == 0 || buf_add_string(&s->names, ", ")) &&
         buf_add_str(&s->names, name);
}

static int match_author(void *user, byline_string term, uint32_t frequency) {
  (void)frequency;
  author_scan *s = user;
  byline_string name = author_name(term);
  buf_clear(&s->folded);
  byline_status status =
      author_key(s->db->analyzer, name, &s->folded, s->error);
  if (status != BYLINE_OK)
    return status;
  byline_string folded = buf_string(&s->folded);
  if (folded.length == s->wanted.length &&
      memcmp(folded.data, s->wanted.data, folded.length) == 0)
    return add_alternative(&s->exact, term, s->error);
  if (!has_words(folded, s->wanted))
    return BYLINE_OK;
  bool repeated = s->last.length == folded.length && s->partial.count > 0 &&
                  memcmp(s->last.data, folded.data, folded.length) == 0;
  if (!repeated) {
    buf_clear(&s->last);
    if (!show_name(s, name) || !buf_add_str(&s->last, folded))
      return error_no_memory(s->error);
    s->different++;
  }
  return add_alternative(&s->partial, term, s->error);
}

static byline_status settle(const author_scan *s, byline_string name,
                            xap_query **query, byline_error *error) {
  int shown = (int)utf8_cut(name.data, name.length, 80);
  if (s->exact.count > 0)
    return join(&s->exact, query, error);
  if (s->different == 1)
    return join(&s->partial, query, error);
  if (s->different > 1)
    return error_set(error, BYLINE_BAD_QUERY,
                     "'%.*s' may be several authors: %s; give the whole name",
                     shown, name.data, s->names.data);
  return error_set(error, BYLINE_NOT_FOUND,
                   "no author is called '%.*s'; byline info lists authors",
                   shown, name.data);
}

byline_status filter_author(const byline_database *db, byline_string name,
                            xap_query **query, byline_error *error) {
  author_scan s = {.db = db, .error = error};
  buf wanted = BUF_INIT;
  byline_string prefix = {PREFIX_EXACT_AUTHOR, strlen(PREFIX_EXACT_AUTHOR)};
  byline_status status = author_key(db->analyzer, name, &wanted, error);
  s.wanted = buf_string(&wanted);
  if (status == BYLINE_OK && s.wanted.length == 0)
    status = error_set(error, BYLINE_BAD_QUERY, "an author's name is empty");
  if (status == BYLINE_OK)
    status = xap_database_terms(db->database, prefix, match_author, &s, error);
  if (status == BYLINE_OK)
    status = settle(&s, name, query, error);
  free_alternatives(&s.exact);
  free_alternatives(&s.partial);
  buf_free(&wanted);
  buf_free(&s.folded);
  buf_free(&s.last);
  buf_free(&s.names);
  return status;
}

/* ---- Sources ----------------------------------------------------------- */

typedef struct source_scan {
  const char *pattern;
  alternatives found;
  byline_error *error;
} source_scan;

static int match_source(void *user, byline_string term, uint32_t frequency) {
  (void)frequency;
  source_scan *s = user;
  char *path = strndup(term.data + 1, term.length - 1);
  if (!path)
    return error_no_memory(s->error);
  bool fits = fnmatch(s->pattern, path, 0) == 0;
  free(path);
  return fits ? add_alternative(&s->found, term, s->error) : BYLINE_OK;
}

byline_status filter_source(const byline_database *db, byline_string pattern,
                            xap_query **query, byline_error *error) {
  if (!memchr(pattern.data, '*', pattern.length) &&
      !memchr(pattern.data, '?', pattern.length))
    return filter_term(PREFIX_SOURCE, pattern, true, query, error);
  char *text = strndup(pattern.data, pattern.length);
  if (!text)
    return error_no_memory(error);
  source_scan s = {.pattern = text, .error = error};
  byline_status status = xap_database_terms(
      db->database, (byline_string){PREFIX_SOURCE, 1}, match_source, &s, error);
  if (status == BYLINE_OK)
    status = s.found.count > 0 ? join(&s.found, query, error)
                               : xap_query_nothing(query, error);
  free_alternatives(&s.found);
  free(text);
  return status;
}
