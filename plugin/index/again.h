/* Files that are to be read once more when all has been read: what became of
 * some of their articles could not be said before. */
#ifndef BYLINE_INDEX_AGAIN_H
#define BYLINE_INDEX_AGAIN_H

#include <stdbool.h>

#include "index/string_map.h"

typedef struct again {
  string_map files; /* digests and paths, by terms of files */
} again;

void again_free(again *a);

/* A file, by its term, as it was, at the path that the reader says. False when
 * memory runs out. */
bool again_add(again *a, byline_string term, const char *digest,
               const char *path);

/* It has been read once more, to its end. */
bool again_settle(again *a, byline_string term);

bool again_has(const again *a, byline_string term);
/* Whether it is one of them, and is as it was. */
bool again_is_same(const again *a, byline_string term, const char *digest);

/* The first one from place *at on that is not settled; *at is behind it then.
 * False: there is none. */
bool again_next(const again *a, size_t *at, byline_string *term);

/* Their paths, which live until they change; the list is the caller's. NULL
 * when memory runs out. */
const char **again_paths(const again *a);

#endif
