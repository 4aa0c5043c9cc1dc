#include "analyze/filtered.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/error.h"
#include "base/utf8.h"

enum { SHOWN = 80 }; /* bytes of a term in a message */

/* A filter at work on a token. */
typedef struct work {
  filtered *f;
  size_t filter;
  const byline_token *token;
  byline_status status; /* why something it added was not taken */
} work;

static byline_status hand_on(filtered *f, size_t from,
                             const byline_token *token);

/* Whether QueryParser can ask for it. */
static bool is_word(byline_string term) {
  if (term.length == 0 || term.length > ANALYZER_WORD_MAX)
    return false;
  for (size_t at = 0; at < term.length;) {
    UChar32 ch = (UChar32)utf8_next(term.data, term.length, &at);
    if (u_tolower(ch) != ch)
      return false;
  }
  return chars_are_token(term);
}

static byline_status check(const work *w, const byline_token *added) {
  const byline_token *token = w->token;
  const char *name = w->f->a->filters->uses[w->filter].filter->name;
  byline_string term = added->term.data ? added->term : (byline_string){"", 0};
  int shown = (int)utf8_cut(term.data, term.length, SHOWN);
  if (!utf8_valid(term.data, term.length))
    return error_set(w->f->error, BYLINE_INVALID,
                     "filter %s: a term is not UTF-8", name);
  if (!is_word(term))
    return error_set(w->f->error, BYLINE_INVALID,
                     "filter %s: '%.*s' is no word as an index has them: lower "
                     "case, no spaces, %d bytes at most",
                     name, shown, term.data, ANALYZER_WORD_MAX);
  if (added->position != token->position || added->start < token->start ||
      added->end > token->end || added->start >= added->end)
    return error_set(w->f->error, BYLINE_INVALID,
                     "filter %s: '%.*s' is not where the token is that it "
                     "belongs to",
                     name, shown, term.data);
  return BYLINE_OK;
}

static byline_status give_stem(filtered *f, stems *stemming,
                               const byline_token *word) {
  byline_token token = *word;
  stem_key key;
  char readable[ANALYZER_WORD_MAX + STEMS_AHEAD];
  if (!stems_wanted(stemming, word->term))
    return BYLINE_OK;
  memcpy(readable, word->term.data, word->term.length);
  memset(readable + word->term.length, 0, STEMS_AHEAD);
  stems_expect(stemming, (byline_string){readable, word->term.length}, &key);
  byline_status status = stems_get(stemming, &key, &token.term, f->error);
  if (status != BYLINE_OK || token.term.length == 0 ||
      token.term.length > ANALYZER_TERM_MAX)
    return status;
  token.kind = BYLINE_TOKEN_STEM;
  return f->sink(f->user, &token);
}

static byline_status give_stems(filtered *f, const byline_token *word) {
  byline_status status = give_stem(f, f->a->first, word);
  return status == BYLINE_OK && f->a->second ? give_stem(f, f->a->second, word)
                                             : status;
}

/* The sink of the filters. */
static int take(void *user, const byline_token *added) {
  work *w = user;
  byline_token token = *added;
  token.kind = BYLINE_TOKEN_FILTER;
  if (w->status == BYLINE_OK)
    w->status = check(w, added);
  if (w->status == BYLINE_OK)
    w->status = hand_on(w->f, w->filter + 1, &token);
  if (w->status == BYLINE_OK)
    w->status = give_stems(w->f, &token);
  return w->status;
}

/* To the one who wants it, and to the filters that have not seen it. */
static byline_status hand_on(filtered *f, size_t from,
                             const byline_token *token) {
  const filter_chain *chain = f->a->filters;
  byline_status status = f->sink(f->user, token);
  for (size_t i = from; status == BYLINE_OK && i < chain->count; i++) {
    const filter_use *use = &chain->uses[i];
    work w = {f, i, token, BYLINE_OK};
    byline_error own = {.code = BYLINE_OK, .message = ""};
    status = use->filter->push(use->state, token, take, &w, &own);
    if (w.status != BYLINE_OK)
      return w.status;
    if (status != BYLINE_OK)
      return error_set(f->error, status > 0 ? status : BYLINE_INVALID,
                       "filter %s: %s", use->filter->name,
                       *own.message ? own.message : "it failed");
  }
  return status;
}

int filtered_token(void *user, const byline_token *token) {
  filtered *f = user;
  /* A stem lives only until the next one is asked for, and says nothing that
   * its word does not. */
  return token->kind == BYLINE_TOKEN_STEM ? f->sink(f->user, token)
                                          : hand_on(f, 0, token);
}
