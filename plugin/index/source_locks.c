#include "index/source_locks.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/remote.h"
#include "index/segment_files.h"
#include "index/segments.h"

typedef struct source_lock {
  const char *path;
  dev_t device; /* with inode: of a folder or file; 0: there is none */
  ino_t inode;
  int ours, xapians;  /* the locks; -1: none */
  xap_database *view; /* without them: whether it changes is seen at the end */
  struct stat names;  /* and which segments it had */
} source_lock;

/* ---- Locking ------------------------------------------------------------- */

/* The folder that Xapian's lock of it is in. */
static byline_status find_head(const char *path, buf *head,
                               byline_error *error) {
  segments s;
  byline_status status = segments_read(path, &s, error);
  if (status != BYLINE_OK)
    return status;
  bool ok = s.count > 0 ? buf_printf(head, "%s/%s", path, s.names[0])
                        : buf_add_string(head, path);
  segments_free(&s);
  return ok ? BYLINE_OK : error_no_memory(error);
}

static bool can_be_locked(const char *folder) {
  return segment_files_are_in(folder) && segment_may_lock(folder);
}

/* BYLINE_UNSUPPORTED: it can't be locked from here. */
static byline_status lock_one(source_lock *l, byline_error *error) {
  buf head = BUF_INIT;
  if (is_remote_path(l->path) || !segment_may_lock(l->path))
    return BYLINE_UNSUPPORTED;
  byline_status status = find_head(l->path, &head, error);
  if (status == BYLINE_OK && !can_be_locked(head.data))
    status = BYLINE_UNSUPPORTED;
  if (status == BYLINE_OK)
    status = segment_lock_all(l->path, &l->ours, error);
  buf_clear(&head); /* another one may be the first now */
  if (status == BYLINE_OK)
    status = find_head(l->path, &head, error);
  if (status == BYLINE_OK)
    status = segment_lock(head.data, &l->xapians, error);
  if (status != BYLINE_OK)
    lock_release(&l->ours);
  buf_free(&head);
  return status;
}

/* Of a file, the file itself; of a folder, its stub, if it has one. */
static void stat_names(const char *path, struct stat *names) {
  buf stub = BUF_INIT;
  *names = (struct stat){0};
  if (stat(path, names) == 0 && S_ISDIR(names->st_mode)) {
    *names = (struct stat){0};
    if (buf_printf(&stub, "%s/" SEGMENT_STUB, path))
      stat(stub.data, names);
  }
  buf_free(&stub);
}

static byline_status take_one(source_lock *l, byline_error *error) {
  byline_status status = lock_one(l, error);
  if (status != BYLINE_UNSUPPORTED)
    return status;
  stat_names(l->path, &l->names);
  return xap_database_open(&l->path, 1, &l->view, error);
}

static int compare(const void *a, const void *b) {
  const source_lock *x = a, *y = b;
  if (x->device != y->device)
    return x->device < y->device ? -1 : 1;
  return x->inode < y->inode ? -1 : x->inode > y->inode;
}

/* Also by another name, which comes next to it: a lock keeps out this process,
 * too. */
static bool is_locked_already(const source_locks *s, size_t i) {
  const source_lock *l = &s->list[i];
  return i > 0 && l->inode != 0 && compare(l - 1, l) == 0 && !l[-1].view;
}

static void release(source_lock *l) {
  lock_release(&l->xapians);
  lock_release(&l->ours);
  xap_database_free(l->view);
  l->view = NULL;
}

/* None is held while it is waited for another: whoever has that may wait for
 * this one. */
static byline_status take_all(source_locks *s, lock_wait *wait,
                              byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < s->count; i++) {
    wait->database = s->list[i].path;
    if (!is_locked_already(s, i))
      status = take_one(&s->list[i], error);
  }
  for (size_t i = 0; status != BYLINE_OK && i < s->count; i++)
    release(&s->list[i]);
  return status;
}

byline_status source_locks_take(source_locks *s, const char *const *paths,
                                size_t count, lock_wait *wait,
                                byline_error *error) {
  byline_status status;
  struct stat place;
  *s = (source_locks){calloc(count, sizeof *s->list), 0};
  if (!s->list)
    return error_no_memory(error);
  for (; s->count < count; s->count++) {
    const char *path = paths[s->count];
    bool there = stat(path, &place) == 0;
    s->list[s->count] = (source_lock){.path = path,
                                      .device = there ? place.st_dev : 0,
                                      .inode = there ? place.st_ino : 0,
                                      .ours = -1,
                                      .xapians = -1};
  }
  qsort(s->list, count, sizeof *s->list, compare);
  do
    status = take_all(s, wait, error);
  while (lock_try_again(wait, &status, error));
  return status;
}

/* ---- What could not be locked -------------------------------------------- */

static bool same_time(struct timespec a, struct timespec b) {
  return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool has_other_names(const source_lock *l) {
  struct stat now;
  stat_names(l->path, &now);
  return now.st_dev != l->names.st_dev || now.st_ino != l->names.st_ino ||
         now.st_size != l->names.st_size ||
         !same_time(now.st_mtim, l->names.st_mtim);
}

/* What has changed while it was read may look like anything of these. */
static bool may_be_change(byline_status status) {
  return status == BYLINE_MODIFIED || status == BYLINE_CORRUPT ||
         status == BYLINE_NOT_FOUND;
}

byline_status source_locks_check(const source_locks *s, byline_status status,
                                 byline_error *error) {
  byline_error unseen;
  if (status != BYLINE_OK && !may_be_change(status))
    return status;
  for (size_t i = 0; i < s->count; i++) {
    const source_lock *l = &s->list[i];
    bool changed = false;
    byline_status seen = BYLINE_OK;
    if (l->view)
      seen = xap_database_reopen(l->view, &changed,
                                 status == BYLINE_OK ? error : &unseen);
    if (l->view && (changed || may_be_change(seen) || has_other_names(l)))
      return error_set(error, BYLINE_LOCKED,
                       "%s: was written to meanwhile; run the same command "
                       "when nobody writes to it",
                       l->path);
    if (status == BYLINE_OK)
      status = seen;
  }
  return status;
}

void source_locks_release(source_locks *s) {
  for (size_t i = 0; i < s->count; i++)
    release(&s->list[i]);
  free(s->list);
  *s = (source_locks){NULL, 0};
}
