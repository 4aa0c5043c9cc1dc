/* A database that grows: a folder with Xapian's stub file XAPIANDB, which names
 * ordinary glass databases in it, its segments, in the order in which they were
 * made. The first, the head, has the metadata of all, as Xapian reads those of
 * the first database only. Such a folder opens by its path in everything that
 * Xapian is in.
 *
 * Everything here but segments_read is for whoever has the database's lock:
 * that of the head, or of the plain database. */
#ifndef BYLINE_INDEX_SEGMENTS_H
#define BYLINE_INDEX_SEGMENTS_H

#include "base/buf.h"
#include "byline/types.h"

typedef struct segments {
  char *folder; /* the database's path */
  char **names; /* of folders in it; none: it is a plain database, or none */
  size_t count;
} segments;

#define SEGMENTS_INIT                                                          \
  { NULL, NULL, 0 }

/* Reads what the stub names. A stub that somebody else has made, of databases
 * elsewhere, is BYLINE_UNSUPPORTED. BYLINE_IO, BYLINE_NO_MEMORY. */
byline_status segments_read(const char *database, segments *s,
                            byline_error *error);
void segments_free(segments *s);

/* Makes a plain database one of one segment, with the same docids. *lock is the
 * database's lock until it is closed: nobody else can open it before the
 * caller has opened the segment. BYLINE_UNSUPPORTED says why it can't be done
 * here, and nothing has changed; BYLINE_LOCKED, BYLINE_IO, BYLINE_NO_MEMORY. */
byline_status segments_split(const char *database, int *lock,
                             byline_error *error);

/* A path for one more, which does not exist. */
byline_status segments_new_path(const char *database, buf *path,
                                byline_error *error);

/* Names the folder at path, which is complete, in the place of the last ones:
 * kept says how many of those named now stay. BYLINE_IO, BYLINE_NO_MEMORY. */
byline_status segments_publish(const char *database, size_t kept,
                               const char *path, byline_error *error);

/* Bytes of the files of a segment, or of a plain database (name: NULL). */
uint64_t segments_bytes(const char *database, const char *name);

/* Of the newest segment, or of a plain database. */
uint64_t segments_newest_bytes(const char *database);

/* Removes what has been named no more for a second, and what an interrupted run
 * has left; the files of a plain database once no name in its folder has
 * changed for so long. Else that is for the next. */
void segments_sweep(const char *database);

/* Makes one segment of the newest ones wherever they are together no smaller
 * than the one before them, so that each is larger than all after it together;
 * of all of them with all. *merged: how many it took; 0: none. BYLINE_IO,
 * BYLINE_CORRUPT, BYLINE_NO_MEMORY; what was there is still there. */
byline_status segments_merge(const char *database, bool all, size_t *merged,
                             byline_error *error);

/* Makes the only segment the plain database of this path. */
byline_status segments_join(const char *database, byline_error *error);

#endif
