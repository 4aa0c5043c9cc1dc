/* What byline search is asked on its command line. */
#include <string.h>

#include "cli/search_options.h"

enum {
  DB = 256,
  ANY,
  ALL,
  AUTHOR,
  SINCE,
  UNTIL,
  SOURCE,
  LANGUAGE,
  EXACT_ACCENTS,
  NO_SYNONYMS,
  PLUGIN,
  SORT,
  LIMIT,
  OFFSET,
  SNIPPETS,
  FACET,
  COUNT,
  FORMAT,
  COLOUR,
  NO_PAGER,
  NUL = '0'
};

static bool set_sort(byline_search_request *r, const char *name) {
  static const char *const names[] = {"relevance", "date", "-date", "author"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(name, names[i]) == 0) {
      r->sort = (byline_sort)i;
      return true;
    }
  cli_usage(&command_search,
            "--sort is relevance, date, -date or author, not '%s'", name);
  return false;
}

static bool add_author(search_options *o, const char *name) {
  if (o->request.author_count == AUTHORS_MAX) {
    cli_usage(&command_search, "at most %d authors", AUTHORS_MAX);
    return false;
  }
  o->authors[o->request.author_count++] = name;
  o->request.authors = o->authors;
  return true;
}

static bool set_option(search_options *o, int option, const char *value) {
  byline_search_request *r = &o->request;
  const command *c = &command_search;
  switch (option) {
  case DB:
    return cli_add_database(c, &o->databases, value);
  case ANY:
  case ALL:
    r->any = option == ANY;
    return true;
  case AUTHOR:
    return add_author(o, value);
  case SINCE:
    return cli_text(c, "since", value, &r->since);
  case UNTIL:
    return cli_text(c, "until", value, &r->until);
  case SOURCE:
    return cli_text(c, "source", value, &r->source);
  case LANGUAGE:
    return cli_text(c, "language", value, &r->language);
  case EXACT_ACCENTS:
    r->exact_accents = true;
    return true;
  case NO_SYNONYMS:
    r->no_synonyms = true;
    return true;
  case SORT:
    return set_sort(r, value);
  case LIMIT:
    return cli_number(c, "limit", value, 1000000, &r->limit);
  case OFFSET:
    return cli_number(c, "offset", value, 1000000, &r->offset);
  case SNIPPETS:
    return cli_number(c, "snippets", value, SNIPPETS_MAX, &r->snippets);
  case FACET:
    if (!facets_add(c, &o->facets, value))
      return false;
    r->facets = o->facets.list;
    r->facet_count = o->facets.count;
    return true;
  case COUNT:
    o->count_only = true;
    return true;
  case FORMAT:
    return results_format_named(c, value, &o->style.format);
  case COLOUR:
    return cli_set_colour(c, &o->display, value);
  case NO_PAGER:
    o->display.no_pager = true;
    return true;
  case NUL:
    o->style.end = '\0';
    return true;
  default:
    return false;
  }
}

bool search_options_read(search_options *o, byline_context *context, int argc,
                         char **argv) {
  static const struct option options[] = {
      {"db", required_argument, NULL, DB},
      {"any", no_argument, NULL, ANY},
      {"all", no_argument, NULL, ALL},
      {"author", required_argument, NULL, AUTHOR},
      {"since", required_argument, NULL, SINCE},
      {"until", required_argument, NULL, UNTIL},
      {"source", required_argument, NULL, SOURCE},
      {"language", required_argument, NULL, LANGUAGE},
      {"exact-accents", no_argument, NULL, EXACT_ACCENTS},
      {"no-synonyms", no_argument, NULL, NO_SYNONYMS},
      {"plugin", required_argument, NULL, PLUGIN},
      {"sort", required_argument, NULL, SORT},
      {"limit", required_argument, NULL, LIMIT},
      {"offset", required_argument, NULL, OFFSET},
      {"snippets", required_argument, NULL, SNIPPETS},
      {"facet", required_argument, NULL, FACET},
      {"count", no_argument, NULL, COUNT},
      {"format", required_argument, NULL, FORMAT},
      {"null", no_argument, NULL, NUL},
      {"color", required_argument, NULL, COLOUR},
      {"no-pager", no_argument, NULL, NO_PAGER},
      CLI_HELP_OPTION,
      {NULL, 0, NULL, 0}};
  const command *c = &command_search;
  int option;
  while ((option = cli_option(c, argc, argv, options)) != -1)
    if (option == '?' || (option == PLUGIN ? !cli_plugin(context, optarg)
                                           : !set_option(o, option, optarg)))
      return false;
  const byline_search_request *r = &o->request;
  if (o->style.end == '\0' && o->style.format != FORMAT_IDS) {
    cli_usage(c, "--null is for --format ids");
    return false;
  }
  if (optind < argc || r->author_count > 0 || r->since || r->until ||
      r->source || r->facet_count > 0)
    return true;
  cli_usage(c, "say what to look for");
  return false;
}
