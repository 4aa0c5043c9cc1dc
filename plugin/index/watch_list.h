/* Which paths the numbers stand for that inotify gives to what is watched. */
#ifndef BYLINE_INDEX_WATCH_LIST_H
#define BYLINE_INDEX_WATCH_LIST_H

#include <stdbool.h>
#include <stddef.h>

typedef enum watch_kind {
  WATCH_FOLDER,
  WATCH_FILE,  /* what a symbolic link leads to, or a root that is a file */
  WATCH_LAYOUT /* a file that says how all others are read */
} watch_kind;

typedef struct watch {
  int number;
  watch_kind kind;
  char *path; /* NULL: it is watched no more */
} watch;

/* Rising by their numbers. Links can bring one to several paths. */
typedef struct watch_list {
  watch *list;
  size_t count, capacity;
  size_t dead;    /* of them */
  size_t folders; /* of those that are not */
} watch_list;

#define WATCH_LIST_INIT                                                        \
  { NULL, 0, 0, 0, 0 }

void watch_list_free(watch_list *l);
/* Once for each path. False when memory runs out. */
bool watch_list_add(watch_list *l, int number, watch_kind kind,
                    const char *path);
/* The index of the first of this number, or of the first behind it. */
size_t watch_list_find(const watch_list *l, int number);
void watch_list_drop(watch_list *l, size_t index);
/* Whether another one with this number is left. */
bool watch_list_has(const watch_list *l, int number);
/* Removes those that were dropped: what was found before is no more true. */
void watch_list_tidy(watch_list *l);

#endif
