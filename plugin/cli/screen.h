/* What text for people is written to: a terminal, its pager, or a file. */
#ifndef BYLINE_CLI_SCREEN_H
#define BYLINE_CLI_SCREEN_H

#include "cli/cli.h"

typedef enum cli_when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER } cli_when;

/* What --color and --no-pager say. */
typedef struct cli_display {
  cli_when colour;
  bool no_pager;
} cli_display;
#define CLI_DISPLAY_INIT                                                       \
  { WHEN_AUTO, false }

/* The value of --color; false and a message when it is none. */
bool cli_set_colour(const command *c, cli_display *display, const char *value);

typedef struct cli_screen {
  bool terminal; /* or its pager */
  bool colour;
  size_t width; /* columns; 0: lines are not wrapped */
} cli_screen;

/* Looks at standard output, and on a terminal starts the pager, which
 * cli_finish waits for: call it when there is something to show. */
cli_screen cli_screen_open(const cli_display *display);

/* ---- pager.c ----------------------------------------------------------- */

/* Sends standard output, and standard error if that is a terminal too, to the
 * pager that the environment names. Nothing changes where it names none. */
void cli_pager_start(void);
/* Whether it has ended before it had all of the output. */
bool cli_pager_gone(void);
/* Ends standard output, gives standard error back and waits until the pager
 * has ended. */
void cli_pager_finish(void);

#endif
