/* The options that say how files are read, of index and read. */
#ifndef BYLINE_CLI_READ_OPTIONS_H
#define BYLINE_CLI_READ_OPTIONS_H

#include "cli/cli.h"

/* Of --format each command says in its own help which it takes. */
#define READ_OPTIONS_HELP                                                      \
  "  --date-order ORDER\n"                                                     \
  "                    dmy, mdy or ymd: what 03/04/2020 is, whatever the\n"    \
  "                    file's other dates say\n"                               \
  "  --charset NAME    the files' character set, such as windows-1252;\n"      \
  "                    auto (the default): by content\n"                       \
  "  --layout FILE     what lines are in plain texts, as a profile teaches\n"  \
  "                    it (the default: PATH.byline, or the .byline in its\n"  \
  "                    folder or above)\n"                                     \
  "  --max NAME=NUMBER how much of a file is taken: article, field or line\n"  \
  "                    (bytes, as 64K or 10M), articles, nesting, memory,\n"   \
  "                    unpacked, ratio or members; several times for\n"        \
  "                    several. byline-formats(5) has the defaults\n"

enum {
  READ_FORMAT = 500,
  READ_DATE_ORDER,
  READ_CHARSET,
  READ_LAYOUT,
  READ_MAX
};

/* Rows of a table of options. */
#define READ_OPTION(name, option)                                              \
  { name, required_argument, NULL, option }
#define READ_OPTIONS                                                           \
  READ_OPTION("format", READ_FORMAT),                                          \
      READ_OPTION("date-order", READ_DATE_ORDER),                              \
      READ_OPTION("charset", READ_CHARSET),                                    \
      READ_OPTION("layout", READ_LAYOUT), READ_OPTION("max", READ_MAX)

/* Takes an option if it is one of these; false and a message where its value is
 * wrong. */
bool read_option_take(const command *c, int option, byline_read_options *o);

#endif
