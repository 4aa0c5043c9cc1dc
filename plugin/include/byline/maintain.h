/* Databases as a whole: compact ones, other shards, checking. Part of byline.h,
 * which comes first.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BYLINE_MAINTAIN_H
#define BYLINE_MAINTAIN_H

#include "byline/byline.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One compact database out of any number; destination must not exist, or be an
 * empty folder. It is there when it is whole, and what an interrupted call has
 * left beside it is removed by the next. An article that several have stays in
 * it several times. Nobody can write to the databases meanwhile; of those that
 * cannot be locked from here (another user's, read-only, single files, what a
 * stub names that somebody has made) it is seen whether they have changed,
 * which is BYLINE_LOCKED in the end. Without a destination
 * (NULL) one database is compacted in its place: what indexing has added to it
 * in segments becomes one plain Xapian database again, while it can be searched
 * (what it takes on the disk is there twice until that is done). wait_ms: how
 * long to wait, in all, while somebody else writes to it, or makes the
 * destination. Errors: BYLINE_INVALID (it exists; other filters, n-grams or
 * versions), BYLINE_UNSUPPORTED (a remote database; no folder can be made
 * beside destination), BYLINE_NOT_FOUND, BYLINE_LOCKED, BYLINE_CORRUPT,
 * BYLINE_TOO_NEW, BYLINE_IO, BYLINE_NO_MEMORY.
 */
BYLINE_API byline_status byline_compact(const char *const *paths, size_t count,
                                        const char *destination,
                                        uint32_t wait_ms, byline_error *error);

/* Spreads the articles of any number of databases over so many shards (2 to
 * 1000) in a new folder, each where byline_index with as many shards puts it,
 * with what is known of their files: indexing goes on there. A folder of shards
 * stands for all of them, and one shard of another archive may be named alone.
 * Nobody can write to the databases meanwhile, as with byline_compact; of
 * remote ones, which are read over the network, it is seen in the end. Each
 * shard is made by a thread, as many at once as there are processors. Errors:
 * as byline_compact with a destination, and BYLINE_INVALID for another number
 * of shards. */
BYLINE_API byline_status byline_reshard(const char *const *paths, size_t count,
                                        size_t shards, const char *destination,
                                        uint32_t wait_ms, byline_error *error);

/* Xapian's own check of every table; report (may be NULL) gets its lines.
 * Errors: BYLINE_CORRUPT (it finds a fault), BYLINE_NOT_FOUND, BYLINE_IO,
 * BYLINE_UNSUPPORTED (a remote database), BYLINE_NO_MEMORY. */
typedef void (*byline_report_fn)(void *user, const char *line);
BYLINE_API byline_status byline_check(const char *path, byline_report_fn report,
                                      void *user, byline_error *error);

/* Xapian writes the last values of a slot in a destructor (glass_values.cc,
 * ~ValueUpdater), which no error can leave: where the disk is full just then,
 * or fails, C++ ends the process by abort(). What was committed before is still
 * there. fn is called instead, in each thread that has met it, and for whatever
 * else makes C++ end the process (std::terminate); it must end the process, and
 * may call what a signal handler may. It is the one setting of the library that
 * is the whole process's. NULL: abort(). Returns what was called before, to be
 * put back. */
typedef void (*byline_terminate_fn)(void);
BYLINE_API byline_terminate_fn byline_set_terminate(byline_terminate_fn fn);

#ifdef __cplusplus
}
#endif
#endif
