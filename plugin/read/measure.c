/* How much there is to read. */
#include <string.h>

#include "base/error.h"
#include "read/walk.h"

typedef struct measure {
  byline_measure_fn progress;
  void *user;
  size_t files;
  uint64_t bytes;
} measure;

static byline_status measure_path(measure *m, const char *path,
                                  byline_error *error) {
  walk *w;
  walk_entry entry;
  bool found = true;
  byline_status status = walk_new(path, &w, error);
  if (status != BYLINE_OK)
    return status;
  walk_only_look(w);
  while (status == BYLINE_OK && found) {
    status = walk_next(w, &entry, &found, error);
    if (status != BYLINE_OK || !found || !entry.is_file)
      continue;
    m->files++;
    m->bytes += entry.status.st_size > 0 ? (uint64_t)entry.status.st_size : 0;
    if (m->progress)
      status = m->progress(m->user, m->files, m->bytes);
  }
  walk_free(w);
  return status;
}

byline_status byline_measure(const char *const *paths, size_t count,
                             byline_measure_fn progress, void *user,
                             size_t *files, uint64_t *bytes,
                             byline_error *error) {
  measure m = {progress, user, 0, 0};
  byline_status status = BYLINE_OK;
  for (size_t i = 0; i < count && status == BYLINE_OK; i++)
    if (strcmp(paths[i], "-") != 0)
      status = measure_path(&m, paths[i], error);
  *files = m.files;
  *bytes = m.bytes;
  return status;
}
