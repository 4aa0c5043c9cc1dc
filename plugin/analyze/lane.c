/* The lane of words: a text that has words without spaces is in the index a
 * second time, divided into words, at positions far from the base tokens'. A
 * phrase of words is found there, whatever scripts it mixes. */
#include "analyze/state.h"
#include "base/error.h"

static byline_status give(analysis *r, byline_string term, size_t start,
                          size_t end) {
  byline_token token = {term, start, end, r->word_position, BYLINE_TOKEN_WORD};
  return r->sink(r->user, &token);
}

static byline_status give_all(analysis *r, const variants *forms) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < forms->count; i++) {
    const variant *form = &forms->list[i];
    status = give(r, (byline_string){form->term, form->length}, form->start,
                  form->end);
  }
  return status;
}

static byline_status next_position(analysis *r) {
  if (r->word_position == UINT32_MAX)
    return error_set(r->error, BYLINE_INVALID,
                     "the text has more words than can be numbered; split it");
  r->word_position++;
  return BYLINE_OK;
}

/* A word that is all of its base token stands here again, for its position. */
static byline_status give_again(analysis *r, const base_token *token,
                                const variants *forms) {
  byline_status status = next_position(r);
  if (status != BYLINE_OK)
    return status;
  return forms ? give_all(r, forms)
               : give(r, base_term(token), token->start, token->end);
}

static byline_status give_plain(analysis *r, const base_token *word) {
  byline_string term = base_term(word);
  stem_key key;
  byline_status status = give(r, term, word->start, word->end);
  if (status != BYLINE_OK || !analysis_stems(r) || !stems_may_want(term))
    return status;
  stems_expect(r->a->first, term, &key);
  return analysis_give_stems(r, &key, word->start, word->end);
}

static byline_status give_word(analysis *r, const base_token *word) {
  variants *forms = &r->a->word_forms;
  byline_status status = next_position(r);
  if (status != BYLINE_OK)
    return status;
  byline_string source = {r->text + word->start, word->end - word->start};
  if (variants_none(word) &&
      !own_letters_hidden(r->a->own, source, base_term(word)))
    return give_plain(r, word);
  variants_make(forms, &r->a->fold, r->a->own, source, NULL, word, NULL);
  r->a->stemmed.count = 0;
  status = give_all(r, forms);
  for (size_t i = 0; status == BYLINE_OK && i < forms->count; i++)
    status = analysis_give_stem(r, &forms->list[i]);
  return status;
}

byline_status lane_give(analysis *r, const base_token *token,
                        const variants *forms) {
  base_token *word = &r->a->word;
  words *w = &r->a->dictionary;
  const char *source = r->text + token->start;
  if (token->ascii || !words_are_in(source, token->end - token->start))
    return give_again(r, token, forms);
  bool more = true;
  byline_status status = words_start(w, r->text, token, r->error);
  while (status == BYLINE_OK) {
    status = words_next(w, word, &more, r->error);
    if (status != BYLINE_OK || !more)
      break;
    bool whole = word->start == token->start && word->end == token->end;
    status = whole ? give_again(r, token, forms) : give_word(r, word);
  }
  return status;
}
