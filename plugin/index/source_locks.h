/* Databases that are read while nobody may write to them, so that what is made
 * of them is of one moment. */
#ifndef BYLINE_INDEX_SOURCE_LOCKS_H
#define BYLINE_INDEX_SOURCE_LOCKS_H

#include "index/lock.h"

struct source_lock;
typedef struct source_locks {
  struct source_lock *list;
  size_t count;
} source_locks;

/* Locks each, all within one time to wait. What can't be locked from here (on
 * another machine; a single file; named by a stub that somebody has made; where
 * the locks' file is another user's, or would be ours in another's folder) is
 * opened instead. The paths must live on. Whatever happens,
 * source_locks_release is for the caller to call. BYLINE_LOCKED and what
 * opening fails with. */
byline_status source_locks_take(source_locks *s, const char *const *paths,
                                size_t count, lock_wait *wait,
                                byline_error *error);

/* After they were read, with this status. BYLINE_LOCKED says which could not be
 * locked, and has changed. */
byline_status source_locks_check(const source_locks *s, byline_status status,
                                 byline_error *error);

void source_locks_release(source_locks *s);

#endif
