/* Xapian's locks belong to open files (F_OFD_SETLK), and F_GETLK does not tell
 * whose they are. But the system lists a process's open files, with the locks
 * on each. */
#include "index/lock_holder.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "index/building.h"

typedef struct places {
  char *folder;   /* of the database, or NULL */
  char *building; /* where one of this name is made, or NULL */
} places;

static bool is_in(const char *path, const char *folder) {
  size_t length = folder ? strlen(folder) : 0;
  return length > 0 && strncmp(path, folder, length) == 0 &&
         (path[length] == '/' || path[length] == '\0');
}

/* Up to size - 1 bytes of a small file; 0 when it can't be read. */
static size_t read_start(const char *path, char *bytes, size_t size) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  size_t length = 0;
  ssize_t got = fd >= 0 ? 1 : 0;
  while (got > 0 && length < size - 1) {
    got = read(fd, bytes + length, size - 1 - length);
    length += got > 0 ? (size_t)got : 0;
  }
  if (fd >= 0)
    close(fd);
  bytes[length] = '\0';
  return length;
}

static bool is_locked(const char *process, const char *descriptor) {
  char path[64], text[1024];
  snprintf(path, sizeof path, "/proc/%.20s/fdinfo/%.20s", process, descriptor);
  read_start(path, text, sizeof text);
  const char *lock = strstr(text, "lock:");
  return lock && strstr(lock, "WRITE");
}

/* Whether a process has a lock in one of the places. */
static bool holds(const char *process, const places *p) {
  char name[64], target[PATH_MAX];
  snprintf(name, sizeof name, "/proc/%.20s/fd", process);
  DIR *descriptors = opendir(name);
  const struct dirent *entry;
  bool found = false;
  while (descriptors && !found && (entry = readdir(descriptors))) {
    ssize_t length = readlinkat(dirfd(descriptors), entry->d_name, target,
                                sizeof target - 1);
    if (length <= 0)
      continue;
    target[length] = '\0';
    found = (is_in(target, p->folder) || is_in(target, p->building)) &&
            is_locked(process, entry->d_name);
  }
  if (descriptors)
    closedir(descriptors);
  return found;
}

/* Arguments with spaces between them, only what is plain on every terminal. */
static void read_command(const char *process, char *command) {
  static const char dots[] = "...";
  char path[64];
  snprintf(path, sizeof path, "/proc/%.20s/cmdline", process);
  size_t length = read_start(path, command, LOCK_COMMAND_SIZE);
  bool cut = length == LOCK_COMMAND_SIZE - 1;
  while (length > 0 && command[length - 1] == '\0')
    length--;
  for (size_t i = 0; i < length; i++)
    if (command[i] == '\0')
      command[i] = ' ';
    else if (command[i] < ' ' || command[i] > '~')
      command[i] = '?';
  if (cut)
    memcpy(command + length - (sizeof dots - 1), dots, sizeof dots - 1);
}

static bool find(const places *p, lock_holder *holder) {
  DIR *processes = opendir("/proc");
  const struct dirent *entry;
  bool found = false;
  while (processes && !found && (entry = readdir(processes))) {
    char *end;
    long process = strtol(entry->d_name, &end, 10);
    if (*end != '\0' || process <= 0 || !holds(entry->d_name, p))
      continue;
    holder->process = (pid_t)process;
    read_command(entry->d_name, holder->command);
    found = true;
  }
  if (processes)
    closedir(processes);
  return found;
}

bool lock_holder_find(const char *database, lock_holder *holder) {
  places p = {realpath(database, NULL), building_path(database)};
  bool found = find(&p, holder);
  free(p.folder);
  free(p.building);
  return found;
}
