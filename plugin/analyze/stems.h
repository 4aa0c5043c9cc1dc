/* Stems, remembered by word. */
#ifndef BYLINE_ANALYZE_STEMS_H
#define BYLINE_ANALYZE_STEMS_H

#include <stdbool.h>

#include "xapian_shim.h"

struct stem_slot;

typedef struct stems {
  xap_stemmer *stemmer;    /* NULL: no stems */
  struct stem_slot *slots; /* allocated with the first stemmer */
  char language[32];       /* of the stemmer; "" when there is none */
} stems;

void stems_close(stems *s);

/* language: as for analyzer_new. On failure s stays as it was. */
byline_status stems_set_language(stems *s, const char *language,
                                 byline_error *error);

/* Whether stems_set_language takes it. */
bool stems_know_language(const char *language);

/* Whether Xapian's STEM_SOME stems this term. */
bool stems_wanted(const stems *s, byline_string word);

/* *stem lives until the next call; it may be empty. */
byline_status stems_get(stems *s, byline_string word, byline_string *stem,
                        byline_error *error);

#endif
