/* The readers of a context. */
#ifndef BYLINE_READ_REGISTRY_H
#define BYLINE_READ_REGISTRY_H

#include "base/buf.h"
#include "read/reader.h"

/* The reader that is surest of a file; NULL when none knows it. */
const byline_reader *registry_choose(const reader_registry *registry,
                                     const char *head, size_t length,
                                     bool whole, const char *path);

/* Appends the names, "a, b"; false when memory runs out. */
bool registry_names(const reader_registry *registry, buf *out);

#endif
