/* Names in the order of a locale. */
#ifndef BYLINE_INDEX_COLLATION_H
#define BYLINE_INDEX_COLLATION_H

#include <stdbool.h>

#include "byline/types.h"

typedef struct collation collation;

/* locale: "sv", "de_AT", "de_DE.UTF-8", "de@collation=phonebook"; NULL or
 * empty: the root order of CLDR. BYLINE_INVALID where it is of no language. */
byline_status collation_new(const char *locale, collation **out,
                            byline_error *error);
void collation_free(collation *c);

/* Whether the locale has no rules of its own. */
bool collation_is_root(const collation *c);

/* Bytes that compare as the names are ordered; empty for a name that has
 * nothing to be ordered by. They live until the next call. False when memory
 * runs out. */
bool collation_key(collation *c, byline_string name, byline_string *key);

#endif
