/* Filters: terms that somebody else's code adds to those of a text. */
#ifndef BYLINE_ANALYZE_FILTERS_H
#define BYLINE_ANALYZE_FILTERS_H

#include <stdbool.h>

#include "byline/extend.h"

/* Those that a context knows. */
typedef struct filter_registry {
  const byline_filter **filters;
  size_t count;
} filter_registry;

void filter_registry_free(filter_registry *registry);
byline_status filter_registry_add(filter_registry *registry,
                                  const byline_filter *filter,
                                  byline_error *error);

/* Those that one analyzer uses, with their states, in order. */
typedef struct filter_use {
  const byline_filter *filter;
  void *state;
} filter_use;

typedef struct filter_chain {
  filter_use *uses;
  size_t count;
} filter_chain;

void filter_chain_free(filter_chain *chain);

/* Appends the filter that is specified by NAME or NAME=ARGUMENTS. */
byline_status filter_chain_add(filter_chain *chain,
                               const filter_registry *registry,
                               byline_string specified, byline_error *error);

#endif
