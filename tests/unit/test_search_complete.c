/* Values that begin as somebody has begun to type them. */
#include "test.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "byline/byline.h"

static char folder[] = "/tmp/byline-complete-XXXXXX";
static char database[64];
static byline_context *context;
static byline_database *db;

static bool add(byline_writer *writer, const char *author, const char *date,
                const char *keyword) {
  byline_string name = str(author), word = str(keyword);
  byline_article article = {.size = sizeof article,
                            .title = str(author),
                            .authors = &name,
                            .author_count = 1,
                            .date = str(date),
                            .keywords = &word,
                            .keyword_count = 1,
                            .text = str("A text.")};
  return byline_writer_add(writer, &article, NULL, NULL) == BYLINE_OK;
}

static int set_up(void **state) {
  (void)state;
  byline_writer *writer = NULL;
  const char *path = database;
  if (!mkdtemp(folder) || byline_context_new(&context, NULL) != BYLINE_OK)
    return 1;
  snprintf(database, sizeof database, "%s/db", folder);
  if (byline_writer_open(context, database, NULL, &writer, NULL) != BYLINE_OK ||
      !add(writer, "Ada Marlow", "2020-10-20", "ice") ||
      !add(writer, "Ad\xC3\xA1 Keel", "2020-11-01", "iron") ||
      !add(writer, "Zo\xC3\xAB Marl", "2019-01-05", "Ice") ||
      byline_writer_commit(writer, NULL) != BYLINE_OK)
    return 1;
  byline_writer_free(writer);
  return byline_database_open(context, &path, 1, &db, NULL);
}

static int tear_down(void **state) {
  (void)state;
  char command[64];
  byline_database_free(db);
  byline_context_free(context);
  snprintf(command, sizeof command, "rm -r '%s'", folder);
  return system(command);
}

typedef struct list {
  char text[256]; /* "one|two|" */
  size_t count, stop_at;
} list;

static int add_value(void *user, byline_string value) {
  list *l = user;
  size_t length = strlen(l->text);
  snprintf(l->text + length, sizeof l->text - length, "%.*s|",
           (int)value.length, value.data);
  return ++l->count == l->stop_at ? -1 : 0;
}

static void expect(byline_facet_field field, const char *begun, size_t limit,
                   const char *values) {
  list l = {"", 0, 0};
  byline_error error;
  assert_int_equal(
      byline_complete(db, field, str(begun), limit, add_value, &l, &error),
      BYLINE_OK);
  assert_string_equal(l.text, values);
}

static void authors(void **state) {
  (void)state;
  const byline_facet_field f = BYLINE_FACET_AUTHOR;
  expect(f, "", 0, "Ad\xC3\xA1 Keel|Ada Marlow|Zo\xC3\xAB Marl|");
  expect(f, "AD\xC3\x81 ", 0, "Ad\xC3\xA1 Keel|Ada Marlow|");
  expect(f, "ada", 1, "Ad\xC3\xA1 Keel|");
  expect(f, "marl", 0, "Ada Marlow|Zo\xC3\xAB Marl|");
  expect(f, "marlo", 0, "Ada Marlow|");
  expect(f, "arlow", 0, "");
  expect(f, "ada marlow junior", 0, "");
}

static void other_fields(void **state) {
  (void)state;
  expect(BYLINE_FACET_YEAR, "", 0, "2019|2020|");
  expect(BYLINE_FACET_MONTH, "2020", 0, "2020-10|2020-11|");
  expect(BYLINE_FACET_MONTH, "2020-10", 0, "2020-10|");
  expect(BYLINE_FACET_MONTH, "2020-1", 1, "2020-10|");
  expect(BYLINE_FACET_KEYWORD, "i", 0, "ice|iron|");
  expect(BYLINE_FACET_SOURCE, "", 0, "");
}

static void what_stops_it(void **state) {
  (void)state;
  byline_error error;
  const byline_facet_field fields[] = {BYLINE_FACET_AUTHOR, BYLINE_FACET_YEAR};
  for (size_t i = 0; i < 2; i++) {
    list l = {"", 0, 1};
    assert_int_equal(
        byline_complete(db, fields[i], str(""), 0, add_value, &l, &error), -1);
    assert_int_equal(l.count, 1);
  }
  list none = {"", 0, 0};
  assert_int_equal(byline_complete(db, (byline_facet_field)99, str(""), 0,
                                   add_value, &none, &error),
                   BYLINE_INVALID);
  assert_int_equal(none.count, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(authors),
      cmocka_unit_test(other_fields),
      cmocka_unit_test(what_stops_it),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
