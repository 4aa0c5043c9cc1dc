/* Keeping a database in step with folders. Part of byline.h, which comes first.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BYLINE_WATCH_H
#define BYLINE_WATCH_H

#include "byline/byline.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What byline_watch has done at once. */
typedef struct byline_batch {
  uint32_t size;
  const byline_index_stats *stats; /* of this batch; live for the call */
  size_t folders;                  /* that are watched */
  bool full;                       /* everything was looked at */
} byline_batch;

/* Called after each batch. Non-zero stops. */
typedef int (*byline_batch_fn)(void *user, const byline_batch *batch);

typedef struct byline_watch_options {
  uint32_t size;
  /* A batch begins when nothing has changed for so long, or, while things keep
   * changing, twenty times as long after the first change. 0: half a second. */
  uint32_t quiet_ms;
  /* After so long all is looked at, for what the system does not tell of: files
   * of other machines, say. 0: an hour. */
  uint32_t full_ms;
  byline_batch_fn batch; /* or NULL */
  void *user;
  int stop_fd; /* once it can be read, byline_watch ends; -1: none */
} byline_watch_options;
#define BYLINE_WATCH_OPTIONS_INIT                                              \
  { sizeof(byline_watch_options), 0, 0, NULL, NULL, -1 }

/* Brings a database up to date as byline_index with prune does, and then keeps
 * it so: files and folders that come, change, move or go are seen by what the
 * system tells of them (Linux: inotify), and gathered in batches. After each
 * the database is as byline_index would leave it, and nobody's to write to;
 * where somebody else writes to it, a batch waits. A file that is being written
 * is waited for. A path that is missing is looked for every second, and its
 * articles stay. Options as for byline_index, but for prune, dry_run and
 * wait_ms; watch must not be NULL. Returns BYLINE_OK only when stop_fd says so.
 * Errors: those of byline_index, of which all but BYLINE_LOCKED end it;
 * BYLINE_INVALID (standard input, a dry run); BYLINE_IO (the system watches no
 * more folders: the message says what to do); or what a callback returned. */
BYLINE_API byline_status byline_watch(byline_context *context,
                                      const char *database,
                                      const char *const *paths, size_t count,
                                      const byline_index_options *options,
                                      const byline_watch_options *watch,
                                      byline_error *error);

#ifdef __cplusplus
}
#endif
#endif
