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
  /* Before a file on disk is looked into, and when it is done with. *skip
   * leaves it alone. fd is -1 for standard input. layout is the text of the
   * profiles that hold for it; empty: none. whole: it was read to its end, and
   * all in it could be read. */
  int (*open)(void *user, const char *path, int fd, const struct stat *status,
              byline_string layout, bool *skip);
  int (*close)(void *user, const char *path, bool whole);
  /* Before the first article of a file that a reader has taken; status is of
   * the open file (all zero but st_mode for standard input that is no file).
   * The path of a member is ARCHIVE/NAME: its first on_disk bytes are the path
   * of the archive. Of any other file all of them are its path. */
  int (*file)(void *user, const char *path, size_t on_disk,
              const struct stat *status);
  byline_article_fn article;
  bool found; /* the paths were met in folders, and may be gone by now */
} read_events;

byline_status read_paths(const reader_registry *registry,
                         const char *const *paths, size_t count,
                         const byline_read_options *options,
                         const read_events *events, byline_read_stats *stats,
                         byline_error *error);

/* The same for bytes as if they were those of the file at path. */
byline_status read_bytes_as(const reader_registry *registry, const char *path,
                            const char *bytes, size_t length,
                            const byline_read_options *options,
                            const read_events *events, byline_read_stats *stats,
                            byline_error *error);

extern const byline_reader digest_reader, edition_reader, ezine_reader;
extern const byline_reader jsonl_reader, html_reader;
extern const byline_reader feed_reader, markdown_reader, mail_reader;
/* In no registry: it reads what a profile holds for. */
extern const byline_reader taught_reader;

#endif
