/* byline index --watch. */
#ifndef BYLINE_CLI_WATCH_H
#define BYLINE_CLI_WATCH_H

#include "cli/cli.h"

typedef struct watch_choice {
  bool wanted;
  uint32_t delay_ms, recheck_ms; /* 0: as the library has them */
} watch_choice;

/* Until a signal ends it; returns an exit status. quiet: no line a batch. */
int cli_watch(byline_context *context, const char *database,
              const char *const *paths, size_t count,
              const byline_index_options *options, const watch_choice *choice,
              bool quiet);

#endif
