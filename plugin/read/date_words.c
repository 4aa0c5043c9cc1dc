#include "read/date_words.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct date_contest {
  const char *text;
  unsigned month;
  date_languages in;
} date_contest;

#include "read/date_words.inc"

static int compare(const char *text, size_t length, const char *word) {
  int order = strncmp(text, word, length);
  return order != 0 ? order : word[length] == '\0' ? 0 : -1;
}

const date_word *date_word_find(const char *text, size_t length) {
  size_t low = 0, high = COUNT(words);
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = compare(text, length, words[middle].text);
    if (order == 0)
      return &words[middle];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

date_languages date_word_languages(const date_word *word, unsigned month) {
  for (size_t i = 0; i < COUNT(contests); i++)
    if (contests[i].month == month && strcmp(contests[i].text, word->text) == 0)
      return contests[i].in;
  return 0;
}
