/* What an analyzer is made of; for the sources of this module only. */
#ifndef BYLINE_ANALYZE_STATE_H
#define BYLINE_ANALYZE_STATE_H

#include "analyze/filters.h"
#include "analyze/scan.h"
#include "analyze/segment.h"
#include "analyze/stems.h"
#include "analyze/variants.h"
#include "analyze/words.h"

struct analyzer {
  bool by_icu;        /* by base.h, not scan.h */
  segmenter segments; /* open if by_icu */
  folder fold;
  const own_letters *own; /* of the language */
  stems stemming;         /* in the language, if it is not English */
  stems english;          /* besides, or alone */
  stems *first, *second;  /* of the two: in use; second may be NULL */
  bool also_english;
  char language[STEMS_LANGUAGE_SIZE]; /* as it was given */
  base_token tokens[3];               /* previous, current and next, in turns */
  variants forms;                     /* of the current token */
  variants stemmed;                   /* its stems so far */
  words dictionary;
  base_token word;     /* of the dictionary */
  variants word_forms; /* its */
  bool ngrams;         /* wanted */
  bool exact_accents;  /* of queries */
  bool any;            /* queries are for any of their words */
  analyzer_has_fn has; /* of the database that queries are for; or NULL */
  void *has_user;
  analyzer_word_fn
      query_word; /* gets the words of queries; NULL: nobody does */
  void *query_word_user;
  const filter_chain *filters; /* NULL: none */
  buf scratch;
};

/* Where the text is divided in another way: see lane.h. */
typedef struct lane {
  uint32_t position; /* of the last word; at first the one before them all */
  uint32_t end;      /* it does not go beyond */
  bool stems;        /* its words get them: the first lane's do */
} lane;

/* One text on its way through an analyzer. */
typedef struct analysis {
  analyzer *a;
  byline_token_fn sink;
  void *user;
  const char *text;
  uint32_t position; /* of the last base token */
  uint32_t place;    /* the same, or a lane's position: of what is given */
  bool worded;       /* the text has the first lane, */
  bool ngrammed;     /* and the second */
  lane words, ngrams;
  byline_error *error;
} analysis;

static inline byline_status analysis_give(analysis *r, byline_token_kind kind,
                                          byline_string term, size_t start,
                                          size_t end) {
  byline_token token = {term, start, end, r->place, kind};
  return r->sink(r->user, &token);
}

/* Whether words have stems at all. */
static inline bool analysis_stems(const analysis *r) {
  return r->a->first->stemmer || r->a->second;
}

/* Gives the stems of a term that has no other form. */
byline_status analysis_give_stems(analysis *r, const stem_key *key,
                                  size_t start, size_t end);

/* Gives the stems of a form that r->a->stemmed has not already. */
byline_status analysis_give_stem(analysis *r, const variant *form);

#endif
