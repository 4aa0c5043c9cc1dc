/* The line on a terminal that says how far indexing is. */
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

enum { SMOOTHING = 5, SOONEST = 1 }; /* seconds */

static const double interval = 0.1; /* seconds between two lines */

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void cli_progress_start(cli_progress *p) {
  double time = now();
  *p = (cli_progress){.shown = isatty(STDERR_FILENO) != 0,
                      .counted = time - interval,
                      .start = time,
                      .last = time};
}

void cli_progress_wipe(const cli_progress *p) {
  if (p->shown)
    fputs("\r\033[K", stderr);
}

void cli_progress_counting(cli_progress *p, size_t files) {
  double time = now();
  if (!p->shown || time - p->counted < interval)
    return;
  p->counted = time;
  fprintf(stderr, "\rcounting: %zu %s\033[K", files,
          cli_plural(files, "file", "files"));
}

void cli_progress_total(cli_progress *p, uint64_t bytes) {
  p->total = bytes;
  p->start = now();
  p->last = p->start - interval;
}

/* Bytes a second, of which the last ones weigh most: files that are passed
 * over go by faster than those that are read. */
static void measure_rate(cli_progress *p, uint64_t done, double time) {
  double passed = time - p->last;
  double rate = (double)(done - p->done) / passed;
  double weight = passed / (passed + SMOOTHING);
  p->rate = p->done == 0 ? rate : p->rate + weight * (rate - p->rate);
  p->done = done;
}

/* "1:02:03 left" or "2:03 left", where that can be told. */
static void print_left(const cli_progress *p, double seconds) {
  static const double longest = 1e6;
  if (p->total <= p->done || p->rate <= 0 || seconds < SOONEST)
    return;
  double left = (double)(p->total - p->done) / p->rate;
  if (left > longest)
    return;
  unsigned whole = (unsigned)(left + 0.5);
  if (whole >= 3600)
    fprintf(stderr, ", %u:%02u:%02u left", whole / 3600, whole / 60 % 60,
            whole % 60);
  else
    fprintf(stderr, ", %u:%02u left", whole / 60, whole % 60);
}

void cli_progress_show(cli_progress *p, const byline_index_stats *stats) {
  if (!p->shown)
    return;
  double time = now(), seconds = time - p->start;
  if (time - p->last < interval)
    return;
  const byline_read_stats *read = &stats->read;
  measure_rate(p, read->disk_bytes, time);
  p->last = time;
  fprintf(stderr, "\r%zu files, %zu articles, %.1f MB, %.1f MB/s",
          read->files + stats->files_unchanged, read->articles,
          (double)read->bytes / 1e6, (double)read->bytes / 1e6 / seconds);
  print_left(p, seconds);
  fputs("\033[K", stderr);
}
