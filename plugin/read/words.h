/* Comparing words without regard to ASCII case, and the spaces around them. */
#ifndef BYLINE_READ_WORDS_H
#define BYLINE_READ_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "byline/types.h"

/* words are lower-case. */
bool words_contain(const char *const *words, size_t count, const char *text,
                   size_t length);

/* Without the spaces at its ends. */
byline_string words_trim(byline_string s);

/* A digit of ASCII. */
bool words_have_digit(byline_string s);

/* words_begin, behind a quick look at two bytes. */
bool words_begin_more(const char *text, size_t length, const char *mark);

static inline bool words_may_match(char c, char mark) {
  return c == mark || (c | 0x20) == mark;
}

/* Whether text begins with the lower-case mark. */
static inline bool words_begin(const char *text, size_t length,
                               const char *mark) {
  return *mark == '\0' ||
         (length > 0 && words_may_match(*text, *mark) &&
          (mark[1] == '\0' ||
           (length > 1 && words_may_match(text[1], mark[1]))) &&
          words_begin_more(text, length, mark));
}

#endif
