#include "analyze/lane.h"

#include "base/error.h"

byline_status lane_next(analysis *r, lane *l) {
  if (l->position == l->end)
    return error_set(r->error, BYLINE_INVALID,
                     "the text has more words than can be numbered; split it");
  l->position++;
  return BYLINE_OK;
}

byline_status lane_give(analysis *r, const lane *l, byline_token_kind kind,
                        byline_string term, size_t start, size_t end) {
  byline_token token = {term, start, end, l->position, kind};
  return r->sink(r->user, &token);
}

static byline_status give_all(analysis *r, const lane *l,
                              const variants *forms) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < forms->count; i++) {
    const variant *form = &forms->list[i];
    status = lane_give(r, l, BYLINE_TOKEN_WORD,
                       (byline_string){form->term, form->length}, form->start,
                       form->end);
  }
  return status;
}

byline_status lane_give_again(analysis *r, lane *l, const base_token *token,
                              const variants *forms) {
  byline_status status = lane_next(r, l);
  if (status != BYLINE_OK)
    return status;
  return forms ? give_all(r, l, forms)
               : lane_give(r, l, BYLINE_TOKEN_WORD, base_term(token),
                           token->start, token->end);
}

static byline_status give_plain(analysis *r, const lane *l,
                                const base_token *word) {
  byline_string term = base_term(word);
  stem_key key;
  byline_status status =
      lane_give(r, l, BYLINE_TOKEN_WORD, term, word->start, word->end);
  if (status != BYLINE_OK || !l->stems || !analysis_stems(r) ||
      !stems_may_want(term))
    return status;
  stems_expect(r->a->first, term, &key);
  return analysis_give_stems(r, &key, word->start, word->end);
}

byline_status lane_give_word(analysis *r, lane *l, const base_token *word) {
  variants *forms = &r->a->word_forms;
  byline_status status = lane_next(r, l);
  if (status != BYLINE_OK)
    return status;
  r->place = l->position;
  byline_string source = {r->text + word->start, word->end - word->start};
  if (variants_none(word) &&
      !own_letters_hidden(r->a->own, source, base_term(word)))
    return give_plain(r, l, word);
  variants_make(forms, &r->a->fold, r->a->own, source, NULL, word, NULL);
  r->a->stemmed.count = 0;
  status = give_all(r, l, forms);
  for (size_t i = 0; status == BYLINE_OK && l->stems && i < forms->count; i++)
    status = analysis_give_stem(r, &forms->list[i]);
  return status;
}

byline_status words_give(analysis *r, const base_token *token,
                         const variants *forms) {
  base_token *word = &r->a->word;
  words *w = &r->a->dictionary;
  const char *source = r->text + token->start;
  if (token->ascii || !words_are_in(source, token->end - token->start))
    return lane_give_again(r, &r->words, token, forms);
  bool more = true;
  byline_status status = words_start(w, r->text, token, r->error);
  while (status == BYLINE_OK) {
    status = words_next(w, word, &more, r->error);
    if (status != BYLINE_OK || !more)
      break;
    bool whole = word->start == token->start && word->end == token->end;
    status = whole ? lane_give_again(r, &r->words, token, forms)
                   : lane_give_word(r, &r->words, word);
  }
  return status;
}
