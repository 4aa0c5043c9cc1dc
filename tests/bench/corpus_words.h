/* Words as texts have them, without end: the n-th most frequent one about 1/n
 * as often as the first (Zipf), the rare ones rarer still, so that there are
 * ever new ones (Heaps). Frequent words are those of English, the others are
 * invented; their letters follow from their rank, so none is kept. */
#ifndef BENCH_CORPUS_WORDS_H
#define BENCH_CORPUS_WORDS_H

#include <stddef.h>
#include <stdint.h>

enum { WORD_MAX = 64 };

typedef struct rng {
  uint64_t state;
} rng;

uint64_t rng_next(rng *r);
uint64_t rng_below(rng *r, uint64_t limit);
double rng_uniform(rng *r); /* 0 to below 1 */
double rng_normal(rng *r);

/* A rank from 1 upwards. */
uint64_t word_rank(rng *r);

/* Ranks up to here are the small words of English. */
uint64_t word_small_ranks(void);

/* The word of a rank, with its capital if it is a name; returns its bytes. */
size_t word_spell(uint64_t rank, char out[WORD_MAX]);

/* The first of three ranks in a row whose words any English stemmer brings
 * together, for queries: n from 0, each rarer than the one before. */
uint64_t word_probe(unsigned n);

/* The n-th person, most frequent first. */
size_t word_person(uint64_t n, char out[WORD_MAX]);

#endif
