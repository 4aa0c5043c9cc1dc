/* Helpers for the tests of the shim: scratch directories, collectors for what
 * callbacks get, and a small database to read. */
#ifndef TEST_SHIM_SUPPORT_H
#define TEST_SHIM_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Older versions of it say nothing about C++. */
#ifdef __cplusplus
extern "C" {
#endif
#include <cmocka.h>
#ifdef __cplusplus
}
#endif

#include "xapian_shim.h"

/* Not every test file uses every helper. */
#define HELPER __attribute__((unused)) static

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

HELPER byline_string bytes(const char *data, size_t length) {
  byline_string string;
  string.data = data;
  string.length = length;
  return string;
}

HELPER byline_string str(const char *text) {
  return bytes(text, strlen(text));
}

/* ---- Expectations ---- */

HELPER void expect(byline_status wanted, byline_status status,
                   const byline_error *error, const char *file, int line) {
  if (status != wanted)
    print_error("%s:%d: status %d: %s\n", file, line, status,
                status ? error->message : "(no error)");
  _assert_int_equal((uintmax_t)status, (uintmax_t)wanted, file, line);
}

/* call passes &error as its last argument. */
#define OK(call)                                                               \
  do {                                                                         \
    byline_error error = {0, "", 0};                                           \
    expect(BYLINE_OK, (call), &error, __FILE__, __LINE__);                     \
  } while (0)

HELPER void expect_failure(byline_status wanted, const char *words,
                           byline_status status, const byline_error *error,
                           const char *file, int line) {
  expect(wanted, status, error, file, line);
  _assert_int_equal((uintmax_t)error->code, (uintmax_t)wanted, file, line);
  if (!strstr(error->message, words)) {
    print_error("no '%s' in '%s'\n", words, error->message);
    _fail(file, line);
  }
}

/* The call must fail with this code, and with these words in its message. */
#define FAILS(code, words, call)                                               \
  do {                                                                         \
    byline_error error = {0, "", 0};                                           \
    byline_status status_ = (call);                                            \
    expect_failure(code, words, status_, &error, __FILE__, __LINE__);          \
  } while (0)

/* ---- Collectors: "apple:2 pear:1", as far as there is room ---- */

struct list {
  char text[4096];
  size_t count;
  size_t stop_after; /* 0: never */
};

HELPER int list_add(struct list *list, byline_string item, const char *suffix) {
  size_t used = strlen(list->text);
  snprintf(list->text + used, sizeof list->text - used, "%s%.*s%s",
           list->count ? " " : "", (int)item.length, item.data ? item.data : "",
           suffix);
  return ++list->count == list->stop_after ? -7 : 0;
}

HELPER int list_string(void *user, byline_string value) {
  return list_add((struct list *)user, value, "");
}

HELPER int list_term(void *user, byline_string term, uint32_t frequency) {
  char suffix[16];
  snprintf(suffix, sizeof suffix, ":%u", (unsigned)frequency);
  return list_add((struct list *)user, term, suffix);
}

HELPER int list_position(void *user, uint32_t position) {
  char number[16];
  snprintf(number, sizeof number, "%u", (unsigned)position);
  return list_add((struct list *)user, str(number), "");
}

HELPER int list_value(void *user, uint32_t slot, byline_string value) {
  char suffix[16];
  snprintf(suffix, sizeof suffix, "@%u", (unsigned)slot);
  return list_add((struct list *)user, value, suffix);
}

HELPER int list_posting(void *user, uint32_t docid, uint32_t wdf) {
  char suffix[16];
  snprintf(suffix, sizeof suffix, ":%u", (unsigned)wdf);
  char number[16];
  snprintf(number, sizeof number, "%u", (unsigned)docid);
  return list_add((struct list *)user, str(number), suffix);
}

HELPER int list_weight(void *user, byline_string term, double weight) {
  return list_add((struct list *)user, term, weight > 0 ? "" : "!");
}

/* call passes &got as its user. */
#define LISTS(wanted, call)                                                    \
  do {                                                                         \
    struct list got;                                                           \
    memset(&got, 0, sizeof got);                                               \
    OK(call);                                                                  \
    assert_string_equal(got.text, wanted);                                     \
  } while (0)

/* The callback stops after the first with -7. */
#define STOPS(call)                                                            \
  do {                                                                         \
    struct list got;                                                           \
    memset(&got, 0, sizeof got);                                               \
    got.stop_after = 1;                                                        \
    byline_error error = {0, "", 0};                                           \
    assert_int_equal((call), -7);                                              \
    assert_int_equal(got.count, 1);                                            \
    assert_int_equal(error.code, 0);                                           \
  } while (0)

/* ---- Scratch directories ---- */

static char scratch[256];

HELPER int scratch_make(void **state) {
  (void)state;
  const char *parent = getenv("TMPDIR");
  snprintf(scratch, sizeof scratch, "%s/byline-shim-XXXXXX",
           parent ? parent : "/tmp");
  return mkdtemp(scratch) ? 0 : -1;
}

/* Runs a program without a shell; 0 if it went well. */
HELPER int run(const char *const *arguments) {
  pid_t child = fork();
  if (child == 0) {
    execvp(arguments[0], (char *const *)(uintptr_t)arguments);
    _exit(127);
  }
  int status = -1;
  return child > 0 && waitpid(child, &status, 0) == child ? status : -1;
}

HELPER int scratch_remove(void **state) {
  (void)state;
  const char *const command[] = {"rm", "-rf", scratch, NULL};
  return run(command);
}

/* A path in the scratch directory; good for the next 15 calls. */
HELPER const char *path(const char *name) {
  static char paths[16][512];
  static unsigned next;
  char *place = paths[next++ % 16];
  snprintf(place, sizeof paths[0], "%s/%s", scratch, name);
  return place;
}

HELPER void write_file(const char *name, const void *data, size_t length) {
  FILE *file = fopen(path(name), "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(data, 1, length, file), length);
  assert_int_equal(fclose(file), 0);
}

/* ---- A small database ---- */

enum { SLOT_DATE, SLOT_SOURCE, SLOT_TAGS, SLOT_NONE };

struct sample {
  const char *words, *date, *source, *tags;
};

static const struct sample samples[] = {
    {"the cat sat on the mat", "19990101", "Times", "pets;home"},
    {"the dog sat on the log", "20010203", "Post", "pets"},
    {"cats and dogs are pets", "", "Times", "pets;home;pets"},
    {"running shoes for runners", "19950505", "Herald", "sport"},
    {"a cat ran home", "19990101", "", "home"},
};

/* A document with the words as terms with positions from 1 on, and a boolean
 * term Qnumber. */
HELPER xap_document *sample_document(const struct sample *sample, int number) {
  xap_document *document = NULL;
  OK(xap_document_new(&document, &error));
  OK(xap_document_set_data(document, str(sample->words), &error));
  uint32_t position = 0;
  for (const char *word = sample->words; *word;) {
    size_t length = strcspn(word, " ");
    position++;
    OK(xap_document_add_postings(document, bytes(word, length), &position, 1, 1,
                                 &error));
    word += length;
    word += strspn(word, " ");
  }
  char id[16];
  snprintf(id, sizeof id, "Q%d", number);
  OK(xap_document_add_term(document, str(id), 0, &error));
  OK(xap_document_add_value(document, SLOT_DATE, str(sample->date), &error));
  OK(xap_document_add_value(document, SLOT_SOURCE, str(sample->source),
                            &error));
  OK(xap_document_add_value(document, SLOT_TAGS, str(sample->tags), &error));
  return document;
}

HELPER void sample_add(xap_writer *writer, const struct sample *sample,
                       int number) {
  xap_document *document = sample_document(sample, number);
  OK(xap_writer_add(writer, document, NULL, &error));
  xap_document_free(document);
}

HELPER void sample_build(const char *name) {
  xap_writer *writer = NULL;
  OK(xap_writer_open(path(name), XAP_OVERWRITE, &writer, &error));
  for (size_t i = 0; i < COUNT(samples); i++)
    sample_add(writer, &samples[i], (int)i + 1);
  OK(xap_writer_set_metadata(writer, str("color"), str("blue"), &error));
  OK(xap_writer_set_metadata(writer, str("count"), str("5"), &error));
  OK(xap_writer_set_metadata(writer, str("shape"), str("round"), &error));
  OK(xap_writer_add_spelling(writer, 0, str("running"), 3, &error));
  OK(xap_writer_add_spelling(writer, 0, str("runners"), 2, &error));
  OK(xap_writer_commit(writer, &error));
  xap_writer_free(writer);
}

HELPER xap_database *open_database(const char *name) {
  xap_database *database = NULL;
  const char *where = path(name);
  OK(xap_database_open(&where, 1, &database, &error));
  return database;
}

HELPER uint32_t count_documents(const xap_database *database) {
  xap_statistics statistics;
  memset(&statistics, 0, sizeof statistics);
  OK(xap_database_statistics(database, &statistics, &error));
  return statistics.documents;
}

#endif
