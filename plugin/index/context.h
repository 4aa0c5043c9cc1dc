/* The inside of byline_context. */
#ifndef BYLINE_INDEX_CONTEXT_H
#define BYLINE_INDEX_CONTEXT_H

#include "analyze/filters.h"
#include "byline/byline.h"
#include "read/library.h"

struct byline_context {
  const read_library *reading; /* NULL before context_reading, as are */
  reader_registry *readers;
  filter_registry filters;
  void **plugins; /* what dlopen gave; closed last */
  size_t plugin_count;
  char versions[96];
};

/* Makes sure that reading and readers are there. Errors: as
 * reading_library_find has them; BYLINE_NO_MEMORY. */
byline_status context_reading(byline_context *context, byline_error *error);

/* Nothing that they registered may be used after that. */
void context_close_plugins(byline_context *context);

#endif
