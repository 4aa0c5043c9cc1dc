/* A database's metadata, also of one that is still being built. */
#ifndef BYLINE_INDEX_METADATA_H
#define BYLINE_INDEX_METADATA_H

#include "base/buf.h"
#include "index/string_map.h"
#include "xapian_shim.h"

typedef struct metadata metadata;

struct metadata {
  /* Appends the value of key, which is nothing where there is none. */
  byline_status (*get)(metadata *m, byline_string key, buf *value,
                       byline_error *error);
  /* An empty value takes the key away. */
  byline_status (*set)(metadata *m, byline_string key, byline_string value,
                       byline_error *error);
};

typedef struct writer_metadata {
  metadata methods; /* first */
  xap_writer *writer;
} writer_metadata;

/* writer stays the caller's and must outlive it. */
writer_metadata metadata_of_writer(xap_writer *writer);

typedef struct memory_metadata {
  metadata methods;  /* first */
  string_map values; /* an empty one: there is none */
} memory_metadata;

memory_metadata metadata_in_memory(void);
void memory_metadata_free(memory_metadata *m);

#endif
