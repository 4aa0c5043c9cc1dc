#include "index/watch_list.h"

#include <stdlib.h>
#include <string.h>

void watch_list_free(watch_list *l) {
  for (size_t i = 0; i < l->count; i++)
    free(l->list[i].path);
  free(l->list);
  *l = (watch_list)WATCH_LIST_INIT;
}

size_t watch_list_find(const watch_list *l, int number) {
  size_t low = 0, high = l->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (l->list[middle].number < number)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static bool grow(watch_list *l) {
  if (l->count < l->capacity)
    return true;
  size_t capacity = l->capacity ? l->capacity * 2 : 64;
  watch *list = realloc(l->list, capacity * sizeof *list);
  if (!list)
    return false;
  l->list = list;
  l->capacity = capacity;
  return true;
}

bool watch_list_add(watch_list *l, int number, watch_kind kind,
                    const char *path) {
  size_t at = watch_list_find(l, number);
  for (; at < l->count && l->list[at].number == number; at++)
    if (l->list[at].path && strcmp(l->list[at].path, path) == 0)
      return true;
  char *copy = strdup(path);
  if (!copy || !grow(l)) {
    free(copy);
    return false;
  }
  memmove(l->list + at + 1, l->list + at, (l->count - at) * sizeof *l->list);
  l->list[at] = (watch){number, kind, copy};
  l->count++;
  l->folders += kind == WATCH_FOLDER;
  return true;
}

void watch_list_drop(watch_list *l, size_t index) {
  watch *w = &l->list[index];
  if (!w->path)
    return;
  free(w->path);
  w->path = NULL;
  l->dead++;
  l->folders -= w->kind == WATCH_FOLDER;
}

bool watch_list_has(const watch_list *l, int number) {
  for (size_t i = watch_list_find(l, number);
       i < l->count && l->list[i].number == number; i++)
    if (l->list[i].path)
      return true;
  return false;
}

void watch_list_tidy(watch_list *l) {
  size_t kept = 0;
  if (l->dead * 2 < l->count)
    return;
  for (size_t i = 0; i < l->count; i++)
    if (l->list[i].path)
      l->list[kept++] = l->list[i];
  l->count = kept;
  l->dead = 0;
}
