/* A disk that fails, or a process that ends, at the Nth call that writes to the
 * folder in which a database is built: loaded before all else, with
 *
 *   FAULT=ACTION:N     ACTION is ENOSPC (from then on), EIO (once), SHORT (half
 *                      of what was to be written), FLIP (a bit in the middle of
 *                      the next write), KILL, INT (signals) or NONE
 *   FAULT_COUNT=FILE   gets the number of such calls, when the process ends
 *
 * Calls are those that open, write, sync, rename or make what is in a folder
 * whose name ends in .byline-new. */
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

typedef enum action { NONE, NO_SPACE, BAD, SHORT, FLIP, END, INTERRUPT } action;

static bool is_path_inside(const char *path) {
  return path && strstr(path, ".byline-new");
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

static action next_action(void) {
  static const char *const names[] = {"NONE", "ENOSPC", "EIO", "SHORT",
                                      "FLIP", "KILL",   "INT"};
  const char *fault = getenv("FAULT");
  const char *colon = fault ? strchr(fault, ':') : NULL;
  long number = ++calls, wanted = colon ? strtol(colon + 1, NULL, 10) : 0;
  if (!colon || number < wanted)
    return NONE;
  size_t length = (size_t)(colon - fault);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strlen(names[i]) == length && memcmp(names[i], fault, length) == 0 &&
        (number == wanted || i == NO_SPACE || i == FLIP))
      return (action)i;
  return NONE;
}

/* Whether the call is to fail, with errno set; signals are sent here. */
static bool fails(action a) {
  if (a == END)
    kill(getpid(), SIGKILL);
  if (a == INTERRUPT)
    kill(getpid(), SIGINT);
  if (a != NO_SPACE && a != BAD)
    return false;
  errno = a == BAD ? EIO : ENOSPC;
  return true;
}

static __attribute__((destructor)) void tell(void) {
  const char *path = getenv("FAULT_COUNT");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (!file)
    return;
  fprintf(file, "%ld\n", (long)calls);
  fclose(file);
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
    if (in && (flags & O_ACCMODE) != O_RDONLY && fails(next_action()))         \
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
  if (is_path_inside(path) && fails(next_action()))
    return -1;
  return REAL(mkdir)(path, mode);
}

int rename(const char *from, const char *to) {
  if (is_path_inside(from) && fails(next_action()))
    return -1;
  return REAL(rename)(from, to);
}

/* ---- Writing ------------------------------------------------------------ */

/* How much of length is to be written, or -1; *flip: not as it is. */
static ssize_t allowed(int fd, size_t length, bool *flip) {
  action a = is_inside(fd) ? next_action() : NONE;
  *flip = a == FLIP && length > 0 && !atomic_exchange(&flipped_one, true);
  if (fails(a))
    return -1;
  return (ssize_t)(a == SHORT && length > 1 ? length / 2 : length);
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
  bool flip;                                                                   \
  ssize_t most = allowed(fd, length, &flip);                                   \
  if (most < 0)                                                                \
    return -1;                                                                 \
  char *copy = flip ? flipped(bytes, length) : NULL;                           \
  const void *from = copy ? copy : bytes;                                      \
  ssize_t written = call;                                                      \
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
  return is_inside(fd) && fails(next_action()) ? -1 : REAL(fsync)(fd);
}

int fdatasync(int fd) {
  return is_inside(fd) && fails(next_action()) ? -1 : REAL(fdatasync)(fd);
}

int ftruncate(int fd, off_t length) {
  return is_inside(fd) && fails(next_action()) ? -1
                                               : REAL(ftruncate)(fd, length);
}
