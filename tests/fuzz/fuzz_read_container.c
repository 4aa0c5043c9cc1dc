/* Any bytes as a file, through all that stands between it and its articles:
 * containers, character sets, readers. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "read/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct heard {
  size_t articles, notices;
} heard;

static void check(int holds) {
  if (!holds)
    abort();
}

static int on_file(void *user, const char *path, size_t on_disk,
                   const struct stat *status) {
  (void)user;
  check(on_disk == 4 && memcmp(path, "seed", 4) == 0);
  check(path[4] == '\0' || path[4] == '/');
  check(S_ISREG(status->st_mode));
  return 0;
}

static int on_article(void *user, const byline_article *a) {
  ((heard *)user)->articles++;
  check(utf8_valid(a->text.data, a->text.length));
  check(a->source.length >= 4 && memcmp(a->source.data, "seed", 4) == 0);
  return 0;
}

static void on_notice(void *user, const byline_notice *notice) {
  ((heard *)user)->notices++;
  check(notice->message[0] != '\0' && memcmp(notice->path, "seed", 4) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static reader_registry *registry;
  heard h = {0, 0};
  byline_read_options options = BYLINE_READ_OPTIONS_INIT;
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  read_events events = {.user = &h, .file = on_file, .article = on_article};
  if (!registry)
    check((registry = reader_registry_new()) != NULL);
  options.notice = on_notice;
  options.notice_user = &h;
  check(read_bytes_as(registry, "seed", (const char *)data, size, &options,
                      &events, &stats, NULL) == BYLINE_OK);
  check(h.articles == stats.articles);
  check(stats.files_failed + stats.files_skipped == 0 || h.notices > 0);
  return 0;
}
