#include "analyze/analyzer.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/state.h"
#include "base/error.h"
#include "base/utf8.h"

byline_status analyzer_new(const char *language, analyzer **result,
                           byline_error *error) {
  analyzer *a = calloc(1, sizeof *a);
  if (!a)
    return error_no_memory(error);
  byline_status status = folder_open(&a->fold, error);
  if (status == BYLINE_OK)
    status = stems_set_language(&a->stemming, language, error);
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
  words_close(&a->dictionary);
  folder_close(&a->fold);
  segmenter_close(&a->segments);
  buf_free(&a->scratch);
  free(a);
}

bool analyzer_knows_language(const char *language) {
  return stems_know_language(language);
}

byline_status analyzer_set_language(analyzer *a, const char *language,
                                    byline_error *error) {
  return stems_set_language(&a->stemming, language, error);
}

byline_status analyzer_use_icu(analyzer *a, byline_error *error) {
  byline_status status =
      a->by_icu ? BYLINE_OK : segmenter_open(&a->segments, error);
  a->by_icu = status == BYLINE_OK;
  return status;
}

/* The quick way for words that have no other form: nearly all of them. */
static byline_status give_plain(analysis *r, const base_token *token) {
  stems *stemming = &r->a->stemming;
  byline_string term = base_term(token), stem;
  byline_status status =
      analysis_give(r, BYLINE_TOKEN_BASE, term, token->start, token->end);
  bool wanted = token->ascii ? *term.data >= 'a' && *term.data <= 'z'
                             : stems_wanted(stemming, term);
  if (status != BYLINE_OK || !wanted || !stemming->stemmer)
    return status;
  status = stems_get(stemming, &token->key, &stem, r->error);
  if (status != BYLINE_OK || stem.length == 0 ||
      stem.length > ANALYZER_TERM_MAX)
    return status;
  return analysis_give(r, BYLINE_TOKEN_STEM, stem, token->start, token->end);
}

byline_status analysis_give_stem(analysis *r, const variant *form) {
  stems *stemming = &r->a->stemming;
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
  r->position++;
  bool plain = variants_none(token);
  if (plain && !r->worded)
    return give_plain(r, token);
  if (!plain)
    variants_make(&r->a->forms, &r->a->fold, previous, token, next);
  byline_status status = plain ? give_plain(r, token) : give_forms(r);
  if (status == BYLINE_OK && r->worded)
    status = lane_give(r, token, plain ? NULL : &r->a->forms);
  return status;
}

byline_status analyzer_run(analyzer *a, const char *text, size_t length,
                           byline_token_fn sink, void *user,
                           byline_error *error) {
  analysis r = {a,
                sink,
                user,
                text,
                0,
                words_are_in(text, length),
                BYLINE_WORD_POSITION,
                error};
  const stems *stemming = &a->stemming;
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
