/* Stems, remembered by word. */
#ifndef BYLINE_ANALYZE_STEMS_H
#define BYLINE_ANALYZE_STEMS_H

#include <stdbool.h>
#include <stdint.h>

#include "xapian_shim.h"

struct stem_slot;

enum { STEMS_LANGUAGE_SIZE = 32, STEMS_TONGUES = 16 };

typedef struct stems {
  xap_stemmer *stemmer;    /* NULL: no stems */
  struct stem_slot *slots; /* allocated with the first stemmer */
  size_t slot_count, used;
  char
      language[STEMS_LANGUAGE_SIZE]; /* of the stemmer; "" when there is none */
  uint8_t tongue;                    /* its number among those known, from 1 */
  uint8_t tongues;                   /* how many are known */
  char known[STEMS_TONGUES][STEMS_LANGUAGE_SIZE];
} stems;

void stems_close(stems *s);

/* language: as for analyzer_new. On failure s stays as it was. */
byline_status stems_set_language(stems *s, const char *language,
                                 byline_error *error);

/* Whether stems_set_language takes it. */
bool stems_know_language(const char *language);

/* A word as the memory of stems looks it up. */
typedef struct stem_key {
  uint64_t words[2]; /* its first 16 bytes */
  byline_string word;
  uint64_t hash;
} stem_key;

/* Brings near what is remembered of a word: worth it when there is other work
 * to do before stems_get. STEMS_AHEAD bytes of word must be readable, whatever
 * its length. */
enum { STEMS_AHEAD = 16 };
void stems_expect(const stems *s, byline_string word, stem_key *key);

/* Whether Xapian's STEM_SOME stems this term. */
bool stems_may_want(byline_string word);

/* The same, with a stemmer to do it. */
static inline bool stems_wanted(const stems *s, byline_string word) {
  return s->stemmer && stems_may_want(word);
}

/* *stem lives until the next call; it may be empty. */
byline_status stems_get(stems *s, const stem_key *key, byline_string *stem,
                        byline_error *error);

#endif
