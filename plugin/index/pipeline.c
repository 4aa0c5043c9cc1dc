#include "index/pipeline.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

struct pipeline {
  bulk_builder *builder;
  worker *workers; /* the first is the caller's */
  pthread_t *threads;
  size_t worker_count, thread_count;
  pthread_mutex_t mutex;  /* for all that follows */
  pthread_cond_t to_do;   /* there is a batch, or nothing will come */
  pthread_cond_t done;    /* there is one less */
  batch *first, **last;   /* to be worked on, in their order */
  batch *finished;        /* to be taken; in any order */
  batch *spare;           /* to be used again */
  size_t waiting, on_way; /* in the first list; anywhere but in spare */
  uint32_t documents;     /* that were put */
  uint32_t taken;         /* that the builder has */
  bool taking;            /* somebody gives batches to the builder */
  size_t memory; /* that the builder may take for lists; 0: as it has */
  bool closed;
  byline_status status; /* the first failure: nothing more is done */
  byline_error error;
};

typedef struct start {
  pipeline *pipeline;
  worker *worker;
} start;

static void fail(pipeline *p, byline_status status, const byline_error *error) {
  if (p->status != BYLINE_OK)
    return;
  p->status = status;
  p->error = *error;
}

static void retire(pipeline *p, batch *b) {
  batch_clear(b);
  b->next = p->spare;
  p->spare = b;
  p->on_way--;
  pthread_cond_broadcast(&p->done);
}

/* The finished batch that is next for the builder, out of its list, or NULL. */
static batch *next_to_take(pipeline *p) {
  for (batch **at = &p->finished; *at; at = &(*at)->next) {
    batch *b = *at;
    if (b->before != p->taken)
      continue;
    *at = b->next;
    return b;
  }
  return NULL;
}

/* Gives the builder all that it can get, unless somebody is at it. */
static void take_finished(pipeline *p) {
  batch *b;
  if (p->taking)
    return;
  p->taking = true;
  while (p->status == BYLINE_OK && (b = next_to_take(p))) {
    byline_error error;
    bulk_part *part = b->part;
    b->part = NULL;
    if (p->memory > 0)
      bulk_set_memory(p->builder, p->memory);
    pthread_mutex_unlock(&p->mutex);
    byline_status status = bulk_take(p->builder, part, b->before, &error);
    pthread_mutex_lock(&p->mutex);
    if (status != BYLINE_OK)
      fail(p, status, &error);
    p->taken += (uint32_t)b->count;
    retire(p, b);
  }
  p->taking = false;
}

/* Works on the next batch; the mutex is held before and after. */
static void work(pipeline *p, worker *w) {
  byline_error error;
  batch *b = p->first;
  p->first = b->next;
  if (!p->first)
    p->last = &p->first;
  p->waiting--;
  pthread_mutex_unlock(&p->mutex);
  byline_status status = worker_run(w, b, &error);
  pthread_mutex_lock(&p->mutex);
  if (status != BYLINE_OK) {
    fail(p, status, &error);
    retire(p, b);
    return;
  }
  b->next = p->finished;
  p->finished = b;
  take_finished(p);
}

static void *run(void *user) {
  start s = *(start *)user;
  pipeline *p = s.pipeline;
  free(user);
  pthread_mutex_lock(&p->mutex);
  for (;;) {
    while (!p->first && !p->closed)
      pthread_cond_wait(&p->to_do, &p->mutex);
    if (!p->first || p->status != BYLINE_OK)
      break;
    work(p, s.worker);
  }
  pthread_mutex_unlock(&p->mutex);
  return NULL;
}

/* ---- Threads ------------------------------------------------------------ */

/* Fewer threads than were asked for do as well. Signals are the caller's. */
static void start_threads(pipeline *p) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  for (size_t i = 1; i < p->worker_count; i++) {
    start *s = malloc(sizeof *s);
    if (!s)
      break;
    *s = (start){p, &p->workers[i]};
    if (pthread_create(&p->threads[p->thread_count], NULL, run, s) != 0) {
      free(s);
      break;
    }
    p->thread_count++;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

byline_status pipeline_new(bulk_builder *into, unsigned threads,
                           const worker_options *options, pipeline **result,
                           byline_error *error) {
  pipeline *p = calloc(1, sizeof *p);
  if (!p)
    return error_no_memory(error);
  byline_status status = BYLINE_OK;
  p->builder = into;
  p->last = &p->first;
  pthread_mutex_init(&p->mutex, NULL);
  pthread_cond_init(&p->to_do, NULL);
  pthread_cond_init(&p->done, NULL);
  p->workers = calloc(threads, sizeof *p->workers);
  p->threads = calloc(threads, sizeof *p->threads);
  if (!p->workers || !p->threads)
    status = error_no_memory(error);
  for (; status == BYLINE_OK && p->worker_count < threads; p->worker_count++)
    status = worker_init(&p->workers[p->worker_count], options, error);
  if (status != BYLINE_OK) {
    pipeline_free(p);
    return status;
  }
  start_threads(p);
  *result = p;
  return BYLINE_OK;
}

static void free_list(batch *b) {
  while (b) {
    batch *next = b->next;
    batch_free(b);
    b = next;
  }
}

void pipeline_free(pipeline *p) {
  if (!p)
    return;
  pthread_mutex_lock(&p->mutex);
  p->closed = true;
  if (p->status == BYLINE_OK && p->on_way > 0)
    p->status = BYLINE_INTERNAL; /* nobody will see it */
  pthread_cond_broadcast(&p->to_do);
  pthread_mutex_unlock(&p->mutex);
  for (size_t i = 0; i < p->thread_count; i++)
    pthread_join(p->threads[i], NULL);
  for (size_t i = 0; i < p->worker_count; i++)
    worker_free(&p->workers[i]);
  free_list(p->first);
  free_list(p->finished);
  free_list(p->spare);
  pthread_cond_destroy(&p->done);
  pthread_cond_destroy(&p->to_do);
  pthread_mutex_destroy(&p->mutex);
  free(p->workers);
  free(p->threads);
  free(p);
}

/* ---- The caller's side -------------------------------------------------- */

batch *pipeline_batch(pipeline *p) {
  pthread_mutex_lock(&p->mutex);
  batch *b = p->spare;
  if (b)
    p->spare = b->next;
  pthread_mutex_unlock(&p->mutex);
  return b ? b : batch_new();
}

static byline_status failure(const pipeline *p, byline_error *error) {
  if (p->status != BYLINE_OK && error)
    *error = p->error;
  return p->status;
}

/* Works, or waits, until there are at most so many batches on their way. */
static void reduce(pipeline *p, size_t most) {
  while (p->status == BYLINE_OK && p->on_way > most)
    if (p->first)
      work(p, &p->workers[0]);
    else
      pthread_cond_wait(&p->done, &p->mutex);
}

void pipeline_set_memory(pipeline *p, size_t memory) {
  pthread_mutex_lock(&p->mutex);
  p->memory = memory;
  pthread_mutex_unlock(&p->mutex);
}

byline_status pipeline_put(pipeline *p, batch *b, byline_error *error) {
  pthread_mutex_lock(&p->mutex);
  b->before = p->documents;
  b->next = NULL;
  p->documents += (uint32_t)b->count;
  *p->last = b;
  p->last = &b->next;
  p->waiting++;
  p->on_way++;
  pthread_cond_signal(&p->to_do);
  /* One for each thread that works, and one to go on with. */
  reduce(p, p->thread_count == 0 ? 0 : 2 * p->thread_count);
  byline_status status = failure(p, error);
  pthread_mutex_unlock(&p->mutex);
  return status;
}

byline_status pipeline_wait(pipeline *p, byline_error *error) {
  pthread_mutex_lock(&p->mutex);
  reduce(p, 0);
  byline_status status = failure(p, error);
  pthread_mutex_unlock(&p->mutex);
  return status;
}

byline_status pipeline_try(pipeline *p, batch *b, bool *fatal,
                           byline_error *error) {
  byline_status status = pipeline_wait(p, error);
  *fatal = true;
  if (status == BYLINE_OK) {
    b->before = p->documents;
    status = worker_run(&p->workers[0], b, error);
    *fatal = status != BYLINE_INVALID;
  }
  if (status != BYLINE_OK) {
    batch_free(b);
    return status;
  }
  pthread_mutex_lock(&p->mutex);
  p->documents += (uint32_t)b->count;
  p->on_way++;
  b->next = p->finished;
  p->finished = b;
  take_finished(p);
  status = failure(p, error);
  pthread_mutex_unlock(&p->mutex);
  *fatal = true;
  return status;
}

bool pipeline_languages(pipeline *p, language_tally *all) {
  for (size_t i = 0; i < p->worker_count; i++) {
    const language_tally *t = &p->workers[i].tally;
    for (size_t k = 0; k < t->count; k++)
      if (!language_tally_add(all, t->languages[k].language,
                              t->languages[k].count))
        return false;
  }
  return true;
}

bool pipeline_samples(pipeline *p, document_samples *all) {
  size_t count = 0;
  for (size_t i = 0; i < p->worker_count; i++)
    count += p->workers[i].samples.count;
  all->list = malloc((count + 1) * sizeof *all->list);
  if (!all->list)
    return false;
  for (size_t i = 0; i < p->worker_count; i++) {
    const document_samples *s = &p->workers[i].samples;
    if (s->count > 0)
      memcpy(all->list + all->count, s->list, s->count * sizeof *s->list);
    all->count += s->count;
  }
  all->capacity = count + 1;
  return true;
}
