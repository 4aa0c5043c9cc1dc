/* The options of a command, as its help text lists them: the one place where
 * they are told. */
#ifndef BYLINE_CLI_HELP_OPTIONS_H
#define BYLINE_CLI_HELP_OPTIONS_H

#include "cli/cli.h"

typedef struct help_option {
  byline_string name; /* without dashes; all of them are parts of the help */
  byline_string
      value;        /* what its value is called, "FILE"; empty: it has none */
  char summary[64]; /* what it does, cut short */
} help_option;

/* Finds the next option, from *help on, which moves behind it; false when there
 * is no more. */
bool help_option_next(const char **help, help_option *option);
/* The one with this name. */
bool help_option_find(const command *c, byline_string name,
                      help_option *option);

#endif
