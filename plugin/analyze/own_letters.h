/* What folding does otherwise in some languages. */
#ifndef BYLINE_ANALYZE_OWN_LETTERS_H
#define BYLINE_ANALYZE_OWN_LETTERS_H

#include <stdbool.h>
#include <stdint.h>
#include <unicode/utypes.h>

#include "base/buf.h"

/* A composed lower-case letter, and what it becomes. */
typedef struct own_letter {
  UChar from;
  UChar to[3];
} own_letter;

/* Two letters that stand for one, and what folding makes of that one. */
typedef struct own_digraph {
  char first, second;
  const char *to;
} own_digraph;

/* Lists end with a letter from 0; each may be NULL. */
typedef struct own_letters {
  const char *codes;           /* of the languages, with spaces around each */
  const own_letter *kept;      /* by both articles and queries */
  const own_letter *spelled;   /* of articles, in a second folded form */
  const own_digraph *digraphs; /* of articles, read as well */
  uint32_t firsts;             /* a bit for each letter that one begins with */
  bool dotless;                /* a capital I is that of a dotless i */
} own_letters;

/* Those of a language by its ISO 639 code; never NULL. */
const own_letters *own_letters_of(const char *code);

/* The entry of a letter, or NULL; list may be NULL. */
static inline const own_letter *own_letter_find(const own_letter *list,
                                                UChar32 letter) {
  for (; list && list->from != 0; list++)
    if (list->from == letter)
      return list;
  return NULL;
}

bool own_letters_search(const own_letters *own, byline_string source,
                        byline_string term);

/* Whether own_letters_read finds anything: cheap. source: as it stands in the
 * text; term: its base term. */
static inline bool own_letters_hidden(const own_letters *own,
                                      byline_string source,
                                      byline_string term) {
  return (own->dotless || own->firsts) && own_letters_search(own, source, term);
}

/* Puts into out what a term reads with its digraphs and dotless capitals as
 * the letters they stand for, and returns its length; 0: nothing else, or
 * longer than room. */
size_t own_letters_read(const own_letters *own, byline_string source,
                        byline_string term, char *out, size_t room);

#endif
