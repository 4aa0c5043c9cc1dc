#include "index/worker.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/identity.h"
#include "index/verify.h"
#include "index/word_counts.h"

enum { SAMPLE_EVERY = 1021 }; /* a prime: no habit of an archive has it */

void language_tally_free(language_tally *t) {
  for (size_t i = 0; i < t->count; i++)
    free(t->languages[i].language);
  free(t->languages);
  memset(t, 0, sizeof *t);
}

bool language_tally_add(language_tally *t, const char *language,
                        uint32_t count) {
  for (size_t i = 0; i < t->count; i++)
    if (strcmp(t->languages[i].language, language) == 0) {
      t->languages[i].count += count;
      return true;
    }
  struct language_count *list =
      realloc(t->languages, (t->count + 1) * sizeof *list);
  if (!list)
    return false;
  t->languages = list;
  list[t->count] = (struct language_count){strdup(language), count};
  if (!list[t->count].language)
    return false;
  t->count++;
  return true;
}

byline_status worker_init(worker *w, const worker_options *options,
                          byline_error *error) {
  memset(w, 0, sizeof *w);
  w->all_samples = options->all_samples;
  byline_status status =
      language_chooser_init(&w->languages, options->language, error);
  if (status == BYLINE_OK)
    status = deflater_new(options->compression, &w->deflater, error);
  if (status == BYLINE_OK)
    status = document_maker_new(&w->maker, error);
  if (status != BYLINE_OK)
    return status;
  analyzer *a = document_maker_analyzer(w->maker);
  analyzer_set_ngrams(a, options->ngrams);
  analyzer_set_filters(a, options->filters);
  return BYLINE_OK;
}

void worker_free(worker *w) {
  document_maker_free(w->maker);
  deflater_free(w->deflater);
  language_chooser_free(&w->languages);
  language_tally_free(&w->tally);
  free(w->samples.list);
  arena_free(&w->memory);
}

/* ---- Samples ------------------------------------------------------------ */

/* The first documents by powers of two, and later ones here and there. */
static bool is_sample(uint32_t docid) {
  return (docid < SAMPLE_EVERY && (docid & (docid - 1)) == 0) ||
         docid % SAMPLE_EVERY == 0;
}

static bool add_sample(worker *w, const document *d, uint32_t docid) {
  document_samples *s = &w->samples;
  if (!w->all_samples && !is_sample(docid))
    return true;
  if (s->count == s->capacity) {
    size_t capacity = s->capacity ? s->capacity * 2 : 64;
    document_sample *list = realloc(s->list, capacity * sizeof *list);
    if (!list)
      return false;
    s->list = list;
    s->capacity = capacity;
  }
  s->list[s->count++] = (document_sample){docid, verify_hash(d)};
  return true;
}

/* ---- Documents ---------------------------------------------------------- */

static byline_status make(worker *w, const batch_item *item, document *d,
                          byline_error *error) {
  byline_article article = item->article;
  unsigned char digest[DIGEST_SIZE];
  char code[LANGUAGE_CODE_SIZE];
  arena_reset(&w->memory);
  byline_status status =
      language_claim(&w->languages, &w->memory, &article, error);
  if (status != BYLINE_OK)
    return status;
  const char *language = language_of_analysis(&w->languages, &article, code);
  if (!identity_digest(&article, language, digest))
    return error_no_memory(error);
  status = document_make(w->maker, &article, item->file, item->spellings,
                         language, digest, d, error);
  if (status == BYLINE_OK && !language_tally_add(&w->tally, language, 1))
    status = error_no_memory(error);
  return status;
}

byline_status worker_run(worker *w, batch *b, byline_error *error) {
  byline_status status = bulk_part_new(w->deflater, &b->part, error);
  if (status == BYLINE_OK) /* as word_counts_add does */
    bulk_part_count_words(b->part, word_counts_wants);
  for (size_t i = 0; status == BYLINE_OK && i < b->count; i++) {
    document d;
    uint32_t number = (uint32_t)i + 1;
    status = make(w, &b->items[i], &d, error);
    if (status == BYLINE_OK)
      status = bulk_part_add(b->part, &d, number, error);
    if (status == BYLINE_OK && !add_sample(w, &d, b->before + number))
      status = error_no_memory(error);
  }
  return status == BYLINE_OK ? bulk_part_pack(b->part, error) : status;
}
