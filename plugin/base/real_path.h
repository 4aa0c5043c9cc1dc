/* Where a path leads. */
#ifndef BYLINE_BASE_REAL_PATH_H
#define BYLINE_BASE_REAL_PATH_H

/* As realpath, and of what is yet to be made: there its folder's real path, and
 * its name; a link to nothing leads to what it names. The caller frees it; NULL
 * where there is no such folder either, or memory has run out. */
char *real_path(const char *path);

#endif
