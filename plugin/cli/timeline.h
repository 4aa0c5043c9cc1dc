/* --timeline: how many of the articles found are of each month or year. */
#ifndef BYLINE_CLI_TIMELINE_H
#define BYLINE_CLI_TIMELINE_H

#include "cli/facets.h"
#include "cli/results.h"

typedef enum timeline_period {
  TIMELINE_NONE,
  TIMELINE_AUTO, /* months if there are few enough */
  TIMELINE_YEAR,
  TIMELINE_MONTH
} timeline_period;

/* The value of the option; NULL: it has none. False and a message when it is
 * wrong. */
bool timeline_named(const command *c, const char *value,
                    timeline_period *period);

/* Asks for what is needed, behind the facets that are asked for already. */
void timeline_ask(cli_facets *f);

/* Prints what was found then: as text a chart, and the facets below it; as JSON
 * the object with the facet of the periods, in their order. */
bool timeline_print(const results_style *style, timeline_period period,
                    const byline_results *results);

#endif
