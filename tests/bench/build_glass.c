/* build_glass STREAM FOLDER: a database of ready documents by the builder of
 * plugin/bulk alone. Prints seconds of the processor: for inverting the
 * documents, which includes deflating what the termlist and docdata tables get;
 * for sorting and packing the lists of a part; and for writing the tables. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "bulk/bulk.h"
#include "stream.h"

static const size_t PART = 64 << 20; /* bytes of a part, before it is packed */

static byline_error error;

static void check(byline_status status) {
  if (status == BYLINE_OK)
    return;
  fprintf(stderr, "build_glass: %s\n", error.message);
  exit(1);
}

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Fills a part; false where there are no more documents. */
static bool fill(bulk_part *part, stream *s) {
  document d;
  for (uint32_t docid = 1; bulk_part_memory(part) < PART; docid++) {
    if (!stream_next(s, &d))
      return false;
    check(bulk_part_add(part, &d, docid, &error));
  }
  return true;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: build_glass STREAM FOLDER\n");
    return 2;
  }
  const bulk_options options = {.block_size = TABLE_BLOCK_SIZE,
                                .compression = DEFLATER_LEVEL,
                                .memory = (size_t)1 << 30,
                                .threads = 1};
  stream s;
  deflater *d;
  bulk_builder *builder;
  uint32_t base = 0;
  double inverting = 0, packing = 0, writing = 0;
  stream_open(&s, argv[1]);
  check(deflater_new(options.compression, &d, &error));
  check(bulk_new(argv[2], &options, &builder, &error));
  for (bool more = true; more;) {
    bulk_part *part;
    double start = seconds();
    check(bulk_part_new(d, &part, &error));
    more = fill(part, &s);
    double filled = seconds();
    check(bulk_part_pack(part, &error));
    double packed = seconds();
    uint32_t count = (uint32_t)bulk_part_documents(part);
    check(bulk_take(builder, part, base, &error));
    base += count;
    inverting += filled - start;
    packing += packed - filled;
    writing += seconds() - packed;
  }
  double start = seconds();
  check(bulk_finish(builder, &error));
  writing += seconds() - start;
  printf("%.4f %.4f %.4f\n", inverting, packing, writing);
  bulk_free(builder);
  deflater_free(d);
  stream_close(&s);
  return 0;
}
