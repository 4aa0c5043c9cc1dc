#include "cli/read_options.h"

static int read_main(byline_context *context, int argc, char **argv);

const command command_read = {
    "read", "prints the articles that index would see",
    "usage: byline read [OPTION]... PATH...\n\n"
    "Prints the articles that 'byline index' would see, one JSON object a\n"
    "line, to check what is recognised before indexing. '-' is standard\n"
    "input. Compressed files and archives are read as they are.\n\n"
    "  --format NAME     auto (by content, the default), digest (with date\n"
    "                    lines), edition (a paper without them), ezine, "
    "jsonl,\n"
    "                    html, feed, markdown or mail\n"
    "  --explain         print what each block of lines was taken for, and\n"
    "                    why, instead of the articles\n" READ_OPTIONS_HELP
    "  --plugin FILE     a shared object with readers\n"
    "  --help            this text\n\n"
    "Exit status: 0 articles were found, 1 none, 2 something could not be\n"
    "read.\n",
    read_main};

static int print_article(void *user, const byline_article *article) {
  (void)user;
  return json_print_article(article, false) ? 0 : -1;
}

static int drop_article(void *user, const byline_article *article) {
  (void)user;
  (void)article;
  return 0;
}

static void print_explanation(void *user, const byline_explanation *e) {
  (void)user;
  text_print_explanation(e);
}

static int read_main(byline_context *context, int argc, char **argv) {
  enum { EXPLAIN = 256, PLUGIN };
  static const struct option options[] = {
      READ_OPTIONS,
      {"explain", no_argument, NULL, EXPLAIN},
      {"plugin", required_argument, NULL, PLUGIN},
      CLI_HELP_OPTION,
      {NULL, 0, NULL, 0}};
  byline_read_options o = BYLINE_READ_OPTIONS_INIT;
  int option;
  while ((option = cli_option(&command_read, argc, argv, options)) != -1) {
    if (option == '?')
      return EXIT_ERROR;
    if (!read_option_take(&command_read, option, &o))
      return EXIT_ERROR;
    if (option == PLUGIN && !cli_plugin(context, optarg))
      return EXIT_ERROR;
    if (option == EXPLAIN)
      o.explain = print_explanation;
  }
  if (optind == argc)
    return cli_usage(&command_read, "name the files or folders to read");
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  byline_error error;
  o.notice = cli_notice;
  byline_status status = byline_read(
      context, (const char *const *)argv + optind, (size_t)(argc - optind), &o,
      o.explain ? drop_article : print_article, NULL, &stats, &error);
  if (status == -1)
    return cli_not_printed("an article");
  if (status != BYLINE_OK)
    return cli_fail_error(&error);
  if (stats.files_failed > 0)
    return EXIT_ERROR;
  return stats.articles > 0 ? EXIT_FOUND : EXIT_NOTHING;
}
