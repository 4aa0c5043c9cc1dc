#include "index/source_locks.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/remote.h"
#include "index/segment_files.h"
#include "index/segments.h"

/* Not what a stub names that somebody has made, nor a read-only medium. */
static bool can_be_locked(const char *path) {
  segments s = SEGMENTS_INIT;
  if (is_remote_path(path) || access(path, W_OK) != 0)
    return false;
  bool ours = segment_files_are_in(path) ||
              (segments_read(path, &s, NULL) == BYLINE_OK && s.count > 0);
  segments_free(&s);
  return ours;
}

/* Also by other names: a lock keeps out this process, too. */
static bool is_locked_already(const source_locks *s, size_t i) {
  struct stat mine, other;
  if (stat(s->paths[i], &mine) != 0)
    return false;
  for (size_t k = 0; k < i; k++)
    if (s->writers[k] && stat(s->paths[k], &other) == 0 &&
        mine.st_dev == other.st_dev && mine.st_ino == other.st_ino)
      return true;
  return false;
}

static byline_status take_one(source_locks *s, size_t i, lock_wait *wait,
                              byline_error *error) {
  byline_status status;
  if (!can_be_locked(s->paths[i]))
    return xap_database_open(&s->paths[i], 1, &s->views[i], error);
  if (is_locked_already(s, i))
    return BYLINE_OK;
  wait->database = s->paths[i];
  do
    status = lock_and_open(s->paths[i], XAP_OPEN, &s->locks[i], &s->writers[i],
                           error);
  while (lock_try_again(wait, &status, error));
  return status;
}

byline_status source_locks_take(source_locks *s, const char *const *paths,
                                size_t count, lock_wait *wait,
                                byline_error *error) {
  byline_status status = BYLINE_OK;
  *s = (source_locks){.paths = paths,
                      .writers = calloc(count, sizeof(xap_writer *)),
                      .locks = malloc(count * sizeof(int)),
                      .views = calloc(count, sizeof(xap_database *))};
  if (!s->writers || !s->locks || !s->views)
    return error_no_memory(error);
  for (; s->count < count; s->count++)
    s->locks[s->count] = -1;
  for (size_t i = 0; status == BYLINE_OK && i < count; i++)
    status = take_one(s, i, wait, error);
  return status;
}

byline_status source_locks_check(const source_locks *s, byline_status status,
                                 byline_error *error) {
  /* What has changed while it was read may look like anything of these. */
  if (status != BYLINE_OK && status != BYLINE_MODIFIED &&
      status != BYLINE_CORRUPT)
    return status;
  for (size_t i = 0; i < s->count; i++) {
    bool changed = false;
    byline_status seen = BYLINE_OK;
    if (s->views[i])
      seen = xap_database_reopen(s->views[i], &changed,
                                 status == BYLINE_OK ? error : NULL);
    if (changed)
      return error_set(error, BYLINE_LOCKED,
                       "%s: was written to meanwhile; run the same command "
                       "when nobody writes to it",
                       s->paths[i]);
    if (status == BYLINE_OK)
      status = seen;
  }
  return status;
}

void source_locks_release(source_locks *s) {
  for (size_t i = 0; i < s->count; i++) {
    xap_writer_free(s->writers[i]);
    lock_release(&s->locks[i]);
    xap_database_free(s->views[i]);
  }
  free(s->writers);
  free(s->locks);
  free(s->views);
  *s = (source_locks){.count = 0};
}
