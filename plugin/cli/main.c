#include <locale.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/cli.h"

const command *const cli_commands[] = {&command_index,    &command_search,
                                       &command_show,     &command_similar,
                                       &command_info,     &command_read,
                                       &command_analyze,  &command_export,
                                       &command_compact,  &command_check,
                                       &command_synonyms, &command_web,
                                       &command_complete, NULL};

static void print_help(FILE *out) {
  fputs("usage: byline COMMAND [OPTION]... [ARGUMENT]...\n\n"
        "Puts article archives into a Xapian database and searches them.\n\n"
        "commands:\n",
        out);
  for (const command *const *c = cli_commands; *c; c++)
    fprintf(out, "  %-9s %s\n", (*c)->name, (*c)->summary);
  fputs("\n"
        "The database is --db DB, else $BYLINE_DB, else ./byline.db.\n"
        "'byline help COMMAND' says more; so do the man pages, byline(1)\n"
        "and byline-COMMAND(1).\n"
        "Exit status: 0 found or done, 1 nothing found, 2 error.\n",
        out);
}

const command *cli_find_command(const char *name) {
  for (const command *const *c = cli_commands; *c; c++)
    if (strcmp((*c)->name, name) == 0)
      return *c;
  return NULL;
}

static int unknown(const char *name) {
  return cli_fail("there is no command '%s'; 'byline help' lists them", name);
}

static int help(int argc, char **argv) {
  if (argc < 3) {
    print_help(stdout);
    return EXIT_FOUND;
  }
  const command *c = cli_find_command(argv[2]);
  if (!c)
    return unknown(argv[2]);
  fputs(c->help, stdout);
  return EXIT_FOUND;
}

static int print_version(void) {
  byline_context *context = NULL;
  byline_error error;
  if (byline_context_new(&context, &error) != BYLINE_OK)
    return cli_fail_error(&error);
  printf("byline %s (%s)\n", byline_version(),
         byline_context_versions(context));
  byline_context_free(context);
  return EXIT_FOUND;
}

static int run(const command *c, int argc, char **argv) {
  byline_context *context = NULL;
  byline_error error;
  if (byline_context_new(&context, &error) != BYLINE_OK)
    return cli_fail_error(&error);
  int status = c->run(context, argc, argv);
  byline_context_free(context);
  return status;
}

/* As a signal handler would: anything may be in the middle of its work. */
static void on_terminate(void) {
  static atomic_flag told = ATOMIC_FLAG_INIT; /* threads may meet it together */
  static const char text[] =
      "byline: ended within Xapian, as where the disk is full or fails, or "
      "there is no memory; what was committed before is still there, and the "
      "same command goes on from there\n";
  while (atomic_flag_test_and_set(&told))
    pause();
  ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
  (void)written;
  _exit(EXIT_ERROR);
}

/* A database may be a folder of many shards, each of many files. */
static void allow_files(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit); /* if not, opening them says why */
}

int main(int argc, char **argv) {
  setlocale(LC_CTYPE, "");
  byline_set_terminate(on_terminate);
  allow_files();
  if (argc < 2) {
    print_help(stderr);
    return EXIT_ERROR;
  }
  const char *name = argv[1];
  if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 ||
      strcmp(name, "-h") == 0)
    return cli_finish(help(argc, argv));
  if (strcmp(name, "--version") == 0 || strcmp(name, "version") == 0)
    return cli_finish(print_version());
  const command *c = cli_find_command(name);
  if (!c)
    return unknown(name);
  return cli_finish(run(c, argc - 1, argv + 1));
}
