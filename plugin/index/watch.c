/* byline_watch: index what has changed, batch by batch. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/remote.h"
#include "index/indexing.h"
#include "index/lock.h"
#include "index/watches.h"

enum {
  QUIET = 500,
  LONGEST = 10000,
  FULL = 3600 * 1000,
  RETRY = 1000, /* to look for what is missing, or locked */
  LISTEN = 20   /* between two looks at what changes during a batch */
};

typedef struct watching {
  byline_context *context;
  const char *database;
  const char *const *paths;
  size_t count;
  const byline_index_options *options;
  const byline_watch_options *own;
  changes_delay delay;
  int64_t full_every;
  watches *watches;
  changes changes;
  int64_t next_full;
  int64_t not_before; /* when it was locked */
  int64_t listened;
  bool waiting; /* for a lock, and it was said */
  bool failed;  /* to listen, during a batch: why is in error */
  byline_error *error;
} watching;

/* ---- One batch ---------------------------------------------------------- */

/* What changes meanwhile is taken from the system, which has no room for much
 * of it. */
static int on_progress(void *user, const char *path,
                       const byline_index_stats *stats) {
  watching *w = user;
  const byline_index_options *o = w->options;
  int64_t now = clock_ms();
  if (now - w->listened >= LISTEN) {
    w->listened = now;
    byline_status status = watches_read(w->watches, &w->changes, now, w->error);
    w->failed = status != BYLINE_OK;
    if (w->failed)
      return status;
  }
  return o->progress ? o->progress(o->progress_user, path, stats) : 0;
}

static bool did_something(const byline_index_stats *s) {
  return s->read.files + s->read.files_skipped + s->read.files_failed +
             s->added + s->dropped + s->files_gone + s->failed >
         0;
}

static byline_status tell(watching *w, const change_batch *batch,
                          const byline_index_stats *stats) {
  byline_batch done = {sizeof done, stats, watches_folders(w->watches),
                       batch->all};
  if (!w->own->batch || (!batch->all && !did_something(stats)))
    return BYLINE_OK;
  return w->own->batch(w->own->user, &done);
}

/* A database that is not there has nothing to drop. */
static bool can_prune(const watching *w, const change_batch *batch) {
  return (batch->gone || batch->all) &&
         (is_remote_path(w->database) || access(w->database, F_OK) == 0);
}

static byline_status index_batch(watching *w, const change_batch *batch,
                                 byline_index_stats *stats) {
  byline_index_options o = *w->options;
  o.progress = on_progress;
  o.progress_user = w;
  o.prune = can_prune(w, batch);
  o.wait_ms = 0;
  sources from = {w->paths, w->count, batch->all ? NULL : batch->paths,
                  batch->count};
  return indexing_run(w->context, w->database, &from, &o, stats, w->error);
}

static byline_status run(watching *w, int64_t now) {
  change_batch batch;
  byline_index_stats stats = BYLINE_INDEX_STATS_INIT;
  if (!changes_take(&w->changes, &w->delay, now, &batch)) {
    change_batch_free(&batch);
    return error_no_memory(w->error);
  }
  byline_status status = BYLINE_OK;
  if (batch.all)
    status = watches_renew(w->watches, w->error);
  if (status == BYLINE_OK)
    status = index_batch(w, &batch, &stats);
  if (status == BYLINE_LOCKED && !w->failed) {
    if (!w->waiting)
      lock_tell(w->options, w->database, true);
    w->waiting = true;
    w->not_before = clock_ms() + RETRY;
    status = changes_give_back(&w->changes, &batch, now)
                 ? BYLINE_OK
                 : error_no_memory(w->error);
  } else if (status == BYLINE_OK) {
    w->waiting = false;
    if (batch.all)
      w->next_full = clock_ms() + w->full_every;
    status = tell(w, &batch, &stats);
  }
  change_batch_free(&batch);
  return status;
}

/* ---- Waiting ------------------------------------------------------------ */

static int64_t least(int64_t a, int64_t b) {
  return a < b ? a : b;
}

/* When there is something to do. */
static int64_t due(const watching *w) {
  int64_t at = changes_due(&w->changes, &w->delay);
  return at < w->not_before ? w->not_before : at;
}

/* *stop: the caller wants it to end. */
static byline_status wait_for_more(watching *w, bool *stop) {
  struct pollfd polled[] = {{watches_descriptor(w->watches), POLLIN, 0},
                            {w->own->stop_fd, POLLIN, 0}};
  int64_t now = clock_ms();
  int64_t until = least(due(w), w->next_full);
  if (watches_lack_root(w->watches))
    until = least(until, now + RETRY);
  int64_t left = until > now ? least(until - now, FULL) : 0;
  int ready = poll(polled, 2, (int)left);
  if (ready < 0 && errno != EINTR)
    return error_set(w->error, BYLINE_IO, "cannot watch: %s", strerror(errno));
  *stop = ready > 0 && polled[1].revents != 0;
  if (*stop)
    return BYLINE_OK;
  now = clock_ms();
  byline_status status = watches_read(w->watches, &w->changes, now, w->error);
  if (status == BYLINE_OK && watches_lack_root(w->watches))
    status = watches_find_roots(w->watches, &w->changes, now, w->error);
  if (now >= w->next_full) {
    changes_add_all(&w->changes, now);
    w->next_full = INT64_MAX; /* until it is done */
  }
  return status;
}

static byline_status go_on(watching *w) {
  bool stop = false;
  byline_status status = BYLINE_OK;
  changes_add_all(&w->changes, clock_ms() - w->delay.longest);
  w->next_full = INT64_MAX; /* until the first one is done */
  while (status == BYLINE_OK && !stop) {
    int64_t now = clock_ms();
    if (due(w) <= now)
      status = run(w, now);
    else
      status = wait_for_more(w, &stop);
  }
  return status;
}

byline_status byline_watch(byline_context *context, const char *database,
                           const char *const *paths, size_t count,
                           const byline_index_options *options,
                           const byline_watch_options *watch,
                           byline_error *error) {
  static const byline_index_options usual = BYLINE_INDEX_OPTIONS_INIT;
  byline_error unseen;
  watching w = {.context = context,
                .database = database,
                .paths = paths,
                .count = count,
                .options = options ? options : &usual,
                .own = watch,
                .delay = {QUIET, LONGEST},
                .full_every = FULL,
                .changes = CHANGES_INIT,
                .error = error ? error : &unseen};
  if (w.options->size != sizeof *w.options || watch->size != sizeof *watch)
    return error_set(error, BYLINE_INVALID,
                     "byline_watch_options are of another version");
  for (size_t i = 0; i < count; i++)
    if (strcmp(paths[i], "-") == 0)
      return error_set(error, BYLINE_INVALID,
                       "standard input cannot be watched");
  if (w.options->dry_run)
    return error_set(error, BYLINE_INVALID, "a dry run cannot be watched");
  if (watch->quiet_ms > 0)
    w.delay = (changes_delay){watch->quiet_ms, (int64_t)watch->quiet_ms * 20};
  if (watch->full_ms > 0)
    w.full_every = watch->full_ms;
  byline_status status =
      watches_new(paths, count, w.options->read.layout, &w.watches, w.error);
  if (status == BYLINE_OK)
    status = go_on(&w);
  watches_free(w.watches);
  changes_free(&w.changes);
  return status;
}
