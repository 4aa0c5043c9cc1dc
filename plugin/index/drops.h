/* Documents that no file has any more, as far as a run has read. They are
 * deleted at its end only, as another file may bring the article: it then goes
 * to the same place, and is at no moment missing for who reads. */
#ifndef BYLINE_INDEX_DROPS_H
#define BYLINE_INDEX_DROPS_H

#include <stdbool.h>

#include "byline/types.h"

typedef struct drops {
  uint32_t *slots; /* docids, at most in half of them; 0: free */
  size_t capacity; /* a power of two */
  size_t count;
} drops;

#define DROPS_INIT                                                             \
  { NULL, 0, 0 }

void drops_free(drops *d);

bool drops_has(const drops *d, uint32_t docid);
/* BYLINE_NO_MEMORY. */
byline_status drops_add(drops *d, uint32_t docid, byline_error *error);
void drops_remove(drops *d, uint32_t docid);

/* There were so many databases, and now there is one more, behind them: docids
 * change. BYLINE_NO_MEMORY. */
byline_status drops_renumber(drops *d, size_t databases, byline_error *error);

/* Each of them, until fn fails; then there are none. */
typedef byline_status (*drops_fn)(void *user, uint32_t docid,
                                  byline_error *error);
byline_status drops_make(drops *d, drops_fn fn, void *user,
                         byline_error *error);

#endif
