/* Waiting until nobody else writes to a database, and saying who does. */
#ifndef BYLINE_INDEX_LOCK_H
#define BYLINE_INDEX_LOCK_H

#include <stdbool.h>

#include "byline/byline.h"
#include "xapian_shim.h"

/* For one database, or for several that a command needs, one by one: then the
 * time is one for all of them. What is done between two is not counted. */
typedef struct lock_wait {
  const char *database;  /* a path */
  uint32_t milliseconds; /* what is left of them */
  /* That somebody waits is told through their notice and progress; or NULL. */
  const byline_index_options *options;
  int64_t deadline; /* 0: nobody waits now */
  bool told;
} lock_wait;

/* After an attempt to open a database for writing. True: it was locked, and is
 * to be tried again, now that a moment has passed. Else *status is final: as it
 * was, or what progress returned. Where that is BYLINE_LOCKED, error then says
 * which process holds the lock, if that can be found out. */
bool lock_try_again(lock_wait *w, byline_status *status, byline_error *error);

/* Opens a database for writing that no other program writes to, also between
 * its being a plain one and one of segments. *lock is the caller's, to be
 * closed with lock_release after the database; where it is none (-1), it is
 * taken. Where this fails it is released. As xap_writer_open. */
byline_status lock_and_open(const char *database, xap_open_mode mode, int *lock,
                            xap_writer **writer, byline_error *error);
void lock_release(int *lock);

/* The notice that one waits, and for whom. False: it could not be found out,
 * and was not told; unnamed: it is told then, too. */
bool lock_tell(const byline_index_options *options, const char *database,
               bool unnamed);

#endif
