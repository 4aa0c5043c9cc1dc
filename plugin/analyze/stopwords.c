#include "analyze/stopwords.h"

#include <string.h>

#include "analyze/first_bytes.h"

typedef struct stopword {
  char word[16];      /* in place: nothing to relocate when a program starts */
  uint32_t languages; /* bits, in the order of STOPWORD_LANGUAGES */
} stopword;

#include "analyze/stopwords.inc"

enum {
  LANGUAGE_COUNT = sizeof STOPWORD_LANGUAGES / sizeof *STOPWORD_LANGUAGES,
  WORD_COUNT = sizeof STOPWORDS / sizeof *STOPWORDS
};

uint32_t stopwords_bit(const char *language) {
  if (strcmp(language, "nb") == 0 || strcmp(language, "nn") == 0)
    language = "no";
  for (size_t i = 0; i < LANGUAGE_COUNT; i++)
    if (strcmp(language, STOPWORD_LANGUAGES[i]) == 0)
      return (uint32_t)1 << i;
  return 0;
}

size_t stopwords_get(const char *language, byline_string *words) {
  uint32_t bit = stopwords_bit(language);
  size_t count = 0;
  for (size_t i = 0; i < WORD_COUNT && count < STOPWORDS_MAX; i++)
    if (STOPWORDS[i].languages & bit)
      words[count++] =
          (byline_string){STOPWORDS[i].word, strlen(STOPWORDS[i].word)};
  return count;
}

enum { WIDTH = sizeof STOPWORDS->word };

/* The words are in order, and filled up with NULs. */
uint32_t stopwords_languages(byline_string word) {
  char key[WIDTH] = "";
  size_t low = 0, high = WORD_COUNT;
  if (word.length == 0 || word.length >= WIDTH ||
      memchr(word.data, '\0', word.length))
    return 0;
  memcpy(key, word.data, word.length);
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = memcmp(key, STOPWORDS[middle].word, WIDTH);
    if (order == 0)
      return STOPWORDS[middle].languages;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return 0;
}

/* ---- By a hash ----------------------------------------------------------- */

_Static_assert(WORD_COUNT * 2 <= STOPWORD_SLOTS, "at most half of them full");

/* A word as its entry has it, filled up with zeros. */
typedef struct stopword_key {
  uint64_t words[WIDTH / sizeof(uint64_t)];
} stopword_key;

_Static_assert(sizeof(stopword_key) == sizeof STOPWORDS->word &&
                   sizeof(stopword_key) == STOPWORDS_AHEAD,
               "two words are all of an entry");

static inline stopword_key key_of(const char *word, size_t length) {
  return (stopword_key){{first_bytes(word, length),
                         length > 8 ? first_bytes(word + 8, length - 8) : 0}};
}

static inline size_t first_slot(const stopword_key *key) {
  uint64_t hash = key->words[0] * FIRST_BYTES_MIX ^ key->words[1];
  return (size_t)(hash * FIRST_BYTES_MIX >>
                  51); /* as many bits as slots need */
}

void stopword_index_fill(stopword_index *index) {
  memset(index, 0, sizeof *index);
  for (size_t i = 0; i < WORD_COUNT; i++) {
    const char *word = STOPWORDS[i].word;
    stopword_key key = key_of(word, strlen(word));
    size_t at = first_slot(&key);
    while (index->slots[at] != 0)
      at = (at + 1) % STOPWORD_SLOTS;
    index->slots[at] = (uint16_t)(i + 1);
  }
}

uint32_t stopword_index_languages(const stopword_index *index,
                                  byline_string word) {
  if (word.length == 0 || word.length >= WIDTH)
    return 0;
  stopword_key key = key_of(word.data, word.length);
  size_t at = first_slot(&key);
  for (; index->slots[at] != 0; at = (at + 1) % STOPWORD_SLOTS) {
    const stopword *s = &STOPWORDS[index->slots[at] - 1];
    if (memcmp(s->word, &key, WIDTH) == 0 && s->word[word.length - 1] != '\0')
      return s->languages;
  }
  return 0;
}
