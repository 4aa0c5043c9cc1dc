/* Files, folders and what is wrong with them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "read/input.h"
#include "read/reader.h"
#include "read/sniff.h"

#define P1 "The crews met at the gate on Monday and voted to stay out."
#define DIGEST(title) "20 Oct 2020\n\n" title "\n\nJane Doe\n\n\n" P1 "\n"

/* A temporary folder and what reading it said. */
typedef struct place {
  char root[64];
  reader_registry *registry;
  buf heard; /* "file a.txt" "article a.txt:3 Title" "F a.txt: message" */
  byline_read_stats stats;
  int stop;                /* what the article callback returns */
  const char *remove_then; /* a file to remove at the first article */
} place;

static int setup(void **state) {
  place *p = calloc(1, sizeof *p);
  assert_non_null(p);
  strcpy(p->root, "/tmp/byline-read-XXXXXX");
  assert_non_null(mkdtemp(p->root));
  p->registry = reader_registry_new();
  assert_non_null(p->registry);
  assert_int_equal(chdir(p->root), 0);
  *state = p;
  return 0;
}

static void remove_tree(const char *path) {
  struct stat status;
  if (lstat(path, &status) != 0)
    return;
  if (S_ISDIR(status.st_mode)) {
    chmod(path, 0700);
    DIR *folder = opendir(path);
    struct dirent *entry;
    while (folder && (entry = readdir(folder))) {
      if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
        continue;
      char below[1024];
      snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
      remove_tree(below);
    }
    closedir(folder);
    rmdir(path);
  } else {
    unlink(path);
  }
}

static int teardown(void **state) {
  place *p = *state;
  assert_int_equal(chdir("/"), 0);
  remove_tree(p->root);
  reader_registry_free(p->registry);
  buf_free(&p->heard);
  free(p);
  return 0;
}

static void write_bytes(const char *path, const char *text, size_t length) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(text, 1, length, file), length);
  assert_int_equal(fclose(file), 0);
}

static void write_text(const char *path, const char *text) {
  write_bytes(path, text, strlen(text));
}

static int on_file(void *user, const char *path, size_t on_disk,
                   const struct stat *status) {
  place *p = user;
  assert_int_equal(on_disk, strlen(path));
  buf_printf(&p->heard, "file %s%s\n", path,
             S_ISREG(status->st_mode) ? "" : " (no file)");
  return 0;
}

static int on_article(void *user, const byline_article *a) {
  place *p = user;
  buf_printf(&p->heard, "article %.*s:%zu %.*s\n", (int)a->source.length,
             a->source.data, a->line, (int)a->title.length, a->title.data);
  if (p->remove_then)
    unlink(p->remove_then);
  return p->stop;
}

static void on_notice(void *user, const byline_notice *notice) {
  static const char kinds[] = "SFR";
  place *p = user;
  buf_printf(&p->heard, "%c %s: %s\n", kinds[notice->kind], notice->path,
             notice->message);
}

static byline_status read_as(place *p, const char *format,
                             const char *const *paths, size_t count,
                             byline_error *error) {
  byline_read_options options = BYLINE_READ_OPTIONS_INIT;
  options.format = format;
  options.notice = on_notice;
  options.notice_user = p;
  read_events events = {.user = p, .file = on_file, .article = on_article};
  p->stats = (byline_read_stats)BYLINE_READ_STATS_INIT;
  buf_clear(&p->heard);
  buf_add_string(&p->heard, "");
  return read_paths(p->registry, paths, count, &options, &events, &p->stats,
                    error);
}

static void expect(place *p, const char *path, const char *heard) {
  assert_int_equal(read_as(p, NULL, &path, 1, NULL), BYLINE_OK);
  assert_string_equal(p->heard.data, heard);
}

static void expect_counts(const place *p, size_t files, size_t skipped,
                          size_t failed) {
  assert_int_equal(p->stats.files, files);
  assert_int_equal(p->stats.files_skipped, skipped);
  assert_int_equal(p->stats.files_failed, failed);
}

static void files_in_the_order_given(void **state) {
  place *p = *state;
  write_text("b.txt", DIGEST("Bee"));
  write_text("a.txt", DIGEST("Ant"));
  static const char *const paths[] = {"b.txt", "./a.txt", "b.txt"};
  assert_int_equal(read_as(p, "auto", paths, 3, NULL), BYLINE_OK);
  assert_string_equal(p->heard.data, "file b.txt\narticle b.txt:3 Bee\n"
                                     "file ./a.txt\narticle ./a.txt:3 Ant\n"
                                     "file b.txt\narticle b.txt:3 Bee\n");
  expect_counts(p, 3, 0, 0);
  assert_int_equal(p->stats.articles, 3);
  assert_int_equal(p->stats.bytes, 3 * strlen(DIGEST("Bee")));
}

static void folders_in_name_order(void **state) {
  place *p = *state;
  mkdir("t", 0700);
  mkdir("t/b", 0700);
  mkdir("t/.git", 0700);
  mkdir("t/empty", 0700);
  write_text("t/b/x.txt", DIGEST("X"));
  write_text("t/b.txt", DIGEST("B"));
  write_text("t/B.txt", DIGEST("Capital"));
  write_text("t/c.txt", DIGEST("C"));
  write_text("t/.hidden", DIGEST("Hidden"));
  write_text("t/.git/y.txt", DIGEST("Y"));
  static const char expected[] = "file t/B.txt\narticle t/B.txt:3 Capital\n"
                                 "file t/b/x.txt\narticle t/b/x.txt:3 X\n"
                                 "file t/b.txt\narticle t/b.txt:3 B\n"
                                 "file t/c.txt\narticle t/c.txt:3 C\n";
  expect(p, "t", expected);
  expect_counts(p, 4, 0, 0);
  expect(p, "t/", expected);
  expect(p, "t/.hidden", "file t/.hidden\narticle t/.hidden:3 Hidden\n");
  expect(p, "t/empty", "");
  expect_counts(p, 0, 0, 0);
}

static void many_names(void **state) {
  place *p = *state;
  mkdir("t", 0700);
  buf expected = BUF_INIT;
  for (int i = 0; i < 200; i++) {
    char path[32];
    snprintf(path, sizeof path, "t/%03d", i * 77 % 200);
    write_text(path, DIGEST("One"));
    buf_printf(&expected, "file t/%03d\narticle t/%03d:3 One\n", i, i);
  }
  expect(p, "t", expected.data);
  buf_free(&expected);
}

#define FORMAT_HINT                                                            \
  "no reader knows this file: name its format if it is an archive"

static void named_files_that_cannot_be_read(void **state) {
  place *p = *state;
  expect(p, "none", "F none: cannot open: No such file or directory\n");
  mkfifo("pipe", 0600);
  expect(p, "pipe", "F pipe: not a regular file but a pipe\n");
  expect(p, "/dev/null", "F /dev/null: not a regular file but a device\n");
  write_text("empty", "");
  expect(p, "empty", "F empty: the file is empty\n");
  write_text("blank", "\xEF\xBB\xBF \r\n\t\n");
  expect(p, "blank", "F blank: the file is empty\n");
  write_bytes("data",
              "\x7F"
              "ELF\2\1\1\0\0\0\0\0",
              12);
  expect(p, "data", "F data: binary file: only text can be read\n");
  write_bytes("wide",
              "2\0"
              "0\0 \0O\0c\0t\0 \0",
              14);
  expect(p, "wide", "F wide: " FORMAT_HINT "\n");
  write_text("note", "Buy milk and bread.\n");
  expect(p, "note", "F note: " FORMAT_HINT "\n");
  expect_counts(p, 0, 0, 1);
}

static void odd_files_in_folders(void **state) {
  place *p = *state;
  mkdir("t", 0700);
  mkfifo("t/1pipe", 0600);
  write_text("t/2empty", "");
  write_bytes("t/3data", "\0\1\2\3\4\5\6\7", 8);
  write_text("t/4note", "Buy milk and bread.\n");
  write_text("t/5good", DIGEST("Good"));
  assert_int_equal(symlink("nowhere", "t/6gone"), 0);
  assert_int_equal(symlink("5good", "t/7link"), 0);
  expect(p, "t",
         "S t/1pipe: not a regular file but a pipe\n"
         "S t/2empty: the file is empty\n"
         "S t/3data: binary file: only text can be read\n"
         "S t/4note: " FORMAT_HINT "\n"
         "file t/5good\narticle t/5good:3 Good\n"
         "F t/6gone: cannot open: No such file or directory\n"
         "file t/7link\narticle t/7link:3 Good\n");
  expect_counts(p, 2, 4, 1);
}

static void no_permission(void **state) {
  place *p = *state;
  bool root = geteuid() == 0;
  mkdir("t", 0755);
  mkdir("t/shut", 0);
  write_text("t/secret", DIGEST("Secret"));
  chmod("t/secret", 0);
  if (root) { /* who may read everything */
    chmod(p->root, 0755);
    assert_int_equal(seteuid(65534), 0);
  }
  expect(p, "t",
         "F t/secret: cannot open: Permission denied\n"
         "F t/shut: cannot open the folder: Permission denied\n");
  if (root)
    assert_int_equal(seteuid(0), 0);
  expect_counts(p, 0, 0, 2);
}

static void vanished(void **state) {
  place *p = *state;
  mkdir("t", 0700);
  write_text("t/a", DIGEST("Ant"));
  write_text("t/b", DIGEST("Bee"));
  write_text("t/c", DIGEST("Cow"));
  p->remove_then = "t/b";
  expect(p, "t",
         "file t/a\narticle t/a:3 Ant\n"
         "F t/b: cannot open: No such file or directory\n"
         "file t/c\narticle t/c:3 Cow\n");
  expect_counts(p, 2, 0, 1);
}

static void loops(void **state) {
  place *p = *state;
  mkdir("t", 0700);
  mkdir("t/a", 0700);
  write_text("t/a/x", DIGEST("X"));
  assert_int_equal(symlink("..", "t/a/up"), 0);
  assert_int_equal(symlink(".", "t/self"), 0);
  expect(p, "t",
         "S t/a/up: a symbolic link to a folder that it lies in\n"
         "file t/a/x\narticle t/a/x:3 X\n"
         "S t/self: a symbolic link to a folder that it lies in\n");
  expect_counts(p, 1, 2, 0);
}

static void too_deep(void **state) {
  place *p = *state;
  char path[1024] = "t";
  for (size_t i = 0; i < 140; i++) {
    assert_int_equal(mkdir(path, 0700), 0);
    strcat(path, "/d");
  }
  const char *start = "t";
  assert_int_equal(read_as(p, NULL, &start, 1, NULL), BYLINE_OK);
  assert_non_null(strstr(p->heard.data, "folders are nested too deep"));
  expect_counts(p, 0, 0, 1);
}

static void standard_input(void **state) {
  place *p = *state;
  int saved = dup(STDIN_FILENO), ends[2];
  assert_int_equal(pipe(ends), 0);
  assert_true(write(ends[1], DIGEST("Piped"), strlen(DIGEST("Piped"))) > 0);
  close(ends[1]);
  dup2(ends[0], STDIN_FILENO);
  close(ends[0]);
  expect(p, "-", "file - (no file)\narticle -:3 Piped\n");
  expect(p, "-", "F -: the file is empty\n");
  dup2(saved, STDIN_FILENO);
  close(saved);
}

static void formats(void **state) {
  place *p = *state;
  byline_error error;
  const char *path = "note";
  write_text("note", "Dockers vote\n\nJane Doe\n\n\n" P1 "\n");
  assert_int_equal(read_as(p, "tape", &path, 1, &error), BYLINE_INVALID);
  assert_non_null(strstr(error.message, "there is no format \"tape\": the "
                                        "formats are auto, digest, "));
  assert_string_equal(p->heard.data, "");
  assert_int_equal(read_as(p, "digest", &path, 1, &error), BYLINE_OK);
  assert_string_equal(p->heard.data,
                      "file note\narticle note:1 Dockers vote\n");
  path = "data";
  write_bytes("data", "\0\1\2\3\4\5\6\7", 8);
  assert_int_equal(read_as(p, "digest", &path, 1, &error), BYLINE_OK);
  expect_counts(p, 0, 0, 1);
}

static void a_callback_stops(void **state) {
  place *p = *state;
  const char *paths[] = {"a", "b"};
  write_text("a", DIGEST("Ant"));
  write_text("b", DIGEST("Bee"));
  p->stop = -7;
  assert_int_equal(read_as(p, NULL, paths, 2, NULL), -7);
  assert_string_equal(p->heard.data, "file a\narticle a:3 Ant\n");
  assert_int_equal(p->stats.articles, 1);
}

static void an_older_caller(void **state) {
  place *p = *state;
  struct {
    byline_read_stats stats;
    size_t behind;
  } old;
  memset(&old, 0x55, sizeof old);
  old.stats.size = offsetof(byline_read_stats, bytes);
  const char *path = "a";
  write_text("a", DIGEST("Ant"));
  read_events events = {.user = p, .article = on_article};
  assert_int_equal(
      read_paths(p->registry, &path, 1, NULL, &events, &old.stats, NULL),
      BYLINE_OK);
  assert_int_equal(old.stats.files, 1);
  assert_int_equal(old.stats.size, offsetof(byline_read_stats, bytes));
  assert_int_equal(old.stats.bytes, UINT64_C(0x5555555555555555));
  assert_int_equal(read_paths(p->registry, &path, 1, NULL, &events, NULL, NULL),
                   BYLINE_OK);
}

/* ---- Readers of others ---- */

static int fake_probe(const char *head, size_t length, bool whole,
                      const char *path) {
  (void)path;
  return whole && length >= 4 && memcmp(head, "FAKE", 4) == 0 ? 100 : 0;
}

typedef struct fake {
  byline_input *input;
  byline_article article;
  int count;
} fake;

static byline_status fake_open(byline_input *input, void **state,
                               byline_error *error) {
  static fake one;
  (void)error;
  one = (fake){input, {.size = sizeof one.article, .title = {"Fake", 4}}, 0};
  *state = &one;
  return BYLINE_OK;
}

/* Two articles, a complaint about each, then it breaks. */
static byline_status fake_next(void *state, const byline_article **article,
                               byline_error *error) {
  fake *f = state;
  if (++f->count > 2)
    return error_set(error, BYLINE_IO, "the tape broke");
  byline_input_notice(f->input, BYLINE_NOTICE_FAILED, 1, "a tear");
  *article = &f->article;
  return BYLINE_OK;
}

static void fake_close(void *state) {
  (void)state;
}

static const byline_reader fake_reader = {BYLINE_READER_ABI_VERSION,
                                          "fake",
                                          "for tests",
                                          fake_probe,
                                          fake_open,
                                          fake_next,
                                          fake_close,
                                          0};

static void registering(void **state) {
  place *p = *state;
  byline_error error;
  byline_reader bad = fake_reader;
  bad.abi_version = 99;
  assert_int_equal(reader_registry_add(p->registry, &bad, &error),
                   BYLINE_INVALID);
  static const char *const names[] = {"", "auto", "Fake", "a b", NULL};
  for (size_t i = 0; i < 5; i++) {
    bad = fake_reader;
    bad.name = names[i];
    assert_int_equal(reader_registry_add(p->registry, &bad, &error),
                     BYLINE_INVALID);
  }
  bad = fake_reader;
  bad.next = NULL;
  assert_int_equal(reader_registry_add(p->registry, &bad, &error),
                   BYLINE_INVALID);
  assert_int_equal(reader_registry_add(p->registry, NULL, &error),
                   BYLINE_INVALID);
  assert_int_equal(reader_registry_add(p->registry, &digest_reader, &error),
                   BYLINE_INVALID);
  assert_string_equal(error.message, "there is a reader named digest already");
  assert_int_equal(reader_registry_add(p->registry, &fake_reader, &error),
                   BYLINE_OK);
  assert_ptr_equal(reader_registry_find(p->registry, "fake"), &fake_reader);
  assert_null(reader_registry_find(p->registry, "tape"));
}

static void a_reader_that_fails(void **state) {
  place *p = *state;
  assert_int_equal(reader_registry_add(p->registry, &fake_reader, NULL),
                   BYLINE_OK);
  write_text("tape", "FAKE");
  expect(p, "tape",
         "F tape: a tear\nfile tape\narticle tape:0 Fake\n"
         "F tape: a tear\narticle tape:0 Fake\n"
         "F tape: the tape broke\n");
  expect_counts(p, 0, 0, 1);
  assert_int_equal(p->stats.articles, 2);
}

static void a_file_that_shrinks(void **state) {
  (void)state;
  buf text = BUF_INIT;
  for (int i = 0; i < 4000; i++)
    buf_printf(&text, "Report %d\n\nJane Doe\n\n\n" P1 "\n\n", i);
  FILE *file = fopen("big", "wb");
  assert_non_null(file);
  fputs("20 Oct 2020\n\n", file);
  fwrite(text.data, 1, text.length, file);
  fclose(file);
  buf_free(&text);
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  file_source from;
  byline_input input = {.path = "big", .stats = &stats};
  byline_error error;
  FILE *opened = fopen("big", "rb");
  assert_non_null(opened);
  struct stat status;
  assert_int_equal(fstat(fileno(opened), &status), 0);
  source_from_file(&from, fileno(opened), (uint64_t)status.st_size);
  assert_int_equal(input_start(&input, &from.base, &error), BYLINE_OK);
  assert_int_equal(truncate("big", 100000), 0);
  void *reader;
  const byline_article *article;
  size_t count = 0;
  byline_status result;
  assert_int_equal(digest_reader.open(&input, &reader, &error), BYLINE_OK);
  while ((result = digest_reader.next(reader, &article, &error)) == BYLINE_OK &&
         article)
    count++;
  digest_reader.close(reader);
  input_end(&input);
  fclose(opened);
  assert_int_equal(result, BYLINE_IO);
  assert_true(count > 100 && count < 4000);
}

/* A sparse file: what follows the first article's start is NULs, each of which
 * becomes three bytes. */
static void an_article_that_is_too_long(void **state) {
  place *p = *state;
  write_text("long", "");
  FILE *file = fopen("long", "wb");
  assert_non_null(file);
  for (int i = 0; i < 1200; i++)
    fputs("20 Oct 2020\n\nAnt\n\nJane Doe\n\n\n" P1 "\n\n", file);
  fputs("Whale\n\nJane Doe\n\n\n", file);
  fseek(file, 40L << 20, SEEK_CUR);
  fputs("\n\nBee\n\nTom Roe\n\n\n" P1 "\n", file);
  assert_int_equal(fclose(file), 0);
  const char *path = "long";
  assert_int_equal(read_as(p, NULL, &path, 1, NULL), BYLINE_OK);
  assert_non_null(strstr(p->heard.data,
                         "F long: an article of more than 64 MiB is left "
                         "out: split it, or raise the limit \"article\"\n"));
  assert_non_null(strstr(p->heard.data,
                         "R long: a line of more than 16 MiB is read in "
                         "pieces: the limit \"line\"\n"));
  assert_null(strstr(p->heard.data, "Whale"));
  assert_non_null(strstr(p->heard.data, " Bee\n"));
  assert_int_equal(p->stats.articles, 1201);
  assert_int_equal(p->stats.invalid_bytes, 40 << 20);
  expect_counts(p, 0, 0, 1);
}

static void sniffing(void **state) {
  (void)state;
  char text[200];
  memset(text, 'a', sizeof text);
  assert_null(sniff_fault(text, sizeof text));
  text[5] = '\0'; /* a stray is mended, not refused */
  assert_null(sniff_fault(text, 20));
  memset(text, 1, 8);
  assert_non_null(sniff_fault(text, sizeof text));
  assert_non_null(sniff_fault("\0h\0e\0l\0l\0o", 10));
  assert_string_equal(sniff_utf16("\0h\0e\0l\0l\0o", 10), "UTF-16BE");
  assert_string_equal(sniff_utf16("h\0e\0l\0l\0o\0", 10), "UTF-16LE");
  assert_null(sniff_utf16("hello, world", 12));
  assert_non_null(sniff_fault("", 0));
  assert_null(sniff_fault("\x1B[1mbold\x1B[0m text\f\n", 18));
  assert_null(sniff_fault("\xD0\x96\xD0\xB8", 4));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(files_in_the_order_given),
      TEST(folders_in_name_order),
      TEST(many_names),
      TEST(named_files_that_cannot_be_read),
      TEST(odd_files_in_folders),
      TEST(no_permission),
      TEST(vanished),
      TEST(loops),
      TEST(too_deep),
      TEST(standard_input),
      TEST(formats),
      TEST(a_callback_stops),
      TEST(an_older_caller),
      TEST(registering),
      TEST(a_reader_that_fails),
      TEST(a_file_that_shrinks),
      TEST(an_article_that_is_too_long),
      cmocka_unit_test(sniffing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
