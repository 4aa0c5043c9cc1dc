/* Reading behind one table, so that all of it can lie in a shared object of its
 * own, which is loaded when reading begins: to load the libraries that it
 * needs takes longer than a search. */
#ifndef BYLINE_READ_LIBRARY_H
#define BYLINE_READ_LIBRARY_H

#include "read/reader.h"

/* Changes with the table, and with what passes through it: read_events,
 * byline_input. */
enum { READ_LIBRARY_VERSION = 2 };

typedef struct read_library {
  uint32_t version;    /* READ_LIBRARY_VERSION, */
  const char *release; /* and byline_version() */
  reader_registry *(*registry_new)(void);
  void (*registry_free)(reader_registry *registry);
  byline_status (*registry_add)(reader_registry *registry,
                                const byline_reader *reader,
                                byline_error *error);
  byline_status (*paths)(const reader_registry *registry,
                         const char *const *paths, size_t count,
                         const byline_read_options *options,
                         const read_events *events, byline_read_stats *stats,
                         byline_error *error);
} read_library;

/* Never NULL. The name is that of all there is to find in the shared object. */
#define READ_LIBRARY_SYMBOL "byline_read_library"
BYLINE_API const read_library *byline_read_library(void);

#endif
