#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static int analyze_main(byline_context *context, int argc, char **argv);

const command command_analyze = {
    "analyze", "prints the terms that a text becomes",
    "usage: byline analyze [OPTION]... [TEXT]...\n\n"
    "Prints every term of a text (standard input without one): its position,\n"
    "its first byte and the byte behind its last, the reason it is there, and\n"
    "the term. Words that are found in text without spaces have positions of\n"
    "their own, w1 and so on; what has none, as a hashtag, has -.\n\n"
    "  --file FILE       the text is that of a file; - is standard input\n"
    "  --language CODE   whose stems and letters (default en; none: no stems;\n"
    "                    auto: the text's, which is told)\n"
    "  --filter NAME[=ARGUMENTS]\n"
    "                    a plugin's filter that adds terms; several in their\n"
    "                    order\n"
    "  --plugin FILE     a shared object with filters\n"
    "  --query           print what Xapian's QueryParser is given for a query\n"
    "  --exact-accents   of a query: leave words that have accents as they "
    "are\n"
    "  --format FORMAT   text (default) or json\n"
    "  --help            this text\n\n"
    "Exit status: 0 there are terms, 1 there are none, 2 error.\n",
    analyze_main};

typedef struct analyze_options {
  const char *file;     /* NULL: the arguments, or standard input */
  const char *language; /* auto: to be found out */
  cli_filters filters;
  bool query, exact_accents, json;
} analyze_options;

typedef struct printer {
  json_tokens *json; /* NULL: text */
  size_t count;
} printer;

static int on_token(void *user, const byline_token *token) {
  printer *p = user;
  p->count++;
  if (p->json)
    return json_tokens_add(p->json, token) ? 0 : -1;
  text_print_token(token);
  return 0;
}

/* ---- The text ---------------------------------------------------------- */

/* The arguments with spaces between; to be freed, as all that follows. */
static char *join_words(int argc, char **argv, size_t *length) {
  size_t room = 1;
  for (int i = 0; i < argc; i++)
    room += strlen(argv[i]) + 1;
  char *text = malloc(room);
  *length = 0;
  for (int i = 0; text && i < argc; i++) {
    size_t part = strlen(argv[i]);
    if (i > 0)
      text[(*length)++] = ' ';
    memcpy(text + *length, argv[i], part);
    *length += part;
  }
  return text;
}

static char *read_all(FILE *file, size_t *length) {
  size_t room = 1 << 16;
  char *text = malloc(room);
  *length = 0;
  while (text && !feof(file) && !ferror(file)) {
    *length += fread(text + *length, 1, room - *length, file);
    if (*length < room)
      continue;
    char *larger = realloc(text, room *= 2);
    if (!larger)
      free(text);
    text = larger;
  }
  return text;
}

/* NULL, and a message, when it can't be had. */
static char *read_text(const char *path, int argc, char **argv,
                       size_t *length) {
  bool standard = path ? strcmp(path, "-") == 0 : argc == 0;
  if (!path && !standard) {
    char *text = join_words(argc, argv, length);
    if (!text)
      cli_fail("out of memory");
    return text;
  }
  errno = 0;
  FILE *file = standard ? stdin : fopen(path, "rb");
  char *text = file ? read_all(file, length) : NULL;
  const char *name = standard ? "standard input" : path;
  if (!file || ferror(file)) {
    cli_fail("%s: cannot be read: %s", name, strerror(errno));
    free(text);
    text = NULL;
  } else if (!text) {
    cli_fail("%s: out of memory", name);
  }
  if (file && !standard)
    fclose(file);
  return text;
}

/* ---- What it becomes --------------------------------------------------- */

static int print_query(byline_context *context, byline_string text,
                       const analyze_options *o) {
  byline_string query;
  byline_error error;
  if (byline_analyze_query(context, text.data, text.length, o->language,
                           o->exact_accents, &query, &error) != BYLINE_OK)
    return cli_fail_error(&error);
  bool ok = true;
  if (o->json)
    ok = json_print_query(text, query);
  else
    ok = text_print(query) && putchar('\n') != EOF;
  byline_string_free(&query);
  return ok ? EXIT_FOUND : cli_not_printed("the query");
}

/* On stderr: on stdout are terms only. */
static void tell_language(const cli_language *found) {
  if (*found->code)
    fprintf(stderr, "byline: the language is %s (confidence %.2f)\n",
            found->code, found->confidence);
  else
    fprintf(stderr,
            "byline: the language is unknown (confidence %.2f), and taken for "
            "en\n",
            found->confidence);
}

static int print_tokens(byline_context *context, byline_string text,
                        const analyze_options *o) {
  printer p = {NULL, 0};
  byline_error error;
  const char *language = o->language;
  bool find = strcmp(language, "auto") == 0;
  cli_language found = {"", 0};
  if (find &&
      byline_detect_language(context, text.data, text.length, found.code,
                             &found.confidence, &error) != BYLINE_OK)
    return cli_fail_error(&error);
  if (find)
    language = *found.code ? found.code : "en"; /* as articles are taken */
  if (o->json && !(p.json = json_tokens_new()))
    return cli_fail("out of memory");
  byline_status status = byline_analyze_filtered(
      context, text.data, text.length, language, o->filters.list,
      o->filters.count, on_token, &p, &error);
  bool ok = status == BYLINE_OK &&
            (!o->json || json_tokens_print(p.json, find ? &found : NULL));
  json_tokens_free(p.json);
  if (status != BYLINE_OK && status != -1)
    return cli_fail_error(&error);
  if (!ok)
    return cli_not_printed("the terms");
  if (find && !o->json)
    tell_language(&found);
  return p.count > 0 ? EXIT_FOUND : EXIT_NOTHING;
}

/* ---- The command ------------------------------------------------------- */

enum { FILE_NAME = 256, LANGUAGE, FILTER, PLUGIN, QUERY, EXACT, FORMAT };

static bool set_option(byline_context *context, analyze_options *o, int option,
                       const char *value) {
  const command *c = &command_analyze;
  switch (option) {
  case FILE_NAME:
    return cli_text(c, "file", value, &o->file);
  case LANGUAGE:
    return cli_text(c, "language", value, &o->language);
  case FILTER:
    return cli_add_filter(c, &o->filters, value);
  case PLUGIN:
    return cli_plugin(context, value);
  case QUERY:
    o->query = true;
    return true;
  case EXACT:
    o->exact_accents = true;
    return true;
  case FORMAT:
    return cli_format(c, value, &o->json);
  default:
    return false;
  }
}

/* What is wrong with options that don't go together, or NULL. */
static const char *find_conflict(const analyze_options *o, int words) {
  if (o->query && o->filters.count > 0)
    return "filters are not for queries";
  if (o->query && strcmp(o->language, "auto") == 0)
    return "a query is too short to tell its language; name it";
  if (o->exact_accents && !o->query)
    return "--exact-accents is for queries: say --query as well";
  if (o->file && words > 0)
    return "the text is in a file or in arguments, not in both";
  return NULL;
}

static int analyze_main(byline_context *context, int argc, char **argv) {
  static const struct option options[] = {
      {"file", required_argument, NULL, FILE_NAME},
      {"language", required_argument, NULL, LANGUAGE},
      {"filter", required_argument, NULL, FILTER},
      {"plugin", required_argument, NULL, PLUGIN},
      {"query", no_argument, NULL, QUERY},
      {"exact-accents", no_argument, NULL, EXACT},
      {"format", required_argument, NULL, FORMAT},
      CLI_HELP_OPTION,
      {NULL, 0, NULL, 0}};
  analyze_options o = {.language = "en"};
  int option;
  while ((option = cli_option(&command_analyze, argc, argv, options)) != -1)
    if (option == '?' || !set_option(context, &o, option, optarg))
      return EXIT_ERROR;
  const char *conflict = find_conflict(&o, argc - optind);
  if (conflict)
    return cli_usage(&command_analyze, "%s", conflict);
  byline_string text;
  char *bytes = read_text(o.file, argc - optind, argv + optind, &text.length);
  if (!bytes)
    return EXIT_ERROR;
  text.data = bytes;
  int status = o.query ? print_query(context, text, &o)
                       : print_tokens(context, text, &o);
  free(bytes);
  return status;
}
