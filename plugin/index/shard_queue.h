/* What a reader tells a shard's indexer, from one thread to the other: articles
 * wait in a queue of limited size, everything else is waited for. */
#ifndef BYLINE_INDEX_SHARD_QUEUE_H
#define BYLINE_INDEX_SHARD_QUEUE_H

#include <pthread.h>
#include <stdbool.h>

#include "base/arena.h"
#include "read/reader.h"

typedef enum shard_event_kind {
  SHARD_OPEN,
  SHARD_FILE,
  SHARD_ARTICLE,
  SHARD_CLOSE
} shard_event_kind;

typedef struct shard_event {
  shard_event_kind kind;
  struct shard_event *next;
  size_t bytes;
  arena memory; /* of the article and of path; of SHARD_OPEN and SHARD_CLOSE
                   all is the reader's, which waits */
  const char *path;
  size_t on_disk;
  const struct stat *status;
  int fd;
  byline_string layout;
  byline_article article;
  bool whole;
} shard_event;

typedef struct shard_queue {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  shard_event *first, *last;
  size_t bytes;
  unsigned readings; /* that the taker has begun */
  bool busy;         /* an event is being worked on */
  bool ended;        /* so is the reading, behind these events */
  bool gone;         /* nobody takes events any more */
} shard_queue;

bool shard_queue_init(shard_queue *q);
void shard_queue_destroy(shard_queue *q);

/* A new event of no kind, or NULL. */
shard_event *shard_event_new(shard_event_kind kind);
void shard_event_free(shard_event *e);

/* Copies an article into its memory. */
bool shard_event_copy(shard_event *e, const byline_article *article);

/* The taker begins a reading; and whether it has begun the n-th one, which is
 * waited for. False: it has ended. */
void shard_queue_begin(shard_queue *q);
bool shard_queue_begun(shard_queue *q, unsigned n);

/* Waits for the same, but a moment only; whether it has come to that. */
bool shard_queue_await(shard_queue *q, unsigned n);

/* Takes e; waits while the queue is full. False: nobody takes it. */
bool shard_queue_put(shard_queue *q, shard_event *e);

/* Waits until all was worked on; false as above. */
bool shard_queue_drain(shard_queue *q);

/* No more events come in this reading. */
void shard_queue_end(shard_queue *q);

/* Waits for the next event, which the caller frees; what it took before is
 * done with. NULL: the reading has ended. */
shard_event *shard_queue_take(shard_queue *q);

/* The taker ends. */
void shard_queue_leave(shard_queue *q);

#endif
