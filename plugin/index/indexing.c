/* byline_index: chooses what makes or changes the database. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/remote.h"
#include "index/building.h"
#include "index/context.h"
#include "index/indexer.h"
#include "index/indexing.h"
#include "index/lock.h"
#include "index/scratch.h"
#include "index/shards.h"

/* Somebody else may have made one since it was seen that there was none. */
static byline_status refuse_shards(const char *database, byline_error *error) {
  shard_set set;
  byline_status status = shard_set_read(database, &set, error);
  if (status == BYLINE_OK && set.count > 0)
    status = error_set(error, BYLINE_LOCKED,
                       "%s: another program has made a folder of shards of "
                       "this name meanwhile; run the same command again",
                       database);
  shard_set_free(&set);
  return status;
}

static byline_status open_plain(indexer *x, const char *database,
                                byline_error *error) {
  byline_index_options options = *x->options;
  byline_status status = refuse_shards(database, error);
  if (status != BYLINE_OK)
    return status;
  options.wait_ms = x->wait_ms;
  return byline_writer_open(x->context, database, &options, &x->writer, error);
}

static byline_status open_fresh(indexer *x, const char *database, bool *exists,
                                byline_error *error) {
  lock_wait wait = {
      .database = database, .milliseconds = x->wait_ms, .options = x->options};
  byline_status status;
  do
    status =
        fresh_open(x->context, database, x->options, &x->fresh, exists, error);
  while (lock_try_again(&wait, &status, error));
  x->wait_ms = wait.milliseconds;
  return status;
}

static byline_status open_glass(indexer *x, const char *database,
                                byline_error *error) {
  bool exists = false;
  if (is_remote_path(database))
    return error_set(error, BYLINE_UNSUPPORTED,
                     "%s: the glass builder makes databases on this machine",
                     database);
  byline_status status = open_fresh(x, database, &exists, error);
  return status == BYLINE_OK && exists ? open_plain(x, database, error)
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
    indexer_tell(x, database, "built by Xapian, which takes longer", &why);
  return status;
}

/* While nobody else makes something of this name. */
static byline_status open_by_xapian(indexer *x, const char *database,
                                    byline_error *error) {
  building b;
  bool exists = true;
  lock_wait wait = {
      .database = database, .milliseconds = x->wait_ms, .options = x->options};
  byline_status status;
  do
    status = building_open(database, &b, &exists, error);
  while (lock_try_again(&wait, &status, error));
  x->wait_ms = wait.milliseconds;
  bool held = status == BYLINE_OK && !exists;
  if (status == BYLINE_OK && exists)
    building_sweep(database);
  if (status == BYLINE_OK || status == BYLINE_UNSUPPORTED)
    status = open_plain(x, database, error);
  if (held)
    building_close(&b);
  return status;
}

static byline_status open_database(indexer *x, const char *database,
                                   const scratch_database *scratch,
                                   byline_error *error) {
  if (x->options->dry_run) /* builders make no difference */
    return open_plain(x, scratch->path[0] ? scratch->path : database, error);
  if (x->options->builder == BYLINE_BUILDER_GLASS)
    return open_glass(x, database, error);
  if (is_remote_path(database))
    return open_plain(x, database, error);
  if (x->options->builder == BYLINE_BUILDER_AUTO)
    return open_either(x, database, error);
  return open_by_xapian(x, database, error);
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
  if (status == BYLINE_OK && !x->fresh)
    status = indexer_start_growing(x, error);
  if (status == BYLINE_OK) {
    status = indexer_read(x, from, error);
    status = indexer_finish(x, status, error);
    say_not_made(x, database, status, error);
  }
  if (x->grows)
    growing_free(&x->growing);
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
  if (plain.builder == BYLINE_BUILDER_GLASS || failed->source ||
      reads_standard_input(from))
    return error_set(error, BYLINE_INTERNAL,
                     "%s: not made: %s; please report this, and index again "
                     "with --builder xapian",
                     database, why.message);
  indexer_tell(
      failed, database,
      "what was built is not right, and is built again by Xapian; please "
      "report this",
      &why);
  plain.builder = BYLINE_BUILDER_XAPIAN;
  *failed->stats = none;
  indexer x = {.context = failed->context,
               .database = database,
               .options = &plain,
               .wait_ms = failed->wait_ms,
               .stats = failed->stats,
               .error = failed->error};
  return index_into(&x, database, from, x.error);
}

static byline_status run_one(byline_context *context, const char *database,
                             const sources *from,
                             const byline_index_options *options,
                             index_source *source, byline_index_stats *stats,
                             byline_error *error) {
  indexer x = {.context = context,
               .database = database,
               .options = options,
               .source = source,
               .wait_ms = options->wait_ms,
               .stats = stats,
               .error = error};
  byline_status status = index_into(&x, database, from, error);
  return x.defect ? build_again(&x, database, from, error) : status;
}

byline_status indexer_run(byline_context *context, const char *database,
                          const char *const *paths, size_t path_count,
                          const byline_index_options *options,
                          index_source *source, byline_index_stats *stats,
                          byline_error *error) {
  const sources from = {paths, path_count, NULL, 0};
  return run_one(context, database, &from, options, source, stats, error);
}

static byline_status index_shards(byline_context *context, const char *database,
                                  const shard_set *shards, const sources *from,
                                  const byline_index_options *options,
                                  byline_index_stats *stats,
                                  byline_error *error) {
  byline_status status =
      shards_index(context, shards, from, options, stats, error);
  return options->dry_run ? status
                          : shard_set_end(database, shards, status, error);
}

byline_status indexing_run(byline_context *context, const char *database,
                           const sources *from,
                           const byline_index_options *options,
                           byline_index_stats *stats, byline_error *error) {
  byline_index_options defaults = BYLINE_INDEX_OPTIONS_INIT;
  byline_index_stats own = BYLINE_INDEX_STATS_INIT;
  byline_error unseen;
  shard_set shards = SHARD_SET_INIT;
  if (!options)
    options = &defaults;
  if (!stats)
    stats = &own;
  if (!error)
    error = &unseen;
  if (options->size != sizeof *options)
    return error_set(error, BYLINE_INVALID,
                     "byline_index_options is of another version");
  lock_wait wait = {.milliseconds = options->wait_ms, .options = options};
  byline_status status =
      shard_set_settle(database, options, &wait, &shards, error);
  byline_index_options left = *options;
  left.wait_ms = wait.milliseconds;
  options = &left;
  if (status == BYLINE_OK)
    status = context_reading(context, error);
  if (status == BYLINE_OK && shards.count > 0)
    status =
        index_shards(context, database, &shards, from, options, stats, error);
  else if (status == BYLINE_OK)
    status = run_one(context, database, from, options, NULL, stats, error);
  shard_set_free(&shards);
  return status;
}

byline_status byline_index(byline_context *context, const char *database,
                           const char *const *paths, size_t path_count,
                           const byline_index_options *options,
                           byline_index_stats *stats, byline_error *error) {
  const sources from = {paths, path_count, NULL, 0};
  return indexing_run(context, database, &from, options, stats, error);
}

byline_status sources_again(const sources *from, sources *again,
                            byline_error *error) {
  const char **paths = calloc(from->count + 1, sizeof *paths);
  if (!paths)
    return error_no_memory(error);
  *again = (sources){paths, 0, NULL, 0};
  for (size_t i = 0; i < from->count; i++)
    if (strcmp(from->paths[i], "-") != 0)
      paths[again->count++] = from->paths[i];
  return BYLINE_OK;
}
