/* Files and folders in, articles out: the inside of byline_read. */
#ifndef BYLINE_READ_READER_H
#define BYLINE_READ_READER_H

#include <sys/stat.h>

#include "byline/extend.h"

typedef struct reader_registry reader_registry;

/* With the built-in readers registered. NULL when memory runs out. */
reader_registry *reader_registry_new(void);
void reader_registry_free(reader_registry *registry);
byline_status reader_registry_add(reader_registry *registry,
                                  const byline_reader *reader,
                                  byline_error *error);
const byline_reader *reader_registry_find(const reader_registry *registry,
                                          const char *name);

/* What the caller wants to hear of; every function may be NULL but article.
 * Non-zero from file or article stops everything and is returned. */
typedef struct read_events {
  void *user;
  /* Before the first article of a file that a reader has taken; status is of
   * the open file (all zero but st_mode for standard input that is no file). */
  int (*file)(void *user, const char *path, const struct stat *status);
  byline_article_fn article;
} read_events;

byline_status read_paths(const reader_registry *registry,
                         const char *const *paths, size_t count,
                         const byline_read_options *options,
                         const read_events *events, byline_read_stats *stats,
                         byline_error *error);

extern const byline_reader digest_reader;
extern const byline_reader edition_reader;

#endif
