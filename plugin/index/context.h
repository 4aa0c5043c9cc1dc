/* The inside of byline_context. */
#ifndef BYLINE_INDEX_CONTEXT_H
#define BYLINE_INDEX_CONTEXT_H

#include "byline/byline.h"
#include "read/reader.h"

struct byline_context {
  reader_registry *readers;
  char versions[96];
};

#endif
