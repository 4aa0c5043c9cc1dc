/* read_articles FORMAT FILE [LAYOUT]: reads a file and prints what that took,
 * without what printing its articles would. */
#define _POSIX_C_SOURCE 200809L
#include <byline/byline.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* What a reader has said of its articles, so that nothing can be left out. */
typedef struct count {
  size_t articles, bytes;
} count;

static int add(void *user, const byline_article *article) {
  count *c = user;
  c->articles++;
  c->bytes += article->title.length + article->text.length;
  return 0;
}

static double seconds(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* In kB. getrusage would count what ran before exec as well. */
static long peak_memory(void) {
  char line[128];
  long peak = 0;
  FILE *status = fopen("/proc/self/status", "r");
  while (status && fgets(line, sizeof line, status))
    if (sscanf(line, "VmHWM: %ld", &peak) == 1)
      break;
  if (status)
    fclose(status);
  return peak;
}

int main(int argc, char **argv) {
  if (argc != 3 && argc != 4) {
    fprintf(stderr, "usage: read_articles FORMAT FILE [LAYOUT]\n");
    return 2;
  }
  const char *path = argv[2];
  byline_context *context = NULL;
  byline_error error;
  byline_read_options options = BYLINE_READ_OPTIONS_INIT;
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  options.format = argv[1];
  options.layout = argv[3]; /* NULL without one */
  count c = {0, 0};
  double wall = seconds(CLOCK_MONOTONIC);
  double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
  byline_status status = byline_context_new(&context, &error);
  if (status == BYLINE_OK)
    status = byline_read(context, &path, 1, &options, add, &c, &stats, &error);
  if (status != BYLINE_OK) {
    fprintf(stderr, "read_articles: %s\n", error.message);
    return 1;
  }
  printf("%zu %zu %.4f %.4f %ld\n", c.articles, c.bytes,
         seconds(CLOCK_MONOTONIC) - wall,
         seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu, peak_memory());
  byline_context_free(context);
  return stats.files_failed > 0;
}
