/* Words that say little about what a text is about, by language: Snowball's
 * lists. A query may leave them out; an index never does. */
#ifndef BYLINE_ANALYZE_STOPWORDS_H
#define BYLINE_ANALYZE_STOPWORDS_H

#include <stdint.h>

#include "byline/types.h"

enum { STOPWORDS_MAX = 400 }; /* no language has more */

/* Puts the stop words of a language (ISO 639) into words, which has room for
 * STOPWORDS_MAX, and returns how many there are: 0 for a language without a
 * list. They are NFC, lower-case and static. */
size_t stopwords_get(const char *language, byline_string *words);

/* The languages in which a word is a stop word, as bits; see
 * stopwords_bit. */
uint32_t stopwords_languages(byline_string word);

/* The same, many times as fast, for those who ask for every word of a text.
 * STOPWORDS_AHEAD bytes of word must be readable, whatever its length. */
enum { STOPWORD_SLOTS = 8192, STOPWORDS_AHEAD = 16 };
typedef struct stopword_index {
  uint16_t slots[STOPWORD_SLOTS]; /* number of the word, plus 1; 0: free */
} stopword_index;

void stopword_index_fill(stopword_index *index);
uint32_t stopword_index_languages(const stopword_index *index,
                                  byline_string word);

/* The bit of a language, 0 if it has no list. */
uint32_t stopwords_bit(const char *language);

#endif
