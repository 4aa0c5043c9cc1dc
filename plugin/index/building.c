#include "index/building.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "bulk/disk.h"
#include "index/segment_files.h"

#define SUFFIX ".byline-new"

enum { USUAL_MODE = -1 }; /* that of mkdir and the umask */

static const building nothing = {NULL, NULL, -1, -1};

/* ---- The place ---------------------------------------------------------- */

/* Parts a path without slashes at its end; false where it has no name. */
static bool part(char *path, const char **folder, const char **name) {
  size_t length = strlen(path);
  while (length > 1 && path[length - 1] == '/')
    path[--length] = '\0';
  char *slash = strrchr(path, '/');
  *name = slash ? slash + 1 : path;
  *folder = !slash ? "." : slash == path ? "/" : path;
  if (slash)
    *slash = '\0';
  return **name && strcmp(*name, ".") != 0 && strcmp(*name, "..") != 0;
}

static const char *name_of(const building *b) {
  const char *slash = strrchr(b->target, '/');
  return slash ? slash + 1 : b->target;
}

static byline_status set_paths(building *b, const char *database,
                               byline_error *error) {
  buf target = BUF_INIT, path = BUF_INIT;
  const char *folder, *name;
  char *copy = strdup(database);
  byline_status status = BYLINE_NO_MEMORY;
  if (copy && !part(copy, &folder, &name)) {
    error_set(error, BYLINE_UNSUPPORTED, "%s: no name for a new database",
              database);
    status = BYLINE_UNSUPPORTED;
  } else if (!copy ||
             !buf_add(&target, database,
                      (size_t)(name - copy) + strlen(name)) ||
             !buf_printf(&path, "%s/.%s" SUFFIX, folder, name)) {
    error_no_memory(error);
  } else {
    status = BYLINE_OK;
  }
  b->target = target.data;
  b->path = path.data;
  if (status == BYLINE_OK) {
    b->parent = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (b->parent < 0)
      status = error_set(error, BYLINE_UNSUPPORTED, "%s: cannot open: %s",
                         folder, strerror(errno));
  }
  free(copy);
  return status;
}

static bool is_empty(int parent, const char *name) {
  int fd =
      openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
  if (!folder) {
    if (fd >= 0)
      close(fd);
    return false;
  }
  size_t entries = 0;
  while (entries < 3 && readdir(folder))
    entries++;
  closedir(folder);
  return entries == 2; /* itself and its parent */
}

/* An empty folder that somebody has made for the database is replaced by one
 * that must be like it. */
static byline_status look_at_target(const building *b, int *mode, bool *exists,
                                    byline_error *error) {
  struct stat target, parent;
  const char *name = name_of(b);
  *exists = false;
  *mode = USUAL_MODE;
  if (fstatat(b->parent, name, &target, AT_SYMLINK_NOFOLLOW) != 0) {
    *exists = errno != ENOENT;
    return BYLINE_OK;
  }
  *exists = !S_ISDIR(target.st_mode) || !is_empty(b->parent, name);
  if (*exists)
    return BYLINE_OK;
  *mode = (int)(target.st_mode & 07777);
  if (fstat(b->parent, &parent) == 0 && parent.st_dev == target.st_dev &&
      target.st_uid == geteuid() && target.st_gid == getegid())
    return BYLINE_OK;
  return error_set(error, BYLINE_UNSUPPORTED,
                   "%s: the empty folder is another file system, or another "
                   "user's or group's",
                   b->target);
}

/* ---- The folder --------------------------------------------------------- */

/* Whether the open folder is still the one of its path. */
static bool is_there(const building *b) {
  struct stat mine, there;
  return fstat(b->folder, &mine) == 0 && lstat(b->path, &there) == 0 &&
         mine.st_dev == there.st_dev && mine.st_ino == there.st_ino;
}

static byline_status cannot(const building *b, const char *what,
                            byline_error *error) {
  return error_set(error, BYLINE_UNSUPPORTED, "%s: cannot %s: %s", b->path,
                   what, strerror(errno));
}

/* Opens and locks what is there. *gone: it went away meanwhile. */
static byline_status lock(building *b, bool *gone, byline_error *error) {
  struct stat status;
  b->folder = open(b->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  *gone = b->folder < 0 && errno == ENOENT;
  if (*gone)
    return BYLINE_OK;
  if (b->folder < 0 || fstat(b->folder, &status) != 0)
    return cannot(b, "open", error);
  if (status.st_uid != geteuid())
    return error_set(error, BYLINE_UNSUPPORTED, "%s: belongs to another user",
                     b->path);
  if (flock(b->folder, LOCK_EX | LOCK_NB) != 0)
    return errno == EWOULDBLOCK
               ? error_set(error, BYLINE_LOCKED,
                           "%s: another program is making this database; try "
                           "again when it is done",
                           b->target)
               : cannot(b, "lock", error);
  *gone = !is_there(b);
  return BYLINE_OK;
}

static void unlock(building *b) {
  if (b->folder >= 0)
    close(b->folder);
  b->folder = -1;
}

static byline_status make(building *b, byline_error *error) {
  enum { TRIES = 100 };
  bool gone = true;
  byline_status status = BYLINE_OK;
  for (int i = 0; status == BYLINE_OK && gone && i < TRIES; i++) {
    unlock(b);
    if (mkdir(b->path, 0755) != 0 && errno != EEXIST)
      return cannot(b, "make a folder", error);
    status = lock(b, &gone, error);
  }
  if (status == BYLINE_OK && gone)
    status =
        error_set(error, BYLINE_LOCKED,
                  "%s: other programs keep making this database", b->target);
  if (status == BYLINE_UNSUPPORTED)
    rmdir(b->path); /* it may be ours */
  return status;
}

static void forget(building *b) {
  unlock(b);
  if (b->parent >= 0)
    close(b->parent);
  free(b->target);
  free(b->path);
  *b = nothing;
}

/* The folder, locked and empty. */
static byline_status prepare(building *b, int mode, byline_error *error) {
  byline_status status = make(b, error);
  if (status != BYLINE_OK)
    return status;
  status = building_clear(b, error);
  if (status == BYLINE_OK && mode != USUAL_MODE &&
      fchmod(b->folder, (mode_t)mode) != 0)
    status = cannot(b, "change the mode", error);
  return status;
}

byline_status building_hold(const char *database, building *b, bool *exists,
                            byline_error *error) {
  int mode;
  *b = nothing;
  *exists = false;
  byline_status status = set_paths(b, database, error);
  if (status == BYLINE_OK)
    status = look_at_target(b, &mode, exists, error);
  if (status == BYLINE_OK)
    status = prepare(b, mode, error);
  /* Somebody else may have published one before the lock was free. */
  if (status == BYLINE_OK)
    status = look_at_target(b, &mode, exists, error);
  if (status != BYLINE_OK)
    forget(b);
  return status;
}

byline_status building_open(const char *database, building *b, bool *exists,
                            byline_error *error) {
  int mode;
  *b = nothing;
  *exists = false;
  byline_status status = set_paths(b, database, error);
  if (status == BYLINE_OK)
    status = look_at_target(b, &mode, exists, error);
  forget(b);
  if (status != BYLINE_OK || *exists)
    return status;
  status = building_hold(database, b, exists, error);
  if (status == BYLINE_OK && *exists)
    building_close(b);
  return status;
}

void building_sweep(const char *database) {
  building b = nothing;
  bool gone;
  if (set_paths(&b, database, NULL) == BYLINE_OK &&
      lock(&b, &gone, NULL) == BYLINE_OK && !gone)
    building_close(&b);
  else
    forget(&b);
}

char *building_path(const char *database) {
  building b = nothing;
  char *path = NULL;
  if (set_paths(&b, database, NULL) == BYLINE_OK)
    path = realpath(b.path, NULL);
  forget(&b);
  return path;
}

/* A file, or a database that was being made. */
static bool remove_entry(const building *b, const char *name) {
  buf path = BUF_INIT;
  if (unlinkat(b->folder, name, 0) == 0)
    return true;
  if (errno == EISDIR && buf_printf(&path, "%s/%s", b->path, name))
    segment_remove(path.data);
  buf_free(&path);
  return faccessat(b->folder, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0;
}

byline_status building_clear(const building *b, byline_error *error) {
  int fd = openat(b->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
  const struct dirent *entry;
  byline_status status = BYLINE_OK;
  if (!folder) {
    status = cannot(b, "read", error);
    if (fd >= 0)
      close(fd);
    return status;
  }
  while (status == BYLINE_OK && (entry = readdir(folder)))
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
        !remove_entry(b, entry->d_name))
      status = cannot(b, "remove what an earlier run left", error);
  closedir(folder);
  return status;
}

byline_status building_publish(building *b, byline_error *error) {
  int number = disk_sync(b->folder);
  if (number != 0)
    return error_errno(error, number, b->path, "cannot be synced");
  /* Of what is there, a folder replaces only an empty folder. */
  if (rename(b->path, b->target) != 0) {
    bool taken = errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR;
    if (taken)
      return error_set(error, BYLINE_LOCKED,
                       "%s: another program has made something of this name "
                       "meanwhile; run the same command again",
                       b->target);
    return error_errno(error, errno, b->target, "cannot rename to it");
  }
  free(b->path);
  b->path = NULL;
  unlock(b); /* or it would look as if that were the database's lock */
  number = disk_sync(b->parent);
  return number == 0 ? BYLINE_OK
                     : error_errno(error, number, b->target,
                                   "written, but its folder cannot be synced");
}

void building_close(building *b) {
  if (b->path && b->folder >= 0) {
    building_clear(b, NULL);
    rmdir(b->path);
  }
  forget(b);
}
