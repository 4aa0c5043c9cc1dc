#include "cli/cli.h"

static int export_main(byline_context *context, int argc, char **argv);

const command command_export = {
    "export", "prints every article of a database",
    "usage: byline export [OPTION]...\n\n"
    "Prints every article of a database as 'byline read' does: one JSON "
    "object\n"
    "a line.\n\n"
    "  --db DB           the database; several are exported as one\n"
    "  --timeout SECONDS how long to wait for a remote database (default 10)\n"
    "  --help            this text\n\n"
    "Exit status: 0 done, 1 the database is empty, 2 error.\n",
    export_main};

static int print_article(void *user, const byline_article *article) {
  ++*(size_t *)user;
  return json_print_article(article, false) ? 0 : -1;
}

static int export_main(byline_context *context, int argc, char **argv) {
  enum { DB = 256, TIMEOUT };
  static const struct option options[] = {
      {"db", required_argument, NULL, DB},
      {"timeout", required_argument, NULL, TIMEOUT},
      CLI_HELP_OPTION,
      {NULL, 0, NULL, 0}};
  cli_databases databases = CLI_DATABASES_INIT;
  int option;
  while ((option = cli_option(&command_export, argc, argv, options)) != -1)
    if (option == '?' ||
        !(option == DB ? cli_add_database(&databases, optarg)
                       : cli_timeout(&command_export, optarg, &databases)))
      return EXIT_ERROR;
  if (optind < argc)
    return cli_usage(&command_export, "'%s' is one argument too many",
                     argv[optind]);
  byline_database *database = cli_open(context, &databases);
  if (!database)
    return EXIT_ERROR;
  size_t count = 0;
  byline_error error;
  byline_status status =
      byline_database_export(database, print_article, &count, &error);
  byline_database_free(database);
  if (status == -1)
    return cli_not_printed("an article");
  if (status != BYLINE_OK)
    return cli_fail_error(&error);
  return count > 0 ? EXIT_FOUND : EXIT_NOTHING;
}
