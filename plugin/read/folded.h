/* Text as words are compared: small letters, no accents, plain digits. */
#ifndef BYLINE_READ_FOLDED_H
#define BYLINE_READ_FOLDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a character is compared as; 0 when it does not count (accents, Arabic
 * and Hebrew points, joiners and direction marks). The vowel and tone signs of
 * Indic and Thai scripts count: they tell words apart. Digits of every script
 * are 0 to 9, every space and dash is the plain one, full-width forms are
 * ASCII, and a few letters that people type for one another are one. */
uint32_t folded_character(uint32_t c);

/* Folds text into out, without a NUL. False when it is broken UTF-8 or needs
 * more than capacity bytes. */
bool folded_copy(const char *text, size_t length, char *out, size_t capacity,
                 size_t *written);

/* How many bytes of text the folded mark stands for, when text begins with
 * it; else 0. */
size_t folded_begin(const char *text, size_t length, const char *mark);

/* Whether text, folded, is the mark. */
bool folded_equal(const char *text, size_t length, const char *mark);

#endif
