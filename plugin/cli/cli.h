/* The byline command: one file a subcommand, one an output format. */
#ifndef BYLINE_CLI_CLI_H
#define BYLINE_CLI_CLI_H

#include <getopt.h>
#include <stdio.h>

#include "byline/extend.h"

/* Exit statuses. */
enum { EXIT_FOUND = 0, EXIT_NOTHING = 1, EXIT_ERROR = 2 };

typedef struct command {
  const char *name;
  const char *summary;
  const char *help; /* its whole help text */
  int (*run)(byline_context *context, int argc, char **argv);
} command;

extern const command command_index, command_read, command_search, command_show,
    command_similar, command_info, command_export, command_analyze,
    command_compact, command_check, command_synonyms, command_web,
    command_complete;

/* All of them; NULL behind the last. */
extern const command *const cli_commands[];
const command *cli_find_command(const char *name);

/* "byline: MESSAGE" on stderr; returns EXIT_ERROR. */
int cli_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
int cli_fail_error(const byline_error *error);

/* The next option of a command, -1 at the end. --help prints the command's
 * help and exits; an unknown option is reported and '?' returned. Every
 * command's long options end with CLI_HELP_OPTION. */
enum { CLI_OPTION_HELP = 1000 };
#define CLI_HELP_OPTION                                                        \
  { "help", no_argument, NULL, CLI_OPTION_HELP }
int cli_option(const command *c, int argc, char **argv,
               const struct option *options);

/* "byline search: MESSAGE; see 'byline help search'"; returns EXIT_ERROR. */
int cli_usage(const command *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A number that is an option's value; false and a message when it is none. */
bool cli_number(const command *c, const char *option, const char *text,
                size_t most, size_t *number);

/* A text that is an option's value; false and a message when it is empty:
 * that is a mistake in a script, not a wish for everything. */
bool cli_text(const command *c, const char *option, const char *value,
              const char **text);

/* Seconds that are an option's value, with a fraction perhaps; false and a
 * message when they are none. */
bool cli_seconds(const command *c, const char *option, const char *value,
                 uint32_t *milliseconds);

/* "64M": a number, and K, M, G or T for so many times 1024. False when it is
 * none, or more than most. */
bool cli_size(const char *text, uint64_t most, uint64_t *bytes);

/* "text" or "json"; false and a message when it is neither. */
bool cli_format(const command *c, const char *name, bool *json);

/* Loads a plugin; false and a message when that fails. */
bool cli_plugin(byline_context *context, const char *path);

/* What --filter named, in order. */
enum { FILTERS_MAX = 16 };
typedef struct cli_filters {
  const char *list[FILTERS_MAX];
  size_t count;
} cli_filters;
bool cli_add_filter(const command *c, cli_filters *f, const char *filter);

/* The databases named by --db, else BYLINE_DB, else ./byline.db. */
typedef struct cli_databases {
  const char **paths; /* as many as there are; freed when the program ends */
  size_t count, capacity;
  uint32_t timeout_ms; /* of servers; 0: as the library has it */
  bool partial;        /* go on without those that are away */
} cli_databases;
#define CLI_DATABASES_INIT                                                     \
  { NULL, 0, 0, 0, false }
bool cli_add_database(cli_databases *d, const char *path);
bool cli_default_database(cli_databases *d);
/* The value of --timeout. */
bool cli_timeout(const command *c, const char *value, cli_databases *d);
/* Opens them; on failure prints why and returns NULL. */
byline_database *cli_open(byline_context *context, cli_databases *d);

/* Says on stderr which databases are away. */
void cli_tell_absences(const byline_absence *absences, size_t count);

/* The bytes of the control character (C0, DEL or C1) that text begins with; 0
 * when it begins with none. */
size_t cli_control(const char *text, size_t length);
/* The bytes of the character that text begins with. Harmful is what must not
 * reach a terminal: controls, what turns the direction of writing, and bytes
 * that are no UTF-8, which some take for C1. */
size_t cli_character(const char *text, size_t length, bool *harmful);

/* One line on stderr for a notice of byline_read. */
void cli_notice(void *user, const byline_notice *notice);

/* What a command returns when json_print_... failed. */
int cli_not_printed(const char *what);

/* Flushes stdout: false when what was printed could not be written, unless that
 * is because a pager has ended, which is nobody's error. */
bool cli_written(void);

/* Flushes stdout and waits for the pager; EXIT_ERROR when what was printed
 * could not be written, and why, unless it is a pipe that nobody reads any
 * more. */
int cli_finish(int status);

/* "1 file" or "2 files", say: the word that fits a number. */
const char *cli_plural(size_t count, const char *one, const char *many);

/* ---- progress.c -------------------------------------------------------- */

typedef struct cli_progress {
  bool shown; /* stderr is a terminal */
  double counted, start, last;
  uint64_t total; /* bytes on the disk; 0: not known */
  uint64_t done;
  double rate; /* bytes a second */
} cli_progress;

void cli_progress_start(cli_progress *p);
/* While the files are counted, and when they are. */
void cli_progress_counting(cli_progress *p, size_t files);
void cli_progress_total(cli_progress *p, uint64_t bytes);
/* One line, every now and then. */
void cli_progress_show(cli_progress *p, const byline_index_stats *stats);
void cli_progress_wipe(const cli_progress *p);

/* The language that a text was found to be in. */
typedef struct cli_language {
  char code[8]; /* "": unknown */
  double confidence;
} cli_language;

/* ---- json.c ------------------------------------------------------------ */

/* Each prints one value; false when memory runs out or writing fails. */
bool json_print_article(const byline_article *article, bool pretty);
bool json_print_info(const byline_info *info);

typedef struct json_tokens json_tokens;
json_tokens *json_tokens_new(void);
bool json_tokens_add(json_tokens *tokens, const byline_token *token);
/* Prints {"tokens":[...]}, with the language that was found before, if any. */
bool json_tokens_print(json_tokens *tokens, const cli_language *found);
void json_tokens_free(json_tokens *tokens);
/* {"query":...,"analyzed":...} */
bool json_print_query(byline_string text, byline_string query);

/* ---- text.c ------------------------------------------------------------ */

/* As it is, since programs may read it, but harmless on a terminal; false when
 * writing fails. */
bool text_print(byline_string text);
void text_print_info(const byline_info *info);
/* "12  title  +7  short +1, behind a footer +4: Some title" */
void text_print_explanation(const byline_explanation *explanation);
void text_print_token(const byline_token *token);

#endif
