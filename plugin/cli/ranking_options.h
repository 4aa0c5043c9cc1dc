/* The options that say how matches are weighed. */
#ifndef BYLINE_CLI_RANKING_OPTIONS_H
#define BYLINE_CLI_RANKING_OPTIONS_H

#include "cli/cli.h"

/* "bm25", "bm25:1.2,0.75", "lm"; false and a message for anything else. */
bool ranking_option_weight(const command *c, const char *value,
                           byline_search_request *request);

/* A number of days above 0; false and a message for anything else. */
bool ranking_option_recency(const command *c, const char *value,
                            byline_search_request *request);

#endif
