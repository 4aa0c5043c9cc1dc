/* A database to try things on where there is none yet. */
#ifndef BYLINE_INDEX_SCRATCH_H
#define BYLINE_INDEX_SCRATCH_H

#include <stdbool.h>

#include "byline/types.h"

typedef struct scratch_database {
  char path[256]; /* "": not needed */
} scratch_database;

/* Makes an empty folder for a database, if there is none at database: a writer
 * that never commits leaves one that is there as it is. BYLINE_UNSUPPORTED for
 * a remote one, which commits by itself. */
byline_status scratch_make(const char *database, scratch_database *scratch,
                           byline_error *error);
void scratch_remove(scratch_database *scratch);

#endif
