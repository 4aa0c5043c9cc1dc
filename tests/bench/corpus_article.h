/* Articles that nobody wrote: any number of them, the same ones each time. */
#ifndef BENCH_CORPUS_ARTICLE_H
#define BENCH_CORPUS_ARTICLE_H

#include "base/buf.h"
#include "corpus_words.h"

enum { PROBES = 3, PHRASE = PROBES, QUERIES };

/* Two words that stand beside each other in some articles. */
#define PROBE_PHRASE "quayside strikers"

typedef struct article {
  size_t number;                               /* from 1 */
  buf title, authors, section, keywords, text; /* lists with "; " between */
  char date[16];
  bool matches[QUERIES];
} article;

/* How often each rank was used: a hash table. */
typedef struct counts {
  size_t tokens, words, size; /* words: different ones */
  uint64_t *ranks, *uses;     /* rank 0: free */
} counts;

typedef struct press {
  rng random;
  counts counted;
  uint64_t probes[PROBES]; /* their first ranks */
  uint64_t recent[256];    /* ranks of the article so far */
  size_t recent_count;
} press;

/* These leave the program when memory runs out. */
void press_begin(press *p, uint64_t seed);
void press_end(press *p);
/* Writes the next article into a, whose buffers are used again. */
void press_write(press *p, article *a);
void article_free(article *a);
/* The words of a query that articles match. */
void press_query(unsigned n, buf *out);

#endif
