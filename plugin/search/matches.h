/* The words of a text that the terms of a query stand for. */
#ifndef BYLINE_SEARCH_MATCHES_H
#define BYLINE_SEARCH_MATCHES_H

#include "analyze/graphemes.h"
#include "search/phrases.h"

/* A term that a query found in a document, with how much it says. */
typedef struct query_term {
  byline_string term; /* with "Z", without any other prefix */
  double weight;
  bool in_title; /* of a field: it stands for words of titles only */
} query_term;

typedef struct match {
  size_t start, end; /* of whole characters, as readers take them */
  size_t term;       /* index */
  bool alone;        /* by a term that need not stand in a phrase, or */
  bool in_phrase;    /* by one that does */
  bool used;         /* for passages.c, as the following: it is in one */
  size_t taken;      /* passages before it */
  size_t from, to;   /* its sentence, or a part of it */
} match;

typedef struct matched_term {
  byline_string term;
  double weight;
  size_t same;     /* one that stands for the same words: see matches_term */
  uint64_t phrase; /* words of phrases that it is */
  bool alone;      /* it also stands outside of phrases */
  bool seen;       /* it has a match; then: */
  bool stop;       /* a word that says little */
  size_t passages; /* for passages.c, as the following: those that have it */
  size_t last;     /* where the last of them begins */
  size_t found;    /* how often the one that is looked at has it */
  size_t round;    /* when it was last looked at */
} matched_term;

/* Positions in the order of a lane, of which the last are remembered. */
typedef struct phrase_lane {
  uint32_t position;
  uint64_t before, now; /* words of phrases that end there */
  size_t starts[PHRASES_WORDS];
} phrase_lane;

/* Memory that is used again for each text; all zero at first. */
typedef struct matches {
  match *list; /* starts rising */
  size_t count, capacity;
  matched_term *terms; /* in byte order */
  size_t term_count, term_capacity;
  /* of the text that is looked at */
  analyzer *analyzer;
  const phrases *phrases;
  byline_string text;
  size_t offset;                         /* of the part that the analyzer has */
  uint32_t stop_bit;                     /* of the language: see stopwords.h */
  bool stem_first[256], word_first[256]; /* bytes that terms begin with */
  phrase_lane lanes[3];                  /* base tokens, words, n-grams */
  graphemes graphemes;
  bool no_memory;
} matches;

void matches_free(matches *m);

/* Forgets all matches. a (set to the language of the texts), terms and p (may
 * be NULL) are borrowed as long as matches are looked for; code is of that
 * language, ISO 639; titles also takes the terms of titles. */
byline_status matches_begin(matches *m, analyzer *a, const query_term *terms,
                            size_t count, bool titles, const phrases *p,
                            const char *code, byline_error *error);

/* Adds the matches of [from, to) of text. Parts come in rising order. */
byline_status matches_find(matches *m, byline_string text, size_t from,
                           size_t to, byline_error *error);

/* Drops those by words that should stand in a phrase and do not. */
void matches_end(matches *m);

/* The first match that reaches behind a place; count: none does. */
size_t matches_behind(const matches *m, size_t at);

/* The first of the terms that a match stands for: terms that stand for one word
 * count as one. */
size_t matches_term(const matches *m, const match *found);

#endif
