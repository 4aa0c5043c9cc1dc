#include "read/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "read/profile.h"

/* One folder on the way down. */
typedef struct level {
  dev_t device;
  ino_t inode;
  size_t path_length; /* of the folder's own path */
  arena memory;
  char **names;
  size_t count, at;
} level;

struct walk {
  level *stack;
  size_t depth, capacity;
  buf path;
  bool started;
  bool only_look;
  bool found; /* the path itself, in a folder */
  walk_folder_fn folder;
  void *folder_user;
  level *above; /* folders that the path lies in, by its own words */
  size_t above_count;
  char fault[160];
};

byline_status walk_new(const char *path, walk **w, byline_error *error) {
  walk *made = calloc(1, sizeof *made);
  if (!made || !buf_add_string(&made->path, path)) {
    walk_free(made);
    return error_no_memory(error);
  }
  *w = made;
  return BYLINE_OK;
}

void walk_only_look(walk *w) {
  w->only_look = true;
}

void walk_as_found(walk *w) {
  w->found = true;
}

void walk_tell_folders(walk *w, walk_folder_fn fn, void *user) {
  w->folder = fn;
  w->folder_user = user;
}

static void pop(walk *w) {
  level *top = &w->stack[--w->depth];
  arena_free(&top->memory);
  free(top->names);
}

void walk_free(walk *w) {
  if (!w)
    return;
  while (w->depth > 0)
    pop(w);
  free(w->stack);
  free(w->above);
  buf_free(&w->path);
  free(w);
}

/* ---- Listing a folder ---- */

static int compare_names(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool add_name(level *l, const char *name, size_t *capacity) {
  if (l->count == *capacity) {
    size_t more = *capacity ? *capacity * 2 : 64;
    char **names = more <= SIZE_MAX / sizeof *names
                       ? realloc(l->names, more * sizeof *names)
                       : NULL;
    if (!names)
      return false;
    l->names = names;
    *capacity = more;
  }
  l->names[l->count] = arena_copy(&l->memory, name, strlen(name));
  return l->names[l->count] && ++l->count;
}

/* The names of an open folder, sorted; *number gets errno or 0. */
static bool list(level *l, DIR *folder, int *number) {
  size_t capacity = 0;
  const struct dirent *entry;
  while ((errno = 0, entry = readdir(folder)))
    if (entry->d_name[0] != '.' && !add_name(l, entry->d_name, &capacity))
      return false;
  *number = errno;
  if (l->count > 1)
    qsort(l->names, l->count, sizeof *l->names, compare_names);
  return true;
}

static bool push(walk *w, const struct stat *status) {
  if (w->depth == w->capacity) {
    size_t more = w->capacity ? w->capacity * 2 : 8;
    level *stack = realloc(w->stack, more * sizeof *stack);
    if (!stack)
      return false;
    w->stack = stack;
    w->capacity = more;
  }
  w->stack[w->depth++] = (level){.device = status->st_dev,
                                 .inode = status->st_ino,
                                 .path_length = w->path.length,
                                 .memory = ARENA_INIT};
  return true;
}

/* ---- Faults ---- */

static void set_fault(walk_entry *entry, byline_notice_kind kind,
                      const char *fault) {
  entry->kind = kind;
  entry->fault = fault;
}

/* path is left out of the message: notices have it beside it. */
static void set_errno(walk *w, walk_entry *entry, const char *what,
                      int number) {
  size_t length = strlen(what);
  if (length > 60)
    length = 60;
  memcpy(w->fault, what, length);
  memcpy(w->fault + length, ": ", 2);
  const char *reason = strerror(number);
  size_t more = strlen(reason);
  if (more > sizeof w->fault - length - 3)
    more = sizeof w->fault - length - 3;
  memcpy(w->fault + length + 2, reason, more);
  w->fault[length + 2 + more] = '\0';
  set_fault(entry, BYLINE_NOTICE_FAILED, w->fault);
}

/* What is neither a file nor a folder. */
static const char *special(mode_t mode) {
  return S_ISFIFO(mode)                   ? "not a regular file but a pipe"
         : S_ISSOCK(mode)                 ? "not a regular file but a socket"
         : S_ISCHR(mode) || S_ISBLK(mode) ? "not a regular file but a device"
                                          : "not a regular file";
}

/* ---- One step ---- */

static const char *const database_files[] = {"iamglass", "XAPIANDB"};
enum { DATABASE_FILES = sizeof database_files / sizeof *database_files };

bool walk_is_database_file(const char *name) {
  for (size_t i = 0; i < DATABASE_FILES; i++)
    if (strcmp(name, database_files[i]) == 0)
      return true;
  return false;
}

static bool is_database(int folder) {
  for (size_t i = 0; i < DATABASE_FILES; i++)
    if (faccessat(folder, database_files[i], F_OK, 0) == 0)
      return true;
  return false;
}

/* A link below a folder that was found may lead to one that it lies in. */
static bool know_above(walk *w) {
  char *path = w->path.data;
  size_t parts = 0;
  for (const char *at = path; (at = strchr(at, '/')); at++)
    parts++;
  w->above = parts > 0 ? calloc(parts, sizeof *w->above) : NULL;
  if (parts > 0 && !w->above)
    return false;
  for (char *at = path; w->above && *at; at++) {
    struct stat status;
    if (*at != '/' || at == path)
      continue;
    *at = '\0';
    if (stat(path, &status) == 0)
      w->above[w->above_count++] =
          (level){.device = status.st_dev, .inode = status.st_ino};
    *at = '/';
  }
  return true;
}

static bool is_loop(const walk *w, const struct stat *status) {
  for (size_t i = 0; w->above && i < w->above_count; i++)
    if (w->above[i].device == status->st_dev &&
        w->above[i].inode == status->st_ino)
      return true;
  for (size_t i = 0; i < w->depth; i++)
    if (w->stack[i].device == status->st_dev &&
        w->stack[i].inode == status->st_ino)
      return true;
  return false;
}

/* Goes into the folder at w->path. Sets a fault if that can't be done. */
static byline_status enter(walk *w, const struct stat *status,
                           walk_entry *entry, byline_error *error) {
  if (is_loop(w, status)) {
    set_fault(entry, BYLINE_NOTICE_SKIPPED,
              "a symbolic link to a folder that it lies in");
    return BYLINE_OK;
  }
  if (w->depth == WALK_DEEPEST) {
    set_fault(entry, BYLINE_NOTICE_FAILED,
              "folders are nested too deep: name this one by itself");
    return BYLINE_OK;
  }
  DIR *folder = opendir(w->path.data);
  if (!folder) {
    set_errno(w, entry, "cannot open the folder", errno);
    return BYLINE_OK;
  }
  /* Often the very one that is being written: no place for articles. */
  if (is_database(dirfd(folder))) {
    closedir(folder);
    if (w->depth == 0 && !w->found)
      set_fault(entry, BYLINE_NOTICE_FAILED,
                "a Xapian database, no folder of articles");
    return BYLINE_OK;
  }
  int number = 0;
  byline_status told =
      w->folder ? w->folder(w->folder_user, w->path.data, error) : BYLINE_OK;
  bool ok = told != BYLINE_OK || push(w, status);
  ok =
      ok && told == BYLINE_OK && list(&w->stack[w->depth - 1], folder, &number);
  closedir(folder);
  if (told != BYLINE_OK)
    return told;
  if (!ok)
    return error_no_memory(error);
  if (number != 0)
    set_errno(w, entry, "cannot read the whole folder", number);
  return BYLINE_OK;
}

/* Opens the regular file at w->path without ever waiting for it. */
static void open_file(walk *w, walk_entry *entry, byline_notice_kind odd) {
  int fd = open(w->path.data, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) {
    set_errno(w, entry, "cannot open", errno);
    return;
  }
  /* It may have been exchanged since stat. */
  if (fstat(fd, &entry->status) != 0)
    set_errno(w, entry, "cannot open", errno);
  else if (!S_ISREG(entry->status.st_mode))
    set_fault(entry, odd, special(entry->status.st_mode));
  else
    entry->is_file = true;
  if (entry->is_file)
    entry->fd = fd;
  else
    close(fd);
}

/* By its name. */
static bool is_profile(const char *path) {
  size_t length = strlen(path), size = sizeof PROFILE_ENDING - 1;
  return length >= size && strcmp(path + length - size, PROFILE_ENDING) == 0;
}

static bool is_gone(const char *path) {
  struct stat status;
  return lstat(path, &status) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

/* Looks at w->path: a folder is entered, anything else fills entry. */
static byline_status visit(walk *w, bool named, walk_entry *entry,
                           byline_error *error) {
  byline_notice_kind odd = named ? BYLINE_NOTICE_FAILED : BYLINE_NOTICE_SKIPPED;
  struct stat status;
  bool there = stat(w->path.data, &status) == 0;
  int number = errno;
  if (!there && w->found && is_gone(w->path.data))
    return BYLINE_OK; /* since it was met */
  if (!there)
    set_errno(w, entry, "cannot open", number);
  else if (S_ISDIR(status.st_mode))
    return enter(w, &status, entry, error);
  else if (!S_ISREG(status.st_mode))
    set_fault(entry, odd, special(status.st_mode));
  else if (!named && is_profile(w->path.data))
    return BYLINE_OK; /* no archive, but what says how to read some */
  else if (!w->only_look)
    open_file(w, entry, odd);
  else {
    entry->is_file = true;
    entry->status = status;
  }
  return BYLINE_OK;
}

/* Makes w->path the next name of the innermost folder; false if it has no
 * more, and is left. */
static bool step(walk *w, bool *ok) {
  level *top = &w->stack[w->depth - 1];
  if (top->at == top->count) {
    pop(w);
    return false;
  }
  w->path.length = top->path_length;
  w->path.data[w->path.length] = '\0';
  bool slash = w->path.length > 0 && w->path.data[w->path.length - 1] == '/';
  *ok = (slash || buf_add_char(&w->path, '/')) &&
        buf_add_string(&w->path, top->names[top->at++]);
  return true;
}

byline_status walk_next(walk *w, walk_entry *entry, bool *found,
                        byline_error *error) {
  bool ok = true;
  memset(entry, 0, sizeof *entry);
  entry->fd = -1;
  *found = true;
  if (!w->started) {
    w->started = true;
    if (w->found && !know_above(w))
      return error_no_memory(error);
    byline_status status = visit(w, !w->found, entry, error);
    entry->path = w->path.data;
    if (status != BYLINE_OK || entry->is_file || entry->fault)
      return status;
  }
  while (w->depth > 0) {
    if (!step(w, &ok))
      continue;
    if (!ok)
      return error_no_memory(error);
    byline_status status = visit(w, false, entry, error);
    entry->path = w->path.data;
    if (status != BYLINE_OK || entry->is_file || entry->fault)
      return status;
  }
  *found = false;
  return BYLINE_OK;
}
