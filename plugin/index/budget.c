#include "index/budget.h"

#include <unistd.h>

enum {
  THREADS_MAX = 64,
  THREADS_USUAL = 8, /* at most, unless more are asked for */
  BATCH_MIN = 64 << 10,
  BATCH_FIRST = 1 << 20,
  BATCH_MAX = 8 << 20,
  BATCH_SHARE = 16, /* of all that was read before */
  /* Bytes of memory for one of text in a batch: its copy, its lists, and what
   * they are packed to. */
  BATCH_COST = 6
};

static const uint64_t MEMORY_USUAL = UINT64_C(1) << 30; /* at most */

static unsigned choose_threads(const byline_index_options *o) {
  /* Filters belong to one thread. */
  if (o->filter_count > 0)
    return 1;
  if (o->threads > 0)
    return o->threads < THREADS_MAX ? o->threads : THREADS_MAX;
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  if (online < 1)
    return 1;
  return online < THREADS_USUAL ? (unsigned)online : THREADS_USUAL;
}

static uint64_t choose_memory(const byline_index_options *o) {
  if (o->memory > 0)
    return o->memory;
  long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  uint64_t all = pages > 0 && size > 0 ? (uint64_t)pages * (uint64_t)size : 0;
  return all > 0 && all / 4 < MEMORY_USUAL ? all / 4 : MEMORY_USUAL;
}

budget budget_for(const byline_index_options *options) {
  unsigned threads = choose_threads(options);
  uint64_t memory = choose_memory(options);
  /* Half for what is on its way: see pipeline.c for how many batches are. */
  uint64_t batches = threads == 1 ? 2 : 2 * (uint64_t)threads;
  uint64_t batch = memory / 2 / batches / BATCH_COST;
  if (batch > BATCH_MAX)
    batch = BATCH_MAX;
  if (batch < BATCH_MIN)
    batch = BATCH_MIN;
  uint64_t way = batch * BATCH_COST * batches;
  uint64_t lists = memory > 2 * way ? memory - way : memory / 2;
  lists -= memory / 4; /* what is freed leaves holes */
  return (budget){threads, (size_t)lists, (size_t)batch};
}

void budget_share(byline_index_options *options, size_t parts) {
  unsigned threads = choose_threads(options) / (unsigned)parts;
  options->threads = threads > 0 ? threads : 1;
  options->memory = choose_memory(options) / parts;
  if (options->memory == 0)
    options->memory = 1;
}

size_t budget_lists(const budget *b, size_t tables) {
  size_t least = b->lists / 8;
  return tables < b->lists - least ? b->lists - tables : least;
}

size_t budget_batch(const budget *b, uint64_t bytes) {
  uint64_t size = bytes / BATCH_SHARE;
  if (size < BATCH_FIRST)
    size = BATCH_FIRST;
  return size < b->batch ? (size_t)size : b->batch;
}
