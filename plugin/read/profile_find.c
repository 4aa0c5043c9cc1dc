#include "read/profile_find.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

/* ---- One file of profiles ---- */

/* What can't be read is as wrong as what can't be understood. */
static profiles *unreadable(const char *path, const char *what, int number) {
  profiles *p = profiles_parse(path, "", 0);
  if (p && number != 0)
    error_errno(&p->fault, number, path, what);
  else if (p)
    error_set(&p->fault, BYLINE_INVALID, "%s: %s", path, what);
  return p;
}

/* Reads up to capacity bytes; errno or 0. */
static int read_all(int fd, char *bytes, size_t capacity, size_t *length) {
  ssize_t got = 1;
  *length = 0;
  while (*length < capacity && got != 0) {
    got = read(fd, bytes + *length, capacity - *length);
    if (got < 0 && errno != EINTR)
      return errno;
    *length += got > 0 ? (size_t)got : 0;
  }
  return 0;
}

static profiles *load_open(const char *path, int fd) {
  size_t length = 0;
  char *bytes = malloc(PROFILE_LONGEST + 1);
  if (!bytes)
    return NULL;
  int number = read_all(fd, bytes, PROFILE_LONGEST + 1, &length);
  profiles *p = number != 0 ? unreadable(path, "cannot read", number)
                : length > PROFILE_LONGEST
                    ? unreadable(path, "more than 64 KiB: no profile", 0)
                    : profiles_parse(path, bytes, length);
  free(bytes);
  return p;
}

/* *found is NULL when there is no such file, or a folder of that name. False
 * when memory runs out. */
static bool load(const char *path, profiles **found) {
  *found = NULL;
  struct stat status;
  int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (fd < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG))
    return true;
  if (fd < 0 || fstat(fd, &status) != 0) {
    *found = unreadable(path, "cannot open", errno);
  } else if (S_ISDIR(status.st_mode)) {
    close(fd);
    return true;
  } else {
    *found = S_ISREG(status.st_mode)
                 ? load_open(path, fd)
                 : unreadable(path, "not a regular file: no profile", 0);
  }
  if (fd >= 0)
    close(fd);
  return *found != NULL;
}

byline_status profile_finder_state(profile_finder *f, const char *path,
                                   byline_error *error) {
  if (!load(path, &f->stated))
    return error_no_memory(error);
  if (!f->stated)
    return error_set(error, BYLINE_NOT_FOUND, "%s: no such profile", path);
  if (f->stated->fault.code == BYLINE_OK)
    return BYLINE_OK;
  if (error)
    *error = f->stated->fault;
  return f->stated->fault.code;
}

void profile_finder_free(profile_finder *f) {
  profiles_free(f->stated);
  profiles_free(f->own);
  profiles_free(f->beside);
  buf_free(&f->folder);
  buf_free(&f->scratch);
  *f = (profile_finder){0};
}

/* ---- Folders ---- */

/* The .byline in a folder of this path, unless it is the one that is known. */
static bool look_in(profile_finder *f, const char *folder, size_t length,
                    profiles **found) {
  buf *path = &f->scratch;
  buf_clear(path);
  bool slash = length > 0 && folder[length - 1] == '/';
  if (!buf_add(path, folder, length) ||
      (length > 0 && !slash && !buf_add_char(path, '/')) ||
      !buf_add_string(path, PROFILE_ENDING))
    return false;
  return load(path->data, found);
}

/* Goes up from a folder that has none. */
static bool look_above(profile_finder *f, const char *folder,
                       profiles **found) {
  char *real = realpath(*folder ? folder : ".", NULL);
  if (!real)
    return errno != ENOMEM;
  bool ok = true;
  for (size_t length = strlen(real); ok && !*found && length > 1;) {
    while (length > 0 && real[length - 1] != '/')
      length--;
    length -= length > 1; /* the slash, but for the root's */
    ok = look_in(f, real, length, found);
  }
  free(real);
  return ok;
}

/* Makes beside that of the folder with this path, unless it is already. */
static bool enter(profile_finder *f, const char *path, size_t length) {
  if (f->folder.data && f->folder.length == length &&
      memcmp(f->folder.data, path, length) == 0)
    return true;
  profiles_free(f->beside);
  f->beside = NULL;
  buf_clear(&f->folder);
  return buf_add(&f->folder, path, length) && buf_reserve(&f->folder, 1) &&
         look_in(f, f->folder.data, length, &f->beside) &&
         (f->beside || look_above(f, f->folder.data, &f->beside));
}

static bool look(profile_finder *f, const char *path) {
  const char *slash = strrchr(path, '/');
  size_t length = slash ? (size_t)(slash - path) + (slash == path) : 0;
  buf_clear(&f->scratch);
  return buf_add_string(&f->scratch, path) &&
         buf_add_string(&f->scratch, PROFILE_ENDING) &&
         load(f->scratch.data, &f->own) && enter(f, path, length);
}

byline_status profile_finder_find(profile_finder *f, const char *path,
                                  const profiles **found, byline_error *error) {
  *found = f->stated;
  profiles_free(f->own);
  f->own = NULL;
  if (f->stated || !path)
    return BYLINE_OK;
  if (!look(f, path))
    return error_no_memory(error);
  *found = f->own ? f->own : f->beside;
  return BYLINE_OK;
}
