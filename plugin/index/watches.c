#include "index/watches.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "index/watch_list.h"
#include "read/profile.h"
#include "read/walk.h"

enum {
  SELF = IN_DELETE_SELF | IN_MOVE_SELF,
  ON_FILE = IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | SELF,
  ON_FOLDER = ON_FILE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
              IN_ONLYDIR | IN_EXCL_UNLINK
};

struct watches {
  int fd;
  const char *const *roots;
  size_t root_count;
  bool *missing; /* of the roots */
  const char *layout;
  watch_list list;
  size_t links; /* symbolic links on the way to what is watched */
  buf path;     /* of an event */
  changes *changes;
  int64_t now;
  byline_error *error;
};

byline_status watches_new(const char *const *roots, size_t count,
                          const char *layout, watches **w,
                          byline_error *error) {
  watches *made = calloc(1, sizeof *made);
  if (!made)
    return error_no_memory(error);
  made->roots = roots;
  made->root_count = count;
  made->layout = layout;
  made->missing = calloc(count + 1, sizeof *made->missing);
  made->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  int number = errno;
  if (made->missing && made->fd >= 0) {
    *w = made;
    return BYLINE_OK;
  }
  bool memory = !made->missing;
  watches_free(made);
  if (memory)
    return error_no_memory(error);
  if (number == EMFILE)
    return error_set(error, BYLINE_IO,
                     "nothing more can be watched: too many programs do; raise "
                     "fs.inotify.max_user_instances with sysctl");
  return error_set(error, BYLINE_IO, "cannot watch: %s", strerror(number));
}

void watches_free(watches *w) {
  if (!w)
    return;
  if (w->fd >= 0)
    close(w->fd);
  free(w->missing);
  watch_list_free(&w->list);
  buf_free(&w->path);
  free(w);
}

int watches_descriptor(const watches *w) {
  return w->fd;
}

size_t watches_folders(const watches *w) {
  return w->list.folders;
}

bool watches_lack_root(const watches *w) {
  for (size_t i = 0; i < w->root_count; i++)
    if (w->missing[i])
      return true;
  return false;
}

/* ---- Adding ------------------------------------------------------------- */

static byline_status too_many(const watches *w, byline_error *error) {
  return error_set(
      error, BYLINE_IO,
      "only %zu folders can be watched, and there are more: raise "
      "the limit with 'sysctl fs.inotify.max_user_watches=...', or "
      "name fewer folders",
      w->list.folders);
}

/* What is not there any more, or can't be read, is left to the next event. */
static byline_status add(watches *w, watch_kind kind, const char *path,
                         byline_error *error) {
  uint32_t mask =
      kind == WATCH_FOLDER ? (uint32_t)ON_FOLDER : (uint32_t)ON_FILE;
  int number = inotify_add_watch(w->fd, path, mask);
  if (number < 0 && errno == ENOSPC)
    return too_many(w, error);
  if (number < 0)
    return errno == ENOMEM ? error_no_memory(error) : BYLINE_OK;
  return watch_list_add(&w->list, number, kind, path) ? BYLINE_OK
                                                      : error_no_memory(error);
}

static bool is_root(const watches *w, const char *path, size_t *index) {
  for (*index = 0; *index < w->root_count; ++*index)
    if (strcmp(w->roots[*index], path) == 0)
      return true;
  return false;
}

static bool is_link(const char *path) {
  struct stat status;
  return lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
}

/* Before a folder is listed: what comes to be in it later is told. */
static byline_status on_folder(void *user, const char *path,
                               byline_error *error) {
  watches *w = user;
  size_t root;
  w->links += !is_root(w, path, &root) && is_link(path);
  return add(w, WATCH_FOLDER, path, error);
}

/* A folder with all below it, or a file that is not told of by its folder. */
static byline_status add_tree(watches *w, const char *path, bool root,
                              byline_error *error) {
  walk *walking;
  walk_entry entry;
  bool found = true;
  byline_status status = walk_new(path, &walking, error);
  if (status != BYLINE_OK)
    return status;
  walk_only_look(walking);
  walk_tell_folders(walking, on_folder, w);
  if (!root)
    walk_as_found(walking);
  while (status == BYLINE_OK && found) {
    status = walk_next(walking, &entry, &found, error);
    if (status != BYLINE_OK || !found || !entry.is_file)
      continue;
    bool link = is_link(entry.path);
    w->links += link;
    if (link || (root && strcmp(entry.path, path) == 0))
      status = add(w, WATCH_FILE, entry.path, error);
  }
  walk_free(walking);
  return status;
}

/* The layouts above a root, which hold for all of it. */
static byline_status add_layouts_above(watches *w, const char *root,
                                       byline_error *error) {
  char path[PATH_MAX + sizeof PROFILE_ENDING + 1];
  byline_status status = BYLINE_OK;
  if (!realpath(root, path))
    return BYLINE_OK;
  for (char *slash; status == BYLINE_OK && (slash = strrchr(path, '/'));) {
    memcpy(slash + 1, PROFILE_ENDING, sizeof PROFILE_ENDING);
    status = add(w, WATCH_LAYOUT, path, error);
    *slash = '\0';
  }
  return status;
}

static byline_status add_root(watches *w, size_t index, byline_error *error) {
  struct stat now;
  const char *root = w->roots[index];
  w->missing[index] = stat(root, &now) != 0;
  byline_status status = BYLINE_OK;
  if (!w->missing[index])
    status = add_tree(w, root, true, error);
  return status == BYLINE_OK ? add_layouts_above(w, root, error) : status;
}

byline_status watches_renew(watches *w, byline_error *error) {
  byline_status status = BYLINE_OK;
  if (w->layout)
    status = add(w, WATCH_LAYOUT, w->layout, error);
  for (size_t i = 0; status == BYLINE_OK && i < w->root_count; i++)
    status = add_root(w, i, error);
  return status;
}

byline_status watches_find_roots(watches *w, changes *c, int64_t now,
                                 byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < w->root_count; i++) {
    if (!w->missing[i])
      continue;
    status = add_root(w, i, error);
    if (!w->missing[i])
      changes_add_all(c, now);
  }
  return status;
}

/* ---- Dropping ----------------------------------------------------------- */

static void drop(watches *w, size_t index) {
  int number = w->list.list[index].number;
  watch_list_drop(&w->list, index);
  if (!watch_list_has(&w->list, number))
    inotify_rm_watch(w->fd, number); /* it may be gone by itself */
}

/* All that is watched at a path or below it. */
static void drop_below(watches *w, const char *path) {
  size_t length = strlen(path);
  bool slash = length > 0 && path[length - 1] == '/';
  for (size_t i = 0; i < w->list.count; i++) {
    const char *p = w->list.list[i].path;
    if (p && strncmp(p, path, length) == 0 &&
        (slash || p[length] == '\0' || p[length] == '/'))
      drop(w, i);
  }
}

static void drop_number(watches *w, int number) {
  for (size_t i = watch_list_find(&w->list, number);
       i < w->list.count && w->list.list[i].number == number; i++)
    watch_list_drop(&w->list, i);
}

/* ---- What the system tells ---------------------------------------------- */

static byline_status changed(watches *w, const char *path) {
  return changes_add(w->changes, (byline_string){path, strlen(path)}, w->now)
             ? BYLINE_OK
             : error_no_memory(w->error);
}

static byline_status writing(watches *w, const char *path) {
  return changes_add_writing(w->changes, (byline_string){path, strlen(path)},
                             w->now)
             ? BYLINE_OK
             : error_no_memory(w->error);
}

/* Of what is watched itself. */
static byline_status on_self(watches *w, size_t index, uint32_t mask) {
  const watch *it = &w->list.list[index];
  watch_kind kind = it->kind;
  size_t root;
  if (kind == WATCH_FOLDER && !(mask & (SELF | IN_UNMOUNT)))
    return BYLINE_OK;
  if (kind != WATCH_FOLDER && mask == IN_MODIFY)
    return writing(w, it->path);
  char *path = strdup(it->path);
  if (!path)
    return error_no_memory(w->error);
  byline_status status = BYLINE_OK;
  if (mask & (SELF | IN_UNMOUNT)) {
    changes_add_gone(w->changes, w->now);
    drop_below(w, path);
    if (is_root(w, path, &root))
      w->missing[root] = true;
    else if (kind != WATCH_FOLDER)
      status = add(w, kind, path, w->error); /* what stands there now */
  }
  if (kind == WATCH_LAYOUT)
    changes_add_all(w->changes, w->now);
  else if (status == BYLINE_OK)
    status = changed(w, path);
  free(path);
  return status;
}

/* Where a layout may have changed: the folder, or the file that it is of. */
static byline_status on_layout(watches *w, const char *folder,
                               const char *name) {
  size_t ending = sizeof PROFILE_ENDING - 1, length = w->path.length;
  if (strcmp(name, PROFILE_ENDING) == 0)
    return changed(w, folder);
  w->path.length = length - ending;
  w->path.data[length - ending] = '\0';
  return changed(w, w->path.data);
}

static bool ends_in(const char *name, const char *ending) {
  size_t length = strlen(name), size = strlen(ending);
  return length >= size && strcmp(name + length - size, ending) == 0;
}

/* Something new, or new at this name. */
static byline_status on_arrival(watches *w, const char *path, uint32_t mask) {
  struct stat status;
  bool there = lstat(path, &status) == 0;
  bool link = there && S_ISLNK(status.st_mode);
  if ((mask & IN_ISDIR) || link) {
    byline_status result = add_tree(w, path, false, w->error);
    return result == BYLINE_OK ? changed(w, path) : result;
  }
  /* One that was only opened is told of again when it is closed. */
  bool whole = !(mask & IN_CREATE) || (there && status.st_nlink > 1);
  return whole ? changed(w, path) : writing(w, path);
}

static byline_status on_path(watches *w, const char *path, uint32_t mask) {
  if (mask & (IN_CREATE | IN_MOVED_TO))
    return on_arrival(w, path, mask);
  if (mask & (IN_DELETE | IN_MOVED_FROM)) {
    changes_add_gone(w->changes, w->now);
    if (w->links > 0 ||
        (mask & (IN_MOVED_FROM | IN_ISDIR)) == (IN_MOVED_FROM | IN_ISDIR))
      drop_below(w, path);
    return changed(w, path);
  }
  if (mask & IN_ISDIR) /* it may have become readable */
    return on_arrival(w, path, mask);
  if (mask & IN_MODIFY)
    return writing(w, path);
  return changed(w, path);
}

/* Of a name in a folder. */
static byline_status on_name(watches *w, size_t index, uint32_t mask,
                             const char *name) {
  const char *folder = w->list.list[index].path;
  size_t length = strlen(folder), root;
  bool layout = ends_in(name, PROFILE_ENDING) && !(mask & IN_ISDIR);
  bool slash = length > 0 && folder[length - 1] == '/';
  buf_clear(&w->path);
  if ((name[0] == '.' && !layout) || (layout && mask == IN_MODIFY))
    return BYLINE_OK;
  if (!buf_add(&w->path, folder, length) ||
      (!slash && !buf_add_char(&w->path, '/')) ||
      !buf_add_string(&w->path, name))
    return error_no_memory(w->error);
  if (layout)
    return on_layout(w, folder, name);
  /* A database is being made in this folder. */
  if (walk_is_database_file(name) && !is_root(w, folder, &root)) {
    w->path.length = length;
    w->path.data[length] = '\0';
    drop_below(w, w->path.data);
    return BYLINE_OK;
  }
  return on_path(w, w->path.data, mask);
}

static byline_status on_event(watches *w, const struct inotify_event *e) {
  byline_status status = BYLINE_OK;
  if (e->mask & IN_Q_OVERFLOW) {
    changes_add_all(w->changes, w->now);
    changes_add_gone(w->changes, w->now);
    return BYLINE_OK;
  }
  if (e->mask & IN_IGNORED) {
    drop_number(w, e->wd);
    return BYLINE_OK;
  }
  /* By index: a tree that is added changes the list. */
  for (size_t i = watch_list_find(&w->list, e->wd);
       status == BYLINE_OK && i < w->list.count &&
       w->list.list[i].number == e->wd;
       i++)
    if (w->list.list[i].path)
      status =
          e->len > 0 ? on_name(w, i, e->mask, e->name) : on_self(w, i, e->mask);
  return status;
}

byline_status watches_read(watches *w, changes *c, int64_t now,
                           byline_error *error) {
  _Alignas(struct inotify_event) char events[16384];
  byline_status status = BYLINE_OK;
  ssize_t got = 0;
  w->changes = c;
  w->now = now;
  w->error = error;
  while (status == BYLINE_OK &&
         ((got = read(w->fd, events, sizeof events)) > 0 ||
          (got < 0 && errno == EINTR))) {
    for (const char *at = events;
         status == BYLINE_OK && got > 0 && at < events + got;) {
      const struct inotify_event *e = (const void *)at;
      status = on_event(w, e);
      at += sizeof *e + e->len;
    }
    watch_list_tidy(&w->list);
  }
  if (status == BYLINE_OK && got < 0 && errno != EAGAIN)
    status = error_set(error, BYLINE_IO, "cannot watch: %s", strerror(errno));
  return status;
}
