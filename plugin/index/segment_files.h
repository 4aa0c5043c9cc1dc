/* The files of segments.h: names, links, locks, and what is synced when. */
#ifndef BYLINE_INDEX_SEGMENT_FILES_H
#define BYLINE_INDEX_SEGMENT_FILES_H

#include <stdbool.h>

#include "byline/types.h"

#define SEGMENT_NAME "segment-"
#define SEGMENT_UNFINISHED ".byline-new" /* as building.h names its folders */
#define SEGMENT_STUB "XAPIANDB"
#define SEGMENT_STUB_NEW "XAPIANDB.new"
#define SEGMENT_LOCK "flintlock"

/* That of a segment's name; 0: it is none. */
unsigned long segment_number(const char *name, size_t length);

/* ".segment-5.byline-new": left by a run that was killed. */
bool segment_is_unfinished(const char *name);

/* Whether this is the name of a file of a glass database. */
bool segment_is_file(const char *name);

/* Whether there is a glass database in the folder itself. */
bool segment_files_are_in(const char *folder);
uint64_t segment_files_bytes(const char *folder);

/* The largest number of a segment in the folder, named by the stub or not. */
unsigned long segment_last_number(const char *folder);

typedef void (*segment_entry_fn)(void *user, const char *name);
void segment_each_entry(const char *folder, segment_entry_fn fn, void *user);

/* Whether the two locks below can be taken in a folder without making their
 * file in another user's, who could not take them any more. */
bool segment_may_lock(const char *folder);

/* Takes the lock that Xapian takes when it writes to a glass database.
 * BYLINE_LOCKED, BYLINE_UNSUPPORTED. */
byline_status segment_lock(const char *folder, int *lock, byline_error *error);

/* Takes the lock by which those who may make segments of a database, or one
 * database of segments, keep from each other; with Xapian's alone, which is
 * that of the first segment, another one could have it before the segment
 * that has just become the first is locked. -1 where there is no database, or
 * Xapian will tell why it can't be written to, or the file system has no locks.
 * BYLINE_LOCKED, BYLINE_NO_MEMORY; of one with segments also what opening the
 * file fails with. */
byline_status segment_lock_all(const char *folder, int *lock,
                               byline_error *error);

/* Xapian makes the tables of a new database before its version file. Killed in
 * between, it leaves empty ones, which it takes for a database that it can't
 * open. They are removed, unless somebody is making one. */
void segment_sweep_unmade(const char *folder);

/* Links the files of a glass database into the folder to, which is made if it
 * is not there: the version file, without which there is none, last. Both are
 * synced. BYLINE_UNSUPPORTED where there are no hard links. */
byline_status segment_link(const char *from, const char *to,
                           byline_error *error);

/* Takes the version file away. */
byline_status segment_unlink_version(const char *folder, byline_error *error);

/* Puts this text in the stub's place. */
byline_status segment_write_stub(const char *folder, byline_string text,
                                 byline_error *error);

/* Puts on the disk which names are in a folder: Xapian syncs a database's files
 * only. */
byline_status segment_sync(const char *path, byline_error *error);

/* Renames a complete segment in the same folder. */
byline_status segment_move(const char *from, const char *to,
                           byline_error *error);

/* Removes a segment; a folder that has other files in it stays. */
void segment_remove(const char *path);

#endif
