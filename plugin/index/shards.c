#include "index/shards.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "index/budget.h"
#include "index/context.h"
#include "index/identity.h"
#include "index/indexing.h"
#include "index/schema.h"
#include "index/shard_notices.h"
#include "index/shard_queue.h"

/* What a reading is stopped with because a shard has failed. */
enum { SHARD_GONE = -1000 };

typedef struct shards shards;

typedef struct shard {
  index_source source; /* first */
  shards *all;
  const char *database;
  char mark[48];
  byline_index_options options;
  shard_queue queue;
  pthread_t thread;
  bool started, joined;
  bool waited;     /* for another program; under all->mutex */
  bool takes_part; /* in this reading */
  bool skip;       /* what is of the file that is open; its thread's, and the
                      reader's when the queue is drained */
  char *path;      /* of the file being read */
  byline_index_stats stats; /* its thread's */
  byline_index_stats shown; /* a copy for the reader: under all->mutex */
  byline_status status;
  byline_error error;
} shard;

struct shards {
  byline_context *context;
  const byline_index_options *options;
  byline_index_stats *stats;
  const sources *from;
  shard *list;
  size_t count;
  unsigned reading;
  byline_status ended; /* how the last reading did, and why */
  byline_error why;
  const char *path;
  int stopped; /* what progress returned before all were open; under mutex */
  bool one_at_a_time;   /* filters belong to one thread */
  pthread_mutex_t turn; /* whose it is, then */
  pthread_mutex_t mutex;
  shard_notices notices;
  arena memory; /* for one article */
};

/* ---- A shard's thread ---------------------------------------------------- */

static void take_turn(shards *all) {
  if (all->one_at_a_time)
    pthread_mutex_lock(&all->turn);
}

static void end_turn(shards *all) {
  if (all->one_at_a_time)
    pthread_mutex_unlock(&all->turn);
}

static void on_notice(void *user, const byline_notice *notice) {
  shard *s = user;
  pthread_mutex_lock(&s->all->mutex);
  shard_notices_add(&s->all->notices, notice);
  pthread_mutex_unlock(&s->all->mutex);
}

static int on_progress(void *user, const char *path,
                       const byline_index_stats *stats) {
  (void)path;
  shard *s = user;
  pthread_mutex_lock(&s->all->mutex);
  s->shown = *stats;
  s->waited = true; /* before it is open, only who waits comes here */
  int stopped = s->all->stopped;
  pthread_mutex_unlock(&s->all->mutex);
  return stopped;
}

static int open_file(shard *s, const read_events *events,
                     const shard_event *e) {
  free(s->path);
  s->path = strdup(e->path);
  if (!s->path)
    return error_no_memory(&s->error);
  s->skip = false;
  return events->open(events->user, s->path, e->fd, e->status, e->layout,
                      &s->skip);
}

static int name_file(shard *s, const read_events *events,
                     const shard_event *e) {
  char *path = strdup(e->path);
  if (!path)
    return error_no_memory(&s->error);
  int status = events->file(events->user, path, e->on_disk, NULL);
  free(s->path);
  s->path = path;
  return status;
}

static int handle(shard *s, const read_events *events, const shard_event *e) {
  if (e->kind == SHARD_OPEN)
    return open_file(s, events, e);
  if (s->skip)
    return BYLINE_OK;
  if (e->kind == SHARD_FILE)
    return name_file(s, events, e);
  return e->kind == SHARD_ARTICLE
             ? events->article(events->user, &e->article)
             : events->close(events->user, s->path, e->whole);
}

static byline_status read_events_of(index_source *source,
                                    const read_events *events,
                                    byline_error *error) {
  shard *s = (shard *)source;
  byline_status status = BYLINE_OK;
  bool ended = false;
  shard_queue_begin(&s->queue);
  while (status == BYLINE_OK && !ended) {
    end_turn(s->all);
    shard_event *e = shard_queue_take(&s->queue);
    take_turn(s->all);
    ended = !e;
    if (e)
      status = handle(s, events, e);
    shard_event_free(e);
  }
  if (!ended || s->all->ended == BYLINE_OK)
    return status;
  if (error)
    *error = s->all->why;
  return s->all->ended;
}

static void *run(void *user) {
  shard *s = user;
  shards *all = s->all;
  take_turn(all);
  s->status =
      indexer_run(all->context, s->database, all->from->paths, all->from->count,
                  &s->options, &s->source, &s->stats, &s->error);
  end_turn(all);
  shard_queue_leave(&s->queue);
  return NULL;
}

/* ---- The reader ---------------------------------------------------------- */

static void pass_on_notices(shards *all) {
  pthread_mutex_lock(&all->mutex);
  shard_notices taken = all->notices;
  all->notices = (shard_notices){NULL, NULL};
  pthread_mutex_unlock(&all->mutex);
  shard_notices_pass(&taken, &all->options->read);
}

/* Of files all shards say the same, of articles each its own. */
static void add_stats(byline_index_stats *sum, const byline_index_stats *s) {
  sum->added += s->added;
  sum->replaced += s->replaced;
  sum->moved += s->moved;
  sum->unchanged += s->unchanged;
  sum->failed += s->failed;
  sum->dropped += s->dropped;
  if (s->files_gone > sum->files_gone)
    sum->files_gone = s->files_gone;
}

static void sum_up(shards *all) {
  byline_index_stats sum = {.size = all->stats->size,
                            .read = all->stats->read,
                            .files_unchanged = all->stats->files_unchanged};
  pthread_mutex_lock(&all->mutex);
  for (size_t i = 0; i < all->count; i++)
    add_stats(&sum,
              all->list[i].joined ? &all->list[i].stats : &all->list[i].shown);
  pthread_mutex_unlock(&all->mutex);
  *all->stats = sum;
}

static int progress(shards *all) {
  pass_on_notices(all);
  if (!all->options->progress)
    return BYLINE_OK;
  sum_up(all);
  return all->options->progress(all->options->progress_user, all->path,
                                all->stats);
}

/* Tells all that take part; like is copied. */
static int tell_all(shards *all, const shard_event *like) {
  for (size_t i = 0; i < all->count; i++) {
    shard *s = &all->list[i];
    if (!s->takes_part)
      continue;
    shard_event *e = shard_event_new(like->kind);
    if (!e)
      return BYLINE_NO_MEMORY;
    *e = *like;
    if (like->kind == SHARD_FILE &&
        !(e->path = arena_copy(&e->memory, like->path, strlen(like->path)))) {
      shard_event_free(e);
      return BYLINE_NO_MEMORY;
    }
    if (!shard_queue_put(&s->queue, e))
      return SHARD_GONE;
  }
  return BYLINE_OK;
}

static int wait_for_all(shards *all) {
  bool there = true;
  for (size_t i = 0; i < all->count; i++)
    if (all->list[i].takes_part && !shard_queue_drain(&all->list[i].queue))
      there = false;
  return there ? BYLINE_OK : SHARD_GONE;
}

/* One that was removed since it was opened is skipped, too. */
static bool is_there(const char *path, int fd) {
  return fd < 0 || access(path, F_OK) == 0;
}

/* A file is skipped only where no shard wants it. */
static int on_open(void *user, const char *path, int fd,
                   const struct stat *status, byline_string layout,
                   bool *skip) {
  shards *all = user;
  const shard_event e = {.kind = SHARD_OPEN,
                         .path = path,
                         .fd = fd,
                         .status = status,
                         .layout = layout};
  all->path = path;
  int result = tell_all(all, &e);
  int waited = wait_for_all(all);
  if (result == BYLINE_OK)
    result = waited;
  *skip = true;
  for (size_t i = 0; i < all->count; i++)
    if (all->list[i].takes_part && !all->list[i].skip)
      *skip = false;
  if (result != BYLINE_OK || !*skip)
    return result;
  all->stats->files_unchanged += all->reading == 1 && is_there(path, fd);
  return progress(all);
}

static int on_close(void *user, const char *path, bool whole) {
  shards *all = user;
  const shard_event e = {.kind = SHARD_CLOSE, .path = path, .whole = whole};
  int result = tell_all(all, &e);
  int waited = wait_for_all(all);
  if (result == BYLINE_OK)
    result = waited;
  return result == BYLINE_OK ? progress(all) : result;
}

static int on_file(void *user, const char *path, size_t on_disk,
                   const struct stat *status) {
  (void)status;
  shards *all = user;
  all->path = path;
  const shard_event e = {.kind = SHARD_FILE, .path = path, .on_disk = on_disk};
  return tell_all(all, &e);
}

/* Where an article belongs. One that can't be accepted is reported by the first
 * shard. */
static byline_status choose(shards *all, const byline_article *article,
                            shard **chosen) {
  byline_article clean;
  uint64_t hash = 0;
  arena_reset(&all->memory);
  byline_status status = schema_accept(&all->memory, article, &clean, NULL);
  if (status == BYLINE_OK && !identity_hash(&clean, &hash))
    status = BYLINE_NO_MEMORY;
  *chosen = &all->list[hash % all->count];
  return status == BYLINE_NO_MEMORY ? status : BYLINE_OK;
}

static int on_article(void *user, const byline_article *article) {
  shards *all = user;
  shard *s;
  if (choose(all, article, &s) != BYLINE_OK)
    return BYLINE_NO_MEMORY;
  if (!s->takes_part)
    return BYLINE_OK;
  shard_event *e = shard_event_new(SHARD_ARTICLE);
  if (!e || !shard_event_copy(e, article)) {
    shard_event_free(e);
    return BYLINE_NO_MEMORY;
  }
  if (!shard_queue_put(&s->queue, e))
    return SHARD_GONE;
  return progress(all);
}

static void read_these(shards *all, const sources *from,
                       const byline_read_options *options) {
  bool some = from->changed != NULL;
  read_events events = {all, on_open, on_close, on_file, on_article, some};
  all->reading++;
  all->ended = all->context->reading->paths(
      all->context->readers, some ? from->changed : from->paths,
      some ? from->changed_count : from->count, options, &events,
      &all->stats->read, &all->why);
  if (all->ended == BYLINE_NO_MEMORY)
    error_no_memory(&all->why);
}

/* What is read again is not what has changed, but what has the same articles.
 */
static void read_again(shards *all) {
  sources again = {NULL, 0, NULL, 0};
  byline_read_stats first = all->stats->read;
  byline_read_options quiet = all->options->read; /* all has been said */
  quiet.notice = NULL;
  all->ended = sources_again(all->from, &again, &all->why);
  if (all->ended == BYLINE_OK)
    read_these(all, &again, &quiet);
  else
    all->reading++;
  free((void *)again.paths);
  all->stats->read = first;
}

/* Ends a reading; whether some shard wants another. */
static bool end_reading(shards *all) {
  bool again = false;
  for (size_t i = 0; i < all->count; i++)
    shard_queue_end(&all->list[i].queue);
  for (size_t i = 0; i < all->count; i++) {
    shard *s = &all->list[i];
    s->takes_part =
        s->takes_part && shard_queue_begun(&s->queue, all->reading + 1);
    again = again || s->takes_part;
  }
  return again;
}

/* ---- All together -------------------------------------------------------- */

/* Takes what a shard has waited since start from the time that all have. */
static void count_waiting(shard *s, int64_t start, uint32_t *left) {
  pthread_mutex_lock(&s->all->mutex);
  int64_t rest = s->waited ? start + *left - clock_ms() : *left;
  pthread_mutex_unlock(&s->all->mutex);
  *left = rest > 0 ? (uint32_t)rest : 0;
}

/* A shard may wait for another program, of which is told meanwhile. */
static byline_status wait_until_open(shard *s) {
  shards *all = s->all;
  int stopped = BYLINE_OK;
  all->path = s->database;
  while (!shard_queue_await(&s->queue, 1)) {
    if (stopped == BYLINE_OK)
      stopped = progress(all);
    pthread_mutex_lock(&all->mutex);
    all->stopped = stopped;
    pthread_mutex_unlock(&all->mutex);
  }
  return stopped;
}

/* Databases are opened in their order: of two indexers one gets them all. */
static byline_status start_all(shards *all, byline_error *error) {
  uint32_t wait_ms = all->options->wait_ms;
  for (size_t i = 0; i < all->count; i++) {
    shard *s = &all->list[i];
    int64_t start = clock_ms();
    s->options.wait_ms = wait_ms;
    if (pthread_create(&s->thread, NULL, run, s) != 0)
      return error_set(error, BYLINE_NO_MEMORY,
                       "cannot start a thread for each shard");
    s->started = true;
    byline_status stopped = wait_until_open(s);
    s->takes_part = shard_queue_begun(&s->queue, 1);
    if (stopped != BYLINE_OK || !s->takes_part)
      return stopped != BYLINE_OK ? stopped : SHARD_GONE;
    count_waiting(s, start, &wait_ms);
  }
  return BYLINE_OK;
}

static byline_status make(shards *all, const shard_set *set,
                          byline_error *error) {
  all->list = calloc(set->count, sizeof *all->list);
  if (!all->list)
    return error_no_memory(error);
  for (; all->count < set->count; all->count++) {
    static const byline_index_stats none = BYLINE_INDEX_STATS_INIT;
    shard *s = &all->list[all->count];
    s->all = all;
    s->database = set->paths[all->count];
    s->stats = s->shown = none;
    snprintf(s->mark, sizeof s->mark, "%zu/%zu", all->count + 1, set->count);
    s->source = (index_source){read_events_of, s->mark, set->complete};
    s->options = *all->options;
    budget_share(&s->options, set->count);
    s->options.read.notice = on_notice;
    s->options.read.notice_user = s;
    s->options.progress = on_progress;
    s->options.progress_user = s;
    if (!shard_queue_init(&s->queue))
      return error_no_memory(error); /* it is not counted */
  }
  return BYLINE_OK;
}

static void join_all(shards *all) {
  for (size_t i = 0; i < all->count; i++) {
    shard *s = &all->list[i];
    if (s->started)
      pthread_join(s->thread, NULL);
    s->joined = true;
    free(s->path);
    shard_queue_destroy(&s->queue);
  }
}

/* What the first shard that failed says, with its name. */
static byline_status find_failure(const shards *all, byline_status status,
                                  byline_error *error) {
  const shard *failed = NULL;
  for (size_t i = 0; !failed && i < all->count; i++)
    if (all->list[i].status != BYLINE_OK && all->list[i].status != status &&
        all->list[i].status != SHARD_GONE)
      failed = &all->list[i];
  if (!failed)
    return status;
  const char *message = failed->error.message;
  bool named =
      strncmp(message, failed->database, strlen(failed->database)) == 0;
  return error_set(error, failed->status,
                   "%s%s%s; the other shards keep what is complete, and the "
                   "same command goes on from there",
                   named ? "" : failed->database, named ? "" : ": ", message);
}

byline_status shards_index(byline_context *context, const shard_set *set,
                           const sources *from,
                           const byline_index_options *options,
                           byline_index_stats *stats, byline_error *error) {
  shards all = {.context = context,
                .options = options,
                .stats = stats,
                .from = from,
                .one_at_a_time = context->filters.count > 0};
  pthread_mutex_init(&all.turn, NULL);
  pthread_mutex_init(&all.mutex, NULL);
  all.ended = make(&all, set, &all.why);
  if (all.ended == BYLINE_OK)
    all.ended = start_all(&all, &all.why);
  if (all.ended == BYLINE_OK)
    read_these(&all, from, &options->read);
  else
    all.reading++;
  while (end_reading(&all))
    read_again(&all);
  join_all(&all);
  pass_on_notices(&all);
  sum_up(&all);
  if (all.ended != BYLINE_OK)
    *error = all.why;
  byline_status status = find_failure(&all, all.ended, error);
  free(all.list);
  arena_free(&all.memory);
  pthread_mutex_destroy(&all.mutex);
  pthread_mutex_destroy(&all.turn);
  return status;
}
