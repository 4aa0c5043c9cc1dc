/* What byline search is asked on its command line. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/ranking_options.h"
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
  PREFIX,
  PARTIAL,
  TIMEOUT,
  PLUGIN,
  SORT,
  LIMIT,
  OFFSET,
  SNIPPETS,
  FACET,
  TIMELINE,
  WEIGHT,
  RECENCY,
  EXPAND,
  PROXIMITY,
  STRICT,
  EXPLAIN,
  COUNT,
  FORMAT,
  COLOUR,
  NO_PAGER,
  QUERIES,
  JOBS,
  NUL = '0'
};

static bool set_sort(search_options *o, const char *name) {
  static const char *const names[] = {"relevance", "date", "-date", "author"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(name, names[i]) == 0) {
      o->request.sort = (byline_sort)i;
      return true;
    }
  cli_usage(o->command, "--sort is relevance, date, -date or author, not '%s'",
            name);
  return false;
}

static bool add_author(search_options *o, const char *name) {
  if (o->request.author_count == AUTHORS_MAX) {
    cli_usage(o->command, "at most %d authors", AUTHORS_MAX);
    return false;
  }
  o->authors[o->request.author_count++] = name;
  o->request.authors = o->authors;
  return true;
}

/* 0: one for each processor. */
static bool set_jobs(search_options *o, const char *value) {
  if (!cli_number(o->command, "jobs", value, JOBS_MAX, &o->jobs))
    return false;
  long processors = o->jobs == 0 ? sysconf(_SC_NPROCESSORS_ONLN) : 0;
  if (o->jobs == 0)
    o->jobs = processors < 1 ? 1 : (size_t)processors;
  if (o->jobs > JOBS_MAX)
    o->jobs = JOBS_MAX;
  return true;
}

static bool add_plugin(search_options *o, byline_context *context,
                       const char *path) {
  if (o->plugin_count == PLUGINS_MAX) {
    cli_usage(o->command, "at most %d plugins", PLUGINS_MAX);
    return false;
  }
  o->plugins[o->plugin_count++] = path;
  return cli_plugin(context, path);
}

static bool set_option(search_options *o, int option, const char *value) {
  byline_search_request *r = &o->request;
  const command *c = o->command;
  switch (option) {
  case DB:
    return cli_add_database(&o->databases, value);
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
  case TIMEOUT:
    return cli_timeout(c, value, &o->databases);
  case PREFIX:
    r->partial = true;
    return true;
  case PARTIAL:
    o->databases.partial = true;
    return true;
  case NO_SYNONYMS:
    r->no_synonyms = true;
    return true;
  case SORT:
    return set_sort(o, value);
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
  case TIMELINE:
    return timeline_named(c, value, &o->timeline);
  case WEIGHT:
    return ranking_option_weight(c, value, r);
  case RECENCY:
    return ranking_option_recency(c, value, r);
  case EXPAND:
    r->expand = true;
    return true;
  case PROXIMITY:
    r->proximity = true;
    return true;
  case STRICT:
    r->strict = true;
    return true;
  case EXPLAIN:
    r->explain = true;
    return true;
  case COUNT:
    o->count_only = true;
    return true;
  case FORMAT:
    return results_format_named(c, value, &o->style.format);
  case QUERIES:
    return cli_text(c, "queries", value, &o->queries);
  case JOBS:
    return set_jobs(o, value);
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

bool search_is_narrowed(const byline_search_request *r) {
  return r->author_count > 0 || r->since || r->until || r->source ||
         r->facet_count > 0 || r->similar;
}

/* What is wrong with options that don't go together, or NULL. */
static const char *find_conflict(const search_options *o, int words) {
  results_format format = o->style.format;
  if (o->style.end == '\0' && format != FORMAT_IDS)
    return "--null is for --format ids";
  if (!o->queries && words == 0 && !search_is_narrowed(&o->request))
    return "say what to look for";
  if (!o->queries && o->jobs != 1)
    return "--jobs is for --queries";
  if (o->timeline && o->queries)
    return "--timeline is for one query, not for --queries";
  if (o->timeline && format > FORMAT_JSON)
    return "--timeline is for --format text and json";
  if (o->queries && o->request.similar)
    return "--queries is for byline search";
  if (o->queries && words > 0)
    return "what to look for is in --queries or in arguments, not in both";
  if (o->queries && (format == FORMAT_TEXT || format == FORMAT_IDS))
    return "with --queries, --format is json, jsonl, tsv or trec";
  if (o->request.facet_count > 0 && format > FORMAT_JSON)
    return "--facet is for --format text and json";
  if (o->request.explain && format > FORMAT_JSONL)
    return "--explain is for --format text, json and jsonl";
  return NULL;
}

/* That of LC_COLLATE, installed or not: ICU has its rules. NULL: none. */
static const char *find_locale(void) {
  static const char *const names[] = {"LC_ALL", "LC_COLLATE", "LANG"};
  const char *locale = NULL;
  for (size_t i = 0; i < 3 && !(locale && *locale); i++)
    locale = getenv(names[i]);
  bool none = !locale || !*locale || strcmp(locale, "C") == 0 ||
              strncmp(locale, "C.", 2) == 0 || strcmp(locale, "POSIX") == 0;
  return none ? NULL : locale;
}

static bool settle(search_options *o, int words) {
  byline_search_request *r = &o->request;
  if (o->timeline) {
    timeline_ask(&o->facets);
    r->facets = o->facets.list;
    r->facet_count = o->facets.count;
    r->limit = 0;
  }
  if (r->sort == BYLINE_SORT_AUTHOR)
    r->locale = find_locale();
  if (o->style.format == FORMAT_DEFAULT)
    o->style.format = o->queries ? FORMAT_TSV : FORMAT_TEXT;
  const char *conflict = find_conflict(o, words);
  if (conflict)
    cli_usage(o->command, "%s", conflict);
  o->style.by_score = r->sort == BYLINE_SORT_RELEVANCE;
  o->style.explained = r->explain;
  if (o->style.format > FORMAT_JSONL)
    r->snippets = 0; /* nobody would see them */
  /* The others could not say that the hits lack words. */
  if (o->style.format > FORMAT_JSON || o->count_only)
    r->strict = true;
  if (o->count_only) {
    r->limit = 0;
    r->exact_total = true;
  }
  return !conflict;
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
      {"prefix", no_argument, NULL, PREFIX},
      {"partial", no_argument, NULL, PARTIAL},
      {"timeout", required_argument, NULL, TIMEOUT},
      {"plugin", required_argument, NULL, PLUGIN},
      {"sort", required_argument, NULL, SORT},
      {"limit", required_argument, NULL, LIMIT},
      {"offset", required_argument, NULL, OFFSET},
      {"snippets", required_argument, NULL, SNIPPETS},
      {"facet", required_argument, NULL, FACET},
      {"timeline", optional_argument, NULL, TIMELINE},
      {"weight", required_argument, NULL, WEIGHT},
      {"recency", required_argument, NULL, RECENCY},
      {"expand", no_argument, NULL, EXPAND},
      {"proximity", no_argument, NULL, PROXIMITY},
      {"strict", no_argument, NULL, STRICT},
      {"explain", no_argument, NULL, EXPLAIN},
      {"count", no_argument, NULL, COUNT},
      {"format", required_argument, NULL, FORMAT},
      {"null", no_argument, NULL, NUL},
      {"queries", required_argument, NULL, QUERIES},
      {"jobs", required_argument, NULL, JOBS},
      {"color", required_argument, NULL, COLOUR},
      {"no-pager", no_argument, NULL, NO_PAGER},
      CLI_HELP_OPTION,
      {NULL, 0, NULL, 0}};
  const command *c = o->command;
  int option;
  while ((option = cli_option(c, argc, argv, options)) != -1)
    if (option == '?' || (option == PLUGIN ? !add_plugin(o, context, optarg)
                                           : !set_option(o, option, optarg)))
      return false;
  return settle(o, argc - optind);
}
