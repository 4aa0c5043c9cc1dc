#include "cli/search_options.h"

static int similar_main(byline_context *context, int argc, char **argv);

const command command_similar = {
    "similar", "finds articles like one",
    "usage: byline similar [OPTION]... ID [QUERY]...\n\n"
    "Finds articles that are about what the article with this id is about, "
    "the\n"
    "most alike first and without itself; with a query, only those that match\n"
    "it. Eight characters of an id are enough where no other begins so.\n\n"
    "  --db DB             a database; several are searched as one\n"
    "  --any               of the query: any of the words\n"
    "  --all               all of them; the default\n"
    "  --author NAME       by this author; several: by any of them\n"
    "  --since DATE        from this day, month or year on\n"
    "  --until DATE        up to the end of this day, month or year\n"
    "  --source PATH       from this file; * and ? stand for any characters\n"
    "  --sort ORDER        relevance (default), date, -date (newest first) or\n"
    "                      author; articles without one come last\n"
    "  --limit N           at most N articles (default 10)\n"
    "  --offset N          leave out the first N\n"
    "  --snippets N        passages for each article (default 1)\n"
    "  --facet NAME        as for byline search\n"
    "  --explain           what each term adds to a score\n"
    "  --count             print only how many there are\n"
    "  --format FORMAT     text (default), json, jsonl, tsv, ids or trec\n"
    "  --null, -0          a NUL behind each id, for xargs -0; with ids\n"
    "  --help              this text\n\n"
    "It takes the other options of byline search as well.\n"
    "Exit status: 0 found, 1 nothing found or no such article, 2 error.\n",
    similar_main};

static int similar_main(byline_context *context, int argc, char **argv) {
  search_options o = SEARCH_OPTIONS_INIT;
  o.command = &command_similar;
  o.request.similar = ""; /* the options need no query */
  if (!search_options_read(&o, context, argc, argv))
    return EXIT_ERROR;
  if (optind == argc)
    return cli_usage(&command_similar, "give an id");
  o.request.similar = argv[optind++];
  return search_options_run(&o, context, argc, argv);
}
