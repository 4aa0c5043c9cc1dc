/* Documents that no file has any more, as far as a run has read. They are
 * deleted at its end only, as another file may bring the article: it then goes
 * to the same place, and is at no moment missing for who reads. */
#ifndef BYLINE_INDEX_DROPS_H
#define BYLINE_INDEX_DROPS_H

#include "index/string_map.h"

typedef struct drops {
  string_map docids; /* by terms of ids (schema.h), one after the other */
} drops;

#define DROPS_INIT                                                             \
  { STRING_MAP_INIT }

void drops_free(drops *d);

/* BYLINE_NO_MEMORY. */
byline_status drops_add(drops *d, byline_string id_term, uint32_t docid,
                        byline_error *error);

/* How many documents with this id are to be deleted, and whether one is. */
size_t drops_count(const drops *d, byline_string id_term);
bool drops_has(const drops *d, byline_string id_term, uint32_t docid);

/* Takes one of them back; *docid is 0 where there is none. BYLINE_NO_MEMORY. */
byline_status drops_take(drops *d, byline_string id_term, uint32_t *docid,
                         byline_error *error);

/* There were so many databases, and now there is one more, behind them.
 * BYLINE_NO_MEMORY. */
byline_status drops_renumber(drops *d, size_t databases, byline_error *error);

/* Each of them, until fn fails; then there are none. */
typedef byline_status (*drops_fn)(void *user, uint32_t docid,
                                  byline_error *error);
byline_status drops_make(drops *d, drops_fn fn, void *user,
                         byline_error *error);

#endif
