/* Watching folders: what the system tells of them (inotify), as paths that an
 * ordinary run would have for them. */
#ifndef BYLINE_INDEX_WATCHES_H
#define BYLINE_INDEX_WATCHES_H

#include "byline/types.h"
#include "index/changes.h"

typedef struct watches watches;

/* roots, as for byline_index, and layout (a path, or NULL) must outlive it.
 * Nothing is watched yet. Errors: BYLINE_IO, BYLINE_NO_MEMORY. */
byline_status watches_new(const char *const *roots, size_t count,
                          const char *layout, watches **w, byline_error *error);
void watches_free(watches *w);

/* Watches all that is not watched yet. Errors: BYLINE_IO (the limit of the
 * system is reached), BYLINE_NO_MEMORY. */
byline_status watches_renew(watches *w, byline_error *error);

/* To be polled for reading. */
int watches_descriptor(const watches *w);
/* Takes all that the system has to tell, without waiting. */
byline_status watches_read(watches *w, changes *c, int64_t now,
                           byline_error *error);

size_t watches_folders(const watches *w);
/* Whether a root is not there, so that it must be looked for. */
bool watches_lack_root(const watches *w);
/* Looks for such roots; those that are there again are changes. */
byline_status watches_find_roots(watches *w, changes *c, int64_t now,
                                 byline_error *error);

#endif
