#include <string.h>

#include "cli/help_options.h"
#include "cli/width.h"

static int complete_main(byline_context *context, int argc, char **argv);

const command command_complete = {
    "complete", "prints what a command line may go on with, for shells",
    "usage: byline complete [OPTION]... -- WORD...\n\n"
    "Prints what the last WORD may become, one a line, with a tab and a word "
    "of\n"
    "explanation behind it: WORDs are those of a command line, behind "
    "'byline'.\n"
    "Where that is the name of a file it prints only ':files'. Authors and "
    "the\n"
    "like are those of the database that the command line names. The scripts\n"
    "for bash, zsh and fish ask it.\n\n"
    "  --limit N         at most N of a database's values (default 200)\n"
    "  --help            this text\n\n"
    "Exit status: 0 there is something, 1 there is nothing.\n",
    complete_main};

/* A command line, the last word of which is to be completed. */
typedef struct line {
  byline_context *context;
  char **words;
  int count;
  const command *command;
  size_t limit;
  size_t printed;
} line;

static bool begins_with(const char *text, const char *beginning) {
  return strncmp(text, beginning, strlen(beginning)) == 0;
}

static void print(line *l, const char *head, const char *value,
                  const char *summary) {
  printf("%s%s%s%s\n", head, value, *summary ? "\t" : "", summary);
  l->printed++;
}

static void print_files(line *l) {
  print(l, "", ":files", "");
}

/* ---- Values of options ------------------------------------------------- */

/* Those that are known beforehand. A command of its own goes before NULL, which
 * is every other. */
static const struct choice {
  const char *command, *option, *values;
  bool several; /* with commas between */
} choices[] = {
    {"index", "builder", "auto glass xapian", false},
    {"index", "format",
     "auto digest edition ezine jsonl html feed markdown mail", false},
    {"read", "format",
     "auto digest edition ezine jsonl html feed markdown mail", false},
    {"search", "format", "text json jsonl tsv ids trec", false},
    {"similar", "format", "text json jsonl tsv ids trec", false},
    {NULL, "format", "text json", false},
    {NULL, "weight", "bm25 bm25+ lm tfidf bool", false},
    {NULL, "timeline", "year month", false},
    {NULL, "date-order", "dmy mdy ymd", false},
    {"web", "print-config", "lighttpd nginx apache", false},
    {NULL, "sort", "relevance date -date author", false},
    {NULL, "color", "auto always never", false},
    {NULL, "facet", "author year month language source keyword", true}};

static const struct choice *find_choice(const command *c, const char *option) {
  for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
    if (strcmp(choices[i].option, option) == 0 &&
        (!choices[i].command || strcmp(choices[i].command, c->name) == 0))
      return &choices[i];
  return NULL;
}

/* head is what stands before the value in the same word. */
static void print_choices(line *l, const struct choice *choice,
                          const char *head, const char *begun) {
  char before[256], value[32];
  const char *comma = choice->several ? strrchr(begun, ',') : NULL;
  size_t kept = comma ? (size_t)(comma + 1 - begun) : 0;
  if (strlen(head) + kept >= sizeof before)
    return;
  snprintf(before, sizeof before, "%s%.*s", head, (int)kept, begun);
  for (const char *at = choice->values; *at;) {
    size_t length = strcspn(at, " ");
    snprintf(value, sizeof value, "%.*s", (int)length, at);
    if (begins_with(value, begun + kept))
      print(l, before, value, "");
    at += length + strspn(at + length, " ");
  }
}

/* ---- Values of a database ---------------------------------------------- */

typedef struct value_printer {
  line *line;
  const char *head;
} value_printer;

/* What would break its line, or turn that of a terminal around, is left out. */
static bool is_plain(byline_string value) {
  for (size_t i = 0; i < value.length;) {
    if (cli_control(value.data + i, value.length - i) > 0)
      return false;
    int32_t c = cli_next_character(value.data, value.length, &i);
    if (c < 0 || cli_turns_direction(c))
      return false;
  }
  return true;
}

static int print_value(void *user, byline_string value) {
  value_printer *p = user;
  if (!is_plain(value))
    return 0;
  printf("%s%.*s\n", p->head, (int)value.length, value.data);
  p->line->printed++;
  return 0;
}

/* The databases that the words name. */
static bool find_databases(const line *l, cli_databases *databases) {
  for (int i = 1; i + 1 < l->count; i++) {
    const char *path = NULL;
    if (begins_with(l->words[i], "--db="))
      path = l->words[i] + 5;
    else if (strcmp(l->words[i], "--db") == 0 && i + 2 < l->count)
      path = l->words[++i];
    if (path && !cli_add_database(databases, path))
      return false;
  }
  return cli_default_database(databases);
}

/* Without a word where there is no database: somebody is typing. */
static void print_values(line *l, byline_facet_field field, const char *head,
                         const char *begun) {
  cli_databases databases = CLI_DATABASES_INIT;
  if (!find_databases(l, &databases))
    return;
  byline_database *database = NULL;
  value_printer p = {l, head};
  if (byline_database_open(l->context, databases.paths, databases.count,
                           &database, NULL) == BYLINE_OK)
    byline_complete(database, field, (byline_string){begun, strlen(begun)},
                    l->limit, print_value, &p, NULL);
  byline_database_free(database);
}

static bool find_field(const command *c, const char *option,
                       byline_facet_field *field) {
  static const struct {
    const char *option;
    byline_facet_field field;
  } fields[] = {{"author", BYLINE_FACET_AUTHOR},
                {"language", BYLINE_FACET_LANGUAGE},
                {"source", BYLINE_FACET_SOURCE}};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    if (strcmp(fields[i].option, option) == 0 &&
        (c == &command_search || c == &command_similar)) {
      *field = fields[i].field;
      return true;
    }
  return false;
}

static bool names_file(byline_string value) {
  static const char *const names[] = {"FILE", "PATH", "DB"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (value.length == strlen(names[i]) &&
        memcmp(value.data, names[i], value.length) == 0)
      return true;
  return false;
}

static void complete_value(line *l, const help_option *option, const char *head,
                           const char *begun) {
  char name[32];
  byline_facet_field field;
  snprintf(name, sizeof name, "%.*s", (int)option->name.length,
           option->name.data);
  const struct choice *choice = find_choice(l->command, name);
  if (choice)
    print_choices(l, choice, head, begun);
  else if (find_field(l->command, name, &field))
    print_values(l, field, head, begun);
  else if (names_file(option->value))
    print_files(l);
}

/* ---- The command line -------------------------------------------------- */

static void complete_command(line *l, const char *begun) {
  for (const command *const *c = cli_commands; *c; c++)
    if (begins_with((*c)->name, begun))
      print(l, "", (*c)->name, (*c)->summary);
  if (l->count > 1)
    return;
  if (begins_with("help", begun))
    print(l, "", "help", "tells how a command is used");
  if (begins_with("--version", begun) && *begun == '-')
    print(l, "", "--version", "tells the versions of byline and its libraries");
}

static void complete_option(line *l, const char *begun) {
  const char *help = l->command->help;
  help_option option;
  char name[40];
  while (help_option_next(&help, &option)) {
    snprintf(name, sizeof name, "--%.*s", (int)option.name.length,
             option.name.data);
    if (begins_with(name, begun))
      print(l, "", name, option.summary);
  }
}

/* similar takes all options of search, but tells some only. */
static bool find_option(const line *l, byline_string name,
                        help_option *option) {
  return help_option_find(l->command, name, option) ||
         (l->command == &command_similar &&
          help_option_find(&command_search, name, option));
}

/* The option that the word before names and that has a value. */
static bool find_before(const line *l, const char *word, help_option *option) {
  return begins_with(word, "--") && !strchr(word, '=') &&
         find_option(l, (byline_string){word + 2, strlen(word) - 2}, option) &&
         option->value.length > 0;
}

static bool options_ended(const line *l) {
  for (int i = 1; i + 1 < l->count; i++)
    if (strcmp(l->words[i], "--") == 0)
      return true;
  return false;
}

static void complete_argument(line *l) {
  static const char *const with_files[] = {"index", "read", "compact",
                                           "synonyms"};
  for (size_t i = 0; i < sizeof with_files / sizeof *with_files; i++)
    if (strcmp(l->command->name, with_files[i]) == 0)
      print_files(l);
}

static void complete_word(line *l, char *begun) {
  help_option option;
  char *equals = strchr(begun, '=');
  if (options_ended(l)) {
    complete_argument(l);
  } else if (l->count > 2 && find_before(l, l->words[l->count - 2], &option)) {
    complete_value(l, &option, "", begun);
  } else if (equals && begins_with(begun, "--")) {
    char head[64];
    byline_string name = {begun + 2, (size_t)(equals - begun - 2)};
    snprintf(head, sizeof head, "%.*s", (int)(equals + 1 - begun), begun);
    if (find_option(l, name, &option))
      complete_value(l, &option, head, equals + 1);
  } else if (*begun == '-') {
    complete_option(l, begun);
  } else {
    complete_argument(l);
  }
}

static int complete_main(byline_context *context, int argc, char **argv) {
  enum { LIMIT = 256 };
  static const struct option options[] = {
      {"limit", required_argument, NULL, LIMIT},
      CLI_HELP_OPTION,
      {NULL, 0, NULL, 0}};
  line l = {.context = context, .limit = 200};
  int option;
  while ((option = cli_option(&command_complete, argc, argv, options)) != -1)
    if (option == '?' ||
        !cli_number(&command_complete, "limit", optarg, 1000000, &l.limit))
      return EXIT_ERROR;
  l.words = argv + optind;
  l.count = argc - optind;
  if (l.count == 0)
    return cli_usage(&command_complete, "give the words of a command line");
  bool help = strcmp(l.words[0], "help") == 0;
  l.command = cli_find_command(l.words[0]);
  if (l.count == 1 || (help && l.count == 2))
    complete_command(&l, l.words[l.count - 1]);
  else if (l.command)
    complete_word(&l, l.words[l.count - 1]);
  return l.printed > 0 ? EXIT_FOUND : EXIT_NOTHING;
}
