/* Tokens on their way through filters to who wants them. */
#ifndef BYLINE_ANALYZE_FILTERED_H
#define BYLINE_ANALYZE_FILTERED_H

#include "analyze/state.h"

typedef struct filtered {
  analyzer *a; /* it has filters */
  byline_token_fn sink;
  void *user;
  byline_error *error;
} filtered;

/* A byline_token_fn; user is a filtered. */
int filtered_token(void *user, const byline_token *token);

#endif
