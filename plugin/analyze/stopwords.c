#include "analyze/stopwords.h"

#include <string.h>

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

static size_t first_slot(const char *word, size_t length) {
  uint32_t hash = 0;
  for (size_t i = 0; i < length; i++)
    hash = (hash ^ (unsigned char)word[i]) * UINT32_C(0x9E3779B1);
  return hash >> 19; /* as many bits as slots need */
}

void stopword_index_fill(stopword_index *index) {
  memset(index, 0, sizeof *index);
  for (size_t i = 0; i < WORD_COUNT; i++) {
    size_t at = first_slot(STOPWORDS[i].word, strlen(STOPWORDS[i].word));
    while (index->slots[at] != 0)
      at = (at + 1) % STOPWORD_SLOTS;
    index->slots[at] = (uint16_t)(i + 1);
  }
}

uint32_t stopword_index_languages(const stopword_index *index,
                                  byline_string word) {
  if (word.length == 0 || word.length >= WIDTH)
    return 0;
  size_t at = first_slot(word.data, word.length);
  for (; index->slots[at] != 0; at = (at + 1) % STOPWORD_SLOTS) {
    const stopword *s = &STOPWORDS[index->slots[at] - 1];
    if (s->word[word.length - 1] != '\0' && s->word[word.length] == '\0' &&
        memcmp(s->word, word.data, word.length) == 0)
      return s->languages;
  }
  return 0;
}
