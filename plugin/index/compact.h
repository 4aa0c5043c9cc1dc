/* What making one database of several and making others of them have in
 * common. */
#ifndef BYLINE_INDEX_COMPACT_H
#define BYLINE_INDEX_COMPACT_H

#include "index/building.h"
#include "index/lock.h"

/* Whether their articles can be in one database: BYLINE_INVALID names two that
 * were made otherwise. */
byline_status compact_check_alike(const char *const *paths, size_t count,
                                  byline_error *error);

/* building_open for a destination, once nobody else makes something of this
 * name; BYLINE_INVALID where there is something. */
byline_status compact_begin(const char *destination, lock_wait *wait,
                            building *b, byline_error *error);

#endif
