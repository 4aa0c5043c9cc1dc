/* byline_index: a reader's articles into a writer, or into a new database. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/analyzer.h"
#include "base/error.h"
#include "index/building.h"
#include "index/context.h"
#include "index/fresh.h"
#include "index/lock.h"
#include "index/scratch.h"
#include "index/sync.h"

/* Committed as often as this: an interruption that can't be caught costs no
 * more work than this many bytes of text. */
enum { COMMIT_BYTES = 256 << 20 };

typedef struct indexer {
  byline_context *context;
  fresh
      *fresh; /* NULL: the database was there, or the plain builder makes it */
  byline_writer *writer; /* NULL: articles go to fresh */
  sync_state *sync;
  const byline_index_options *options;
  byline_index_stats *stats;
  char *absolute; /* path of the file on disk; NULL: there is none */
  const char *path;
  size_t pending; /* bytes of text since the last commit */
  size_t failed;  /* articles not written, before this file */
  bool broken;    /* the database failed: nothing more is committed */
  bool defect;    /* in what builds new ones */
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

/* The same of one that is being built: what may be the fault of something else
 * is none of the builder. */
static byline_status fresh_broken(indexer *x, byline_status status,
                                  const byline_error *error) {
  x->defect =
      x->defect || (status != BYLINE_OK && status != BYLINE_IO &&
                    status != BYLINE_NO_MEMORY && status != BYLINE_LOCKED);
  return broken(x, status, error);
}

static int progress(const indexer *x) {
  return x->options->progress ? x->options->progress(x->options->progress_user,
                                                     x->path, x->stats)
                              : 0;
}

static void report(const indexer *x, const byline_article *article,
                   const byline_error *error) {
  if (!x->options->read.notice)
    return;
  byline_notice notice = {BYLINE_NOTICE_FAILED, x->path, article->line,
                          error->message};
  x->options->read.notice(x->options->read.notice_user, &notice);
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
  report(x, article, why);
  x->path = path;
  return sync_forget_reading(x->sync, file->absolute, error);
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
    status =
        late_apply(fresh_late(x->fresh), x->writer, on_late_failure, x, &error);
  }
  return fresh_broken(x, status, &error);
}

static byline_status open_file(indexer *x, const schema_file *file, int fd,
                               const struct stat *status, byline_string layout,
                               bool *skip) {
  byline_error error;
  sync_action action = SYNC_WANT_WRITER;
  byline_status result = BYLINE_OK;
  while (result == BYLINE_OK && action == SYNC_WANT_WRITER) {
    result =
        sync_open(x->sync, file->absolute, fd, status, layout, &action, &error);
    if (result == BYLINE_OK && action == SYNC_WANT_WRITER &&
        (result = go_on_with_writer(x)) != BYLINE_OK)
      return result;
  }
  *skip = action == SYNC_SKIP;
  if (result == BYLINE_OK && x->writer)
    writer_set_file(x->writer, file);
  else if (result == BYLINE_OK && !*skip)
    result = fresh_set_file(x->fresh, file, &error);
  return broken(x, result, &error);
}

static int on_open(void *user, const char *path, int fd,
                   const struct stat *status, byline_string layout,
                   bool *skip) {
  indexer *x = user;
  x->path = path;
  x->failed = x->stats->failed;
  free(x->absolute);
  x->absolute = fd >= 0 ? realpath(path, NULL) : NULL;
  schema_file file = {-1, {NULL, 0}};
  if (S_ISREG(status->st_mode))
    file.modified = status->st_mtime;
  if (x->absolute)
    file.absolute = (byline_string){x->absolute, strlen(x->absolute)};
  int result = open_file(x, &file, fd, status, layout, skip);
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

static byline_status commit_sometimes(indexer *x, size_t bytes,
                                      byline_error *error) {
  x->pending += bytes;
  if (x->pending < COMMIT_BYTES || x->options->dry_run || !x->writer)
    return BYLINE_OK;
  x->pending = 0;
  return byline_writer_commit(x->writer, error);
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
  if (status != BYLINE_OK && result.fatal)
    return x->writer ? broken(x, status, &error)
                     : fresh_broken(x, status, &error);
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
  metadata *records =
      x->writer ? writer_records(x->writer) : fresh_records(x->fresh);
  byline_status status = sync_new(records, text, x->stats, &x->sync, error);
  if (status == BYLINE_OK && x->writer)
    sync_use_writer(x->sync, x->writer);
  return status;
}

typedef struct sources {
  const char *const *paths;
  size_t count;
} sources;

static byline_status read_once(indexer *x, const sources *from,
                               const byline_read_options *options,
                               byline_error *error) {
  read_events events = {x, on_open, on_close, on_file, on_article};
  return x->context->reading->paths(x->context->readers, from->paths,
                                    from->count, options, &events,
                                    &x->stats->read, error);
}

static byline_status prune(indexer *x, const sources *from,
                           byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0;
       status == BYLINE_OK && x->options->prune && i < from->count; i++)
    if (strcmp(from->paths[i], "-") != 0)
      status = sync_prune(x->sync, from->paths[i], error);
  return status;
}

/* Where an article went from one file and others hold copies of it, those are
 * read in a second round, in which nothing else needs to be. */
static byline_status read_again(indexer *x, const sources *from,
                                byline_error *error) {
  byline_index_stats first = *x->stats;
  byline_read_options quiet = x->options->read; /* all has been said */
  quiet.notice = NULL;
  sync_second_round(x->sync);
  byline_status status = read_once(x, from, &quiet, error);
  if (status == BYLINE_OK)
    status = prune(x, from, error);
  x->stats->read = first.read;
  x->stats->files_unchanged = first.files_unchanged;
  return status;
}

/* All has been read, as far as it was to be. */
static byline_status end_fresh(indexer *x) {
  byline_error error;
  if (!x->fresh || x->writer || x->broken)
    return BYLINE_OK;
  if (fresh_late(x->fresh)->count > 0 || x->options->prune)
    return go_on_with_writer(x);
  byline_status status = fresh_complete(x->fresh, &error);
  return fresh_broken(x, status, &error);
}

static byline_status read_all(indexer *x, const sources *from,
                              byline_error *error) {
  byline_status status = start_sync(x, error);
  if (status == BYLINE_OK)
    status = read_once(x, from, &x->options->read, error);
  byline_status ended = x->sync ? end_fresh(x) : BYLINE_OK;
  if (ended != BYLINE_OK)
    status = ended;
  if (status == BYLINE_OK)
    status = prune(x, from, error);
  if (status == BYLINE_OK && x->writer && *writer_spoilt(x->writer) > 0)
    status = read_again(x, from, error);
  sync_free(x->sync);
  return status;
}

static byline_status commit(indexer *x, byline_error *error) {
  byline_status status = BYLINE_OK;
  if (x->writer)
    status = byline_writer_commit(x->writer, error);
  if (status == BYLINE_OK && x->fresh) {
    byline_writer_free(x->writer); /* the folder gets another name */
    x->writer = NULL;
    status = fresh_publish(x->fresh, error);
  }
  return status;
}

static byline_status finish(indexer *x, byline_status status,
                            byline_error *error) {
  /* What is complete is kept, also when the reading was stopped. */
  if (x->broken || x->options->dry_run)
    return status;
  byline_error commit_error;
  byline_status committed = commit(x, &commit_error);
  if (committed == BYLINE_OK)
    return status;
  if (error)
    *error = commit_error;
  return committed;
}

/* ---- Builders ----------------------------------------------------------- */

static void tell(const indexer *x, const char *database, const char *what,
                 const byline_error *why) {
  byline_error text;
  if (!x->options->read.notice)
    return;
  error_set(&text, BYLINE_OK, "%s: %s", what, why->message);
  byline_notice notice = {BYLINE_NOTICE_BUILDER, database, 0, text.message};
  x->options->read.notice(x->options->read.notice_user, &notice);
}

static byline_status open_plain(indexer *x, const char *database,
                                byline_error *error) {
  return byline_writer_open(x->context, database, x->options, &x->writer,
                            error);
}

static bool is_remote(const char *database) {
  return strncmp(database, "remote:", 7) == 0;
}

static byline_status open_fresh(indexer *x, const char *database, bool *exists,
                                byline_error *error) {
  lock_wait wait = {database, x->options->wait_ms, x->options, 0};
  byline_status status;
  do
    status =
        fresh_open(x->context, database, x->options, &x->fresh, exists, error);
  while (lock_try_again(&wait, &status, error));
  return status;
}

static byline_status open_glass(indexer *x, const char *database,
                                byline_error *error) {
  bool exists = is_remote(database) || x->options->dry_run;
  byline_status status = BYLINE_OK;
  if (!exists)
    status = open_fresh(x, database, &exists, error);
  return exists ? error_set(error, BYLINE_UNSUPPORTED,
                            "%s: only a database that does not exist yet can "
                            "be made by the glass builder",
                            database)
                : status;
}

/* By the glass builder if that can be, else by the plain one. */
static byline_status open_either(indexer *x, const char *database,
                                 byline_error *error) {
  byline_error why;
  bool exists = false;
  byline_status status = open_fresh(x, database, &exists, &why);
  if (status == BYLINE_OK && !exists)
    return status;
  if (status != BYLINE_OK && status != BYLINE_UNSUPPORTED) {
    *error = why;
    return status;
  }
  if (exists)
    building_sweep(database);
  status = open_plain(x, database, error);
  if (status == BYLINE_OK && !exists)
    tell(x, database, "built by Xapian, which takes longer", &why);
  return status;
}

static byline_status open_database(indexer *x, const char *database,
                                   const scratch_database *scratch,
                                   byline_error *error) {
  if (x->options->builder == BYLINE_BUILDER_GLASS)
    return open_glass(x, database, error);
  if (x->options->dry_run)
    return open_plain(x, scratch->path[0] ? scratch->path : database, error);
  if (is_remote(database))
    return open_plain(x, database, error);
  if (x->options->builder == BYLINE_BUILDER_AUTO)
    return open_either(x, database, error);
  building_sweep(database);
  return open_plain(x, database, error);
}

/* What Xapian says of a database that is being built is true of one that was
 * there: that it still is. */
static void say_not_made(const indexer *x, const char *database,
                         byline_status status, byline_error *error) {
  if (status != BYLINE_IO || !x->fresh || !x->writer)
    return;
  byline_error why = *error;
  char *tail = strrchr(why.message, ';');
  if (tail)
    *tail = '\0';
  error_set(error, status, "%s: not made: %s", database, why.message);
}

static byline_status index_into(indexer *x, const char *database,
                                const sources *from, byline_error *error) {
  scratch_database scratch = {{0}};
  byline_status status = BYLINE_OK;
  if (x->options->dry_run)
    status = scratch_make(database, &scratch, error);
  if (status == BYLINE_OK)
    status = open_database(x, database, &scratch, error);
  if (status == BYLINE_OK) {
    status = read_all(x, from, error);
    status = finish(x, status, error);
    say_not_made(x, database, status, error);
  }
  byline_writer_free(x->writer);
  fresh_free(x->fresh);
  scratch_remove(&scratch);
  free(x->absolute);
  return status;
}

static bool reads_standard_input(const sources *from) {
  for (size_t i = 0; i < from->count; i++)
    if (strcmp(from->paths[i], "-") == 0)
      return true;
  return false;
}

/* What was built is not right, and gone. */
static byline_status build_again(indexer *failed, const char *database,
                                 const sources *from, byline_error *error) {
  static const byline_index_stats none = BYLINE_INDEX_STATS_INIT;
  const byline_error why = *failed->error;
  byline_index_options plain = *failed->options;
  if (plain.builder == BYLINE_BUILDER_GLASS || reads_standard_input(from))
    return error_set(error, BYLINE_INTERNAL,
                     "%s: not made: %s; please report this, and index again "
                     "with --builder xapian",
                     database, why.message);
  tell(failed, database,
       "what was built is not right, and is built again by Xapian; please "
       "report this",
       &why);
  plain.builder = BYLINE_BUILDER_XAPIAN;
  *failed->stats = none;
  indexer x = {.context = failed->context,
               .options = &plain,
               .stats = failed->stats,
               .error = failed->error};
  return index_into(&x, database, from, x.error);
}

byline_status byline_index(byline_context *context, const char *database,
                           const char *const *paths, size_t path_count,
                           const byline_index_options *options,
                           byline_index_stats *stats, byline_error *error) {
  byline_index_options defaults = BYLINE_INDEX_OPTIONS_INIT;
  byline_index_stats own = BYLINE_INDEX_STATS_INIT;
  byline_error unseen;
  sources from = {paths, path_count};
  indexer x = {.context = context,
               .options = options ? options : &defaults,
               .stats = stats ? stats : &own,
               .error = error ? error : &unseen};
  if (x.options->size != sizeof *x.options)
    return error_set(error, BYLINE_INVALID,
                     "byline_index_options is of another version");
  byline_status status = context_reading(context, error);
  if (status == BYLINE_OK)
    status = index_into(&x, database, &from, x.error);
  return x.defect ? build_again(&x, database, &from, error) : status;
}
