/* The writer: one article is one document, whatever happens to its file. */
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "index/context.h"
#include "index/writer.h"

typedef struct fixture {
  char folder[64];
  char database[96];
  byline_context *context;
  byline_writer *writer;
} fixture;

static int set_up(void **state) {
  fixture *f = calloc(1, sizeof *f);
  *state = f;
  if (!f)
    return 1;
  strcpy(f->folder, "/tmp/byline-writer-XXXXXX");
  if (!mkdtemp(f->folder))
    return 1;
  snprintf(f->database, sizeof f->database, "%s/db", f->folder);
  if (byline_context_new(&f->context, NULL) != BYLINE_OK)
    return 1;
  return byline_writer_open(f->context, f->database, NULL, &f->writer, NULL);
}

static int tear_down(void **state) {
  fixture *f = *state;
  char command[128];
  byline_writer_free(f->writer);
  byline_context_free(f->context);
  snprintf(command, sizeof command, "rm -r '%s'", f->folder);
  int status = system(command);
  free(f);
  return status;
}

static byline_article article(const char *title, const char *text) {
  static const byline_string author = {"Jane Doe", 8};
  byline_article a = {.size = sizeof a, .authors = &author, .author_count = 1};
  a.title = str(title);
  a.text = str(text);
  a.date = str("2020-10-20");
  a.source = str("old.txt");
  a.line = 3;
  return a;
}

static byline_outcome add(fixture *f, const byline_article *a) {
  byline_outcome outcome;
  byline_error error;
  byline_status status = byline_writer_add(f->writer, a, &outcome, &error);
  if (status != BYLINE_OK)
    fail_msg("%s", error.message);
  return outcome;
}

/* The next articles come from a file that exists, or from one that does not.*/
static void read_from(fixture *f, const char *path) {
  schema_file file = {-1, str(path)};
  writer_set_file(f->writer, &file);
}

static size_t documents(fixture *f) {
  byline_database *db;
  byline_info *info;
  const char *path = f->database;
  assert_int_equal(byline_writer_commit(f->writer, NULL), BYLINE_OK);
  assert_int_equal(byline_database_open(f->context, &path, 1, &db, NULL),
                   BYLINE_OK);
  assert_int_equal(byline_database_info(db, &info, NULL), BYLINE_OK);
  size_t count = info->articles;
  byline_info_free(info);
  byline_database_free(db);
  return count;
}

static void an_article_is_added_once(void **state) {
  fixture *f = *state;
  byline_article a = article("Title", "text");
  assert_int_equal(add(f, &a), BYLINE_ADDED);
  assert_int_equal(add(f, &a), BYLINE_UNCHANGED);
  read_from(f, "");
  assert_int_equal(add(f, &a), BYLINE_UNCHANGED);
  assert_int_equal(documents(f), 1);
  assert_int_equal(add(f, &a), BYLINE_UNCHANGED);
}

static void changed_text_replaces(void **state) {
  fixture *f = *state;
  byline_article a = article("Title", "text");
  assert_int_equal(add(f, &a), BYLINE_ADDED);
  read_from(f, "");
  a.text = str("corrected text");
  assert_int_equal(add(f, &a), BYLINE_REPLACED);
  assert_int_equal(documents(f), 1);
}

static void another_line_is_a_move(void **state) {
  fixture *f = *state;
  byline_article a = article("Title", "text");
  assert_int_equal(add(f, &a), BYLINE_ADDED);
  read_from(f, "");
  a.line = 40;
  assert_int_equal(add(f, &a), BYLINE_MOVED);
  /* Twice in one file: the first place stays. */
  a.line = 80;
  assert_int_equal(add(f, &a), BYLINE_UNCHANGED);
  assert_int_equal(documents(f), 1);
}

static void
a_file_that_went_was_moved_and_one_that_stays_was_copied(void **state) {
  fixture *f = *state;
  byline_article a = article("Title", "text");
  read_from(f, "/nonexistent/old.txt");
  assert_int_equal(add(f, &a), BYLINE_ADDED);
  a.source = str("new.txt");
  read_from(f, f->folder); /* something that exists */
  assert_int_equal(add(f, &a), BYLINE_MOVED);
  a.source = str("copy.txt");
  read_from(f, "/nonexistent/copy.txt");
  assert_int_equal(add(f, &a), BYLINE_UNCHANGED);
  assert_int_equal(documents(f), 1);
}

static void
two_articles_that_share_everything_but_text_are_both_kept(void **state) {
  fixture *f = *state;
  byline_article one = article("Column", "part one");
  byline_article two = article("Column", "part two");
  two.line = 20;
  for (int round = 0; round < 3; round++) {
    byline_outcome expected = round == 0 ? BYLINE_ADDED : BYLINE_UNCHANGED;
    read_from(f, "");
    assert_int_equal(add(f, &one), expected);
    assert_int_equal(add(f, &two), expected);
    assert_int_equal(documents(f), 2);
  }
  /* The second is edited: only it changes. */
  read_from(f, "");
  two.text = str("part two, corrected");
  assert_int_equal(add(f, &one), BYLINE_UNCHANGED);
  assert_int_equal(add(f, &two), BYLINE_REPLACED);
  assert_int_equal(documents(f), 2);
  /* The first is taken out: the second is still known. */
  read_from(f, "");
  assert_int_equal(add(f, &two), BYLINE_UNCHANGED);
}

static void a_namesake_in_another_file_is_another_article(void **state) {
  fixture *f = *state;
  byline_article one = article("Column", "from one paper");
  byline_article two = article("Column", "from another paper");
  two.source = str("other.txt");
  for (int round = 0; round < 2; round++) {
    byline_outcome expected = round == 0 ? BYLINE_ADDED : BYLINE_UNCHANGED;
    read_from(f, f->folder);
    assert_int_equal(add(f, &one), expected);
    read_from(f, "/");
    assert_int_equal(add(f, &two), expected);
    assert_int_equal(documents(f), 2);
  }
}

static void an_explicit_id_or_url_decides_alone(void **state) {
  fixture *f = *state;
  byline_article a = article("Title", "text");
  a.id = str("x-1");
  assert_int_equal(add(f, &a), BYLINE_ADDED);
  a.title = str("Another title");
  assert_int_equal(add(f, &a), BYLINE_REPLACED);
  a.id.length = 0;
  a.url = str("https://example.org/1");
  assert_int_equal(add(f, &a), BYLINE_ADDED);
  a.date = str("2021-01-01");
  assert_int_equal(add(f, &a), BYLINE_REPLACED);
  assert_int_equal(documents(f), 2);
  assert_int_equal(byline_writer_delete(f->writer, "x-1", NULL), BYLINE_OK);
  assert_int_equal(byline_writer_delete(f->writer, "x-1", NULL),
                   BYLINE_NOT_FOUND);
  assert_int_equal(documents(f), 1);
}

static void what_was_not_committed_is_gone(void **state) {
  fixture *f = *state;
  byline_article a = article("Kept", "text"), b = article("Lost", "text");
  assert_int_equal(add(f, &a), BYLINE_ADDED);
  assert_int_equal(documents(f), 1);
  assert_int_equal(add(f, &b), BYLINE_ADDED);
  byline_writer_free(f->writer);
  f->writer = NULL;
  assert_int_equal(
      byline_writer_open(f->context, f->database, NULL, &f->writer, NULL),
      BYLINE_OK);
  assert_int_equal(documents(f), 1);
  assert_int_equal(add(f, &b), BYLINE_ADDED);
}

static void a_second_writer_is_told_of_the_first(void **state) {
  fixture *f = *state;
  byline_writer *second = NULL;
  byline_error error;
  assert_int_equal(
      byline_writer_open(f->context, f->database, NULL, &second, &error),
      BYLINE_LOCKED);
  assert_null(second);
  assert_non_null(strstr(error.message, f->database));
}

static void an_article_too_large_costs_no_other(void **state) {
  fixture *f = *state;
  enum { HUGE_SIZE = 101 << 20 };
  byline_article a = article("Before", "text"), b = article("After", "text");
  byline_article huge = article("Huge", "");
  char *text = malloc(HUGE_SIZE);
  byline_error error;
  assert_non_null(text);
  memset(text, 'x', HUGE_SIZE);
  huge.text = (byline_string){text, HUGE_SIZE};
  assert_int_equal(add(f, &a), BYLINE_ADDED);
  assert_int_equal(byline_writer_add(f->writer, &huge, NULL, &error),
                   BYLINE_INVALID);
  free(text);
  assert_non_null(strstr(error.message, "101 MB"));
  assert_int_equal(add(f, &b), BYLINE_ADDED);
  assert_int_equal(documents(f), 2);
}

static void a_date_that_is_none_is_refused(void **state) {
  fixture *f = *state;
  byline_article a = article("Title", "text");
  byline_error error;
  a.date = str("not a date 2020");
  assert_int_equal(byline_writer_add(f->writer, &a, NULL, &error),
                   BYLINE_INVALID);
  assert_non_null(strstr(error.message, "not a date 2020"));
}

static void two_readings_of_standard_input_replace_nothing(void **state) {
  fixture *f = *state;
  byline_article one = article("Column", "part one");
  byline_article two = article("Column", "part two");
  one.source = two.source = str("-");
  read_from(f, "");
  assert_int_equal(add(f, &one), BYLINE_ADDED);
  read_from(f, "");
  assert_int_equal(add(f, &two), BYLINE_ADDED);
  assert_int_equal(documents(f), 2);
}

/* Stops after the first article, with no room left on the "disk". */
static int stop_and_fill(void *user, const char *path,
                         const byline_index_stats *stats) {
  (void)user;
  (void)path;
  (void)stats;
  struct rlimit full = {1, RLIM_INFINITY};
  signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &full);
  return -7;
}

static int stop(void *user, const char *path, const byline_index_stats *stats) {
  (void)user;
  (void)path;
  (void)stats;
  return -7;
}

static void a_commit_that_fails_is_no_mere_stop(void **state) {
  fixture *f = *state;
  char path[96], database[96];
  const char *paths[] = {path};
  byline_index_options options = BYLINE_INDEX_OPTIONS_INIT;
  byline_error error;
  struct rlimit before;
  snprintf(path, sizeof path, "%s/a.txt", f->folder);
  snprintf(database, sizeof database, "%s/full", f->folder);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs("20 October 2020\n\nA title of the day\n\nJane Doe\n\n\nA first body "
        "that is long enough to be one, it says.\n",
        file);
  assert_int_equal(fclose(file), 0);
  options.progress = stop;
  assert_int_equal(
      byline_index(f->context, database, paths, 1, &options, NULL, &error),
      -7); /* what is complete was kept */
  file = fopen(path, "a");
  assert_non_null(file);
  fputs("\nAnother title of the day\n\nTom Roe\n\n\nA second body, quite as "
        "long as the first one was.\n",
        file);
  assert_int_equal(fclose(file), 0);
  assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
  options.progress = stop_and_fill;
  byline_status status =
      byline_index(f->context, database, paths, 1, &options, NULL, &error);
  assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
  assert_int_equal(status, BYLINE_IO);
  assert_non_null(strstr(error.message, database));
  assert_non_null(strstr(error.message, "still there"));
  byline_writer_free(f->writer);
  f->writer = NULL;
  strcpy(f->database, database);
  assert_int_equal(
      byline_writer_open(f->context, database, NULL, &f->writer, NULL),
      BYLINE_OK);
  assert_int_equal(documents(f), 1);
}

static void an_unknown_language_makes_no_database(void **state) {
  fixture *f = *state;
  byline_index_options options = BYLINE_INDEX_OPTIONS_INIT;
  byline_writer *writer = NULL;
  byline_error error;
  char path[96];
  snprintf(path, sizeof path, "%s/other", f->folder);
  options.language = "klingon";
  assert_int_equal(
      byline_writer_open(f->context, path, &options, &writer, &error),
      BYLINE_INVALID);
  assert_non_null(strstr(error.message, "klingon"));
  assert_int_not_equal(access(path, F_OK), 0);
}

/* All of a lane's positions but a few are used when the text begins. */
static void an_article_with_too_many_words_is_refused(void **state) {
  fixture *f = *state;
  size_t length = 2 * ((size_t)BYLINE_WORD_POSITION - 150);
  char *words = malloc(length);
  assert_non_null(words);
  for (size_t i = 0; i < length; i++)
    words[i] = i % 2 == 0 ? 'a' : ' ';
  byline_string deck = {words, length};
  byline_article a = article("", "b b");
  a.decks = &deck;
  a.deck_count = 1;
  a.author_count = 0;
  byline_outcome outcome;
  byline_error error;
  assert_int_equal(byline_writer_add(f->writer, &a, &outcome, &error),
                   BYLINE_INVALID);
  assert_non_null(strstr(error.message, "too many words"));
  free(words);
  assert_int_equal(documents(f), 0);
}

static int add_spelling(void *user, byline_string word, uint32_t frequency) {
  char *list = user;
  snprintf(list + strlen(list), 256 - strlen(list), "%.*s:%u ",
           (int)word.length, word.data, (unsigned)frequency);
  return 0;
}

static void words_go_with_their_articles(void **state) {
  fixture *f = *state;
  byline_article a = article("Oars", "Two oars"), b = article("Oars", "Tar");
  char words[256] = "";
  a.id = str("x-1");
  b.id = str("x-2");
  assert_int_equal(add(f, &a), BYLINE_ADDED);
  assert_int_equal(add(f, &b), BYLINE_ADDED);
  assert_int_equal(documents(f), 2);
  assert_int_equal(
      xap_database_spellings(writer_view(f->writer), add_spelling, words, NULL),
      BYLINE_OK);
  assert_string_equal(words, "doe:2 jane:2 oars:2 tar:1 two:1 ");
  assert_int_equal(byline_writer_delete(f->writer, "x-1", NULL), BYLINE_OK);
  assert_int_equal(documents(f), 1);
  *words = '\0';
  assert_int_equal(
      xap_database_spellings(writer_view(f->writer), add_spelling, words, NULL),
      BYLINE_OK);
  assert_string_equal(words, "doe:1 jane:1 oars:1 tar:1 ");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(an_article_is_added_once),
      TEST(changed_text_replaces),
      TEST(another_line_is_a_move),
      TEST(a_file_that_went_was_moved_and_one_that_stays_was_copied),
      TEST(two_articles_that_share_everything_but_text_are_both_kept),
      TEST(a_namesake_in_another_file_is_another_article),
      TEST(an_explicit_id_or_url_decides_alone),
      TEST(what_was_not_committed_is_gone),
      TEST(a_second_writer_is_told_of_the_first),
      TEST(an_article_too_large_costs_no_other),
      TEST(an_article_with_too_many_words_is_refused),
      TEST(a_date_that_is_none_is_refused),
      TEST(two_readings_of_standard_input_replace_nothing),
      TEST(a_commit_that_fails_is_no_mere_stop),
      TEST(an_unknown_language_makes_no_database),
      TEST(words_go_with_their_articles),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
