/* What holds of the tokens of any text. */
#ifndef BYLINE_TESTS_CHECK_TOKENS_H
#define BYLINE_TESTS_CHECK_TOKENS_H

#include <stdlib.h>

#include "analyze/analyzer.h"
#include "base/utf8.h"

typedef struct seen {
  size_t length;
  uint32_t position;
  size_t base_end;
  uint32_t words;  /* the position of the last */
  uint32_t ngrams; /* the same in their lane */
  uint32_t place;  /* of the last token: other forms share it */
  uint64_t all;    /* of the tokens, in their order */
} seen;

static inline uint64_t mix(uint64_t hash, uint64_t value) {
  return (hash ^ value) * 1099511628211u;
}

static inline uint64_t mix_token(uint64_t hash, const byline_token *token) {
  hash = mix(mix(hash, token->start), token->end);
  hash = mix(mix(hash, token->position), token->kind);
  for (size_t i = 0; i < token->term.length; i++)
    hash = mix(hash, (unsigned char)token->term.data[i]);
  return hash;
}

static inline void check(int holds) {
  if (!holds)
    abort();
}

static inline int look(void *user, const byline_token *token) {
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
    uint32_t *lane =
        token->position > BYLINE_NGRAM_POSITION ? &s->ngrams : &s->words;
    check(token->position == *lane || token->position == *lane + 1);
    *lane = token->position;
  } else if (token->kind == BYLINE_TOKEN_CHARACTER) {
    check(token->position == ++s->ngrams);
  } else if (token->kind == BYLINE_TOKEN_BIGRAM) {
    check(token->position == s->ngrams);
  } else {
    check(token->position == s->place);
  }
  s->place = token->position;
  return 0;
}

static inline seen count(analyzer *a, const char *text, size_t length) {
  seen s = {length, 0, 0, BYLINE_WORD_POSITION, BYLINE_NGRAM_POSITION, 0, 0};
  byline_error error;
  check(analyzer_run(a, text, length, look, &s, &error) == BYLINE_OK);
  return s;
}

#endif
