#include "analyze/analyzer.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/filtered.h"
#include "analyze/lane.h"
#include "analyze/language.h"
#include "analyze/ngrams.h"
#include "base/error.h"
#include "base/utf8.h"

byline_status analyzer_new(const char *language, analyzer **result,
                           byline_error *error) {
  analyzer *a = calloc(1, sizeof *a);
  if (!a)
    return error_no_memory(error);
  byline_status status = folder_open(&a->fold, error);
  if (status == BYLINE_OK)
    status = analyzer_set_language(a, language, error);
  if (status != BYLINE_OK) {
    analyzer_free(a);
    return status;
  }
  *result = a;
  return BYLINE_OK;
}

void analyzer_free(analyzer *a) {
  if (!a)
    return;
  stems_close(&a->stemming);
  stems_close(&a->english);
  words_close(&a->dictionary);
  folder_close(&a->fold);
  segmenter_close(&a->segments);
  buf_free(&a->scratch);
  free(a);
}

/* What Snowball knows a language by: it has de, and neither DE nor deu nor
 * de-AT; names stay as they are. */
static const char *stemmer_name(const char *language, const char *code) {
  bool is_code = strlen(language) <= 3 || strpbrk(language, "-_");
  return *code && is_code ? code : language;
}

bool analyzer_knows_language(const char *language) {
  char code[LANGUAGE_CODE_SIZE];
  if (!language)
    return true;
  language_code(language, code);
  return stems_know_language(stemmer_name(language, code));
}

byline_status analyzer_set_language(analyzer *a, const char *language,
                                    byline_error *error) {
  char code[LANGUAGE_CODE_SIZE];
  if (!language)
    language = "none";
  if (a->own && strcmp(a->language, language) == 0)
    return BYLINE_OK;
  language_code(language, code);
  /* English has a memory of its own, which outlives a change of language. */
  bool english = strcmp(code, "en") == 0;
  stems *own = english ? &a->english : &a->stemming;
  byline_status status =
      stems_set_language(own, stemmer_name(language, code), error);
  if (status != BYLINE_OK)
    return status;
  a->first = own;
  a->second = a->also_english && !english && strcmp(language, "none") != 0
                  ? &a->english
                  : NULL;
  a->own = own_letters_of(code);
  memcpy(a->language, language, strlen(language) + 1);
  return BYLINE_OK;
}

byline_status analyzer_add_english(analyzer *a, byline_error *error) {
  byline_status status = stems_set_language(&a->english, "en", error);
  a->also_english = status == BYLINE_OK;
  return status;
}

void analyzer_set_filters(analyzer *a, const filter_chain *chain) {
  a->filters = chain->count > 0 ? chain : NULL;
}

byline_status analyzer_use_icu(analyzer *a, byline_error *error) {
  byline_status status =
      a->by_icu ? BYLINE_OK : segmenter_open(&a->segments, error);
  a->by_icu = status == BYLINE_OK;
  return status;
}

void analyzer_set_ngrams(analyzer *a, bool wanted) {
  a->ngrams = wanted;
}

void analyzer_set_vocabulary(analyzer *a, analyzer_has_fn has, void *user) {
  a->has = has;
  a->has_user = user;
}

byline_status analysis_give_stems(analysis *r, const stem_key *key,
                                  size_t start, size_t end) {
  byline_string stem = {NULL, 0}, other = {NULL, 0};
  byline_status status = BYLINE_OK;
  if (r->a->first->stemmer)
    status = stems_get(r->a->first, key, &stem, r->error);
  if (status == BYLINE_OK && stem.length > 0 &&
      stem.length <= ANALYZER_TERM_MAX)
    status = analysis_give(r, BYLINE_TOKEN_STEM, stem, start, end);
  if (status != BYLINE_OK || !r->a->second)
    return status;
  status = stems_get(r->a->second, key, &other, r->error);
  if (status != BYLINE_OK || other.length == 0 ||
      other.length > ANALYZER_TERM_MAX ||
      (other.length == stem.length &&
       memcmp(other.data, stem.data, stem.length) == 0))
    return status;
  return analysis_give(r, BYLINE_TOKEN_STEM, other, start, end);
}

/* The quick way for words that have no other form: nearly all of them. */
static byline_status give_plain(analysis *r, const base_token *token) {
  byline_string term = base_term(token);
  byline_status status =
      analysis_give(r, BYLINE_TOKEN_BASE, term, token->start, token->end);
  bool wanted = token->ascii ? *term.data >= 'a' && *term.data <= 'z'
                             : analysis_stems(r) && stems_may_want(term);
  if (status != BYLINE_OK || !wanted)
    return status;
  return analysis_give_stems(r, &token->key, token->start, token->end);
}

static byline_status give_stem(analysis *r, stems *stemming,
                               const variant *form) {
  variants *stemmed = &r->a->stemmed;
  byline_string term = {form->term, form->length}, stem;
  stem_key key;
  if (!stems_wanted(stemming, term))
    return BYLINE_OK;
  stems_expect(stemming, term, &key);
  byline_status status = stems_get(stemming, &key, &stem, r->error);
  if (status != BYLINE_OK ||
      !variants_add(stemmed, BYLINE_TOKEN_STEM, stem, form->start, form->end))
    return status;
  return analysis_give(r, BYLINE_TOKEN_STEM, stem, form->start, form->end);
}

byline_status analysis_give_stem(analysis *r, const variant *form) {
  byline_status status = give_stem(r, r->a->first, form);
  if (status == BYLINE_OK && r->a->second)
    status = give_stem(r, r->a->second, form);
  return status;
}

static byline_status give_forms(analysis *r) {
  const variants *forms = &r->a->forms;
  byline_status status = BYLINE_OK;
  r->a->stemmed.count = 0;
  for (size_t i = 0; status == BYLINE_OK && i < forms->count; i++) {
    const variant *form = &forms->list[i];
    byline_string term = {form->term, form->length};
    status = analysis_give(r, form->kind, term, form->start, form->end);
    if (status == BYLINE_OK)
      status = analysis_give_stem(r, form);
  }
  return status;
}

static byline_status give_token(analysis *r, const base_token *previous,
                                const base_token *token,
                                const base_token *next) {
  if (r->position == BYLINE_WORD_POSITION)
    return error_set(r->error, BYLINE_INVALID,
                     "the text has more words than can be numbered; split it");
  r->place = ++r->position;
  const own_letters *own = r->a->own;
  byline_string source = {r->text + token->start, token->end - token->start};
  bool plain = variants_none(token) &&
               !own_letters_hidden(own, source, base_term(token));
  if (plain && !r->worded && !r->ngrammed)
    return give_plain(r, token);
  if (!plain)
    variants_make(&r->a->forms, &r->a->fold, own, source, previous, token,
                  next);
  byline_status status = plain ? give_plain(r, token) : give_forms(r);
  const variants *forms = plain ? NULL : &r->a->forms;
  if (status == BYLINE_OK && r->worded)
    status = words_give(r, token, forms);
  if (status == BYLINE_OK && r->ngrammed)
    status = ngrams_give(r, token, forms);
  return status;
}

byline_status analyzer_run(analyzer *a, const char *text, size_t length,
                           byline_token_fn sink, void *user,
                           byline_error *error) {
  analysis r = {.a = a,
                .sink = sink,
                .user = user,
                .text = text,
                .worded = words_are_in(text, length),
                .ngrammed = a->ngrams && ngrams_are_in(text, length),
                .words = {BYLINE_WORD_POSITION, BYLINE_NGRAM_POSITION, true},
                .ngrams = {BYLINE_NGRAM_POSITION, UINT32_MAX, false},
                .error = error};
  filtered f = {a, sink, user, error};
  if (a->filters) {
    r.sink = filtered_token;
    r.user = &f;
  }
  r.ngrams.stems = !r.worded;
  /* Where to look does not depend on the language. */
  const stems *stemming =
      a->first->stemmer || !a->second ? a->first : a->second;
  base_token *previous = NULL, *current = NULL, *next = &a->tokens[0];
  bool more = true;
  scanner s = {text, length, 0};
  if (a->by_icu)
    segmenter_start(&a->segments, text, length);
  for (size_t number = 1; more; number++) {
    byline_status status = BYLINE_OK;
    if (a->by_icu)
      status = base_next(&a->segments, next, &more, error);
    else
      more = scan_next(&s, next);
    if (status != BYLINE_OK)
      return status;
    if (more && stemming->stemmer)
      stems_expect(stemming, base_term(next), &next->key);
    next->hyphen_before = current && current->hyphen_after;
    if (current)
      status = give_token(&r, previous, current, more ? next : NULL);
    if (status != BYLINE_OK)
      return status;
    previous = current;
    current = next;
    next = &a->tokens[number % 3];
  }
  return BYLINE_OK;
}

/* The length of the next piece: it ends behind a space if there is one. */
static size_t piece_length(const char *text, size_t length) {
  size_t cut = utf8_cut(text, length, FOLD_BYTES);
  if (cut == length)
    return cut;
  for (size_t at = cut; at > 0; at--)
    if (text[at - 1] == ' ')
      return at;
  return cut;
}

byline_status analyzer_fold(analyzer *a, const char *text, size_t length,
                            buf *out, byline_error *error) {
  buf_clear(&a->scratch);
  if (!utf8_repair(text, length, &a->scratch, NULL))
    return error_no_memory(error);
  for (size_t at = 0; at < a->scratch.length;) {
    const char *from = a->scratch.data + at;
    size_t piece = piece_length(from, a->scratch.length - at);
    byline_string folded = fold_piece(&a->fold, (byline_string){from, piece});
    if (!buf_add_str(out, folded))
      return error_no_memory(error);
    at += piece;
  }
  return BYLINE_OK;
}
