/* Databases that are read while nobody may write to them, so that what is made
 * of them is of one moment. */
#ifndef BYLINE_INDEX_SOURCE_LOCKS_H
#define BYLINE_INDEX_SOURCE_LOCKS_H

#include "index/lock.h"

typedef struct source_locks {
  const char *const *paths;
  size_t count;
  xap_writer **writers; /* of what can be locked */
  int *locks;
  xap_database **views; /* of all else: whether it changes is seen at the end */
} source_locks;

/* Locks each, all within one time to wait; what is on another machine, or can't
 * be written to from here, is opened instead. The paths must live on. Whatever
 * happens, source_locks_release is for the caller to call. BYLINE_LOCKED and
 * what opening fails with. */
byline_status source_locks_take(source_locks *s, const char *const *paths,
                                size_t count, lock_wait *wait,
                                byline_error *error);

/* After they were read, with this status. BYLINE_LOCKED says which could not be
 * locked, and has changed. */
byline_status source_locks_check(const source_locks *s, byline_status status,
                                 byline_error *error);

void source_locks_release(source_locks *s);

#endif
