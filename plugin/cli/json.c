/* The JSON that cli.md promises; keys stay in that order. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cli/facets.h"
#include "cli/results.h"
#include "cli/width.h"

/* Takes value over; false when memory ran out somewhere. */
static bool set(json_t *object, const char *key, json_t *value) {
  return json_object_set_new_nocheck(object, key, value) == 0;
}

/* Bytes that are no UTF-8, in a path perhaps, become '?'. */
static json_t *string(byline_string text) {
  if (!text.data)
    return json_string("");
  json_t *value = json_stringn(text.data, text.length);
  if (value)
    return value;
  char *copy = malloc(text.length + 1);
  if (!copy)
    return NULL;
  for (size_t i = 0; i < text.length; i++)
    copy[i] = (unsigned char)text.data[i] < 0x80 ? text.data[i] : '?';
  value = json_stringn(copy, text.length);
  free(copy);
  return value;
}

static json_t *string_or_null(byline_string text) {
  return text.length > 0 ? string(text) : json_null();
}

/* Appends a value, which it takes over; drops the array, so that it becomes
 * NULL, when memory runs out. */
static void append(json_t **array, json_t *value) {
  if (json_array_append_new(*array, value) == 0)
    return;
  json_decref(*array);
  *array = NULL;
}

static json_t *list(const byline_string *strings, size_t count) {
  json_t *array = json_array();
  for (size_t i = 0; array && i < count; i++)
    append(&array, string(strings[i]));
  return array;
}

/* What acts on a terminal, or ends a line for some reader, and Jansson leaves
 * as it is: escapes say the same. */
static bool is_escaped(int32_t c) {
  return (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
         cli_turns_direction(c);
}

/* A part of what is printed, of whole characters; these are only in strings. */
static int print_part(const char *text, size_t length, void *user) {
  FILE *out = user;
  size_t from = 0;
  for (size_t at = 0; at < length;) {
    size_t begin = at;
    if ((unsigned char)text[at] < 0x7F) {
      at++;
      continue;
    }
    int32_t c = cli_next_character(text, length, &at);
    if (!is_escaped(c))
      continue;
    fwrite(text + from, 1, begin - from, out);
    fprintf(out, "\\u%04x", (unsigned)c);
    from = at;
  }
  fwrite(text + from, 1, length - from, out);
  return ferror(out) ? -1 : 0;
}

static bool print_to(FILE *out, json_t *value, bool pretty) {
  size_t flags =
      (pretty ? JSON_INDENT(2) : JSON_COMPACT) | JSON_REAL_PRECISION(10);
  bool ok = value && json_dump_callback(value, print_part, out, flags) == 0;
  json_decref(value);
  return ok && putc('\n', out) != EOF;
}

static bool print(json_t *value, bool pretty) {
  return print_to(stdout, value, pretty);
}

/* Hands the object on if every part of it could be made. */
static json_t *whole(json_t *object, bool ok) {
  if (ok)
    return object;
  json_decref(object);
  return NULL;
}

static json_t *article_object(const byline_article *a) {
  json_t *o = json_object();
  bool ok = o && set(o, "id", string_or_null(a->id)) &&
            set(o, "title", string_or_null(a->title)) &&
            set(o, "deck", list(a->decks, a->deck_count)) &&
            set(o, "authors", list(a->authors, a->author_count)) &&
            set(o, "affiliation", string_or_null(a->affiliation)) &&
            set(o, "date", string_or_null(a->date)) &&
            set(o, "language", string_or_null(a->language)) &&
            set(o, "source", string_or_null(a->source)) &&
            set(o, "line",
                a->line ? json_integer((json_int_t)a->line) : json_null()) &&
            set(o, "section", string_or_null(a->section)) &&
            set(o, "keywords", list(a->keywords, a->keyword_count)) &&
            set(o, "url", string_or_null(a->url)) &&
            set(o, "text", string(a->text));
  return whole(o, ok);
}

bool json_print_article(const byline_article *article, bool pretty) {
  return print(article_object(article), pretty);
}

/* ---- Search ------------------------------------------------------------ */

static json_t *highlight_list(const byline_highlight *marked, size_t count) {
  json_t *array = json_array();
  for (size_t i = 0; array && i < count; i++) {
    const byline_highlight *h = &marked[i];
    json_t *pair = json_pack("[I,I]", (json_int_t)h->start, (json_int_t)h->end);
    append(&array, pair);
  }
  return array;
}

static json_t *snippet_object(const byline_snippet *s) {
  json_t *o = json_object();
  bool ok =
      o && set(o, "text", string(s->text)) &&
      set(o, "highlights", highlight_list(s->highlights, s->highlight_count));
  return whole(o, ok);
}

static json_t *snippet_list(const byline_hit *hit) {
  json_t *array = json_array();
  for (size_t i = 0; array && i < hit->snippet_count; i++)
    append(&array, snippet_object(&hit->snippets[i]));
  return array;
}

/* An object that begins with the query's name, if it has one. */
static json_t *named_object(const char *qid) {
  json_t *o = json_object();
  bool ok =
      o && (!qid || set(o, "qid", string((byline_string){qid, strlen(qid)})));
  return whole(o, ok);
}

/* Only where it was asked for. */
static bool set_terms(json_t *object, const byline_hit *hit) {
  if (hit->term_count == 0)
    return true;
  json_t *array = json_array();
  for (size_t i = 0; array && i < hit->term_count; i++) {
    json_t *o = json_object();
    bool ok = o && set(o, "term", string(hit->terms[i].term)) &&
              set(o, "weight", json_real(hit->terms[i].weight));
    append(&array, whole(o, ok));
  }
  return set(object, "terms", array);
}

static json_t *hit_object(const char *qid, const byline_hit *hit) {
  const byline_article *a = &hit->article;
  json_t *o = named_object(qid);
  bool ok =
      o && set(o, "rank", json_integer((json_int_t)hit->rank)) &&
      set(o, "score", json_real(hit->score)) &&
      set(o, "percent", json_integer(hit->percent)) &&
      set(o, "id", string_or_null(a->id)) &&
      set(o, "docid", json_integer(hit->docid)) &&
      set(o, "title", string_or_null(a->title)) &&
      set(o, "title_highlights",
          highlight_list(hit->title_highlights, hit->title_highlight_count)) &&
      set(o, "authors", list(a->authors, a->author_count)) &&
      set(o, "date", string_or_null(a->date)) &&
      set(o, "language", string_or_null(a->language)) &&
      set(o, "source", string_or_null(a->source)) &&
      set(o, "line",
          a->line ? json_integer((json_int_t)a->line) : json_null()) &&
      set(o, "snippets", snippet_list(hit)) && set_terms(o, hit);
  return whole(o, ok);
}

static json_t *hit_list(const byline_results *r) {
  json_t *array = json_array();
  for (size_t i = 0; array && i < r->hit_count; i++)
    append(&array, hit_object(NULL, &r->hits[i]));
  return array;
}

static json_t *counts(const byline_count *list_of, size_t count) {
  json_t *array = json_array();
  for (size_t i = 0; array && i < count; i++) {
    json_t *o = json_object();
    bool ok = o && set(o, "value", string(list_of[i].value)) &&
              set(o, "count", json_integer((json_int_t)list_of[i].count));
    append(&array, whole(o, ok));
  }
  return array;
}

static json_t *facet_object(const byline_results *r) {
  json_t *o = json_object();
  bool ok = o != NULL;
  for (size_t i = 0; ok && i < r->facet_count; i++) {
    const byline_facet *f = &r->facets[i];
    ok = set(o, facet_name(f->field), counts(f->values, f->value_count));
  }
  return whole(o, ok);
}

/* Those that are away; nothing where all are there. */
static bool set_absences(json_t *o, const byline_absence *list, size_t count) {
  json_t *array = count > 0 ? json_array() : NULL;
  bool ok = count == 0 || array;
  for (size_t i = 0; ok && i < count; i++) {
    json_t *one = json_object();
    ok = one && set(one, "database", string(list[i].path)) &&
         set(one, "reason", string(list[i].reason));
    ok = json_array_append_new(array, whole(one, ok)) == 0;
  }
  return count > 0 ? set(o, "not_searched", whole(array, ok)) : ok;
}

bool json_print_results(FILE *out, const char *qid, const byline_results *r) {
  json_t *o = named_object(qid);
  bool ok = o && set(o, "query", string(r->query)) &&
            set(o, "parsed", string(r->parsed)) &&
            set(o, "corrected", string_or_null(r->corrected)) &&
            set(o, "relaxed", json_boolean(r->relaxed)) &&
            set(o, "total",
                json_pack("{s:I,s:b}", "value", (json_int_t)r->total, "exact",
                          r->total_exact)) &&
            set(o, "took_ms", json_real(r->took_ms)) &&
            set(o, "hits", hit_list(r)) && set(o, "facets", facet_object(r)) &&
            set_absences(o, r->absences, r->absence_count);
  return print_to(out, whole(o, ok), qid == NULL);
}

bool json_print_hits(FILE *out, const char *qid, const byline_results *r) {
  bool ok = true;
  for (size_t i = 0; ok && i < r->hit_count; i++)
    ok = print_to(out, hit_object(qid, &r->hits[i]), false);
  return ok;
}

bool json_print_fault(FILE *out, const char *qid, const char *message) {
  json_t *o = named_object(qid);
  bool ok =
      o && set(o, "error", string((byline_string){message, strlen(message)}));
  return print_to(out, whole(o, ok), false);
}

/* ---- Info -------------------------------------------------------------- */

static json_t *shard_list(const byline_info *info) {
  json_t *array = json_array();
  bool ok = array != NULL;
  for (size_t i = 0; ok && i < info->shard_count; i++) {
    const byline_shard *s = &info->shards[i];
    json_t *o = json_object();
    ok = o && set(o, "database", string(s->path)) &&
         set(o, "articles", json_integer((json_int_t)s->articles)) &&
         set(o, "bytes", json_integer((json_int_t)s->bytes)) &&
         set(o, "segments", json_integer((json_int_t)s->segments)) &&
         set(o, "away", string_or_null(s->away));
    ok = json_array_append_new(array, whole(o, ok)) == 0;
  }
  return whole(array, ok);
}

bool json_print_info(const byline_info *info) {
  json_t *o = json_object();
  bool ok =
      o && set(o, "articles", json_integer((json_int_t)info->articles)) &&
      set(o, "average_length", json_real(info->average_length)) &&
      set(o, "dated", json_integer((json_int_t)info->dated)) &&
      set(o, "first_date", string_or_null(info->first_date)) &&
      set(o, "last_date", string_or_null(info->last_date)) &&
      set(o, "languages", counts(info->languages, info->language_count)) &&
      set(o, "authors", counts(info->authors, info->author_count)) &&
      set(o, "author_total", json_integer((json_int_t)info->author_total)) &&
      set(o, "bytes", json_integer((json_int_t)info->bytes)) &&
      set(o, "versions", string(info->versions)) &&
      set(o, "segments", json_integer((json_int_t)info->segments)) &&
      set(o, "shards", shard_list(info));
  return print(whole(o, ok), true);
}

/* ---- Tokens ------------------------------------------------------------ */

struct json_tokens {
  json_t *array;
};

json_tokens *json_tokens_new(void) {
  json_tokens *t = malloc(sizeof *t);
  if (t && !(t->array = json_array())) {
    free(t);
    t = NULL;
  }
  return t;
}

bool json_tokens_add(json_tokens *tokens, const byline_token *token) {
  json_t *o = json_object();
  bool ok = o && set(o, "term", string(token->term)) &&
            set(o, "position", json_integer(token->position)) &&
            set(o, "start", json_integer((json_int_t)token->start)) &&
            set(o, "end", json_integer((json_int_t)token->end)) &&
            set(o, "kind", json_string(byline_token_kind_name(token->kind)));
  return json_array_append_new(tokens->array, whole(o, ok)) == 0;
}

bool json_tokens_print(json_tokens *tokens, const cli_language *found) {
  json_t *o = json_object();
  bool ok = o != NULL;
  if (ok && found)
    ok = set(o, "language",
             string_or_null(
                 (byline_string){found->code, strlen(found->code)})) &&
         set(o, "confidence", json_real(found->confidence));
  ok = ok && json_object_set(o, "tokens", tokens->array) == 0;
  return print(whole(o, ok), true);
}

void json_tokens_free(json_tokens *tokens) {
  if (!tokens)
    return;
  json_decref(tokens->array);
  free(tokens);
}

bool json_print_query(byline_string text, byline_string query) {
  json_t *o = json_object();
  bool ok =
      o && set(o, "query", string(text)) && set(o, "analyzed", string(query));
  return print(whole(o, ok), true);
}
