/* Composed (NFC) and folded forms of words. */
#ifndef BYLINE_ANALYZE_FOLD_H
#define BYLINE_ANALYZE_FOLD_H

#include <unicode/unorm2.h>
#include <unicode/uscript.h>

#include "analyze/analyzer.h"
#include "analyze/chars.h"
#include "analyze/fold_memory.h"
#include "analyze/own_letters.h"

enum {
  FOLD_BYTES = 256, /* the longest piece that is folded at once */
  /* No character becomes more than 18 UTF-16 units under NFKC. */
  FOLD_UNITS = FOLD_BYTES * 18,
  FOLD_OUT = FOLD_UNITS * 3
};

/* What NFKC_Casefold is kept from. Thai and Lao sara am and the Hangul letters
 * people type alone: their compatibility forms are not what anybody writes. */
#define FOLD_KEPT "[^\\u0E33\\u0EB3\\u3131-\\u318E]"

typedef struct folder {
  const UNormalizer2 *nfc, *nfd;
  UNormalizer2 *nfkc_casefold; /* without the characters it would break up */
  USet *kept;
  fold_memory memory;
  UChar one[FOLD_UNITS], two[FOLD_UNITS];
  char out[FOLD_OUT];
} folder;

byline_status folder_open(folder *f, byline_error *error);
void folder_close(folder *f);

/* The NFC and the folded form of a base term, which f has until the next call.
 * False when there is none that would still be one token of at most
 * ANALYZER_WORD_MAX bytes; the word then stands for itself. own: the letters
 * that become what the list says; may be NULL. */
bool fold_composed(folder *f, byline_string word, byline_string *result);
bool fold_word(folder *f, byline_string word, const own_letter *own,
               byline_string *result);

/* As fold_word, but false where the word would lose an accent, or its letters
 * their marks. */
bool fold_exact(folder *f, byline_string word, const own_letter *own,
                byline_string *result);

/* The folded form of any valid UTF-8 of at most FOLD_BYTES bytes, the same in
 * every language. */
byline_string fold_piece(folder *f, byline_string text);

/* Whether marks on the letters of a script are accents, which folding drops. */
static inline bool fold_marks_are_accents(UScriptCode script) {
  switch (script) {
  case USCRIPT_LATIN:
  case USCRIPT_GREEK:
  case USCRIPT_CYRILLIC:
  case USCRIPT_ARABIC:
  case USCRIPT_HEBREW:
  case USCRIPT_COMMON:
    return true;
  default:
    return false;
  }
}

/* What a lower-case letter that does not decompose becomes; NULL: itself. */
const char *fold_letter(UChar32 letter);

#endif
