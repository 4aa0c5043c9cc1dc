/* What the tests of the analyzer share: its tokens as text. */
#ifndef BYLINE_TESTS_ANALYZE_TOKENS_H
#define BYLINE_TESTS_ANALYZE_TOKENS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analyze/analyzer.h"

static inline analyzer *open_analyzer(const char *language) {
  analyzer *a = NULL;
  byline_error error = {0};
  if (analyzer_new(language, &a, &error) != BYLINE_OK)
    fail_msg("%s", error.message);
  return a;
}

/* What the tokens of some kinds are gathered into: "a|b|c". */
typedef struct gathered {
  unsigned kinds; /* bits by kind */
  buf terms;
} gathered;

static inline int gather(void *user, const byline_token *token) {
  gathered *g = user;
  if (!(g->kinds >> token->kind & 1))
    return 0;
  if (g->terms.length > 0)
    assert_true(buf_add_char(&g->terms, '|'));
  assert_true(buf_add_str(&g->terms, token->term));
  return 0;
}

/* The terms of these kinds; the caller releases them. */
static inline char *terms_of(analyzer *a, const char *text, size_t length,
                             unsigned kinds) {
  gathered g = {kinds, BUF_INIT};
  byline_error error;
  assert_true(buf_reserve(&g.terms, 1));
  g.terms.data[0] = '\0';
  assert_int_equal(analyzer_run(a, text, length, gather, &g, &error),
                   BYLINE_OK);
  return g.terms.data;
}

#define KIND(kind) (1u << BYLINE_TOKEN_##kind)

static inline void expect_terms(analyzer *a, const char *text, unsigned kinds,
                                const char *expected) {
  char *terms = terms_of(a, text, strlen(text), kinds);
  if (strcmp(terms, expected) != 0)
    fail_msg("%s\nexpected %s\nbut got  %s", text, expected, terms);
  free(terms);
}

#endif
