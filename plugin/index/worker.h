/* What one thread needs to make documents of articles. */
#ifndef BYLINE_INDEX_WORKER_H
#define BYLINE_INDEX_WORKER_H

#include "index/batch.h"
#include "index/choose_language.h"
#include "index/document.h"

/* How many articles were analyzed in each language. */
typedef struct language_tally {
  struct language_count {
    char *language;
    uint32_t count;
  } * languages;
  size_t count;
} language_tally;

void language_tally_free(language_tally *t);
/* False when memory runs out. */
bool language_tally_add(language_tally *t, const char *language,
                        uint32_t count);

/* What a document is to look like when it is read again. */
typedef struct document_sample {
  uint32_t docid;
  uint64_t hash; /* verify_hash */
} document_sample;

typedef struct document_samples {
  document_sample *list;
  size_t count, capacity;
} document_samples;

typedef struct worker_options {
  const char *language; /* as byline_index_options has it */
  bool ngrams;
  const filter_chain *filters; /* there is one worker only if they are any */
  int compression;
  bool all_samples;
} worker_options;

typedef struct worker {
  document_maker *maker;
  deflater *deflater;
  language_chooser languages;
  language_tally tally;
  document_samples samples;
  arena memory; /* for one article */
  bool all_samples;
} worker;

byline_status worker_init(worker *w, const worker_options *options,
                          byline_error *error);
void worker_free(worker *w);

/* Makes the batch's part. A failure is of the whole batch: articles that can
 * fail by themselves must not be in it. */
byline_status worker_run(worker *w, batch *b, byline_error *error);

#endif
