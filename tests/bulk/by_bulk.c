/* Threads fill parts of the stream; the caller's gives them to the builder in
 * the order of their docids, as whoever uses bulk.h does. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "builders.h"
#include "bulk/bulk.h"

enum { MOST = 16 }; /* threads */

typedef struct job {
  const stream *stream;
  const bulk_way *way;
  pthread_mutex_t lock;
  pthread_cond_t filled;
  size_t next;               /* part to be filled */
  deflater *deflaters[MOST]; /* of the threads; they outlive the builder */
  unsigned threads;
  struct filled_part {
    bulk_part *part;
    byline_status status; /* -1: not yet */
    byline_error error;
  } * parts;
} job;

/* The documents of part i, and the same of words. */
static size_t begin_of(size_t count, size_t parts, size_t i) {
  return count / parts * i + count % parts * i / parts;
}

/* Docids of a part count from the document before it or, in every second one,
 * from its own first: both are allowed. */
static uint32_t base_of(const job *j, size_t i) {
  const stream *s = j->stream;
  size_t begin = begin_of(s->document_count, j->way->parts, i);
  if (i % 2 == 1 && begin < s->document_count)
    return s->documents[begin].docid - 1;
  return begin > 0 ? s->documents[begin - 1].docid : 0;
}

/* The document with one more term, which is too long: must be refused, and
 * leave nothing behind. */
static byline_status add_refused(bulk_part *part, const document *d,
                                 uint32_t docid, byline_error *error) {
  char longest[256];
  document spoilt = *d;
  document_term *terms = malloc((d->term_count + 1) * sizeof *terms);
  if (!terms)
    return error_no_memory(error);
  if (d->term_count > 0)
    memcpy(terms, d->terms, d->term_count * sizeof *terms);
  memset(longest, 0xFF, sizeof longest);
  terms[spoilt.term_count++] =
      (document_term){.term = {longest, sizeof longest}, .wdf = 1};
  spoilt.terms = terms;
  byline_status status = bulk_part_add(part, &spoilt, docid, error);
  free(terms);
  return status == BYLINE_INVALID
             ? BYLINE_OK
             : error_set(error, BYLINE_INTERNAL, "a term of %zu bytes is taken",
                         sizeof longest);
}

/* Terms come in any order: here in the opposite one, or as the stream has them.
 */
static byline_status add_taken(bulk_part *part, const document *d,
                               uint32_t docid, byline_error *error) {
  document turned = *d;
  document_term *terms = malloc((d->term_count + 1) * sizeof *terms);
  if (!terms)
    return error_no_memory(error);
  for (size_t i = 0; i < d->term_count; i++)
    terms[i] = d->terms[d->term_count - 1 - i];
  turned.terms = terms;
  byline_status status =
      bulk_part_add(part, docid % 3 == 0 ? d : &turned, docid, error);
  free(terms);
  return status;
}

static byline_status fill(job *j, size_t i, deflater *d, bulk_part **part,
                          byline_error *error) {
  const stream *s = j->stream;
  size_t parts = j->way->parts;
  byline_status status = bulk_part_new(d, part, error);
  if (!status && s->terms_are_words)
    bulk_part_count_words(*part, stream_is_word);
  size_t end = begin_of(s->document_count, parts, i + 1);
  for (size_t n = begin_of(s->document_count, parts, i); n < end && !status;
       n++) {
    const stream_document *next = &s->documents[n];
    uint32_t docid = next->docid - base_of(j, i);
    if (n % 5 == 0)
      status = add_refused(*part, &next->content, docid, error);
    if (!status)
      status = add_taken(*part, &next->content, docid, error);
  }
  end = begin_of(s->word_count, parts, i + 1);
  for (size_t n = begin_of(s->word_count, parts, i); n < end && !status; n++)
    status = bulk_part_add_word(*part, s->words[n].word, s->words[n].frequency,
                                error);
  /* The others are packed when they are taken. */
  return status || i % 3 == 0 ? status : bulk_part_pack(*part, error);
}

static void fill_parts(job *j, deflater *d) {
  pthread_mutex_lock(&j->lock);
  while (j->next < j->way->parts) {
    size_t i = j->next++;
    struct filled_part *p = &j->parts[i];
    bulk_part *part = NULL;
    byline_error error;
    pthread_mutex_unlock(&j->lock);
    byline_status status = fill(j, i, d, &part, &error);
    pthread_mutex_lock(&j->lock);
    p->part = part;
    p->status = status;
    if (status)
      p->error = error;
    pthread_cond_broadcast(&j->filled);
  }
  pthread_mutex_unlock(&j->lock);
}

typedef struct worker {
  job *job;
  deflater *deflater;
} worker;

static void *work(void *user) {
  worker *w = user;
  fill_parts(w->job, w->deflater);
  return NULL;
}

static byline_status take(job *j, size_t i, bulk_builder *builder,
                          byline_error *error) {
  struct filled_part *p = &j->parts[i];
  pthread_mutex_lock(&j->lock);
  while (p->status < 0)
    pthread_cond_wait(&j->filled, &j->lock);
  pthread_mutex_unlock(&j->lock);
  if (p->status) {
    if (error)
      *error = p->error;
    return p->status;
  }
  bulk_part *part = p->part;
  p->part = NULL;
  return bulk_take(builder, part, base_of(j, i), error);
}

static byline_status take_all(job *j, bulk_builder *builder,
                              byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; i < j->way->parts && !status; i++)
    status = take(j, i, builder, error);
  const stream *s = j->stream;
  for (size_t i = 0; i < s->metadata_count && !status; i++)
    status = bulk_set_metadata(builder, s->metadata[i].key,
                               s->metadata[i].value, error);
  return status ? status : bulk_finish(builder, error);
}

static byline_status run(job *j, bulk_builder *builder, byline_error *error) {
  pthread_t threads[MOST];
  worker workers[MOST];
  unsigned started = 0;
  for (; started < j->threads; started++) {
    workers[started] = (worker){j, j->deflaters[started]};
    if (pthread_create(&threads[started], NULL, work, &workers[started]) != 0)
      break;
  }
  if (started == 0)
    fill_parts(j, j->deflaters[0]);
  byline_status status = take_all(j, builder, error);
  pthread_mutex_lock(&j->lock);
  j->next = j->way->parts; /* after a failure there is no need of more */
  pthread_mutex_unlock(&j->lock);
  for (unsigned i = 0; i < started; i++)
    pthread_join(threads[i], NULL);
  return status;
}

static byline_status prepare(job *j, byline_error *error) {
  j->parts = calloc(j->way->parts, sizeof *j->parts);
  if (!j->parts)
    return error_no_memory(error);
  for (size_t i = 0; i < j->way->parts; i++)
    j->parts[i].status = -1;
  j->threads = j->way->threads < MOST ? j->way->threads : MOST;
  byline_status status = BYLINE_OK;
  for (unsigned i = 0; (i < j->threads || i == 0) && !status; i++)
    status = deflater_new(j->way->compression, &j->deflaters[i], error);
  return status;
}

byline_status build_by_bulk(const stream *s, const char *folder,
                            const bulk_way *way, byline_error *error) {
  job j = {.stream = s, .way = way};
  pthread_mutex_init(&j.lock, NULL);
  pthread_cond_init(&j.filled, NULL);
  bulk_options options = {way->block_size, way->compression, way->memory,
                          way->threads > 1 ? 2 : 1};
  bulk_builder *builder = NULL;
  byline_status status = prepare(&j, error);
  if (!status)
    status = bulk_new(folder, &options, &builder, error);
  if (!status)
    status = run(&j, builder, error);
  bulk_free(builder);
  for (size_t i = 0; i < way->parts && j.parts; i++)
    bulk_part_free(j.parts[i].part);
  for (unsigned i = 0; i < MOST; i++)
    deflater_free(j.deflaters[i]);
  free(j.parts);
  pthread_cond_destroy(&j.filled);
  pthread_mutex_destroy(&j.lock);
  return status;
}
