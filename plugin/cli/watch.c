#include "cli/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t ended;
static int end_pipe[2]; /* can be read when a signal has come */

static void on_end(int signal) {
  int number = errno;
  (void)signal;
  ended = 1;
  ssize_t written = write(end_pipe[1], "", 1);
  (void)written; /* it is full: then it can be read */
  errno = number;
}

/* The second signal ends the process. */
static bool catch_signals(void) {
  struct sigaction action = {.sa_handler = on_end,
                             .sa_flags = (int)SA_RESETHAND};
  if (pipe(end_pipe) != 0)
    return false;
  for (int i = 0; i < 2; i++) {
    fcntl(end_pipe[i], F_SETFD, FD_CLOEXEC);
    fcntl(end_pipe[i], F_SETFL, O_NONBLOCK);
  }
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
  return true;
}

enum { STOPPED = -1, NOT_WRITTEN = -2 };

static int on_progress(void *user, const char *path,
                       const byline_index_stats *stats) {
  (void)path;
  cli_progress_show(user, stats);
  return ended ? STOPPED : 0;
}

static void on_notice(void *user, const byline_notice *notice) {
  cli_progress_wipe(user);
  cli_notice(NULL, notice);
}

typedef struct watcher {
  cli_progress progress;
  bool quiet, begun;
  size_t folders;
} watcher;

static void print_count(size_t count, const char *what) {
  if (count > 0)
    printf(", %zu %s", count, what);
}

/* "12:05:31 3 files read: 7 added, 1 dropped" */
static void print_batch(const byline_index_stats *s) {
  char clock[16];
  struct tm local;
  time_t now = time(NULL);
  if (!localtime_r(&now, &local) ||
      strftime(clock, sizeof clock, "%H:%M:%S", &local) == 0)
    clock[0] = '\0';
  printf("%s %zu %s read: %zu added", clock, s->read.files,
         cli_plural(s->read.files, "file", "files"), s->added);
  print_count(s->replaced, "replaced");
  print_count(s->moved, "moved");
  print_count(s->dropped, "dropped");
  print_count(s->failed, "not written");
  print_count(s->files_gone,
              cli_plural(s->files_gone, "file gone", "files gone"));
  print_count(
      s->read.files_skipped,
      cli_plural(s->read.files_skipped, "file skipped", "files skipped"));
  print_count(s->read.files_failed, "not read");
  putchar('\n');
}

static bool is_idle(const byline_index_stats *s) {
  return s->read.files + s->read.files_failed + s->added + s->dropped +
             s->files_gone ==
         0;
}

/* A line a batch, at once: somebody reads them as they come. */
static int on_batch(void *user, const byline_batch *batch) {
  watcher *w = user;
  cli_progress_wipe(&w->progress);
  if (!w->quiet && !(batch->full && w->begun && is_idle(batch->stats)))
    print_batch(batch->stats);
  if (!w->quiet && (!w->begun || batch->folders != w->folders))
    printf("watching %zu %s\n", batch->folders,
           cli_plural(batch->folders, "folder", "folders"));
  w->begun = true;
  w->folders = batch->folders;
  cli_progress_start(&w->progress);
  return cli_written() ? (ended ? STOPPED : 0) : NOT_WRITTEN;
}

int cli_watch(byline_context *context, const char *database,
              const char *const *paths, size_t count,
              const byline_index_options *options, const watch_choice *choice,
              bool quiet) {
  watcher w = {.quiet = quiet};
  byline_error error;
  if (!catch_signals())
    return cli_fail("cannot wait for signals: %s", strerror(errno));
  cli_progress_start(&w.progress);
  byline_index_options own = *options;
  own.read.notice = on_notice;
  own.read.notice_user = &w.progress;
  own.progress = on_progress;
  own.progress_user = &w.progress;
  byline_watch_options watch = BYLINE_WATCH_OPTIONS_INIT;
  watch.quiet_ms = choice->delay_ms;
  watch.full_ms = choice->recheck_ms;
  watch.batch = on_batch;
  watch.user = &w;
  watch.stop_fd = end_pipe[0];
  byline_status status =
      byline_watch(context, database, paths, count, &own, &watch, &error);
  cli_progress_wipe(&w.progress);
  if (status == BYLINE_OK || status == STOPPED)
    return EXIT_FOUND;
  return status == NOT_WRITTEN ? EXIT_ERROR : cli_fail_error(&error);
}
