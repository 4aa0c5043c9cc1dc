/* The process that holds the lock of a database. */
#ifndef BYLINE_INDEX_LOCK_HOLDER_H
#define BYLINE_INDEX_LOCK_HOLDER_H

#include <stdbool.h>
#include <sys/types.h>

enum { LOCK_COMMAND_SIZE = 120 };

typedef struct lock_holder {
  pid_t process;
  char command[LOCK_COMMAND_SIZE]; /* its command line; "" if not known */
} lock_holder;

/* database: a path. False where none is found: it may have ended, be another
 * user's or on another machine, or the system does not tell. */
bool lock_holder_find(const char *database, lock_holder *holder);

#endif
