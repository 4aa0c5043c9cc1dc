/* The folder in which a new database is built, beside its place, and its way
 * there when it is whole. */
#ifndef BYLINE_INDEX_BUILDING_H
#define BYLINE_INDEX_BUILDING_H

#include <stdbool.h>

#include "byline/types.h"

typedef struct building {
  char *target; /* where the database is to be */
  char *path;   /* PARENT/.NAME.byline-new, where it is built */
  int parent;   /* open folders; the second one is locked */
  int folder;
} building;

/* Makes the folder, empty and locked; what an earlier run that was killed left
 * in it is gone. *exists: there is something at database, and nothing is done.
 * Errors: BYLINE_LOCKED; BYLINE_UNSUPPORTED says why no folder can be made or
 * locked here; BYLINE_NO_MEMORY. */
byline_status building_open(const char *database, building *b, bool *exists,
                            byline_error *error);

/* The same, but the folder is also made and locked where *exists says that
 * there is something: nobody else makes something of this name meanwhile. */
byline_status building_hold(const char *database, building *b, bool *exists,
                            byline_error *error);

/* The absolute path of that folder, to be freed; NULL when there can be none.
 */
char *building_path(const char *database);

/* Removes what a run that was killed has left beside a database. */
void building_sweep(const char *database);

/* Removes all files in the folder, and databases in it. */
byline_status building_clear(const building *b, byline_error *error);

/* Renames the folder to the database's name, whether there is nothing or still
 * an empty folder. Its entries and its name are synced here; its files, and
 * folders in it with theirs, are to be on the disk already. Errors:
 * BYLINE_LOCKED (somebody else has made one meanwhile), BYLINE_IO. */
byline_status building_publish(building *b, byline_error *error);

/* Removes the folder if it was not published. */
void building_close(building *b);

#endif
