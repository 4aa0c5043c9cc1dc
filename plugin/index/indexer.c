/* A reader's articles into a writer, or into what is being built. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/analyzer.h"
#include "base/error.h"
#include "base/remote.h"
#include "index/context.h"
#include "index/indexer.h"
#include "index/lock.h"
#include "index/segments.h"
#include "index/shard_set.h"

/* Committed as often as this: an interruption that can't be caught costs no
 * more work than this many bytes of text. */
enum { COMMIT_BYTES = 256 << 20 };

/* Files whose records are kept in memory until a commit: some hundred bytes
 * each. */
enum { WAITING_MAX = 100000 };

/* One of so many bytes may be what there is no memory for. */
enum { LARGE_ARTICLE = 1 << 20 };

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

/* The same of one that is being built. */
static byline_status fresh_broken(indexer *x, byline_status status,
                                  const byline_error *error) {
  x->defect = x->defect || fresh_is_defect(status);
  return broken(x, status, error);
}

static int progress(const indexer *x) {
  return x->options->progress ? x->options->progress(x->options->progress_user,
                                                     x->path, x->stats)
                              : 0;
}

/* Told of a change that was put off and can't be made. */
static byline_status on_late_failure(void *user, byline_outcome outcome,
                                     const byline_article *article,
                                     const schema_file *file,
                                     const byline_error *why,
                                     byline_error *error) {
  indexer *x = user;
  if (outcome == BYLINE_REPLACED)
    x->stats->replaced--;
  else
    x->stats->moved--;
  x->stats->failed++;
  const char *path = x->path;
  x->path = article->source.data;
  indexer_report(x, article, why);
  x->path = path;
  return sync_forget_reading(x->sync, file->absolute, error);
}

static byline_status make_late_changes(indexer *x, late_changes *late,
                                       byline_error *error) {
  return late_apply(late, x->writer, on_late_failure, x, error);
}

/* Goes on with an ordinary writer in a database that is being built. */
static byline_status go_on_with_writer(indexer *x) {
  byline_error error;
  byline_status status = fresh_complete(x->fresh, &error);
  if (status == BYLINE_OK)
    status = byline_writer_open(x->context, fresh_path(x->fresh), x->options,
                                &x->writer, &error);
  if (status == BYLINE_OK) {
    sync_use_writer(x->sync, x->writer);
    status = make_late_changes(x, fresh_late(x->fresh), &error);
  }
  return fresh_broken(x, status, &error);
}

/* All articles of files that were closed, which then can be recorded. */
static byline_status commit_articles(indexer *x) {
  byline_error error;
  byline_status status = byline_writer_commit(x->writer, &error);
  if (status == BYLINE_OK)
    status = sync_committed(x->sync, &error);
  return broken(x, status, &error);
}

/* Publishes the segment that is being built, if there is one. */
static byline_status end_segment(indexer *x) {
  byline_error error;
  bool defect = false;
  if (!x->grows || !x->growing.segment || x->broken)
    return BYLINE_OK;
  byline_status status = growing_end(&x->growing, &defect, &error);
  if (status == BYLINE_OK)
    status = make_late_changes(x, growing_late(&x->growing), &error);
  growing_forget(&x->growing);
  x->defect = x->defect || defect;
  return broken(x, status, &error);
}

byline_status indexer_start_growing(indexer *x, byline_error *error) {
  if (x->options->dry_run || x->options->builder == BYLINE_BUILDER_XAPIAN ||
      is_remote_path(x->database))
    return BYLINE_OK;
  x->grows = true;
  return growing_init(&x->growing, x->context, x->database, x->options,
                      x->writer, error);
}

/* The folder gets its name between these two; that nobody else writes to it
 * meanwhile is as the lock in it goes with it. */
static byline_status publish_locked(indexer *x, byline_error *error) {
  lock_wait wait = {.database = x->database,
                    .milliseconds = x->wait_ms,
                    .options = x->options};
  writer_close_database(x->writer);
  byline_status status = fresh_publish(x->fresh, error);
  if (status != BYLINE_OK)
    return status;
  do /* for programs that have Xapian's lock only */
    status = writer_open_database(x->writer, x->database, XAP_OPEN, error);
  while (lock_try_again(&wait, &status, error));
  return status;
}

/* Publishes the new database, and goes on as with one that was there. */
static byline_status publish_early(indexer *x) {
  byline_error error;
  byline_status status = go_on_with_writer(x);
  if (status != BYLINE_OK)
    return status;
  status = byline_writer_commit(x->writer, &error);
  if (status == BYLINE_OK)
    status = publish_locked(x, &error);
  if (status != BYLINE_OK) {
    byline_writer_free(x->writer);
    x->writer = NULL;
    return broken(x, status, &error);
  }
  fresh_free(x->fresh);
  x->fresh = NULL;
  status = indexer_start_growing(x, &error); /* may open it anew */
  sync_use_writer(x->sync, x->writer);
  return broken(x, status, &error);
}

/* Between two files, as docids change. */
static byline_status end_segment_if_due(indexer *x, byline_string absolute) {
  if (x->fresh && !x->writer &&
      fresh_bytes(x->fresh) >= growing_limit(x->options))
    return publish_early(x);
  bool due = sync_waiting(x->sync) >= WAITING_MAX && !x->options->dry_run;
  if (!due && !(x->grows && growing_is_due(&x->growing, absolute)))
    return BYLINE_OK;
  byline_status status = end_segment(x);
  return status == BYLINE_OK ? commit_articles(x) : status;
}

static byline_status look_for_segment(indexer *x, byline_error *error) {
  bool reopened;
  if (!x->grows)
    return BYLINE_OK;
  byline_status status = growing_look(&x->growing, &reopened, error);
  if (reopened && x->sync)
    sync_use_writer(x->sync, x->writer);
  return status;
}

static byline_status open_file(indexer *x, const schema_file *file, int fd,
                               const struct stat *status, byline_string layout,
                               bool *skip) {
  byline_error error;
  sync_action action = SYNC_WANT_WRITER;
  byline_status result = end_segment_if_due(x, file->absolute);
  if (result != BYLINE_OK)
    return result;
  while (result == BYLINE_OK && action == SYNC_WANT_WRITER) {
    result =
        sync_open(x->sync, file->absolute, fd, status, layout, &action, &error);
    if (result == BYLINE_OK && action == SYNC_WANT_WRITER &&
        (result = publish_early(x)) != BYLINE_OK)
      return result;
  }
  *skip = action == SYNC_SKIP;
  if (result == BYLINE_OK && x->writer)
    writer_set_file(x->writer, file);
  else if (result == BYLINE_OK && !*skip)
    result = fresh_set_file(x->fresh, file, &error);
  if (result == BYLINE_OK && x->grows && !*skip)
    result = growing_set_file(&x->growing, file, &error);
  return broken(x, result, &error);
}

/* *gone: it was moved or removed since it was opened, and nothing would tell
 * later which file its articles are of. What can be opened but has no path
 * (/dev/stdin) is still there. */
static byline_status find_path(indexer *x, const char *path, int fd,
                               bool *gone) {
  struct stat status;
  byline_error error;
  free(x->absolute);
  x->absolute = fd >= 0 ? realpath(path, NULL) : NULL;
  bool lost = fd >= 0 && !x->absolute;
  if (lost && errno == ENOMEM)
    return broken(x, error_no_memory(&error), &error);
  *gone = lost && stat(path, &status) != 0;
  return BYLINE_OK;
}

static int on_open(void *user, const char *path, int fd,
                   const struct stat *status, byline_string layout,
                   bool *skip) {
  indexer *x = user;
  x->path = path;
  x->failed = 0;
  x->left = false;
  byline_status found = find_path(x, path, fd, skip);
  if (found != BYLINE_OK || *skip)
    return found;
  schema_file file = {-1, {NULL, 0}};
  if (S_ISREG(status->st_mode))
    file.modified = status->st_mtime;
  if (x->absolute)
    file.absolute = (byline_string){x->absolute, strlen(x->absolute)};
  int result = open_file(x, &file, fd, status, layout, skip);
  return result == BYLINE_OK && *skip ? progress(x) : result;
}

/* Whether articles are in other databases, too, than records of files, which
 * are not all committed at once. */
static bool has_parts(const indexer *x) {
  return x->writer && ((x->grows && x->growing.segment) ||
                       xap_writer_segments(writer_database(x->writer)) > 1);
}

static int on_close(void *user, const char *path, bool whole) {
  indexer *x = user;
  byline_error error;
  whole = whole && x->failed == 0;
  x->told += x->left ? x->failed : 0;
  byline_status status = sync_close(x->sync, path, whole, has_parts(x), &error);
  int result = broken(x, status, &error);
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

static byline_status commit_sometimes(indexer *x, size_t bytes) {
  x->pending += bytes;
  if (x->pending < COMMIT_BYTES || x->options->dry_run || !x->writer ||
      (x->grows && x->growing.segment))
    return BYLINE_OK;
  x->pending = 0;
  return commit_articles(x);
}

static byline_status add(indexer *x, const byline_article *article,
                         writer_result *result, byline_error *error) {
  if (x->writer)
    return writer_add(x->writer, article, result, error);
  byline_status status = fresh_add(x->fresh, article, result, error);
  if (fresh_late(x->fresh)->puts)
    sync_doubt_records(x->sync);
  return status;
}

static int on_article(void *user, const byline_article *article) {
  indexer *x = user;
  writer_result result;
  byline_error error;
  byline_status status = add(x, article, &result, &error);
  /* Where there is no room for so little, there is none for what follows. */
  if (status == BYLINE_NO_MEMORY && article->text.length < LARGE_ARTICLE)
    result.fatal = true;
  if (status != BYLINE_OK && result.fatal)
    return x->writer && !result.segment ? broken(x, status, &error)
                                        : fresh_broken(x, status, &error);
  if (status == BYLINE_OK && result.later) {
    sync_read_again(x->sync);
    x->left = true;
    x->later++;
  } else if (status == BYLINE_OK) {
    indexer_count(x->stats, result.outcome);
    sync_keep(x->sync, result.docid);
  } else {
    x->failed++;
    indexer_failed(x, article, &error);
  }
  status = commit_sometimes(x, article->text.length);
  if (status == BYLINE_OK)
    status = broken(x, look_for_segment(x, &error), &error);
  return status == BYLINE_OK ? progress(x) : (int)status;
}

/* All that changes what is made of a file's bytes. */
static byline_status start_sync(indexer *x, byline_error *error) {
  char text[512];
  const byline_index_options *o = x->options;
  const char *const choices[] = {o->language ? o->language : "auto",
                                 o->read.format, o->read.date_order,
                                 o->read.charset};
  int n = snprintf(text, sizeof text, "%s %d %d", byline_version(),
                   SCHEMA_VERSION, ANALYZER_VERSION);
  for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
    n += snprintf(text + n, sizeof text - (size_t)n, " %.40s",
                  choices[i] ? choices[i] : "");
  const byline_limits *l = &o->read.limits, none = {0};
  if (memcmp(l, &none, sizeof none) != 0)
    snprintf(text + n, sizeof text - (size_t)n,
             " %" PRIx64 " %" PRIx64 " %" PRIx64 " %" PRIx64 " %" PRIx64
             " %" PRIx64,
             l->article, l->field, l->line, l->articles, l->nesting, l->memory);
  metadata *records =
      x->writer ? writer_records(x->writer) : fresh_records(x->fresh);
  byline_status status = shard_settle(
      records, x->writer ? writer_view(x->writer) : NULL,
      x->source ? x->source->shard : NULL, x->source && x->source->made, error);
  if (status == BYLINE_OK)
    status = sync_new(records, text, x->stats, &x->sync, error);
  if (status == BYLINE_OK && x->writer)
    sync_use_writer(x->sync, x->writer);
  return status;
}

static byline_status read_once(indexer *x, const sources *from,
                               const byline_read_options *options,
                               byline_error *error) {
  bool some = from->changed != NULL;
  read_events events = {x, on_open, on_close, on_file, on_article, some};
  if (x->source)
    return x->source->read(x->source, &events, error);
  return x->context->reading->paths(x->context->readers,
                                    some ? from->changed : from->paths,
                                    some ? from->changed_count : from->count,
                                    options, &events, &x->stats->read, error);
}

static byline_status prune(indexer *x, const sources *from) {
  byline_status status = BYLINE_OK;
  byline_error error;
  for (size_t i = 0;
       status == BYLINE_OK && x->options->prune && i < from->count; i++)
    if (strcmp(from->paths[i], "-") != 0)
      status = broken(x, sync_prune(x->sync, from->paths[i], &error), &error);
  return status;
}

static byline_status read_round(indexer *x, const sources *from,
                                byline_error *error) {
  byline_read_options quiet = x->options->read; /* all has been said */
  quiet.notice = NULL;
  sync_second_round(x->sync);
  return read_once(x, from, &quiet, error);
}

static size_t changes_of(const byline_index_stats *s) {
  return s->added + s->replaced + s->moved + s->failed;
}

/* Where an article went from one file and others hold copies of it, or one may
 * be another state of one that was there, those files are read in a second
 * round, in which nothing else needs to be. Of much that is watched, only those
 * are looked at, unless others turn out to be among them. */
static byline_status read_again(indexer *x, const sources *from,
                                byline_error *error) {
  const byline_index_stats first = *x->stats;
  const size_t *spoilt = writer_spoilt(x->writer), before = *spoilt;
  const char **some = NULL;
  size_t later = x->later;
  sources again = {NULL, 0, NULL, 0};
  byline_status status = sources_again(from, &again, error);
  if (status == BYLINE_OK && from->changed)
    status = sync_again_paths(x->sync, &some, &again.changed_count, error);
  again.changed = some;
  if (status == BYLINE_OK)
    status = read_round(x, &again, error);
  again.changed = NULL;
  if (status == BYLINE_OK && some && *spoilt > before)
    status = read_round(x, &again, error);
  free(some);
  free((void *)again.paths);
  if (status == BYLINE_OK)
    status = prune(x, from);
  x->stats->read = first.read;
  x->stats->files_unchanged = first.files_unchanged;
  /* What was left to this round, and is as it was. */
  size_t changed = changes_of(x->stats) - changes_of(&first);
  x->stats->unchanged =
      first.unchanged + (later > changed ? later - changed : 0);
  return status;
}

/* All has been read, as far as it was to be. */
static byline_status end_fresh(indexer *x) {
  byline_error error;
  if (x->grows)
    return end_segment(x);
  if (!x->fresh || x->writer || x->broken)
    return BYLINE_OK;
  if (fresh_late(x->fresh)->count > 0 || x->options->prune)
    return go_on_with_writer(x);
  byline_status status = fresh_complete(x->fresh, &error);
  return fresh_broken(x, status, &error);
}

static byline_status finish_sync(indexer *x) {
  byline_error error;
  return broken(x, sync_finish(x->sync, &error), &error);
}

byline_status indexer_read(indexer *x, const sources *from,
                           byline_error *error) {
  byline_status status = start_sync(x, error);
  if (status == BYLINE_OK)
    status = read_once(x, from, &x->options->read, error);
  byline_status ended = x->sync ? end_fresh(x) : BYLINE_OK;
  if (ended != BYLINE_OK)
    status = ended;
  if (status == BYLINE_OK)
    status = prune(x, from);
  if (status == BYLINE_OK && x->writer && *writer_spoilt(x->writer) > 0)
    status = read_again(x, from, error);
  ended = end_segment(x);
  if (ended == BYLINE_OK && x->sync && !x->broken && !x->options->dry_run &&
      has_parts(x))
    ended = commit_articles(x);
  if (ended != BYLINE_OK)
    status = ended;
  if (status == BYLINE_OK)
    status = finish_sync(x);
  if (x->writer)
    writer_set_met(x->writer, NULL);
  sync_free(x->sync);
  return status;
}

static byline_status commit(indexer *x, byline_error *error) {
  byline_status status = BYLINE_OK;
  if (x->writer)
    status = writer_commit_records(x->writer, error);
  if (status == BYLINE_OK && x->fresh) {
    byline_writer_free(x->writer); /* the folder gets another name */
    x->writer = NULL;
    status = fresh_publish(x->fresh, error);
  }
  return status;
}

/* The database is as it should be without. */
static void merge(const indexer *x) {
  size_t merged;
  byline_error error;
  const char *database = x->grows ? x->growing.database : NULL;
  if (database && segments_merge(database, false, &merged, &error) != BYLINE_OK)
    indexer_tell(x, database, "its segments are not merged", &error);
}

byline_status indexer_finish(indexer *x, byline_status status,
                             byline_error *error) {
  /* What is complete is kept, also when the reading was stopped. */
  if (x->broken || x->options->dry_run)
    return status;
  byline_error commit_error;
  byline_status committed = commit(x, &commit_error);
  if (committed == BYLINE_OK) {
    if (status == BYLINE_OK)
      merge(x);
    return status;
  }
  if (error)
    *error = commit_error;
  return committed;
}
