/* byline_index: a reader's articles into a writer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/analyzer.h"
#include "base/error.h"
#include "index/context.h"
#include "index/scratch.h"
#include "index/sync.h"
#include "index/writer.h"

/* Committed as often as this: an interruption that can't be caught costs no
 * more work than this many bytes of text. */
enum { COMMIT_BYTES = 256 << 20 };

typedef struct indexer {
  byline_writer *writer;
  sync_state *sync;
  const byline_index_options *options;
  byline_index_stats *stats;
  char *absolute; /* path of the file on disk; NULL: there is none */
  const char *path;
  size_t pending; /* bytes of text since the last commit */
  size_t failed;  /* articles not written, before this file */
  bool broken;    /* the database failed: nothing more is committed */
  byline_error *error;
} indexer;

/* A failure of the database, as opposed to one of a file. */
static byline_status broken(indexer *x, byline_status status,
                            const byline_error *error) {
  if (status == BYLINE_OK)
    return status;
  x->broken = true;
  if (x->error)
    *x->error = *error;
  return status;
}

static int progress(const indexer *x) {
  return x->options->progress ? x->options->progress(x->options->progress_user,
                                                     x->path, x->stats)
                              : 0;
}

static int on_open(void *user, const char *path, int fd,
                   const struct stat *status, byline_string layout,
                   bool *skip) {
  indexer *x = user;
  byline_error error;
  x->path = path;
  x->failed = x->stats->failed;
  free(x->absolute);
  x->absolute = fd >= 0 ? realpath(path, NULL) : NULL;
  schema_file file = {-1, {NULL, 0}};
  if (S_ISREG(status->st_mode))
    file.modified = status->st_mtime;
  if (x->absolute)
    file.absolute = (byline_string){x->absolute, strlen(x->absolute)};
  writer_set_file(x->writer, &file);
  sync_action action;
  int result = broken(
      x, sync_open(x->sync, file.absolute, fd, status, layout, &action, &error),
      &error);
  *skip = action == SYNC_SKIP;
  return result == BYLINE_OK && *skip ? progress(x) : result;
}

static int on_close(void *user, const char *path, bool whole) {
  (void)path;
  indexer *x = user;
  byline_error error;
  whole = whole && x->stats->failed == x->failed;
  int result = broken(x, sync_close(x->sync, whole, &error), &error);
  return result == BYLINE_OK ? progress(x) : result;
}

static int on_file(void *user, const char *path, size_t on_disk,
                   const struct stat *status) {
  (void)on_disk;
  (void)status;
  indexer *x = user;
  x->path = path;
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

static byline_status commit_sometimes(indexer *x, size_t bytes,
                                      byline_error *error) {
  x->pending += bytes;
  if (x->pending < COMMIT_BYTES || x->options->dry_run)
    return BYLINE_OK;
  x->pending = 0;
  return byline_writer_commit(x->writer, error);
}

static int on_article(void *user, const byline_article *article) {
  indexer *x = user;
  writer_result result;
  byline_error error;
  byline_status status = writer_add(x->writer, article, &result, &error);
  if (status != BYLINE_OK && result.fatal)
    return broken(x, status, &error);
  if (status == BYLINE_OK) {
    count(x->stats, result.outcome);
    sync_keep(x->sync, result.docid);
  } else {
    x->stats->failed++;
    report(x, article, &error);
  }
  status = commit_sometimes(x, article->text.length, &error);
  if (status != BYLINE_OK)
    return broken(x, status, &error);
  return progress(x);
}

/* All that changes what is made of a file's bytes. */
static byline_status start_sync(indexer *x, byline_error *error) {
  char text[256];
  const byline_index_options *o = x->options;
  const char *const choices[] = {o->language ? o->language : "auto",
                                 o->read.format, o->read.date_order,
                                 o->read.charset};
  int n = snprintf(text, sizeof text, "%s %d %d", byline_version(),
                   SCHEMA_VERSION, ANALYZER_VERSION);
  for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
    n += snprintf(text + n, sizeof text - (size_t)n, " %.40s",
                  choices[i] ? choices[i] : "");
  byline_status status =
      sync_new(writer_records(x->writer), text, x->stats, &x->sync, error);
  if (status == BYLINE_OK)
    sync_use_writer(x->sync, x->writer);
  return status;
}

/* Everything once, and then what is gone. */
static byline_status read_once(indexer *x, byline_context *context,
                               const char *const *paths, size_t path_count,
                               const byline_read_options *options,
                               byline_error *error) {
  read_events events = {x, on_open, on_close, on_file, on_article};
  byline_status status =
      context->reading->paths(context->readers, paths, path_count, options,
                              &events, &x->stats->read, error);
  for (size_t i = 0; status == BYLINE_OK && x->options->prune && i < path_count;
       i++)
    if (strcmp(paths[i], "-") != 0)
      status = sync_prune(x->sync, paths[i], error);
  return status;
}

/* Where an article went from one file and others hold copies of it, those are
 * read in a second round, in which nothing else needs to be. */
static byline_status read_all(indexer *x, byline_context *context,
                              const char *const *paths, size_t path_count,
                              byline_error *error) {
  byline_status status = start_sync(x, error);
  if (status == BYLINE_OK)
    status = read_once(x, context, paths, path_count, &x->options->read, error);
  if (status == BYLINE_OK && *writer_spoilt(x->writer) > 0) {
    byline_index_stats first = *x->stats;
    byline_read_options quiet = x->options->read; /* all has been said */
    quiet.notice = NULL;
    sync_second_round(x->sync);
    status = read_once(x, context, paths, path_count, &quiet, error);
    x->stats->read = first.read;
    x->stats->files_unchanged = first.files_unchanged;
  }
  sync_free(x->sync);
  return status;
}

static byline_status finish(indexer *x, byline_status status,
                            byline_error *error) {
  /* What is complete is kept, also when the reading was stopped. */
  if (x->broken || x->options->dry_run)
    return status;
  byline_error commit_error;
  byline_status committed = byline_writer_commit(x->writer, &commit_error);
  if (committed == BYLINE_OK)
    return status;
  if (error)
    *error = commit_error;
  return committed;
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
  scratch_database scratch = {{0}};
  byline_status status = context_reading(context, error);
  if (status == BYLINE_OK && x.options->dry_run)
    status = scratch_make(database, &scratch, error);
  if (status == BYLINE_OK)
    status =
        byline_writer_open(context, scratch.path[0] ? scratch.path : database,
                           x.options, &x.writer, error);
  if (status == BYLINE_OK) {
    status = read_all(&x, context, paths, path_count, error);
    status = finish(&x, status, error);
  }
  byline_writer_free(x.writer);
  scratch_remove(&scratch);
  free(x.absolute);
  return status;
}
