/* What making one database of several and making others of them have in
 * common. */
#ifndef BYLINE_INDEX_COMPACT_H
#define BYLINE_INDEX_COMPACT_H

#include "index/building.h"
#include "index/lock.h"

/* Makes what there is to be in the folder that is being built. */
typedef byline_status (*compact_make_fn)(void *user, const building *b,
                                         byline_error *error);

/* Has something made of databases at destination while nobody writes to them.
 * BYLINE_INVALID where there is something already, or names two of them whose
 * articles can't be together, as they were made otherwise; BYLINE_LOCKED; and
 * what make returns. */
byline_status compact_elsewhere(const char *const *paths, size_t count,
                                const char *destination, lock_wait *wait,
                                compact_make_fn make, void *user,
                                byline_error *error);

#endif
