#include "index/changes.h"

#include <stdlib.h>
#include <string.h>

enum {
  MOST = 100000, /* paths, before it is everything */
  REFRESH = 1000 /* ms between two notes of the same writing */
};

typedef struct entry {
  enum { READY, WRITING } state;
  int64_t since;
} entry;

void changes_free(changes *c) {
  string_map_free(&c->paths);
}

static void clear(changes *c) {
  string_map_clear(&c->paths);
  c->ready = c->writing = 0;
  c->first = 0;
}

static entry entry_of(byline_string value) {
  entry e;
  memcpy(&e, value.data, sizeof e);
  return e;
}

static bool set(changes *c, byline_string path, entry e) {
  byline_string value = {(const char *)&e, sizeof e};
  return string_map_set(&c->paths, path, value);
}

static void touch(changes *c, int64_t now, bool ready) {
  c->last = now;
  if (ready && c->first == 0)
    c->first = now;
}

bool changes_add(changes *c, byline_string path, int64_t now) {
  touch(c, now, true);
  if (c->all)
    return true;
  const byline_string *known = string_map_find(&c->paths, path);
  if (known && entry_of(*known).state == READY)
    return true;
  if (!known && c->paths.count == MOST) {
    changes_add_all(c, now);
    return true;
  }
  if (!set(c, path, (entry){READY, now}))
    return false;
  c->ready++;
  c->writing -= known != NULL;
  return true;
}

bool changes_add_writing(changes *c, byline_string path, int64_t now) {
  touch(c, now, false);
  if (c->all)
    return true;
  const byline_string *known = string_map_find(&c->paths, path);
  bool ready = known && entry_of(*known).state == READY;
  if (known && !ready && now - entry_of(*known).since < REFRESH)
    return true;
  if (!known && c->paths.count == MOST) {
    changes_add_all(c, now);
    return true;
  }
  if (!set(c, path, (entry){WRITING, now}))
    return false;
  c->ready -= ready;
  c->writing += !known || ready;
  return true;
}

void changes_add_gone(changes *c, int64_t now) {
  touch(c, now, true);
  c->gone = true;
}

void changes_add_all(changes *c, int64_t now) {
  int64_t first = c->first; /* it waits no longer for having become more */
  clear(c);
  c->first = first;
  touch(c, now, true);
  c->all = true;
}

static int64_t least(int64_t a, int64_t b) {
  return a < b ? a : b;
}

int64_t changes_due(const changes *c, const changes_delay *delay) {
  int64_t due = INT64_MAX;
  if (c->ready > 0 || c->all || c->gone)
    due = least(c->last + delay->quiet, c->first + delay->longest);
  if (c->writing > 0)
    due = least(due, c->last + delay->longest);
  return due;
}

/* ---- Batches ------------------------------------------------------------ */

static int by_path(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Those that stay behind go into rest. */
static bool part(const changes *c, const changes_delay *delay, int64_t now,
                 change_batch *batch, changes *rest) {
  for (size_t i = 0; i < c->paths.count; i++) {
    const string_pair *p = &c->paths.pairs[i];
    entry e = entry_of(p->value);
    if (e.state == WRITING && now - e.since < delay->longest) {
      if (!changes_add_writing(rest, p->key, e.since))
        return false;
      continue;
    }
    char *path = arena_copy(&batch->memory, p->key.data, p->key.length);
    if (!path)
      return false;
    batch->paths[batch->count++] = path;
  }
  return true;
}

bool changes_take(changes *c, const changes_delay *delay, int64_t now,
                  change_batch *batch) {
  changes rest = CHANGES_INIT;
  *batch = (change_batch){ARENA_INIT, NULL, 0, c->all, c->gone};
  batch->paths = calloc(c->paths.count + 1, sizeof *batch->paths);
  if (!batch->paths || !part(c, delay, now, batch, &rest)) {
    changes_free(&rest);
    return false;
  }
  if (batch->count > 1)
    qsort(batch->paths, batch->count, sizeof *batch->paths, by_path);
  changes_free(c);
  *c = rest;
  return true;
}

bool changes_give_back(changes *c, const change_batch *batch, int64_t now) {
  bool ok = true;
  for (size_t i = 0; ok && i < batch->count; i++)
    ok = changes_add(
        c, (byline_string){batch->paths[i], strlen(batch->paths[i])}, now);
  if (batch->gone)
    changes_add_gone(c, now);
  if (batch->all)
    changes_add_all(c, now);
  return ok;
}

void change_batch_free(change_batch *batch) {
  free(batch->paths);
  arena_free(&batch->memory);
}
