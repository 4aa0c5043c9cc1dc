#define _GNU_SOURCE /* F_OFD_SETLK: locks that belong to a file, as Xapian's   \
                     */

#include "index/segment_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "bulk/disk.h"

static const char VERSION[] = "iamglass";
static const char *const FILES[] = {"postlist.glass", "docdata.glass",
                                    "termlist.glass", "position.glass",
                                    "spelling.glass", "synonym.glass"};
enum { FILE_COUNT = sizeof FILES / sizeof *FILES };

/* ---- Names -------------------------------------------------------------- */

unsigned long segment_number(const char *name, size_t length) {
  enum { DIGITS = 9, PREFIX = sizeof SEGMENT_NAME - 1 };
  unsigned long number = 0;
  if (length <= PREFIX || length > PREFIX + DIGITS ||
      strncmp(name, SEGMENT_NAME, PREFIX) != 0 || name[PREFIX] == '0')
    return 0;
  for (size_t i = PREFIX; i < length; i++) {
    if (name[i] < '0' || name[i] > '9')
      return 0;
    number = number * 10 + (unsigned long)(name[i] - '0');
  }
  return number;
}

bool segment_is_unfinished(const char *name) {
  size_t length = strlen(name), suffix = sizeof SEGMENT_UNFINISHED - 1;
  return name[0] == '.' && length > suffix + 1 &&
         strcmp(name + length - suffix, SEGMENT_UNFINISHED) == 0 &&
         segment_number(name + 1, length - suffix - 1) > 0;
}

bool segment_is_file(const char *name) {
  for (size_t i = 0; i < FILE_COUNT; i++)
    if (strcmp(name, FILES[i]) == 0)
      return true;
  return strcmp(name, VERSION) == 0 || strcmp(name, SEGMENT_LOCK) == 0;
}

static int open_folder(const char *path) {
  return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

bool segment_files_are_in(const char *folder) {
  int fd = open_folder(folder);
  bool found = fd >= 0 && faccessat(fd, VERSION, F_OK, 0) == 0;
  if (fd >= 0)
    close(fd);
  return found;
}

uint64_t segment_files_bytes(const char *folder) {
  int fd = open_folder(folder);
  struct stat status;
  uint64_t bytes = 0;
  for (size_t i = 0; fd >= 0 && i < FILE_COUNT; i++)
    if (fstatat(fd, FILES[i], &status, 0) == 0)
      bytes += (uint64_t)status.st_size;
  if (fd >= 0)
    close(fd);
  return bytes;
}

void segment_each_entry(const char *folder, segment_entry_fn fn, void *user) {
  DIR *open = opendir(folder);
  const struct dirent *entry;
  while (open && (entry = readdir(open)))
    fn(user, entry->d_name);
  if (open)
    closedir(open);
}

static void keep_largest(void *user, const char *name) {
  unsigned long *largest = user, number = segment_number(name, strlen(name));
  if (number > *largest)
    *largest = number;
}

unsigned long segment_last_number(const char *folder) {
  unsigned long largest = 0;
  segment_each_entry(folder, keep_largest, &largest);
  return largest;
}

/* ---- Locks -------------------------------------------------------------- */

/* Xapian locks the first byte of its file. */
enum { XAPIANS_BYTE, OUR_BYTE };

bool segment_may_lock(const char *folder) {
  struct stat status;
  int fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return false;
  bool there = fstatat(fd, SEGMENT_LOCK, &status, 0) == 0;
  bool may = there ? faccessat(fd, SEGMENT_LOCK, R_OK | W_OK, AT_EACCESS) == 0
                   : faccessat(fd, ".", W_OK | X_OK, AT_EACCESS) == 0 &&
                         fstat(fd, &status) == 0 && status.st_uid == geteuid();
  close(fd);
  return may;
}

static byline_status lock_byte(const char *folder, off_t byte, int *lock,
                               byline_error *error) {
  struct flock one = {
      .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1};
  buf path = BUF_INIT;
  byline_status status = BYLINE_OK;
  if (!buf_printf(&path, "%s/" SEGMENT_LOCK, folder))
    return error_no_memory(error);
  *lock = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (*lock < 0)
    status = error_errno(error, errno, path.data, "cannot open");
  else if (fcntl(*lock, F_OFD_SETLK, &one) != 0)
    status = errno == EAGAIN || errno == EACCES
                 ? error_set(error, BYLINE_LOCKED,
                             "%s: another program is writing to it", folder)
                 : error_set(error, BYLINE_UNSUPPORTED, "%s: cannot lock: %s",
                             path.data, strerror(errno));
  if (status != BYLINE_OK && *lock >= 0) {
    close(*lock);
    *lock = -1;
  }
  buf_free(&path);
  return status;
}

byline_status segment_lock(const char *folder, int *lock, byline_error *error) {
  return lock_byte(folder, XAPIANS_BYTE, lock, error);
}

byline_status segment_lock_all(const char *folder, int *lock,
                               byline_error *error) {
  struct stat status;
  int fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  *lock = -1;
  if (fd < 0)
    return errno == EMFILE || errno == ENFILE || errno == ENOMEM
               ? error_errno(error, errno, folder, "cannot open")
               : BYLINE_OK;
  bool plain = fstatat(fd, VERSION, &status, 0) == 0;
  bool there = plain || fstatat(fd, SEGMENT_STUB, &status, 0) == 0;
  close(fd);
  if (!there)
    return BYLINE_OK;
  byline_status locked = lock_byte(folder, OUR_BYTE, lock, error);
  /* Of a plain one, Xapian opens the file as well, and says more. */
  bool passed =
      locked == BYLINE_UNSUPPORTED ||
      (plain && locked != BYLINE_LOCKED && locked != BYLINE_NO_MEMORY);
  return passed ? BYLINE_OK : locked;
}

/* Whether the tables in a folder are all there is of a database, and empty. */
static bool is_unmade(const char *folder) {
  int fd = open_folder(folder);
  struct stat status;
  bool any = false;
  for (size_t i = 0; fd >= 0 && i < FILE_COUNT; i++)
    any = any || fstatat(fd, FILES[i], &status, 0) == 0;
  if (fd >= 0)
    close(fd);
  return any && !segment_files_are_in(folder) &&
         segment_files_bytes(folder) == 0;
}

void segment_sweep_unmade(const char *folder) {
  int lock = -1;
  if (!is_unmade(folder) || segment_lock(folder, &lock, NULL) != BYLINE_OK)
    return;
  /* Now that nobody makes one there, once more. */
  int fd = is_unmade(folder) ? open_folder(folder) : -1;
  for (size_t i = 0; fd >= 0 && i < FILE_COUNT; i++)
    unlinkat(fd, FILES[i], 0);
  if (fd >= 0)
    close(fd);
  close(lock);
}

/* ---- Links -------------------------------------------------------------- */

static byline_status sync_folder(int fd, const char *path,
                                 byline_error *error) {
  int number = disk_sync(fd);
  return number == 0 ? BYLINE_OK
                     : error_errno(error, number, path, "cannot sync");
}

static bool has_no_links(int number) {
  return number == EPERM || number == EXDEV || number == EMLINK ||
         number == EOPNOTSUPP || number == ENOSYS;
}

static byline_status link_file(int from, int to, const char *name,
                               const char *path, byline_error *error) {
  unlinkat(to, name, 0);
  if (linkat(from, name, to, name, 0) == 0 || errno == ENOENT)
    return BYLINE_OK; /* a table without entries may have no file */
  return has_no_links(errno)
             ? error_set(error, BYLINE_UNSUPPORTED, "%s/%s: cannot link: %s",
                         path, name, strerror(errno))
             : error_errno(error, errno, path, "cannot link to it");
}

static byline_status link_all(int from, int to, const char *path,
                              byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < FILE_COUNT; i++)
    status = link_file(from, to, FILES[i], path, error);
  if (status == BYLINE_OK)
    status = sync_folder(to, path, error);
  if (status == BYLINE_OK)
    status = link_file(from, to, VERSION, path, error);
  return status == BYLINE_OK ? sync_folder(to, path, error) : status;
}

byline_status segment_link(const char *from, const char *to,
                           byline_error *error) {
  struct stat status;
  byline_status result = BYLINE_OK;
  int source = open_folder(from), target;
  if (source < 0 || fstat(source, &status) != 0)
    result = error_errno(error, errno, from, "cannot open");
  else if (mkdir(to, status.st_mode & 0777) != 0 && errno != EEXIST)
    result = error_errno(error, errno, to, "cannot make the folder");
  target = result == BYLINE_OK ? open_folder(to) : -1;
  if (result == BYLINE_OK && target < 0)
    result = error_errno(error, errno, to, "cannot open");
  if (result == BYLINE_OK)
    result = link_all(source, target, to, error);
  if (source >= 0)
    close(source);
  if (target >= 0)
    close(target);
  return result;
}

byline_status segment_unlink_version(const char *folder, byline_error *error) {
  int fd = open_folder(folder);
  if (fd < 0)
    return error_errno(error, errno, folder, "cannot open");
  byline_status status = sync_folder(fd, folder, error);
  if (status == BYLINE_OK && unlinkat(fd, VERSION, 0) != 0)
    status = error_errno(error, errno, folder, "cannot remove iamglass");
  if (status == BYLINE_OK)
    status = sync_folder(fd, folder, error);
  close(fd);
  return status;
}

/* ---- The stub ----------------------------------------------------------- */

static byline_status write_new(int folder, byline_string text, const char *path,
                               byline_error *error) {
  int fd = openat(folder, SEGMENT_STUB_NEW,
                  O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0)
    return error_errno(error, errno, path, "cannot make " SEGMENT_STUB_NEW);
  int number = disk_write(fd, text.data, text.length, 0);
  if (number == 0)
    number = disk_sync(fd);
  if (close(fd) != 0 && number == 0)
    number = errno;
  return number == 0 ? BYLINE_OK
                     : error_errno(error, number, path,
                                   "cannot write " SEGMENT_STUB_NEW);
}

byline_status segment_write_stub(const char *folder, byline_string text,
                                 byline_error *error) {
  int fd = open_folder(folder);
  if (fd < 0)
    return error_errno(error, errno, folder, "cannot open");
  byline_status status = write_new(fd, text, folder, error);
  if (status == BYLINE_OK) /* what it names is there by then */
    status = sync_folder(fd, folder, error);
  if (status == BYLINE_OK &&
      renameat(fd, SEGMENT_STUB_NEW, fd, SEGMENT_STUB) != 0)
    status = error_errno(error, errno, folder, "cannot rename to XAPIANDB");
  if (status == BYLINE_OK)
    status = sync_folder(fd, folder, error);
  close(fd);
  return status;
}

/* ---- Segments ----------------------------------------------------------- */

byline_status segment_sync(const char *path, byline_error *error) {
  int fd = open_folder(path);
  if (fd < 0)
    return error_errno(error, errno, path, "cannot open");
  byline_status status = sync_folder(fd, path, error);
  close(fd);
  return status;
}

byline_status segment_move(const char *from, const char *to,
                           byline_error *error) {
  byline_status status = segment_sync(from, error);
  if (status == BYLINE_OK && rename(from, to) != 0)
    status = error_errno(error, errno, to, "cannot rename to it");
  return status;
}

/* Of a segment, or of one that Xapian or byline has begun to make or change. */
static bool is_ours(const char *name) {
  static const char runs[] = "runs-";
  return segment_is_file(name) || strcmp(name, "v.tmp") == 0 ||
         strcmp(name, "late.tmp") == 0 ||
         strncmp(name, runs, sizeof runs - 1) == 0;
}

static void remove_entry(void *user, const char *name) {
  const int *folder = user;
  if (is_ours(name))
    unlinkat(*folder, name, 0);
}

void segment_remove(const char *path) {
  int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0)
    return;
  unlinkat(fd, VERSION, 0); /* what is left is none that opens */
  segment_each_entry(path, remove_entry, &fd);
  close(fd);
  rmdir(path);
}
