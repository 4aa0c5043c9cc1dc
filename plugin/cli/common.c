/* What all commands share. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/screen.h"
#include "cli/width.h"

size_t cli_control(const char *text, size_t length) {
  unsigned char c = (unsigned char)text[0];
  if (c < 0x20 || c == 0x7F)
    return 1;
  bool c1 = length > 1 && c == 0xC2 && (unsigned char)text[1] >= 0x80 &&
            (unsigned char)text[1] < 0xA0;
  return c1 ? 2 : 0;
}

size_t cli_character(const char *text, size_t length, bool *harmful) {
  size_t control = cli_control(text, length), end = 0;
  *harmful = control > 0;
  if (control > 0)
    return control;
  int32_t c = cli_next_character(text, length, &end);
  *harmful = c < 0 || cli_turns_direction(c);
  return end;
}

/* Names of files and words of queries come from strangers. */
static void make_harmless(char *line) {
  size_t length = strlen(line), size;
  for (size_t at = 0; at < length; at += size) {
    bool harmful;
    size = cli_character(line + at, length - at, &harmful);
    if (harmful)
      memset(line + at, '?', size);
  }
}

/* One line, in one piece: others write to stderr as well. It may be of any
 * length; where there is no memory for it, it is cut. */
static void print_error(const char *head, const char *format, va_list arguments,
                        const char *tail) {
  char fixed[2048], *line = fixed;
  va_list again;
  va_copy(again, arguments);
  int length = vsnprintf(fixed, sizeof fixed, format, arguments);
  if (length >= (int)sizeof fixed && (line = malloc((size_t)length + 1)))
    vsnprintf(line, (size_t)length + 1, format, again);
  va_end(again);
  line = line ? line : fixed;
  make_harmless(line);
  fflush(stdout);
  fprintf(stderr, "%s%s%s\n", head, line, tail);
  if (line != fixed)
    free(line);
}

int cli_fail(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  print_error("byline: ", format, arguments, "");
  va_end(arguments);
  return EXIT_ERROR;
}

int cli_fail_error(const byline_error *error) {
  return cli_fail("%s", error->message);
}

int cli_usage(const command *c, const char *format, ...) {
  char head[64], tail[64];
  snprintf(head, sizeof head, "byline %s: ", c->name);
  snprintf(tail, sizeof tail, "; see 'byline help %s'", c->name);
  va_list arguments;
  va_start(arguments, format);
  print_error(head, format, arguments, tail);
  va_end(arguments);
  return EXIT_ERROR;
}

static const char *long_name(const struct option *options, int value) {
  for (; options->name; options++)
    if (options->val == value)
      return options->name;
  return NULL;
}

/* Says what is wrong with a long option that getopt does not take: it may
 * begin as several do. */
static void refuse_long(const command *c, const char *word,
                        const struct option *options) {
  size_t length = strcspn(word, "=");
  char fits[256] = "";
  size_t n = 0, count = 0;
  for (; options->name && n < sizeof fits; options++)
    if (length > 2 && strncmp(options->name, word + 2, length - 2) == 0) {
      int added = snprintf(fits + n, sizeof fits - n, "%s--%s",
                           count > 0 ? ", " : "", options->name);
      n += added > 0 ? (size_t)added : 0;
      count++;
    }
  if (count > 1)
    cli_usage(c, "'%.*s' may be any of %s", (int)length, word, fits);
  else
    cli_usage(c, "unknown option '%s'", word);
}

static void refuse_letter(const command *c, int letter) {
  bool printable = letter > ' ' && letter < 0x7F;
  cli_usage(c, "unknown option '-%c'%s", printable ? letter : '?',
            c == &command_search ? "; words that begin with a dash go behind --"
                                 : "");
}

int cli_option(const command *c, int argc, char **argv,
               const struct option *options) {
  opterr = 0;
  const char *letters = c == &command_search ? ":h0" : ":h";
  int option = getopt_long(argc, argv, letters, options, NULL);
  const char *last = argv[optind - 1];
  /* In a word like -harbour, getopt does not go on to the next word. */
  if ((option == 'h' && strcmp(last, "-h") != 0) ||
      (option == '0' && strcmp(last, "-0") != 0 &&
       strncmp(last, "--n", 3) != 0)) {
    refuse_letter(c, option);
    return '?';
  }
  if (option == CLI_OPTION_HELP || option == 'h') {
    fputs(c->help, stdout);
    exit(cli_finish(EXIT_FOUND));
  }
  if (option == ':') {
    const char *name = long_name(options, optopt);
    cli_usage(c, "--%s needs a value", name ? name : "option");
    return '?';
  }
  if (option == '?') {
    const char *name = optopt ? long_name(options, optopt) : NULL;
    if (name)
      cli_usage(c, "--%s takes no value", name);
    else if (optopt)
      refuse_letter(c, optopt);
    else
      refuse_long(c, argv[optind - 1], options);
  }
  return option;
}

bool cli_number(const command *c, const char *option, const char *text,
                size_t most, size_t *number) {
  char *end;
  errno = 0;
  unsigned long long value = strtoull(text, &end, 10);
  if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 ||
      value > most) {
    cli_usage(c, "--%s takes a number from 0 to %zu, not '%s'", option, most,
              text);
    return false;
  }
  *number = (size_t)value;
  return true;
}

bool cli_text(const command *c, const char *option, const char *value,
              const char **text) {
  *text = value;
  if (*value)
    return true;
  cli_usage(c, "--%s is empty", option);
  return false;
}

bool cli_format(const command *c, const char *name, bool *json) {
  *json = strcmp(name, "json") == 0;
  if (*json || strcmp(name, "text") == 0)
    return true;
  cli_usage(c, "--format is text or json, not '%s'", name);
  return false;
}

bool cli_plugin(byline_context *context, const char *path) {
  byline_error error;
  if (byline_plugin_load(context, path, &error) == BYLINE_OK)
    return true;
  cli_fail_error(&error);
  return false;
}

bool cli_add_filter(const command *c, cli_filters *f, const char *filter) {
  const char *text;
  if (!cli_text(c, "filter", filter, &text))
    return false;
  if (f->count == FILTERS_MAX) {
    cli_usage(c, "at most %d filters", FILTERS_MAX);
    return false;
  }
  f->list[f->count++] = text;
  return true;
}

/* A program has one list of databases, which lives as long as it does. */
static const char **database_paths;

bool cli_add_database(cli_databases *d, const char *path) {
  if (d->count == d->capacity) {
    size_t capacity = d->capacity ? d->capacity * 2 : 16;
    const char **paths = realloc(database_paths, capacity * sizeof *paths);
    if (!paths) {
      cli_fail("out of memory");
      return false;
    }
    d->paths = database_paths = paths;
    d->capacity = capacity;
  }
  d->paths[d->count++] = path;
  return true;
}

bool cli_default_database(cli_databases *d) {
  if (d->count > 0)
    return true;
  const char *path = getenv("BYLINE_DB");
  return cli_add_database(d, path && *path ? path : "byline.db");
}

/* Digits with a point among them, before or behind them perhaps: strtod knows
 * more. */
static bool is_decimal(const char *text) {
  static const char digits[] = "0123456789";
  size_t whole = strspn(text, digits);
  text += whole;
  size_t fraction = *text == '.' ? strspn(++text, digits) : 0;
  return whole + fraction > 0 && text[fraction] == '\0';
}

bool cli_seconds(const command *c, const char *option, const char *value,
                 uint32_t *milliseconds) {
  enum { SECONDS_MAX = 86400 };
  double seconds = is_decimal(value) ? strtod(value, NULL) : 0;
  if (seconds < 0.001 || seconds > SECONDS_MAX) {
    cli_usage(c, "--%s takes seconds, from 0.001 to %d, not '%s'", option,
              SECONDS_MAX, value);
    return false;
  }
  *milliseconds = (uint32_t)(seconds * 1000);
  return true;
}

bool cli_timeout(const command *c, const char *value, cli_databases *d) {
  return cli_seconds(c, "timeout", value, &d->timeout_ms);
}

byline_database *cli_open(byline_context *context, cli_databases *d) {
  byline_database *database = NULL;
  byline_open_options options = BYLINE_OPEN_OPTIONS_INIT;
  byline_error error;
  options.timeout_ms = d->timeout_ms;
  options.partial = d->partial;
  if (!cli_default_database(d))
    return NULL;
  if (byline_database_open_with(context, d->paths, d->count, &options,
                                &database, &error) != BYLINE_OK) {
    cli_fail_error(&error);
    return NULL;
  }
  return database;
}

void cli_tell_absences(const byline_absence *absences, size_t count) {
  for (size_t i = 0; i < count; i++)
    cli_fail("not searched: %.*s", (int)absences[i].reason.length,
             absences[i].reason.data);
}

void cli_notice(void *user, const byline_notice *notice) {
  (void)user;
  static const char *const kinds[] = {"skipped: ", "", "repaired: ", "", ""};
  const char *kind = kinds[notice->kind];
  if (isatty(STDERR_FILENO))
    fputs("\r\033[K", stderr); /* over the progress line */
  if (notice->line > 0)
    cli_fail("%s:%zu: %s%s", notice->path, notice->line, kind, notice->message);
  else
    cli_fail("%s: %s%s", notice->path, kind, notice->message);
}

const char *cli_plural(size_t count, const char *one, const char *many) {
  return count == 1 ? one : many;
}

int cli_not_printed(const char *what) {
  if (ferror(stdout))
    return EXIT_ERROR; /* cli_finish says why */
  return cli_fail("cannot print %s: out of memory", what);
}

bool cli_written(void) {
  return (fflush(stdout) == 0 && !ferror(stdout)) || cli_pager_gone();
}

int cli_finish(int status) {
  errno = 0;
  bool written = cli_written();
  cli_pager_finish();
  if (written)
    return status;
  if (errno == 0) { /* it failed long ago: find out why */
    putchar('\n');
    fflush(stdout);
  }
  /* Whoever reads a pipe may stop at any time. */
  if (errno != EPIPE)
    cli_fail("cannot write to standard output: %s", strerror(errno));
  return EXIT_ERROR;
}
