/* Any bytes as an article's text and as a query. */
#include <stdlib.h>

#include "analyze/analyzer.h"
#include "analyze/detect.h"
#include "analyze/segment.h"
#include "analyze/whole.h"
#include "base/utf8.h"

typedef struct seen {
  size_t length;
  uint32_t position;
  size_t base_end;
  uint32_t words; /* the position of the last */
  uint64_t all;   /* of the tokens, in their order */
} seen;

static uint64_t mix(uint64_t hash, uint64_t value) {
  return (hash ^ value) * 1099511628211u;
}

static uint64_t mix_token(uint64_t hash, const byline_token *token) {
  hash = mix(mix(hash, token->start), token->end);
  hash = mix(mix(hash, token->position), token->kind);
  for (size_t i = 0; i < token->term.length; i++)
    hash = mix(hash, (unsigned char)token->term.data[i]);
  return hash;
}

static void check(int holds) {
  if (!holds)
    abort();
}

static int look(void *user, const byline_token *token) {
  seen *s = user;
  s->all = mix_token(s->all, token);
  check(token->start < token->end && token->end <= s->length);
  check(token->term.length > 0 && token->term.length <= ANALYZER_TERM_MAX);
  check(utf8_valid(token->term.data, token->term.length));
  if (token->kind == BYLINE_TOKEN_BASE) {
    check(token->position == s->position + 1);
    check(token->start >= s->base_end);
    s->position = token->position;
    s->base_end = token->end;
  } else if (token->kind == BYLINE_TOKEN_WORD) {
    check(token->position == s->words || token->position == s->words + 1);
    s->words = token->position;
  } else {
    check(token->position == s->position);
  }
  return 0;
}

static seen count(analyzer *a, const char *text, size_t length) {
  seen s = {length, 0, 0, BYLINE_WORD_POSITION, 0};
  byline_error error;
  check(analyzer_run(a, text, length, look, &s, &error) == BYLINE_OK);
  return s;
}

typedef struct whole_bounds {
  const char *text;
  size_t size;
  analyzer *a;
} whole_bounds;

/* Each lies in the text, and can be folded. */
static int look_at_whole(void *user, whole_kind kind, byline_string found) {
  const whole_bounds *b = user;
  buf once = BUF_INIT;
  byline_error error;
  check(found.length > 0 && found.data >= b->text &&
        found.data + found.length <= b->text + b->size);
  check(whole_fold(b->a, kind, found, &once, &error) == BYLINE_OK);
  check(utf8_valid(once.data, once.length));
  buf_free(&once);
  return 0;
}

static const char *const FIELDS[] = {"keyword", NULL};

/* A query has as many words as were typed; but words without spaces have some
 * there. */
static void check_query(analyzer *a, const seen *typed, const buf *query) {
  check(typed->words > BYLINE_WORD_POSITION ||
        count(a, query->data, query->length).position == typed->position);
}

/* A database with terms of many kinds. */
static bool has_term(void *user, byline_string term) {
  (void)user;
  return term.length <= 9 || (unsigned char)term.data[term.length - 1] % 2 == 0;
}

/* By the rules of a language that depends on the input. */
static void look_by_language(const char *text, size_t size) {
  static const char *const codes[] = {"sv", "da", "de", "tr", "uk", "es"};
  static analyzer *a;
  static detector *d;
  byline_error error;
  buf query = BUF_INIT;
  detected result;
  if (!a)
    check(analyzer_new("en", &a, &error) == BYLINE_OK &&
          analyzer_add_english(a, &error) == BYLINE_OK &&
          detector_new(&d, &error) == BYLINE_OK);
  analyzer_set_vocabulary(a, has_term, NULL);
  check(analyzer_set_language(a, codes[size % 6], &error) == BYLINE_OK);
  seen words = count(a, text, size);
  check(analyzer_query(a, text, size, FIELDS, &query, &error) == BYLINE_OK);
  check_query(a, &words, &query);
  detector_run(d, (byline_string){text, size}, &result);
  check(result.confidence >= 0 && result.confidence < 1.001);
  whole_bounds bounds = {text, size, a};
  check(whole_find((byline_string){text, size}, look_at_whole, &bounds) == 0);
  buf_free(&query);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static analyzer *a, *reference; /* rules take milliseconds to compile */
  byline_error error;
  if (!a)
    check(analyzer_new("en", &a, &error) == BYLINE_OK &&
          analyzer_new("en", &reference, &error) == BYLINE_OK &&
          analyzer_use_icu(reference, &error) == BYLINE_OK);
  const char *text = (const char *)data;
  buf query = BUF_INIT, folded = BUF_INIT;
  seen words = count(a, text, size);
  if (size < SEGMENT_CHUNK) /* longer ones may fall apart in the reference */
    check(count(reference, text, size).all == words.all);
  check(analyzer_query(a, text, size, FIELDS, &query, &error) == BYLINE_OK);
  check(size > 0 || query.length == 0);
  check(utf8_valid(query.data, query.length) || utf8_valid(text, size) == 0);
  check_query(a, &words, &query);
  check(analyzer_fold(a, text, size, &folded, &error) == BYLINE_OK);
  check(utf8_valid(folded.data, folded.length));
  look_by_language(text, size);
  buf_free(&query);
  buf_free(&folded);
  return 0;
}
