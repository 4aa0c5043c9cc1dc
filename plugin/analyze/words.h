/* The words of scripts that put no spaces between them, by the dictionaries of
 * ICU: Thai, Lao, Khmer, Burmese, Chinese and Japanese.
 *
 * What ICU 72 makes of a text depends on which dictionaries the break iterator
 * has loaded before: so every one of ours reads the same text in all of these
 * scripts first, and the words are the same in every process and thread. */
#ifndef BYLINE_ANALYZE_WORDS_H
#define BYLINE_ANALYZE_WORDS_H

#include <unicode/ubrk.h>

#include "analyze/scan.h"

/* UTF-16 units that ICU is given at once: a longer run falls apart there. */
enum { WORDS_CHUNK = 16384 };

typedef struct words {
  UBreakIterator *iterator; /* opened when it is first needed */
  UChar *units;             /* of the chunk */
  uint32_t *offsets;        /* of each in bytes of the text; count + 1 */
  bool threes;              /* every unit has three bytes: no offsets */
  bool mixed;               /* letters of several scripts may meet */
  int32_t count, at;
  const char *text;
  size_t next, end; /* of the run: what is not in the chunk yet */
  bool plain;       /* the run's terms are its bytes, but for ASCII */
  scanner word;     /* what the dictionary gave, for tokens in it */
  size_t piece_end; /* of that with what touches it */
} words;

void words_close(words *w);

/* Whether text has a character of these scripts. */
bool words_are_in(const char *text, size_t length);

/* Thai, Lao, Burmese and Khmer letters, and what stands among them. */
bool words_is_complex(uint32_t ch);

/* Starts with a base token of a text. */
byline_status words_start(words *w, const char *text, const base_token *run,
                          byline_error *error);

/* The next word of the run, its offsets those in the text. At the end *more is
 * false. */
byline_status words_next(words *w, base_token *token, bool *more,
                         byline_error *error);

#endif
