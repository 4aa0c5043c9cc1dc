/* A disk that fails, or a process that ends, at the Nth call that writes to
 * some folder: loaded before all else, with
 *
 *   FAULT=ACTION:N   ENOSPC, EROFS (from then on) or EIO (once): calls fail
 *                    SHORT: half of what was to be written is
 *                    TEAR: the same, and then KILL
 *                    FLIP: a bit in the middle of the next write
 *                    KILL, INT, STOP: signals
 *                    NONE
 *   FAULT_IN=TEXT    the folder: what has this in its path (.byline-new)
 *   FAULT_LOG=FILE   gets a line for each such call: its number, what it is,
 *                    and of which file
 *
 * Such calls are those that open, write, sync, rename, link, make or remove.
 * What removes never fails. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { FILES = 4096 };

static atomic_bool inside[FILES]; /* descriptors of files in the folder */
static atomic_long calls;
static atomic_bool flipped_one;

typedef enum action {
  NONE,
  NO_SPACE,
  READ_ONLY,
  BAD,
  SHORT,
  TEAR,
  FLIP,
  END,
  INTERRUPT,
  PAUSE
} action;

static bool is_path_inside(const char *path) {
  const char *in = getenv("FAULT_IN");
  return path && strstr(path, in ? in : ".byline-new");
}

static bool is_inside(int fd) {
  return fd >= 0 && fd < FILES && inside[fd];
}

/* The real function; POSIX lets a pointer to data be one to a function. */
static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found)
    abort();
  return found;
}

#define REAL(name) (__extension__(__typeof__(&name)) real(#name))

static struct {
  action action;
  long number;
} fault;

/* Before other threads are there. */
static __attribute__((constructor)) void know(void) {
  static const char *const names[] = {"NONE", "ENOSPC", "EROFS", "EIO", "SHORT",
                                      "TEAR", "FLIP",   "KILL",  "INT", "STOP"};
  const char *text = getenv("FAULT");
  const char *colon = text ? strchr(text, ':') : NULL;
  for (size_t i = 0; colon && i < sizeof names / sizeof *names; i++)
    if (strlen(names[i]) == (size_t)(colon - text) &&
        memcmp(names[i], text, strlen(names[i])) == 0)
      fault.action = (action)i;
  fault.number = colon ? strtol(colon + 1, NULL, 10) : 0;
}

/* what: of the file at path, which may count from the folder fd, or else of fd.
 */
static void note(long number, const char *what, const char *path, int fd) {
  char link[64], target[512], line[1280];
  const char *log = getenv("FAULT_LOG");
  int file = log ? REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
                              (mode_t)0644)
                 : -1;
  if (file < 0)
    return;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  bool whole = path && *path == '/';
  ssize_t length = whole ? -1 : readlink(link, target, sizeof target - 1);
  target[length > 0 ? length : 0] = '\0';
  int n = snprintf(line, sizeof line, "%ld %s %s%s%.500s\n", number, what,
                   target, path && *target ? "/" : "", path ? path : "");
  if (REAL(write)(file, line, (size_t)n) != n)
    abort();
  REAL(close)(file);
}

static action next_action(const char *what, const char *path, int fd) {
  long number = ++calls;
  note(number, what, path, fd);
  bool ever_after = fault.action == NO_SPACE || fault.action == READ_ONLY ||
                    fault.action == FLIP;
  return number == fault.number || (number > fault.number && ever_after)
             ? fault.action
             : NONE;
}

/* Whether the call is to fail, with errno set; signals are sent here. */
static bool fails(action a) {
  if (a == END)
    kill(getpid(), SIGKILL);
  if (a == INTERRUPT)
    kill(getpid(), SIGINT);
  if (a == PAUSE)
    kill(getpid(), SIGSTOP);
  if (a != NO_SPACE && a != READ_ONLY && a != BAD)
    return false;
  errno = a == BAD ? EIO : a == READ_ONLY ? EROFS : ENOSPC;
  return true;
}

static bool fails_at(const char *what, const char *path) {
  return is_path_inside(path) && fails(next_action(what, path, -1));
}

static bool fails_of(const char *what, int fd) {
  return is_inside(fd) && fails(next_action(what, NULL, fd));
}

static bool fails_within(const char *what, int folder, const char *path) {
  return is_inside(folder) && fails(next_action(what, path, folder));
}

/* ---- Opening ------------------------------------------------------------ */

static int keep(int fd, bool in) {
  if (fd >= 0 && fd < FILES)
    inside[fd] = in;
  return fd;
}

#define OPEN(name)                                                             \
  int name(const char *path, int flags, ...) {                                 \
    mode_t mode = 0;                                                           \
    bool in = is_path_inside(path);                                            \
    if (flags & (O_CREAT | O_TMPFILE)) {                                       \
      va_list arguments;                                                       \
      va_start(arguments, flags);                                              \
      mode = va_arg(arguments, mode_t);                                        \
      va_end(arguments);                                                       \
    }                                                                          \
    if ((flags & O_ACCMODE) != O_RDONLY && fails_at("open", path))             \
      return -1;                                                               \
    return keep(REAL(name)(path, flags, mode), in);                            \
  }

OPEN(open)
OPEN(open64)

int close(int fd) {
  keep(fd, false);
  return REAL(close)(fd);
}

int mkdir(const char *path, mode_t mode) {
  return fails_at("mkdir", path) ? -1 : REAL(mkdir)(path, mode);
}

int rename(const char *from, const char *to) {
  return fails_at("rename", from) ? -1 : REAL(rename)(from, to);
}

int link(const char *from, const char *to) {
  return fails_at("link", to) ? -1 : REAL(link)(from, to);
}

int mkstemp(char *path) {
  return fails_at("open", path)
             ? -1
             : keep(REAL(mkstemp)(path), is_path_inside(path));
}

/* ---- What is named within an open folder ---- */

int openat(int folder, const char *path, int flags, ...) {
  mode_t mode = 0;
  bool in = is_inside(folder) || is_path_inside(path);
  if (flags & (O_CREAT | O_TMPFILE)) {
    va_list arguments;
    va_start(arguments, flags);
    mode = va_arg(arguments, mode_t);
    va_end(arguments);
  }
  if (in && (flags & O_ACCMODE) != O_RDONLY &&
      fails(next_action("open", path, folder)))
    return -1;
  return keep(REAL(openat)(folder, path, flags, mode), in);
}

int mkdirat(int folder, const char *path, mode_t mode) {
  return fails_within("mkdir", folder, path)
             ? -1
             : REAL(mkdirat)(folder, path, mode);
}

int renameat(int folder, const char *from, int other, const char *to) {
  return fails_within("rename", folder, from)
             ? -1
             : REAL(renameat)(folder, from, other, to);
}

int linkat(int folder, const char *from, int other, const char *to, int flags) {
  return fails_within("link", other, to)
             ? -1
             : REAL(linkat)(folder, from, other, to, flags);
}

/* ---- Removing ------------------------------------------------------------ */

/* A signal may come; nothing fails. */
static void removes(int folder, const char *path, bool in) {
  if (!in)
    return;
  action a = next_action("remove", path, folder);
  if (a == END || a == INTERRUPT || a == PAUSE)
    fails(a);
}

int unlink(const char *path) {
  removes(-1, path, is_path_inside(path));
  return REAL(unlink)(path);
}

int rmdir(const char *path) {
  removes(-1, path, is_path_inside(path));
  return REAL(rmdir)(path);
}

int unlinkat(int folder, const char *path, int flags) {
  removes(folder, path, is_inside(folder) || is_path_inside(path));
  return REAL(unlinkat)(folder, path, flags);
}

/* ---- Writing ------------------------------------------------------------ */

/* How much of length is to be written, or -1; *a: what happens to it. */
static ssize_t allowed(int fd, size_t length, action *a) {
  *a = is_inside(fd) ? next_action("write", NULL, fd) : NONE;
  if (*a == FLIP && (length == 0 || atomic_exchange(&flipped_one, true)))
    *a = NONE;
  if (fails(*a))
    return -1;
  bool half = (*a == SHORT || *a == TEAR) && length > 1;
  return (ssize_t)(half ? length / 2 : length);
}

static char *flipped(const void *bytes, size_t length) {
  char *copy = malloc(length);
  if (!copy)
    abort();
  memcpy(copy, bytes, length);
  copy[length / 2] ^= 1;
  return copy;
}

#define WRITE(bytes, length, call)                                             \
  action a;                                                                    \
  ssize_t most = allowed(fd, length, &a);                                      \
  if (most < 0)                                                                \
    return -1;                                                                 \
  char *copy = a == FLIP ? flipped(bytes, length) : NULL;                      \
  const void *from = copy ? copy : bytes;                                      \
  ssize_t written = call;                                                      \
  if (a == TEAR)                                                               \
    kill(getpid(), SIGKILL);                                                   \
  free(copy);                                                                  \
  return written

ssize_t write(int fd, const void *bytes, size_t length) {
  WRITE(bytes, length, REAL(write)(fd, from, (size_t)most));
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) {
  WRITE(bytes, length, REAL(pwrite)(fd, from, (size_t)most, at));
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at) {
  WRITE(bytes, length, REAL(pwrite64)(fd, from, (size_t)most, at));
}

int fsync(int fd) {
  return fails_of("sync", fd) ? -1 : REAL(fsync)(fd);
}

int fdatasync(int fd) {
  return fails_of("sync", fd) ? -1 : REAL(fdatasync)(fd);
}

int ftruncate(int fd, off_t length) {
  return fails_of("truncate", fd) ? -1 : REAL(ftruncate)(fd, length);
}
