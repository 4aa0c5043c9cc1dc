#include "base/real_path.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

/* Of a path without slashes at its end. */
static const char *last_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static void drop_slashes(char *path) {
  size_t length = strlen(path);
  while (length > 1 && path[length - 1] == '/')
    path[--length] = '\0';
}

/* The name in the folder that path is in. */
static char *beside(const char *path, const char *name) {
  buf made = BUF_INIT;
  int folder = *name == '/' ? 0 : (int)(last_name(path) - path);
  if (!buf_printf(&made, "%.*s%s", folder, path, name))
    buf_free(&made);
  return made.data;
}

/* What a link says; NULL: it is none. */
static char *follow(const char *path) {
  char target[PATH_MAX];
  ssize_t length = readlink(path, target, sizeof target - 1);
  if (length <= 0)
    return NULL;
  target[length] = '\0';
  drop_slashes(target);
  return beside(path, target);
}

/* Of what is not there. */
static char *by_folder(const char *path) {
  char *folder = beside(path, ".");
  char *real = folder ? realpath(folder, NULL) : NULL;
  buf made = BUF_INIT;
  if (real && !buf_printf(&made, "%s/%s", strcmp(real, "/") == 0 ? "" : real,
                          last_name(path)))
    buf_free(&made);
  free(folder);
  free(real);
  return made.data;
}

char *real_path(const char *path) {
  enum { LINKS = 40 };
  char *at = strdup(path), *real = NULL;
  if (at)
    drop_slashes(at);
  for (int i = 0; at && !real && i < LINKS; i++) {
    real = realpath(at, NULL);
    char *next = real ? NULL : follow(at);
    if (!real && !next)
      real = by_folder(at);
    free(at);
    at = next;
  }
  free(at);
  return real;
}
