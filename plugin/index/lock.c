#include "index/lock.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/remote.h"
#include "index/lock_holder.h"
#include "index/segment_files.h"

/* ---- Locks --------------------------------------------------------------- */

void lock_release(int *lock) {
  if (*lock >= 0)
    close(*lock);
  *lock = -1;
}

static byline_status take(const char *database, int *lock,
                          byline_error *error) {
  return *lock >= 0 || is_remote_path(database)
             ? BYLINE_OK
             : segment_lock_all(database, lock, error);
}

static void pause_ms(int64_t milliseconds) {
  struct timespec t = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  nanosleep(&t, NULL);
}

/* With Xapian's lock: who has ours cannot get that one, and gives ours back. */
static byline_status take_at_last(const char *database, int *lock,
                                  byline_error *error) {
  enum { TRIES = 50, PAUSE = 20 };
  byline_status status = take(database, lock, error);
  for (int i = 1; i < TRIES && status == BYLINE_LOCKED; i++) {
    pause_ms(PAUSE);
    status = take(database, lock, error);
  }
  return status;
}

byline_status lock_and_open(const char *database, xap_open_mode mode, int *lock,
                            xap_writer **writer, byline_error *error) {
  *writer = NULL;
  byline_status status = take(database, lock, error);
  if (status == BYLINE_OK)
    status = xap_writer_open(database, mode, writer, error);
  if (status == BYLINE_OK) /* it may have just been made */
    status = take_at_last(database, lock, error);
  if (status != BYLINE_OK) {
    xap_writer_free(*writer);
    *writer = NULL;
    lock_release(lock);
  }
  return status;
}

/* ---- Waiting ------------------------------------------------------------- */

enum { NAME_SIZE = LOCK_COMMAND_SIZE + 40 };

/* "process 12 (byline index papers)"; false where it can't be found. */
static bool name_holder(const char *database, char *name) {
  lock_holder holder;
  if (!lock_holder_find(database, &holder)) {
    snprintf(name, NAME_SIZE, "another program");
    return false;
  }
  bool known = holder.command[0] != '\0';
  snprintf(name, NAME_SIZE, "process %ld%s%s%s", (long)holder.process,
           known ? " (" : "", holder.command, known ? ")" : "");
  return true;
}

/* Without a name, what was said of the lock says it as well. */
static void give_up(const lock_wait *w, byline_error *error) {
  char name[NAME_SIZE];
  if (name_holder(w->database, name))
    error_set(error, BYLINE_LOCKED,
              "%s: %s is writing to it; try again when it has finished",
              w->database, name);
}

bool lock_tell(const byline_index_options *options, const char *database,
               bool unnamed) {
  char name[NAME_SIZE], text[NAME_SIZE + 40];
  if (!options->read.notice)
    return true;
  if (!name_holder(database, name) && !unnamed)
    return false;
  snprintf(text, sizeof text, "waiting for %s", name);
  byline_notice notice = {BYLINE_NOTICE_WAITING, database, 0, text};
  options->read.notice(options->read.notice_user, &notice);
  return true;
}

/* Whoever is not found may just have gone; or belongs to another user. */
static int tell(lock_wait *w, int64_t waited) {
  enum { LONG = 1000 };
  static const byline_index_stats none = BYLINE_INDEX_STATS_INIT;
  const byline_index_options *o = w->options;
  if (!o)
    return 0;
  if (!w->told)
    w->told = lock_tell(o, w->database, waited >= LONG);
  return o->progress ? o->progress(o->progress_user, w->database, &none) : 0;
}

/* What is left is for the next database. */
static void end_waiting(lock_wait *w) {
  int64_t left = w->deadline == 0 ? w->milliseconds : w->deadline - clock_ms();
  w->milliseconds = left > 0 ? (uint32_t)left : 0;
  w->deadline = 0;
  w->told = false;
}

bool lock_try_again(lock_wait *w, byline_status *status, byline_error *error) {
  enum { PAUSE = 100 };
  if (*status != BYLINE_LOCKED) {
    end_waiting(w);
    return false;
  }
  int64_t now = clock_ms();
  if (w->deadline == 0)
    w->deadline = now + w->milliseconds;
  int64_t left = w->deadline - now;
  if (left <= 0) {
    give_up(w, error);
    return false;
  }
  int stopped = tell(w, w->milliseconds - left);
  if (stopped != 0) {
    *status = stopped;
    return false;
  }
  pause_ms(left < PAUSE ? left : PAUSE); /* a signal ends it */
  return true;
}
