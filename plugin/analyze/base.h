/* Base terms: Xapian's own tokens, byte for byte. */
#ifndef BYLINE_ANALYZE_BASE_H
#define BYLINE_ANALYZE_BASE_H

#include "analyze/analyzer.h"
#include "analyze/segment.h"

typedef struct base_token {
  char term[ANALYZER_WORD_MAX];
  size_t length;
  size_t start, end;  /* bytes of the text */
  bool ascii;         /* every byte of term is */
  bool joined;        /* a joining character or a suffix is in it */
  bool cut;           /* the word was too long */
  bool hyphen_after;  /* one hyphen and a word follow */
  bool hyphen_before; /* the same seen from the next token; set by others */
} base_token;

/* Finds the next token of the text the segmenter was started with. At the end
 * *more is false. */
byline_status base_next(segmenter *s, base_token *token, bool *more,
                        byline_error *error);

static inline byline_string base_term(const base_token *token) {
  return (byline_string){token->term, token->length};
}

#endif
