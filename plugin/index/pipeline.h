/* Batches through threads into a builder: each is made a part by whichever
 * thread is free, and they are taken in their order. */
#ifndef BYLINE_INDEX_PIPELINE_H
#define BYLINE_INDEX_PIPELINE_H

#include "bulk/bulk.h"
#include "index/worker.h"

typedef struct pipeline pipeline;

/* threads: of which the caller's is one. into is borrowed for the pipeline's
 * life. Errors: BYLINE_INVALID (no such language), BYLINE_NO_MEMORY. */
byline_status pipeline_new(bulk_builder *into, unsigned threads,
                           const worker_options *options, pipeline **result,
                           byline_error *error);
/* Waits for the threads to end. NULL is allowed. */
void pipeline_free(pipeline *p);

/* An empty batch; NULL when memory runs out. */
batch *pipeline_batch(pipeline *p);

/* From now on, the builder keeps so many bytes of lists. */
void pipeline_set_memory(pipeline *p, size_t memory);

/* Takes a batch, which is the pipeline's in any case. Works on batches itself
 * while there are too many. A failure may be that of an earlier one. */
byline_status pipeline_put(pipeline *p, batch *b, byline_error *error);

/* The same for an article alone that may fail, which is known on return. fatal:
 * it was not the article's fault. */
byline_status pipeline_try(pipeline *p, batch *b, bool *fatal,
                           byline_error *error);

/* Until all batches are in the builder. */
byline_status pipeline_wait(pipeline *p, byline_error *error);

/* After that: what all workers have gathered. False when memory runs out. */
bool pipeline_languages(pipeline *p, language_tally *all);
bool pipeline_samples(pipeline *p, document_samples *all);

#endif
