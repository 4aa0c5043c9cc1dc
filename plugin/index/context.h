/* The inside of byline_context. */
#ifndef BYLINE_INDEX_CONTEXT_H
#define BYLINE_INDEX_CONTEXT_H

#include "analyze/filters.h"
#include "byline/byline.h"
#include "read/reader.h"

struct byline_context {
  reader_registry *readers;
  filter_registry filters;
  void **plugins; /* what dlopen gave; closed last */
  size_t plugin_count;
  char versions[96];
};

/* Nothing that they registered may be used after that. */
void context_close_plugins(byline_context *context);

#endif
