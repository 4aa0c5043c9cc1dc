/* Base terms: Xapian's own tokens, byte for byte. This is the reference, by
 * ICU's break rules; scan.h finds the same. */
#ifndef BYLINE_ANALYZE_BASE_H
#define BYLINE_ANALYZE_BASE_H

#include "analyze/analyzer.h"
#include "analyze/chars.h"
#include "analyze/segment.h"
#include "analyze/stems.h"

enum { BASE_SUFFIX_MAX = 3 };

typedef struct base_token {
  char term[ANALYZER_WORD_MAX + STEMS_AHEAD]; /* no more than the first used */
  size_t length;
  size_t start, end;  /* bytes of the text */
  stem_key key;       /* of the term; set by others */
  UChar32 last;       /* the character taken last; 0 for ASCII */
  bool ascii;         /* every byte of term is */
  bool stable;        /* it has no other form, if nothing is joined; and the
                         source has no character that was dropped */
  bool joined;        /* a joining character or a suffix is in it */
  bool cut;           /* the word was too long */
  bool hyphen_after;  /* one hyphen and a word follow */
  bool hyphen_before; /* the same seen from the next token; set by others */
} base_token;

/* Finds the next token of the text the segmenter was started with. At the end
 * *more is false. */
byline_status base_next(segmenter *s, base_token *token, bool *more,
                        byline_error *error);

/* Appends a word character or one that joins, lower-case; class is its own.
 * Sets cut when there is no room. */
void base_take(base_token *token, UChar32 ch, unsigned class);

/* A term that was cut must not end in a joining character: a query would not
 * make it a token. */
void base_trim(base_token *token);

/* Appends + and #. */
void base_take_suffix(base_token *token, const char *suffix, size_t length);

static inline byline_string base_term(const base_token *token) {
  return (byline_string){token->term, token->length};
}

#endif
