#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/read_options.h"
#include "cli/watch.h"

static int index_main(byline_context *context, int argc, char **argv);

const command command_index = {
    "index", "adds files and folders of articles to a database",
    "usage: byline index [OPTION]... PATH...\n\n"
    "Reads files and folders ('-' is standard input) and brings the database\n"
    "up to date: new articles are added, changed ones replaced, unchanged "
    "ones\n"
    "left alone. The database is made if there is none. Compressed files and\n"
    "archives are read as they are.\n\n"
    "  --db DB           the database (a path or remote:HOST:PORT)\n"
    "  --shards N|LIST   spread the articles over N databases in the folder "
    "DB,\n"
    "                    or over those of LIST, paths and remote:HOST:PORT "
    "with\n"
    "                    commas between; for a new DB, which keeps to them "
    "and\n"
    "                    stands for all of them\n"
    "  --format NAME     auto (by content, the default), digest, edition,\n"
    "                    ezine, jsonl, html, feed, markdown or "
    "mail\n" READ_OPTIONS_HELP
    "  --language CODE   the articles' language where they name none; auto\n"
    "                    (the default): found out from their text\n"
    "  --cjk-ngrams      index Chinese, Japanese and Korean also for Omega's\n"
    "                    flag_cjk_ngram; for a new database, which keeps to\n"
    "                    it\n"
    "  --filter NAME[=ARGUMENTS]\n"
    "                    a plugin's filter that adds terms, synonyms say;\n"
    "                    several in their order; for a new database, which\n"
    "                    keeps to them\n"
    "  --plugin FILE     a shared object with readers and filters\n"
    "  --builder NAME    what makes a new database, and segments of one that\n"
    "                    exists: glass (Byline's own, many times as fast),\n"
    "                    xapian (no segments), or auto (the default): glass\n"
    "                    where it can be and there is enough to add\n"
    "  --threads N       how many of them glass uses (the default: one for\n"
    "                    each processor, at most 8)\n"
    "  --memory BYTES    what glass has in hand before it goes to the disk, "
    "as\n"
    "                    64M or 2G (the default: a quarter of the machine's, "
    "at\n"
    "                    most 1G)\n"
    "  --segment BYTES   publish what was read after so much text, between\n"
    "                    two files: an interruption costs no more (the\n"
    "                    default: 4G)\n"
    "  --compress        deflate what glass stores: a quarter less disk, a\n"
    "                    third more time; else byline compact does it\n"
    "  --verify          compare all articles with what Xapian finds of them "
    "in\n"
    "                    the database that glass has made, not only some\n"
    "  --prune           drop the articles of files below PATH that are gone\n"
    "  --wait SECONDS    wait so long, in all, for others that write to DB\n"
    "  --watch           stay, and keep DB in step with the paths, as --prune\n"
    "                    does, until a signal ends it\n"
    "  --delay SECONDS   of --watch: how long nothing must change (0.5)\n"
    "  --recheck SECONDS of --watch: how often all is looked at (3600)\n"
    "  --dry-run         say what would happen, and change nothing\n"
    "  --quiet           no summary\n"
    "  --help            this text\n\n"
    "A file that is as it was last time is not read again. Of a file that has\n"
    "changed, the articles that it has no more are dropped, unless another "
    "file\n"
    "has them too.\n"
    "A file that can't be read is reported, and the others are indexed. In a\n"
    "folder, files that hold no articles are skipped with a word, and names\n"
    "that begin with a dot without one.\n"
    "Exit status: 0 done, 1 no articles found, 2 something could not be read\n"
    "or written. An interrupt (Ctrl-C) keeps the articles so far; a second\n"
    "one ends at once and keeps what was there before.\n",
    index_main};

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal) {
  (void)signal;
  interrupted = 1;
}

/* The second one ends the process: it may wait for standard input. */
static void catch_signals(void) {
  struct sigaction action = {.sa_handler = on_interrupt,
                             .sa_flags = (int)SA_RESETHAND};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

enum { STOPPED = -1 };

static int on_count(void *user, size_t files, uint64_t bytes) {
  (void)bytes;
  cli_progress_counting(user, files);
  return interrupted ? STOPPED : 0;
}

static int on_progress(void *user, const char *path,
                       const byline_index_stats *stats) {
  (void)path;
  cli_progress_show(user, stats);
  return interrupted ? STOPPED : 0;
}

/* A notice is a line of its own. */
static void on_notice(void *user, const byline_notice *notice) {
  cli_progress_wipe(user);
  cli_notice(NULL, notice);
}

/* What is to be done is only counted for somebody who watches, and only where
 * all of it can be: standard input has no end that is known. */
static byline_status count_files(cli_progress *p, const char *const *paths,
                                 size_t count, byline_error *error) {
  size_t files;
  uint64_t bytes = 0;
  for (size_t i = 0; i < count; i++)
    if (strcmp(paths[i], "-") == 0)
      return BYLINE_OK;
  byline_status status = BYLINE_OK;
  if (p->shown)
    status = byline_measure(paths, count, on_count, p, &files, &bytes, error);
  cli_progress_total(p, bytes);
  return status;
}

static void put_count(const char *format, size_t count) {
  if (count > 0)
    printf(format, count);
}

/* "N one" or "N many", a line of its own; nothing for none. */
static void put_line(size_t count, const char *one, const char *many) {
  if (count > 0)
    printf("%zu %s\n", count, cli_plural(count, one, many));
}

/* What was read, and what came of it. */
static void print_articles(const byline_index_stats *s) {
  printf("%zu %s in %zu %s: %zu added", s->read.articles,
         cli_plural(s->read.articles, "article", "articles"), s->read.files,
         cli_plural(s->read.files, "file", "files"), s->added);
  put_count(", %zu replaced", s->replaced);
  put_count(", %zu moved", s->moved);
  put_count(", %zu unchanged", s->unchanged);
  put_count(", %zu dropped", s->dropped);
  put_count(", %zu not written", s->failed);
  putchar('\n');
}

static void print_summary(const byline_index_stats *s) {
  if (s->read.articles > 0 || s->dropped > 0 || s->moved > 0 ||
      s->files_unchanged == 0)
    print_articles(s);
  put_line(s->files_unchanged, "file unchanged since last time",
           "files unchanged since last time");
  put_line(s->files_gone, "file gone", "files gone");
  put_line(s->read.files_skipped, "file skipped: it holds no articles",
           "files skipped: they hold no articles");
  put_line(s->read.files_failed, "file could not be read",
           "files could not be read");
  put_line(s->read.invalid_bytes, "broken character replaced by U+FFFD",
           "broken characters replaced by U+FFFD");
  put_line(s->read.unclear_dates,
           "date line is unclear: its articles have no date",
           "date lines are unclear: their articles have no date");
  if (s->read.unclear_dates > 0)
    puts("(--date-order says what 03/04/2020 is)");
}

static int run(byline_context *context, const char *database,
               const char *const *paths, size_t count,
               const byline_index_options *options, bool quiet) {
  cli_progress p;
  byline_index_stats stats = BYLINE_INDEX_STATS_INIT;
  byline_error error;
  cli_progress_start(&p);
  byline_index_options own = *options;
  own.read.notice = on_notice;
  own.read.notice_user = &p;
  own.progress = on_progress;
  own.progress_user = &p;
  byline_status status = count_files(&p, paths, count, &error);
  if (status == BYLINE_OK)
    status =
        byline_index(context, database, paths, count, &own, &stats, &error);
  cli_progress_wipe(&p);
  if (status != BYLINE_OK && status != STOPPED)
    return cli_fail_error(&error);
  if (!quiet && options->dry_run)
    puts("dry run, nothing is changed:");
  if (!quiet)
    print_summary(&stats);
  if (status == STOPPED)
    return cli_fail("interrupted: the articles so far are in %s; the same "
                    "command goes on from there",
                    database);
  if (stats.read.files_failed > 0 || stats.failed > 0)
    return EXIT_ERROR;
  bool found = stats.read.articles > 0 || stats.files_unchanged > 0 ||
               stats.files_gone > 0;
  return found ? EXIT_FOUND : EXIT_NOTHING;
}

static bool builder_of(const char *name, byline_builder *choice) {
  static const char *const names[] = {[BYLINE_BUILDER_AUTO] = "auto",
                                      [BYLINE_BUILDER_GLASS] = "glass",
                                      [BYLINE_BUILDER_XAPIAN] = "xapian"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(names[i], name) == 0) {
      *choice = (byline_builder)i;
      return true;
    }
  cli_usage(&command_index, "--builder is auto, glass or xapian, not '%s'",
            name);
  return false;
}

static bool threads_of(const char *text, unsigned *threads) {
  enum { MOST = 64 };
  size_t number = 0;
  if (!cli_number(&command_index, "threads", text, MOST, &number))
    return false;
  *threads = (unsigned)number;
  return true;
}

static bool bytes_of(const char *option, const char *text, uint64_t *bytes) {
  const uint64_t least = UINT64_C(1) << 20, most = UINT64_C(1) << 50;
  if (cli_size(text, most, bytes) && *bytes >= least)
    return true;
  cli_usage(&command_index, "--%s takes at least 1M, as 64M or 2G, not '%s'",
            option, text);
  return false;
}

static int index_main(byline_context *context, int argc, char **argv) {
  enum {
    DB = 256,
    SHARDS,
    LANGUAGE,
    CJK_NGRAMS,
    FILTER,
    PLUGIN,
    BUILDER,
    THREADS,
    MEMORY,
    SEGMENT,
    COMPRESS,
    VERIFY,
    PRUNE,
    WAIT,
    WATCH,
    DELAY,
    RECHECK,
    DRY_RUN,
    QUIET
  };
  static const struct option options[] = {
      {"db", required_argument, NULL, DB},
      {"shards", required_argument, NULL, SHARDS},
      READ_OPTIONS,
      {"language", required_argument, NULL, LANGUAGE},
      {"cjk-ngrams", no_argument, NULL, CJK_NGRAMS},
      {"filter", required_argument, NULL, FILTER},
      {"plugin", required_argument, NULL, PLUGIN},
      {"builder", required_argument, NULL, BUILDER},
      {"threads", required_argument, NULL, THREADS},
      {"memory", required_argument, NULL, MEMORY},
      {"segment", required_argument, NULL, SEGMENT},
      {"compress", no_argument, NULL, COMPRESS},
      {"verify", no_argument, NULL, VERIFY},
      {"prune", no_argument, NULL, PRUNE},
      {"wait", required_argument, NULL, WAIT},
      {"watch", no_argument, NULL, WATCH},
      {"delay", required_argument, NULL, DELAY},
      {"recheck", required_argument, NULL, RECHECK},
      {"dry-run", no_argument, NULL, DRY_RUN},
      {"quiet", no_argument, NULL, QUIET},
      CLI_HELP_OPTION,
      {NULL, 0, NULL, 0}};
  cli_databases databases = CLI_DATABASES_INIT;
  cli_filters filters = {{NULL}, 0};
  byline_index_options o = BYLINE_INDEX_OPTIONS_INIT;
  watch_choice watch = {false, 0, 0};
  bool quiet = false;
  int option;
  while ((option = cli_option(&command_index, argc, argv, options)) != -1) {
    if (option == '?')
      return EXIT_ERROR;
    if (option == DB && databases.count > 0)
      return cli_usage(&command_index, "articles go to one --db only");
    if (option == DB && !cli_add_database(&databases, optarg))
      return EXIT_ERROR;
    if (option == SHARDS &&
        !cli_text(&command_index, "shards", optarg, &o.shards))
      return EXIT_ERROR;
    if (!read_option_take(&command_index, option, &o.read))
      return EXIT_ERROR;
    if (option == LANGUAGE &&
        !cli_text(&command_index, "language", optarg, &o.language))
      return EXIT_ERROR;
    if (option == FILTER && !cli_add_filter(&command_index, &filters, optarg))
      return EXIT_ERROR;
    if (option == PLUGIN && !cli_plugin(context, optarg))
      return EXIT_ERROR;
    if (option == BUILDER && !builder_of(optarg, &o.builder))
      return EXIT_ERROR;
    if (option == THREADS && !threads_of(optarg, &o.threads))
      return EXIT_ERROR;
    if ((option == MEMORY && !bytes_of("memory", optarg, &o.memory)) ||
        (option == SEGMENT && !bytes_of("segment", optarg, &o.segment)))
      return EXIT_ERROR;
    if (option == WAIT &&
        !cli_seconds(&command_index, "wait", optarg, &o.wait_ms))
      return EXIT_ERROR;
    if (option == DELAY &&
        !cli_seconds(&command_index, "delay", optarg, &watch.delay_ms))
      return EXIT_ERROR;
    if (option == RECHECK &&
        !cli_seconds(&command_index, "recheck", optarg, &watch.recheck_ms))
      return EXIT_ERROR;
    watch.wanted = watch.wanted || option == WATCH;
    o.compress = o.compress || option == COMPRESS;
    o.verify = o.verify || option == VERIFY;
    o.cjk_ngrams = o.cjk_ngrams || option == CJK_NGRAMS;
    o.prune = o.prune || option == PRUNE;
    o.dry_run = o.dry_run || option == DRY_RUN;
    quiet = quiet || option == QUIET;
  }
  if (optind == argc)
    return cli_usage(&command_index, "name the files or folders to read");
  if (!watch.wanted && (watch.delay_ms > 0 || watch.recheck_ms > 0))
    return cli_usage(&command_index, "--delay and --recheck are for --watch");
  if (watch.wanted && o.dry_run)
    return cli_usage(&command_index,
                     "--watch and --dry-run exclude each other");
  if (!cli_default_database(&databases))
    return EXIT_ERROR;
  o.filters = filters.list;
  o.filter_count = filters.count;
  const char *const *paths = (const char *const *)argv + optind;
  size_t count = (size_t)(argc - optind);
  if (watch.wanted)
    return cli_watch(context, databases.paths[0], paths, count, &o, &watch,
                     quiet);
  catch_signals();
  return run(context, databases.paths[0], paths, count, &o, quiet);
}
