/* --facet, and what it prints. */
#ifndef BYLINE_CLI_FACETS_H
#define BYLINE_CLI_FACETS_H

#include "cli/screen.h"

enum { FACETS_MAX = 6 }; /* each field once */

typedef struct cli_facets {
  byline_facet_request list[FACETS_MAX + 2]; /* those of --timeline besides */
  size_t count;
} cli_facets;

/* "author", "year", ...; static. */
const char *facet_name(byline_facet_field field);

/* Takes "NAME[:N],..."; a field that is there already gets the new N. False
 * and a message when it is wrong. */
bool facets_add(const command *c, cli_facets *f, const char *value);

/* Each field with its values below, the counts aligned; false when memory runs
 * out. */
bool facets_print(const cli_screen *screen, const byline_results *results);

#endif
