#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static int analyze_main(byline_context *context, int argc, char **argv);

const command command_analyze = {
    "analyze", "prints the terms that a text becomes",
    "usage: byline analyze [OPTION]... [TEXT]...\n\n"
    "Prints every term of a text (standard input without one): its position,\n"
    "its first byte and the byte behind its last, the reason it is there, and\n"
    "the term.\n\n"
    "  --language CODE   whose stems and letters (default en; none: no stems)\n"
    "  --filter NAME[=ARGUMENTS]\n"
    "                    a plugin's filter that adds terms; several in their\n"
    "                    order\n"
    "  --plugin FILE     a shared object with filters\n"
    "  --query           print what Xapian's QueryParser is given for a query\n"
    "  --format FORMAT   text (default) or json\n"
    "  --help            this text\n\n"
    "Exit status: 0 there are terms, 1 there are none, 2 error.\n",
    analyze_main};

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

/* The arguments with spaces between, or all of standard input; to be freed. */
static char *read_text(int argc, char **argv, size_t *length) {
  size_t room = 1 << 16, n = 0;
  char *text = malloc(room);
  for (int i = 0; text && i < argc; i++) {
    size_t part = strlen(argv[i]);
    char *larger = realloc(text, n + part + 2);
    if (!larger) {
      free(text);
      return NULL;
    }
    text = larger;
    if (i > 0)
      text[n++] = ' ';
    memcpy(text + n, argv[i], part);
    n += part;
  }
  while (text && argc == 0 && !feof(stdin) && !ferror(stdin)) {
    n += fread(text + n, 1, room - n - 1, stdin);
    if (n + 1 < room)
      continue;
    char *larger = realloc(text, room *= 2);
    if (!larger)
      free(text);
    text = larger;
  }
  if (text)
    text[n] = '\0';
  *length = n;
  return text;
}

static int print_query(byline_context *context, const char *text, size_t length,
                       const char *language, bool json) {
  byline_string query;
  byline_error error;
  if (byline_analyze_query(context, text, length, language, &query, &error) !=
      BYLINE_OK)
    return cli_fail_error(&error);
  bool ok = true;
  if (json)
    ok = json_print_query((byline_string){text, length}, query);
  else
    ok = fwrite(query.data, 1, query.length, stdout) == query.length &&
         putchar('\n') != EOF;
  byline_string_free(&query);
  return ok ? EXIT_FOUND : cli_not_printed("the query");
}

static int print_tokens(byline_context *context, const char *text,
                        size_t length, const char *language,
                        const cli_filters *filters, bool json) {
  printer p = {json ? json_tokens_new() : NULL, 0};
  byline_error error;
  if (json && !p.json)
    return cli_fail("out of memory");
  byline_status status =
      byline_analyze_filtered(context, text, length, language, filters->list,
                              filters->count, on_token, &p, &error);
  bool ok = status == BYLINE_OK && (!json || json_tokens_print(p.json));
  json_tokens_free(p.json);
  if (status != BYLINE_OK && status != -1)
    return cli_fail_error(&error);
  if (!ok)
    return cli_not_printed("the terms");
  return p.count > 0 ? EXIT_FOUND : EXIT_NOTHING;
}

static int analyze_main(byline_context *context, int argc, char **argv) {
  enum { LANGUAGE = 256, FILTER, PLUGIN, QUERY, FORMAT };
  static const struct option options[] = {
      {"language", required_argument, NULL, LANGUAGE},
      {"filter", required_argument, NULL, FILTER},
      {"plugin", required_argument, NULL, PLUGIN},
      {"query", no_argument, NULL, QUERY},
      {"format", required_argument, NULL, FORMAT},
      CLI_HELP_OPTION,
      {NULL, 0, NULL, 0}};
  const char *language = "en";
  cli_filters filters = {{NULL}, 0};
  bool json = false, query = false;
  int option;
  while ((option = cli_option(&command_analyze, argc, argv, options)) != -1) {
    if (option == '?')
      return EXIT_ERROR;
    if (option == LANGUAGE &&
        !cli_text(&command_analyze, "language", optarg, &language))
      return EXIT_ERROR;
    if (option == FILTER && !cli_add_filter(&command_analyze, &filters, optarg))
      return EXIT_ERROR;
    if (option == PLUGIN && !cli_plugin(context, optarg))
      return EXIT_ERROR;
    query = query || option == QUERY;
    if (option == FORMAT && !cli_format(&command_analyze, optarg, &json))
      return EXIT_ERROR;
  }
  if (query && filters.count > 0)
    return cli_usage(&command_analyze, "filters are not for queries");
  size_t length;
  char *text = read_text(argc - optind, argv + optind, &length);
  if (!text)
    return cli_fail("out of memory");
  int status =
      query ? print_query(context, text, length, language, json)
            : print_tokens(context, text, length, language, &filters, json);
  free(text);
  return status;
}
