#include <stdlib.h>
#include <string.h>

#include "cli/batch.h"

static int search_main(byline_context *context, int argc, char **argv);

const command command_search = {
    "search", "finds articles, the best first",
    "usage: byline search [OPTION]... QUERY...\n\n"
    "Finds articles with all words of the query, the best first. The words of\n"
    "several arguments are joined; a phrase in double quotes must stand so in\n"
    "the text: byline search '\"harbour strike\" ferry'.\n\n"
    "  --db DB             a database; several are searched as one\n"
    "  --all               articles with all of the words (the default)\n"
    "  --any               articles with any of the words\n"
    "  --author NAME       by this author; several: by any of them. The name "
    "in\n"
    "                      any case and accents, or a part that is unique\n"
    "  --since DATE        from this day, month or year on\n"
    "  --until DATE        up to the end of this day, month or year\n"
    "  --source PATH       from this file; * and ? stand for any characters\n"
    "  --language CODE     of the query's words (default: each article's own)\n"
    "  --exact-accents     words with accents are not found without them\n"
    "  --no-synonyms       not the database's synonyms, but of ~words\n"
    "  --prefix            the last word may be the beginning of one\n"
    "  --plugin FILE       a shared object with the database's filters: for "
    "the\n"
    "                      highlights of what they added\n"
    "  --sort ORDER        relevance (default), date, -date (newest first) or\n"
    "                      author; articles without one come last\n"
    "  --limit N           at most N articles (default 10)\n"
    "  --offset N          leave out the first N\n"
    "  --snippets N        passages for each article (default 1)\n"
    "  --facet NAME        count the author, year, month, language, source or\n"
    "                      keyword of everything found; several with commas "
    "between;\n"
    "                      NAME:N lists N values (default 10, 0: all)\n"
    "  --timeline[=PERIOD] how many are of each month or year, as a chart, "
    "instead\n"
    "                      of the articles; months if they lie within 36\n"
    "  --weight SCHEME     bm25 (default), bm25:K1,B, bm25+, lm, tfidf, bool\n"
    "  --recency DAYS      new articles count for more; by half so many days "
    "later\n"
    "  --expand            look also for words typical of the first matches\n"
    "  --proximity         words that stand side by side count for more\n"
    "  --strict            no articles with most of the words where none has "
    "all\n"
    "  --explain           the parsed query, and what each term adds to a "
    "score\n"
    "  --count             print only how many there are\n"
    "  --format FORMAT     text (default), json, jsonl (a hit a line), tsv "
    "(rank,\n"
    "                      score, id, date, authors, title; a cell that a\n"
    "                      spreadsheet would calculate begins with '), ids or "
    "trec\n"
    "  --null, -0          a NUL behind each id, for xargs -0; with ids\n"
    "  --queries FILE      look for each line of FILE, a name, a tab and a "
    "query; -\n"
    "                      is standard input. Prints tsv (default), json, "
    "jsonl or\n"
    "                      trec with the name in each line, in FILE's order\n"
    "  --jobs N            so many at once (default 1; 0: one a processor)\n"
    "  --color WHEN        auto (the default: on a terminal), always or "
    "never\n"
    "  --no-pager          on a terminal too, don't start $BYLINE_PAGER, "
    "$PAGER "
    "or\n"
    "                      less\n"
    "  --partial           go on without databases that are away\n"
    "  --timeout SECONDS   how long to wait for a remote database (default "
    "10)\n"
    "  --help              this text\n\n"
    "A DATE is YYYY, YYYY-MM, YYYY-MM-DD or written, as '14 November 2017', "
    "or\n"
    "counted from today: today, yesterday, '10 days ago', 'a month ago'.\n"
    "Without a query, the options alone choose: byline search --author 'Jane\n"
    "Doe' --sort date.\n\n"
    "Query language: AND OR NOT XOR NEAR/n ADJ/n, +must -mustn't, "
    "\"phrases\",\n"
    "(groups), begin*, and the fields title: author: byline: (exact name)\n"
    "date:2017-11-01..2017-11-14 year:2017 month:2017-11 language: source:\n"
    "keyword: id: hashtag: handle: link: email:. Where a word begins with a\n"
    "dash, put -- before the query: byline search --sort date -- ferry "
    "-island.\n"
    "Exit status: 0 found, 1 nothing found, 2 error.\n",
    search_main};

/* The arguments with spaces between; the caller frees it. */
static char *join(int count, char **words) {
  size_t length = 1;
  for (int i = 0; i < count; i++)
    length += strlen(words[i]) + 1;
  char *joined = malloc(length);
  if (!joined)
    return NULL;
  size_t n = 0;
  for (int i = 0; i < count; i++) {
    size_t part = strlen(words[i]);
    if (i > 0)
      joined[n++] = ' ';
    memcpy(joined + n, words[i], part);
    n += part;
  }
  joined[n] = '\0';
  return joined;
}

/* What is not as it was asked, before the results. */
static void tell_changes(const search_options *o, const byline_results *r) {
  cli_tell_absences(r->absences, r->absence_count);
  if (o->style.format == FORMAT_JSON)
    return;
  if (r->relaxed)
    cli_fail("nothing has all of these words; showing articles with most of "
             "them");
  if (r->corrected.length > 0)
    cli_fail("did you mean: %.*s", (int)r->corrected.length, r->corrected.data);
}

static bool print_results(const search_options *o,
                          const byline_results *results) {
  return o->timeline ? timeline_print(&o->style, o->timeline, results)
                     : results_print(stdout, &o->style, NULL, results);
}

static int print(search_options *o, const byline_results *results) {
  if (!o->count_only && (results->hit_count > 0 || results->facet_count > 0 ||
                         o->style.explained))
    o->style.screen = cli_screen_open(&o->display);
  tell_changes(o, results);
  if (o->count_only)
    printf("%zu\n", results->total);
  else if (!print_results(o, results) && !cli_pager_gone())
    return cli_not_printed("the results");
  /* What is said of the results comes behind them. */
  if (!cli_written())
    return EXIT_ERROR;
  bool text = o->style.format == FORMAT_TEXT && !o->count_only;
  if (text && !o->timeline && results->total > results->hit_count)
    fprintf(stderr, "byline: %s%zu %s found, %zu shown\n",
            results->total_exact ? "" : "about ", results->total,
            cli_plural(results->total, "article", "articles"),
            results->hit_count);
  if (results->total > 0)
    return EXIT_FOUND;
  if (text)
    cli_fail("nothing found");
  return EXIT_NOTHING;
}

static int search(byline_context *context, search_options *o) {
  byline_database *database = cli_open(context, &o->databases);
  if (!database)
    return EXIT_ERROR;
  byline_results *results = NULL;
  byline_error error;
  byline_status status = byline_search(database, &o->request, &results, &error);
  int exit_status;
  if (status == BYLINE_OK) {
    exit_status = print(o, results);
  } else {
    exit_status = cli_fail_error(&error);
    if (status == BYLINE_NOT_FOUND)
      exit_status = EXIT_NOTHING;
  }
  byline_results_free(results);
  byline_database_free(database);
  return exit_status;
}

int search_options_run(search_options *o, byline_context *context, int argc,
                       char **argv) {
  char *query = join(argc - optind, argv + optind);
  if (!query)
    return cli_fail("out of memory");
  o->request.query = (byline_string){query, strlen(query)};
  int status = search(context, o);
  free(query);
  return status;
}

static int search_main(byline_context *context, int argc, char **argv) {
  search_options o = SEARCH_OPTIONS_INIT;
  if (!search_options_read(&o, context, argc, argv))
    return EXIT_ERROR;
  return o.queries ? batch_run(context, &o)
                   : search_options_run(&o, context, argc, argv);
}
