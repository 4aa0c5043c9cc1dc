/* Which profiles hold for a file: those the user has named, else those of
 * FILE.byline, else those of the .byline in its folder or in the nearest one
 * above that has one. */
#ifndef BYLINE_READ_PROFILE_FIND_H
#define BYLINE_READ_PROFILE_FIND_H

#include "read/profile.h"

typedef struct profile_finder {
  profiles *stated;
  profiles *own;    /* of the last file alone */
  profiles *beside; /* of the folder of the last file */
  buf folder;       /* that folder; its data is NULL before the first */
  buf scratch;
} profile_finder;

/* Reads the profiles that the user has named. Errors: what is wrong with them,
 * as BYLINE_INVALID, BYLINE_NOT_FOUND or BYLINE_IO; BYLINE_NO_MEMORY. */
byline_status profile_finder_state(profile_finder *f, const char *path,
                                   byline_error *error);
void profile_finder_free(profile_finder *f);

/* *found, which may be NULL, lives until the next call; its fault is not
 * looked at. path NULL: the file lies nowhere. Errors: BYLINE_NO_MEMORY. */
byline_status profile_finder_find(profile_finder *f, const char *path,
                                  const profiles **found, byline_error *error);

#endif
