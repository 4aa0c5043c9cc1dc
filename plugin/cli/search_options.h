/* What byline search is asked on its command line. */
#ifndef BYLINE_CLI_SEARCH_OPTIONS_H
#define BYLINE_CLI_SEARCH_OPTIONS_H

#include "cli/timeline.h"

enum { AUTHORS_MAX = 64, SNIPPETS_MAX = 100, PLUGINS_MAX = 16, JOBS_MAX = 256 };

typedef struct search_options {
  const command *command; /* search or similar */
  cli_databases databases;
  byline_search_request request;
  const char *authors[AUTHORS_MAX];
  cli_facets facets;
  timeline_period timeline;
  results_style style;
  cli_display display;
  bool count_only;
  const char *plugins[PLUGINS_MAX]; /* each context of a batch loads them */
  size_t plugin_count;
  const char *queries; /* the file of a batch; NULL: there is one query */
  size_t jobs;
} search_options;

/* Begin with this, and the command. */
#define SEARCH_OPTIONS_INIT                                                    \
  {                                                                            \
    .command = &command_search, .request = BYLINE_SEARCH_REQUEST_INIT,         \
    .style = {.by_score = true, .end = '\n'}, .jobs = 1                        \
  }

/* Whether it finds less than all articles without a query. */
bool search_is_narrowed(const byline_search_request *request);

/* Takes the options, and leaves optind at the words of the query. False when
 * they are wrong: that is said. */
bool search_options_read(search_options *o, byline_context *context, int argc,
                         char **argv);

/* Runs what was read and prints what it finds; the query, words of several
 * arguments, is that of the command line from optind on. */
int search_options_run(search_options *o, byline_context *context, int argc,
                       char **argv);

#endif
