/* byline_index: a reader's articles into a writer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/context.h"
#include "index/writer.h"

/* Committed as often as this: an interruption that can't be caught costs no
 * more work than this many bytes of text. */
enum { COMMIT_BYTES = 256 << 20 };

typedef struct indexer {
  byline_writer *writer;
  const byline_index_options *options;
  byline_index_stats *stats;
  char *absolute; /* of the file being read */
  const char *path;
  size_t pending; /* bytes of text since the last commit */
  bool broken;    /* the database failed: nothing more is committed */
  byline_error *error;
} indexer;

/* Of an archive's member too, "ARCHIVE/NAME"; NULL if there is none. */
static char *absolute_path(const char *path, size_t on_disk) {
  char *archive = strndup(path, on_disk);
  char *real = archive ? realpath(archive, NULL) : NULL;
  size_t length = real ? strlen(real) : 0, rest = strlen(path + on_disk);
  char *whole = real ? realloc(real, length + rest + 1) : NULL;
  if (whole)
    memcpy(whole + length, path + on_disk, rest + 1);
  else
    free(real);
  free(archive);
  return whole;
}

static int on_file(void *user, const char *path, size_t on_disk,
                   const struct stat *status) {
  indexer *x = user;
  free(x->absolute);
  x->absolute = S_ISREG(status->st_mode) ? absolute_path(path, on_disk) : NULL;
  x->path = path;
  schema_file file = {-1, {NULL, 0}};
  if (S_ISREG(status->st_mode))
    file.modified = status->st_mtime;
  if (x->absolute)
    file.absolute = (byline_string){x->absolute, strlen(x->absolute)};
  writer_set_file(x->writer, &file);
  return 0;
}

static void count(byline_index_stats *stats, byline_outcome outcome) {
  switch (outcome) {
  case BYLINE_ADDED:
    stats->added++;
    break;
  case BYLINE_REPLACED:
    stats->replaced++;
    break;
  case BYLINE_MOVED:
    stats->moved++;
    break;
  case BYLINE_UNCHANGED:
    stats->unchanged++;
    break;
  }
}

static void report(const indexer *x, const byline_article *article,
                   const byline_error *error) {
  if (!x->options->read.notice)
    return;
  byline_notice notice = {BYLINE_NOTICE_FAILED, x->path, article->line,
                          error->message};
  x->options->read.notice(x->options->read.notice_user, &notice);
}

static int on_article(void *user, const byline_article *article) {
  indexer *x = user;
  byline_outcome outcome;
  byline_error error;
  bool fatal;
  byline_status status =
      writer_add(x->writer, article, &outcome, &fatal, &error);
  x->pending += article->text.length;
  if (status == BYLINE_OK && x->pending >= COMMIT_BYTES) {
    x->pending = 0;
    status = byline_writer_commit(x->writer, &error);
    fatal = true;
  }
  if (status != BYLINE_OK && fatal) {
    x->broken = true;
    if (x->error)
      *x->error = error;
    return status;
  }
  if (status == BYLINE_OK) {
    count(x->stats, outcome);
  } else {
    x->stats->failed++;
    report(x, article, &error);
  }
  return x->options->progress ? x->options->progress(x->options->progress_user,
                                                     x->path, x->stats)
                              : 0;
}

byline_status byline_index(byline_context *context, const char *database,
                           const char *const *paths, size_t path_count,
                           const byline_index_options *options,
                           byline_index_stats *stats, byline_error *error) {
  byline_index_options defaults = BYLINE_INDEX_OPTIONS_INIT;
  byline_index_stats own = BYLINE_INDEX_STATS_INIT;
  indexer x = {.options = options ? options : &defaults,
               .stats = stats ? stats : &own,
               .error = error};
  byline_status status =
      byline_writer_open(context, database, x.options, &x.writer, error);
  if (status != BYLINE_OK)
    return status;
  read_events events = {&x, on_file, on_article};
  status = read_paths(context->readers, paths, path_count, &x.options->read,
                      &events, &x.stats->read, error);
  /* What is complete is kept, also when the reading was stopped. */
  if (!x.broken) {
    byline_error commit_error;
    byline_status committed = byline_writer_commit(x.writer, &commit_error);
    if (committed != BYLINE_OK && status == BYLINE_OK) {
      status = committed;
      if (error)
        *error = commit_error;
    }
  }
  byline_writer_free(x.writer);
  free(x.absolute);
  return status;
}
