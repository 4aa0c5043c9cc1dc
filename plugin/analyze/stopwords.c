#include "analyze/stopwords.h"

#include <stdlib.h>
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

static int compare(const void *key, const void *element) {
  const byline_string *a = key;
  const char *b = ((const stopword *)element)->word;
  int order = strncmp(a->data, b, a->length);
  return order != 0 ? order : -(b[a->length] != '\0');
}

uint32_t stopwords_languages(byline_string word) {
  if (word.length == 0 || memchr(word.data, '\0', word.length))
    return 0;
  const stopword *found =
      bsearch(&word, STOPWORDS, WORD_COUNT, sizeof *STOPWORDS, compare);
  return found ? found->languages : 0;
}
