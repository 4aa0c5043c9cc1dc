#include "cli/screen.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { USUAL_WIDTH = 80, LEAST_WIDTH = 20 };

bool cli_set_colour(const command *c, cli_display *display, const char *value) {
  static const char *const names[] = {"auto", "always", "never"};
  for (int i = 0; i < 3; i++)
    if (strcmp(value, names[i]) == 0) {
      display->colour = (cli_when)i;
      return true;
    }
  cli_usage(c, "--color is auto, always or never, not '%s'", value);
  return false;
}

static bool knows_sequences(void) {
  const char *name = getenv("TERM");
  return name && *name && strcmp(name, "dumb") != 0;
}

static size_t find_width(void) {
  struct winsize size;
  size_t width = 0;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
    width = size.ws_col;
  const char *columns = getenv("COLUMNS");
  if (width == 0 && columns && *columns >= '0' && *columns <= '9')
    width = strtoul(columns, NULL, 10);
  if (width == 0)
    return USUAL_WIDTH;
  return width < LEAST_WIDTH ? LEAST_WIDTH : width;
}

cli_screen cli_screen_open(const cli_display *display) {
  cli_screen screen = {.terminal = isatty(STDOUT_FILENO) != 0};
  const char *none = getenv("NO_COLOR");
  screen.colour = display->colour == WHEN_ALWAYS ||
                  (display->colour == WHEN_AUTO && screen.terminal &&
                   !(none && *none) && knows_sequences());
  if (!screen.terminal)
    return screen;
  screen.width = find_width();
  if (!display->no_pager && knows_sequences())
    cli_pager_start();
  return screen;
}
