#include <string.h>

#include "cli/cli.h"

static int compact_main(byline_context *context, int argc, char **argv);
static int check_main(byline_context *context, int argc, char **argv);

const command command_compact = {
    "compact", "makes one compact database out of any number",
    "usage: byline compact [OPTION]... [DESTINATION]\n\n"
    "Copies one or several databases into a new, compact one, an ordinary\n"
    "Xapian database. An article that is in several stays in it several\n"
    "times. Without a destination, compacts a database in its place: what\n"
    "was added to it in segments becomes one plain database, while others\n"
    "go on searching it.\n\n"
    "With --shards, spreads their articles over so many new shards: an "
    "archive\n"
    "grows from ten machines to twenty without reading its files again.\n\n"
    "  --db DB           the database; several may be named\n"
    "  --shards N        make a folder of N shards of DESTINATION\n"
    "  --wait SECONDS    wait so long, in all, for other programs that write "
    "to\n"
    "                    DB, or make DESTINATION\n"
    "  --help            this text\n\n"
    "Exit status: 0 done, 2 error.\n",
    compact_main};

const command command_check = {
    "check", "verifies a database",
    "usage: byline check [OPTION]...\n\n"
    "Runs Xapian's own check of every table of a database.\n\n"
    "  --db DB           the database\n"
    "  --verbose         print Xapian's whole report\n"
    "  --help            this text\n\n"
    "Exit status: 0 nothing wrong, 2 faults found or error.\n",
    check_main};

enum { DB = 256, SHARDS, WAIT, VERBOSE };

/* What is to be done with databases. */
typedef struct compacting {
  cli_databases databases;
  size_t shards; /* if spread */
  bool spread;
  uint32_t wait_ms;
} compacting;

static bool take_option(compacting *todo, int option, const char *value) {
  const command *c = &command_compact;
  if (option == DB)
    return cli_add_database(&todo->databases, value);
  if (option == WAIT)
    return cli_seconds(c, "wait", value, &todo->wait_ms);
  todo->spread = true;
  return cli_number(c, "shards", value, SIZE_MAX, &todo->shards);
}

static byline_status compact(const compacting *todo, const char *destination,
                             byline_error *error) {
  const cli_databases *from = &todo->databases;
  return todo->spread ? byline_reshard(from->paths, from->count, todo->shards,
                                       destination, todo->wait_ms, error)
                      : byline_compact(from->paths, from->count, destination,
                                       todo->wait_ms, error);
}

static int compact_main(byline_context *context, int argc, char **argv) {
  static const struct option options[] = {
      {"db", required_argument, NULL, DB},
      {"shards", required_argument, NULL, SHARDS},
      {"wait", required_argument, NULL, WAIT},
      CLI_HELP_OPTION,
      {NULL, 0, NULL, 0}};
  (void)context;
  compacting todo = {.databases = CLI_DATABASES_INIT};
  int option;
  while ((option = cli_option(&command_compact, argc, argv, options)) != -1)
    if (option == '?' || !take_option(&todo, option, optarg))
      return EXIT_ERROR;
  if (argc - optind > 1)
    return cli_usage(&command_compact, "name one destination");
  if (argc == optind && todo.databases.count > 1)
    return cli_usage(&command_compact, "several databases need a destination");
  if (argc == optind && todo.spread)
    return cli_usage(&command_compact, "--shards needs a destination");
  if (!cli_default_database(&todo.databases))
    return EXIT_ERROR;
  byline_error error;
  return compact(&todo, argv[optind], &error) == BYLINE_OK
             ? EXIT_FOUND
             : cli_fail_error(&error);
}

static void print_line(void *user, const char *line) {
  (void)user;
  text_print((byline_string){line, strlen(line)});
  putchar('\n');
}

static int check_main(byline_context *context, int argc, char **argv) {
  static const struct option options[] = {
      {"db", required_argument, NULL, DB},
      {"verbose", no_argument, NULL, VERBOSE},
      CLI_HELP_OPTION,
      {NULL, 0, NULL, 0}};
  (void)context;
  cli_databases databases = CLI_DATABASES_INIT;
  bool verbose = false;
  int option;
  while ((option = cli_option(&command_check, argc, argv, options)) != -1) {
    if (option == '?' ||
        (option == DB && !cli_add_database(&databases, optarg)))
      return EXIT_ERROR;
    verbose = verbose || option == VERBOSE;
  }
  if (optind < argc)
    return cli_usage(&command_check, "'%s' is one argument too many",
                     argv[optind]);
  if (!cli_default_database(&databases))
    return EXIT_ERROR;
  byline_error error;
  for (size_t i = 0; i < databases.count; i++)
    if (byline_check(databases.paths[i], verbose ? print_line : NULL, NULL,
                     &error) != BYLINE_OK)
      return cli_fail_error(&error);
  puts("no faults found");
  return EXIT_FOUND;
}
