/* The other forms under which a token is to be found. */
#ifndef BYLINE_ANALYZE_VARIANTS_H
#define BYLINE_ANALYZE_VARIANTS_H

#include "analyze/base.h"
#include "analyze/fold.h"

/* More forms than any real word has; those beyond are left out. */
enum { VARIANTS_MAX = 32 };

typedef struct variant {
  char term[ANALYZER_WORD_MAX + STEMS_AHEAD];
  size_t length;
  size_t start, end; /* in the text: of what the form stands for */
  byline_token_kind kind;
} variant;

typedef struct variants {
  variant list[VARIANTS_MAX]; /* different terms; the base first */
  size_t count;
} variants;

/* Whether token has no other form than its base term. */
static inline bool variants_none(const base_token *token) {
  return token->stable && !token->joined && !token->hyphen_before &&
         !token->hyphen_after;
}

/* Adds a term unless it is there, empty or too long, or v is full. */
bool variants_add(variants *v, byline_token_kind kind, byline_string term,
                  size_t start, size_t end);

/* Fills v with every form of token, which stands as source in the text.
 * previous and next are its neighbours, or NULL. */
void variants_make(variants *v, folder *f, const own_letters *own,
                   byline_string source, const base_token *previous,
                   const base_token *token, const base_token *next);

#endif
