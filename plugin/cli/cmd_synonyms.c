#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static int synonyms_main(byline_context *context, int argc, char **argv);

const command command_synonyms = {
    "synonyms", "gives a database synonyms for searching",
    "usage: byline synonyms [OPTION]... FILE\n"
    "       byline synonyms [OPTION]... --list\n"
    "       byline synonyms [OPTION]... --clear\n\n"
    "Reads lines of synonyms from a file (-: standard input) into a database, "
    "in\n"
    "place of those that it had: 'car, automobile' (each stands for all) or\n"
    "'tv => television' (the left is also looked for as the right). Several "
    "words\n"
    "are a phrase, # begins a comment.\n\n"
    "  --db DB           the database\n"
    "  --list            print the lines that the database has\n"
    "  --clear           take them away\n"
    "  --wait SECONDS    how long to wait, in all, for other programs that "
    "write\n"
    "                    to the database (the default: not at all)\n"
    "  --help            this text\n\n"
    "Exit status: 0 done, 1 there are none to list, 2 error.\n",
    synonyms_main};

static int set(const char *database, byline_string text, const char *name,
               uint32_t wait_ms) {
  byline_error error;
  return byline_synonyms_set(database, text, name, wait_ms, &error) == BYLINE_OK
             ? EXIT_FOUND
             : cli_fail_error(&error);
}

/* All of a file; the caller frees it. NULL and a message on failure. */
static char *read_all(FILE *in, const char *name, size_t *length) {
  size_t capacity = 1 << 16;
  char *text = malloc(capacity);
  *length = 0;
  while (text) {
    *length += fread(text + *length, 1, capacity - *length, in);
    if (*length < capacity)
      break;
    char *more = realloc(text, capacity *= 2);
    if (!more)
      free(text);
    text = more;
  }
  if (!text) {
    cli_fail("out of memory");
  } else if (ferror(in)) {
    cli_fail("%s: cannot be read: %s", name, strerror(errno));
    free(text);
    text = NULL;
  }
  return text;
}

static int set_from(const char *database, const char *path, uint32_t wait_ms) {
  bool standard = strcmp(path, "-") == 0;
  const char *name = standard ? "standard input" : path;
  FILE *in = standard ? stdin : fopen(path, "rb");
  size_t length;
  if (!in)
    return cli_fail("%s: cannot be opened: %s", path, strerror(errno));
  char *text = read_all(in, name, &length);
  if (!standard)
    fclose(in);
  if (!text)
    return EXIT_ERROR;
  int status = set(database, (byline_string){text, length}, name, wait_ms);
  free(text);
  return status;
}

static int print_text(void *user, byline_string text) {
  *(size_t *)user = text.length;
  text_print(text);
  if (text.length > 0 && text.data[text.length - 1] != '\n')
    putchar('\n');
  return 0;
}

static int list(const char *database) {
  size_t length = 0;
  byline_error error;
  if (byline_synonyms_get(database, print_text, &length, &error) != BYLINE_OK)
    return cli_fail_error(&error);
  return length > 0 ? EXIT_FOUND : EXIT_NOTHING;
}

static int synonyms_main(byline_context *context, int argc, char **argv) {
  enum { DB = 256, LIST, CLEAR, WAIT };
  static const struct option options[] = {
      {"db", required_argument, NULL, DB},
      {"list", no_argument, NULL, LIST},
      {"clear", no_argument, NULL, CLEAR},
      {"wait", required_argument, NULL, WAIT},
      CLI_HELP_OPTION,
      {NULL, 0, NULL, 0}};
  const command *c = &command_synonyms;
  cli_databases databases = CLI_DATABASES_INIT;
  uint32_t wait_ms = 0;
  int option, mode = 0;
  (void)context;
  while ((option = cli_option(c, argc, argv, options)) != -1) {
    if (option == '?' ||
        (option == DB && !cli_add_database(&databases, optarg)))
      return EXIT_ERROR;
    if (option == WAIT && !cli_seconds(c, "wait", optarg, &wait_ms))
      return EXIT_ERROR;
    if (option == DB || option == WAIT)
      continue;
    if (mode != 0 && mode != option)
      return cli_usage(c, "--list and --clear exclude each other");
    mode = option;
  }
  if (argc - optind != (mode == 0))
    return cli_usage(c, mode == 0 ? "name one file, or --list or --clear"
                                  : "--list and --clear take no file");
  if (!cli_default_database(&databases))
    return EXIT_ERROR;
  if (databases.count != 1)
    return cli_usage(c, "name one database");
  const char *database = databases.paths[0];
  if (mode == LIST)
    return list(database);
  return mode == CLEAR ? set(database, (byline_string){"", 0}, "", wait_ms)
                       : set_from(database, argv[optind], wait_ms);
}
