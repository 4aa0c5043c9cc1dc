/* Where finished documents go. The plain builder is xapian-core's own
 * add_document; a faster one can take its place. */
#ifndef BYLINE_INDEX_BUILDER_H
#define BYLINE_INDEX_BUILDER_H

#include "bulk/document.h"
#include "xapian_shim.h"

typedef struct builder builder;

struct builder {
  /* Adds a document, or puts it in the place of docid when that is not 0.
   * Nothing of it is kept after a failure, and the builder goes on working. */
  byline_status (*add)(builder *b, const document *d, uint32_t docid,
                       byline_error *error);
  /* Makes all that was added durable and visible; more may follow. */
  byline_status (*finish)(builder *b, byline_error *error);
  void (*free)(builder *b);
};

/* Documents go to writer, which stays the caller's and must outlive it. */
byline_status builder_for_writer(xap_writer *writer, builder **result,
                                 byline_error *error);

#endif
