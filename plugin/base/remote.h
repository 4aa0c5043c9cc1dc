/* "remote:HOST:PORT", which may stand where a database's path does. */
#ifndef BYLINE_BASE_REMOTE_H
#define BYLINE_BASE_REMOTE_H

#include <stdbool.h>
#include <string.h>

#define REMOTE_PREFIX "remote:"

static inline bool is_remote_path(const char *path) {
  return strncmp(path, REMOTE_PREFIX, sizeof REMOTE_PREFIX - 1) == 0;
}

#endif
