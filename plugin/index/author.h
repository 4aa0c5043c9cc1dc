/* One spelling of an author's name in a database, for terms and values that
 * count and sort: the first that was seen. Articles keep their own. */
#ifndef BYLINE_INDEX_AUTHOR_H
#define BYLINE_INDEX_AUTHOR_H

#include "analyze/analyzer.h"
#include "base/arena.h"
#include "index/metadata.h"

/* Appends what the spellings of one name have in common: no accents, no
 * capitals, no punctuation. "Jean-Paul O’Neil, Jr." is "jean paul oneil jr".
 * Names of the same letters in other words are others: "Ann A Roe" is not
 * "Anna Roe". */
byline_status author_key(analyzer *a, byline_string name, buf *key,
                         byline_error *error);

/* Gives names the spelling that a database has for them. */
typedef struct author_speller {
  metadata *metadata; /* both are the caller's and must outlive it */
  analyzer *analyzer;
  string_map known; /* spellings by names as they were given */
  buf key, place, found;
} author_speller;

#define AUTHOR_SPELLER_INIT(metadata, analyzer)                                \
  { metadata, analyzer, STRING_MAP_INIT, BUF_INIT, BUF_INIT, BUF_INIT }

void author_speller_free(author_speller *s);

/* Each name's spelling in the database, where those that are new are recorded.
 * The list, and what is new in it, are in the arena. */
byline_status author_spell(author_speller *s, arena *memory,
                           const byline_string *names, size_t count,
                           byline_string **spellings, byline_error *error);

#endif
