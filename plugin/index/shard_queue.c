#include "index/shard_queue.h"

#include <stdlib.h>
#include <time.h>

enum { QUEUE_BYTES = 8 << 20 };

bool shard_queue_init(shard_queue *q) {
  *q = (shard_queue){.first = NULL};
  if (pthread_mutex_init(&q->mutex, NULL) != 0)
    return false;
  if (pthread_cond_init(&q->changed, NULL) == 0)
    return true;
  pthread_mutex_destroy(&q->mutex);
  return false;
}

void shard_queue_destroy(shard_queue *q) {
  while (q->first) {
    shard_event *next = q->first->next;
    shard_event_free(q->first);
    q->first = next;
  }
  pthread_cond_destroy(&q->changed);
  pthread_mutex_destroy(&q->mutex);
}

shard_event *shard_event_new(shard_event_kind kind) {
  shard_event *e = calloc(1, sizeof *e);
  if (e)
    e->kind = kind;
  return e;
}

void shard_event_free(shard_event *e) {
  if (!e)
    return;
  arena_free(&e->memory);
  free(e);
}

/* ---- Copying ------------------------------------------------------------- */

static bool copy_string(shard_event *e, byline_string *text) {
  e->bytes += text->length;
  return text->length == 0 || arena_string(&e->memory, *text, text);
}

static bool copy_list(shard_event *e, const byline_string **list,
                      size_t count) {
  byline_string *copy = arena_array(&e->memory, count, sizeof *copy);
  if (!copy)
    return false;
  for (size_t i = 0; i < count; i++) {
    copy[i] = (*list)[i];
    if (!copy_string(e, &copy[i]))
      return false;
  }
  *list = copy;
  return true;
}

bool shard_event_copy(shard_event *e, const byline_article *article) {
  byline_article *a = &e->article;
  *a = *article;
  byline_string *const strings[] = {
      &a->id,     &a->title,   &a->affiliation, &a->date, &a->language,
      &a->source, &a->section, &a->url,         &a->text, &a->type};
  bool ok = true;
  for (size_t i = 0; ok && i < sizeof strings / sizeof *strings; i++)
    ok = copy_string(e, strings[i]);
  return ok && copy_list(e, &a->decks, a->deck_count) &&
         copy_list(e, &a->authors, a->author_count) &&
         copy_list(e, &a->keywords, a->keyword_count);
}

/* ---- From thread to thread ----------------------------------------------- */

void shard_queue_begin(shard_queue *q) {
  pthread_mutex_lock(&q->mutex);
  q->readings++;
  q->busy = false;
  pthread_cond_broadcast(&q->changed);
  pthread_mutex_unlock(&q->mutex);
}

bool shard_queue_begun(shard_queue *q, unsigned n) {
  pthread_mutex_lock(&q->mutex);
  while (!q->gone && q->readings < n)
    pthread_cond_wait(&q->changed, &q->mutex);
  bool begun = !q->gone;
  pthread_mutex_unlock(&q->mutex);
  return begun;
}

bool shard_queue_await(shard_queue *q, unsigned n) {
  enum { MOMENT = 100 /* ms */ };
  struct timespec end;
  clock_gettime(CLOCK_REALTIME, &end);
  end.tv_nsec += MOMENT * 1000000L;
  end.tv_sec += end.tv_nsec / 1000000000L;
  end.tv_nsec %= 1000000000L;
  pthread_mutex_lock(&q->mutex);
  int late = 0;
  while (!q->gone && q->readings < n && late == 0)
    late = pthread_cond_timedwait(&q->changed, &q->mutex, &end);
  bool known = q->gone || q->readings >= n;
  pthread_mutex_unlock(&q->mutex);
  return known;
}

bool shard_queue_put(shard_queue *q, shard_event *e) {
  pthread_mutex_lock(&q->mutex);
  while (!q->gone && q->bytes > QUEUE_BYTES)
    pthread_cond_wait(&q->changed, &q->mutex);
  bool taken = !q->gone;
  if (taken) {
    if (q->last)
      q->last->next = e;
    else
      q->first = e;
    q->last = e;
    q->bytes += e->bytes + sizeof *e;
    pthread_cond_broadcast(&q->changed);
  }
  pthread_mutex_unlock(&q->mutex);
  if (!taken)
    shard_event_free(e);
  return taken;
}

bool shard_queue_drain(shard_queue *q) {
  pthread_mutex_lock(&q->mutex);
  while (!q->gone && (q->first || q->busy))
    pthread_cond_wait(&q->changed, &q->mutex);
  bool there = !q->gone;
  pthread_mutex_unlock(&q->mutex);
  return there;
}

void shard_queue_end(shard_queue *q) {
  pthread_mutex_lock(&q->mutex);
  q->ended = true;
  pthread_cond_broadcast(&q->changed);
  pthread_mutex_unlock(&q->mutex);
}

shard_event *shard_queue_take(shard_queue *q) {
  pthread_mutex_lock(&q->mutex);
  q->busy = false;
  pthread_cond_broadcast(&q->changed);
  while (!q->first && !q->ended)
    pthread_cond_wait(&q->changed, &q->mutex);
  shard_event *e = q->first;
  if (e) {
    q->first = e->next;
    if (!q->first)
      q->last = NULL;
    q->bytes -= e->bytes + sizeof *e;
    pthread_cond_broadcast(&q->changed);
  } else {
    q->ended = false;
  }
  q->busy = true;
  pthread_mutex_unlock(&q->mutex);
  return e;
}

void shard_queue_leave(shard_queue *q) {
  pthread_mutex_lock(&q->mutex);
  q->gone = true;
  q->busy = false;
  pthread_cond_broadcast(&q->changed);
  pthread_mutex_unlock(&q->mutex);
}
