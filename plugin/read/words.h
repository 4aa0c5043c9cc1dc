/* Comparing words without regard to ASCII case. */
#ifndef BYLINE_READ_WORDS_H
#define BYLINE_READ_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* words are lower-case. */
bool words_contain(const char *const *words, size_t count, const char *text,
                   size_t length);

/* Whether text begins with the lower-case mark. */
bool words_begin(const char *text, size_t length, const char *mark);

#endif
