/* Searching for many queries at once. */
#ifndef BYLINE_CLI_BATCH_H
#define BYLINE_CLI_BATCH_H

#include "cli/search_options.h"

/* Prints the results of the queries of o->queries in their order, by o->jobs
 * threads; returns the exit status. */
int batch_run(byline_context *context, search_options *o);

#endif
