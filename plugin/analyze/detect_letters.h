/* What the scripts of a text's letters say of its language. */
#ifndef BYLINE_ANALYZE_DETECT_LETTERS_H
#define BYLINE_ANALYZE_DETECT_LETTERS_H

#include <unicode/utypes.h>

#include "base/buf.h"

/* Whether it is of a script that languages share, and that has no more than a
 * few dozen letters in each. */
bool letter_has_alphabet(UChar32 letter);

/* Whether there are enough letters to say anything. */
bool letters_are_enough(const buf *text);

/* In another script, Latin letters are those of links, addresses and names, and
 * say nothing of the language: puts spaces in their place. */
void letters_leave_out_latin(buf *text);

/* Ideographs, and among them none of the kana and hangul that every sentence of
 * Japanese and Korean has. There are too many for n-grams to know. */
bool letters_are_chinese(const buf *text);

#endif
