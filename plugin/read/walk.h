/* All files below a folder, in byte order of the names in each folder, but for
 * profiles and names that begin with a dot. */
#ifndef BYLINE_READ_WALK_H
#define BYLINE_READ_WALK_H

#include <stdbool.h>
#include <sys/stat.h>

#include "byline/byline.h"

/* Folders in folders; what lies deeper is reported. */
enum { WALK_DEEPEST = 128 };

typedef struct walk walk;

/* What a walk has come to. */
typedef struct walk_entry {
  const char *path; /* until the next call */
  int fd;           /* an open regular file, which the caller closes; or -1 */
  struct stat status;
  bool is_file;            /* a regular file, else: */
  byline_notice_kind kind; /* why there is none */
  const char *fault;       /* for a person; until the next call */
} walk_entry;

/* path is a file or a folder. Files named so must be readable files: all that
 * is wrong with path itself is a failure, not skipped. */
byline_status walk_new(const char *path, walk **w, byline_error *error);
/* Only looks at the files from now on: fd is always -1. */
void walk_only_look(walk *w);
/* The path itself was met in a folder: nothing that is wrong with it is a
 * failure, and that it is not there any more is nothing at all. */
void walk_as_found(walk *w);
/* Calls fn with each folder before it is listed; what fn returns stops the
 * walk. */
typedef byline_status (*walk_folder_fn)(void *user, const char *path,
                                        byline_error *error);
void walk_tell_folders(walk *w, walk_folder_fn fn, void *user);
/* Whether a folder with a file of this name in it is a Xapian database. */
bool walk_is_database_file(const char *name);
void walk_free(walk *w);

/* *found is false at the end. */
byline_status walk_next(walk *w, walk_entry *entry, bool *found,
                        byline_error *error);

#endif
