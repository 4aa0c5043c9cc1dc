/* The filters that a database keeps to. */
#ifndef BYLINE_INDEX_FILTERING_H
#define BYLINE_INDEX_FILTERING_H

#include "analyze/filters.h"
#include "index/metadata.h"

/* Appends those that are specified. BYLINE_INVALID also for what can't be kept.
 */
byline_status filtering_add(filter_chain *chain,
                            const filter_registry *registry,
                            const char *const *filters, size_t count,
                            byline_error *error);

/* For a writer: those of filters, which chain has already, become the
 * database's if it has no articles, and must be its own if it has. When count
 * is 0, chain gets the database's. path is for messages. */
byline_status filtering_settle(xap_writer *writer, const char *path,
                               const filter_registry *registry,
                               const char *const *filters, size_t count,
                               filter_chain *chain, byline_error *error);

/* The same for a database that is being built. */
byline_status filtering_record(metadata *m, const char *const *filters,
                               size_t count, byline_error *error);

/* For a reader: those of the database that are registered and can be made. */
byline_status filtering_known(const xap_database *database,
                              const filter_registry *registry,
                              filter_chain *chain, byline_error *error);

#endif
