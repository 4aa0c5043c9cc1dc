#include "cli/cli.h"

static int info_main(byline_context *context, int argc, char **argv);

const command command_info = {
    "info", "says what a database holds",
    "usage: byline info [OPTION]...\n\n"
    "Says how many articles a database holds, from when to when, in which\n"
    "languages and by whom, its size, and the versions that wrote it; of\n"
    "several databases, and of a folder of shards, also each one's share.\n\n"
    "  --db DB           the database; several are counted as one\n"
    "  --timeout SECONDS how long to wait for a remote database (default 10)\n"
    "  --format FORMAT   text (default) or json\n"
    "  --help            this text\n\n"
    "Exit status: 0 done, 1 the database is empty, 2 error,\n"
    "or one of several is away.\n",
    info_main};

static bool some_are_away(const byline_info *info) {
  for (size_t i = 0; i < info->shard_count; i++)
    if (info->shards[i].away.length > 0)
      return true;
  return false;
}

static int info_main(byline_context *context, int argc, char **argv) {
  enum { DB = 256, TIMEOUT, FORMAT };
  static const struct option options[] = {
      {"db", required_argument, NULL, DB},
      {"timeout", required_argument, NULL, TIMEOUT},
      {"format", required_argument, NULL, FORMAT},
      CLI_HELP_OPTION,
      {NULL, 0, NULL, 0}};
  cli_databases databases = CLI_DATABASES_INIT;
  bool json = false;
  int option;
  while ((option = cli_option(&command_info, argc, argv, options)) != -1) {
    if (option == '?' ||
        (option == DB && !cli_add_database(&databases, optarg)))
      return EXIT_ERROR;
    if (option == TIMEOUT && !cli_timeout(&command_info, optarg, &databases))
      return EXIT_ERROR;
    if (option == FORMAT && !cli_format(&command_info, optarg, &json))
      return EXIT_ERROR;
  }
  if (optind < argc)
    return cli_usage(&command_info, "'%s' is one argument too many",
                     argv[optind]);
  databases.partial = true; /* which are away is worth knowing, too */
  byline_database *database = cli_open(context, &databases);
  if (!database)
    return EXIT_ERROR;
  byline_info *info = NULL;
  byline_error error;
  byline_status status = byline_database_info(database, &info, &error);
  int exit_status = EXIT_ERROR;
  if (status != BYLINE_OK)
    cli_fail_error(&error);
  else if (json && !json_print_info(info))
    cli_not_printed("the information");
  else
    exit_status = some_are_away(info)  ? EXIT_ERROR
                  : info->articles > 0 ? EXIT_FOUND
                                       : EXIT_NOTHING;
  if (status == BYLINE_OK && !json)
    text_print_info(info);
  byline_info_free(info);
  byline_database_free(database);
  return exit_status;
}
