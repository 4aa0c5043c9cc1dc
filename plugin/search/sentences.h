/* The sentences of a text, as ICU finds them in its language. */
#ifndef BYLINE_SEARCH_SENTENCES_H
#define BYLINE_SEARCH_SENTENCES_H

#include <stdbool.h>
#include <unicode/ubrk.h>

#include "byline/types.h"

enum {
  SENTENCES_CHUNK = 8192,  /* UTF-16 units that are looked at together */
  SENTENCES_LANGUAGES = 4, /* whose iterators are kept */
  SENTENCES_CODE_SIZE = 8
};

typedef struct sentence_rules {
  char code[SENTENCES_CODE_SIZE];
  UBreakIterator *iterator;
} sentence_rules;

/* All zero at first. Opening an iterator takes ICU up to a millisecond, so
 * those of the last languages are kept. */
typedef struct sentences {
  sentence_rules rules[SENTENCES_LANGUAGES];
  size_t next; /* of them to be replaced */
  UBreakIterator *iterator;
  byline_string text;
  UChar *units;
  uint32_t *offsets; /* of each unit, then of each border, from start */
  size_t start, end; /* what borders are known of */
  size_t borders;
  bool whole; /* the last sentence ends at end */
} sentences;

typedef struct stretch {
  size_t start, end;
} stretch;

void sentences_close(sentences *s);

/* text is borrowed until the next call. code: of a language, ISO 639; "": none.
 */
byline_status sentences_begin(sentences *s, byline_string text,
                              const char *code, byline_error *error);

/* The sentence that the byte at (< the text's length) stands in, without the
 * spaces behind it. It lies within a line. Looks at a few thousand characters
 * before and behind: of a longer sentence it gives a part. */
byline_status sentences_at(sentences *s, size_t at, stretch *sentence,
                           byline_error *error);

#endif
