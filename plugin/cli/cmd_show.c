#include "cli/results.h"

static int show_main(byline_context *context, int argc, char **argv);

const command command_show = {
    "show", "prints one article",
    "usage: byline show [OPTION]... ID\n\n"
    "Prints the article with this id, or with the one id that begins so "
    "(eight\n"
    "characters at least). 'byline search' prints ids.\n\n"
    "  --db DB           the database; several are looked into as one\n"
    "  --timeout SECONDS how long to wait for a remote database (default 10)\n"
    "  --format FORMAT   text (default) or json\n"
    "  --color WHEN      auto (the default: on a terminal), always or never\n"
    "  --no-pager        on a terminal too, don't start a pager\n"
    "  --help            this text\n\n"
    "Exit status: 0 found, 1 no such article, 2 error.\n",
    show_main};

typedef struct show_options {
  bool json;
  cli_display display;
} show_options;

static int print(void *user, const byline_article *article) {
  const show_options *o = user;
  cli_screen screen = cli_screen_open(&o->display);
  bool ok = o->json ? json_print_article(article, true)
                    : text_print_article(&screen, article);
  return ok || cli_pager_gone() ? 0 : -1;
}

static int show_main(byline_context *context, int argc, char **argv) {
  enum { DB = 256, TIMEOUT, FORMAT, COLOUR, NO_PAGER };
  static const struct option options[] = {
      {"db", required_argument, NULL, DB},
      {"timeout", required_argument, NULL, TIMEOUT},
      {"format", required_argument, NULL, FORMAT},
      {"color", required_argument, NULL, COLOUR},
      {"no-pager", no_argument, NULL, NO_PAGER},
      CLI_HELP_OPTION,
      {NULL, 0, NULL, 0}};
  cli_databases databases = CLI_DATABASES_INIT;
  show_options o = {false, CLI_DISPLAY_INIT};
  int option;
  while ((option = cli_option(&command_show, argc, argv, options)) != -1) {
    if (option == '?' ||
        (option == DB && !cli_add_database(&databases, optarg)))
      return EXIT_ERROR;
    if (option == TIMEOUT && !cli_timeout(&command_show, optarg, &databases))
      return EXIT_ERROR;
    if (option == FORMAT && !cli_format(&command_show, optarg, &o.json))
      return EXIT_ERROR;
    if (option == COLOUR && !cli_set_colour(&command_show, &o.display, optarg))
      return EXIT_ERROR;
    o.display.no_pager = o.display.no_pager || option == NO_PAGER;
  }
  if (argc - optind != 1)
    return cli_usage(&command_show, "give one id");
  byline_database *database = cli_open(context, &databases);
  if (!database)
    return EXIT_ERROR;
  byline_error error;
  byline_status status =
      byline_database_get(database, argv[optind], print, &o, &error);
  byline_database_free(database);
  if (status == -1)
    return cli_not_printed("the article");
  if (status != BYLINE_OK)
    cli_fail_error(&error);
  if (status == BYLINE_NOT_FOUND)
    return EXIT_NOTHING;
  return status == BYLINE_OK ? EXIT_FOUND : EXIT_ERROR;
}
