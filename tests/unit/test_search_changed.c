/* Readers of a database that a writer changes under them. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "byline/byline.h"
#include "xapian_shim.h"

enum { ARTICLES = 300 };

static char folder[] = "/tmp/byline-changed-XXXXXX";
static char database[64];
static byline_context *context;
static const char *const names[] = {"Ada Marlow", "Bruno Keel", "Cora Holm"};

/* With folder as the working directory. */
static void run(const char *commands) {
  char line[512];
  snprintf(line, sizeof line, "set -e; cd '%s'; %s", folder, commands);
  assert_int_equal(system(line), 0);
}

/* Writes every article anew, with this word in its text. */
static void write_into(const char *path, const char *word) {
  byline_writer *writer = NULL;
  byline_error error;
  assert_int_equal(byline_writer_open(context, path, NULL, &writer, &error), 0);
  for (int i = 0; i < ARTICLES; i++) {
    char id[32], text[128];
    snprintf(id, sizeof id, "article-%03d", i);
    byline_string authors[] = {str(names[i % 3])};
    snprintf(text, sizeof text, "The %s of number %d is painted.", word, i);
    byline_article article = {.size = sizeof article,
                              .id = str(id),
                              .title = str("A harbour"),
                              .authors = authors,
                              .author_count = 1,
                              .keywords = authors,
                              .keyword_count = 1,
                              .text = str(text)};
    assert_int_equal(byline_writer_add(writer, &article, NULL, &error), 0);
  }
  assert_int_equal(byline_writer_commit(writer, &error), 0);
  byline_writer_free(writer);
}

static void write_all(const char *word) {
  write_into(database, word);
}

static byline_database *open_database(void) {
  const char *path = database;
  byline_database *db = NULL;
  byline_error error;
  assert_int_equal(byline_database_open(context, &path, 1, &db, &error), 0);
  return db;
}

static int set_up(void **state) {
  (void)state;
  if (!mkdtemp(folder) || byline_context_new(&context, NULL) != BYLINE_OK)
    return 1;
  snprintf(database, sizeof database, "%s/db", folder);
  write_all("bollard");
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  char command[64];
  byline_context_free(context);
  snprintf(command, sizeof command, "rm -r '%s'", folder);
  return system(command);
}

/* The pages of the readers' revision are used again by the second commit. */
static void overtake(void) {
  write_all("crane");
  write_all("winch");
  write_all("ladder");
}

/* Opened at once, to find out that a revision has been overtaken. */
static xap_database *open_probe(void) {
  const char *path = database;
  xap_database *probe = NULL;
  assert_int_equal(xap_database_open(&path, 1, &probe, NULL), BYLINE_OK);
  return probe;
}

static int pass_data(void *user, byline_string data) {
  (void)user;
  (void)data;
  return 0;
}

static int pass_document(void *user, uint32_t docid, uint32_t wdf) {
  (void)wdf;
  xap_document *document = NULL;
  byline_status status = xap_database_document(user, docid, &document, NULL);
  if (status == BYLINE_OK)
    status = xap_document_data(document, pass_data, NULL, NULL);
  xap_document_free(document);
  return status;
}

static void check_overtaken(xap_database *probe) {
  byline_error error;
  assert_int_equal(
      xap_database_postings(probe, str(""), pass_document, probe, &error),
      BYLINE_MODIFIED);
  xap_database_free(probe);
}

typedef struct exported {
  void (*change)(void); /* called when some are given; or NULL */
  size_t count, ladders;
} exported;

static int count_article(void *user, const byline_article *article) {
  exported *x = user;
  x->ladders += memcmp(article->text.data, "The ladder", 10) == 0;
  if (++x->count == 100 && x->change)
    x->change();
  return 0;
}

/* No article twice, none left out. */
static void exporting_goes_on(void **state) {
  (void)state;
  for (int i = 0; i < 2; i++) {
    write_all("bollard");
    byline_database *db = open_database();
    xap_database *probe = open_probe();
    exported x = {i == 1 ? overtake : NULL, 0, 0};
    byline_error error = {.code = BYLINE_OK, .message = "untouched"};
    if (i == 0)
      overtake();
    assert_int_equal(byline_database_export(db, count_article, &x, &error),
                     BYLINE_OK);
    assert_string_equal(error.message, "untouched");
    assert_int_equal(x.count, ARTICLES);
    assert_true(x.ladders >= (i == 0 ? ARTICLES : 1));
    check_overtaken(probe);
    byline_database_free(db);
  }
}

static int stop_here(void *user, const byline_article *article) {
  (void)article;
  ++*(int *)user;
  return BYLINE_MODIFIED;
}

static void what_a_callback_returns_is_no_reason(void **state) {
  (void)state;
  byline_database *db = open_database();
  int calls = 0;
  assert_int_equal(byline_database_export(db, stop_here, &calls, NULL),
                   BYLINE_MODIFIED);
  assert_int_equal(calls, 1);
  byline_database_free(db);
}

static void informing_begins_anew(void **state) {
  (void)state;
  write_all("bollard");
  byline_database *db = open_database();
  xap_database *probe = open_probe();
  byline_info *info = NULL;
  byline_error error = {.code = BYLINE_OK, .message = "untouched"};
  overtake();
  assert_int_equal(byline_database_info(db, &info, &error), BYLINE_OK);
  assert_string_equal(error.message, "untouched");
  assert_int_equal(info->articles, ARTICLES);
  byline_info_free(info);
  check_overtaken(probe);
  byline_database_free(db);
}

static void searching_begins_anew(void **state) {
  (void)state;
  write_all("bollard");
  byline_database *db = open_database();
  xap_database *probe = open_probe();
  overtake();
  check_overtaken(probe);
  byline_search_request request = BYLINE_SEARCH_REQUEST_INIT;
  byline_results *results = NULL;
  byline_error error = {.code = BYLINE_OK, .message = "untouched"};
  request.query = str("ladder");
  assert_int_equal(byline_search(db, &request, &results, &error), BYLINE_OK);
  assert_string_equal(error.message, "untouched");
  assert_int_equal(results->total, ARTICLES);
  assert_int_equal(results->hit_count, 10);
  assert_memory_equal(results->hits[9].article.text.data, "The ladder", 10);
  byline_results_free(results);
  byline_database_free(db);
}

static int keep_word(void *user, const byline_article *article) {
  memcpy(user, article->text.data + strlen("The "), strlen("ladder"));
  return 0;
}

static void getting_begins_anew(void **state) {
  (void)state;
  write_all("bollard");
  byline_database *db = open_database();
  xap_database *probe = open_probe();
  overtake();
  check_overtaken(probe);
  char word[16] = "";
  byline_error error = {.code = BYLINE_OK, .message = "untouched"};
  assert_int_equal(
      byline_database_get(db, "article-150", keep_word, word, &error),
      BYLINE_OK);
  assert_string_equal(word, "ladder");
  assert_string_equal(error.message, "untouched");
  byline_database_free(db);
}

typedef struct completed {
  void (*change)(void); /* called after the first; or NULL */
  size_t count;
} completed;

static int count_value(void *user, byline_string value) {
  completed *c = user;
  assert_in_range(c->count, 0, 2);
  assert_memory_equal(value.data, names[c->count], value.length);
  if (++c->count == 1 && c->change)
    c->change();
  return 0;
}

static void completing_goes_on(void **state) {
  (void)state;
  static const byline_facet_field fields[] = {BYLINE_FACET_AUTHOR,
                                              BYLINE_FACET_KEYWORD};
  for (int i = 0; i < 4; i++) {
    write_all("bollard");
    byline_database *db = open_database();
    xap_database *probe = open_probe();
    completed c = {i < 2 ? NULL : overtake, 0};
    byline_error error = {.code = BYLINE_OK, .message = "untouched"};
    if (i < 2)
      overtake();
    assert_int_equal(
        byline_complete(db, fields[i % 2], str(""), 0, count_value, &c, &error),
        BYLINE_OK);
    assert_string_equal(error.message, "untouched");
    assert_int_equal(c.count, 3);
    check_overtaken(probe);
    byline_database_free(db);
  }
}

/* ---- What stands at the path is another ---------------------------------- */

/* The files move into a folder of their own, which a stub names; and are
 * written to there. */
static void make_stub(void) {
  char segment[80];
  run("mkdir db/one; ln db/*.glass db/iamglass db/one; "
      "printf 'glass one\\n' >db/XAPIANDB; rm db/iamglass");
  snprintf(segment, sizeof segment, "%s/one", database);
  write_into(segment, "crane");
  write_into(segment, "winch");
  write_into(segment, "ladder");
  run("rm db/*.glass");
}

static void undo_stub(void) {
  run("rm -f db/XAPIANDB; mv db/one/* db; rmdir db/one");
}

/* Two databases in the place of one: articles have other docids. */
static void make_two(void) {
  char path[80];
  static const char *const parts[] = {"one", "two"};
  make_stub();
  snprintf(path, sizeof path, "%s/two", database);
  write_into(path, "ladder");
  for (int part = 0; part < 2; part++) {
    byline_writer *writer = NULL;
    snprintf(path, sizeof path, "%s/%s", database, parts[part]);
    assert_int_equal(byline_writer_open(context, path, NULL, &writer, NULL), 0);
    for (int i = 0; i < ARTICLES; i++) {
      char id[32];
      snprintf(id, sizeof id, "article-%03d", i);
      if (i % 2 != part)
        assert_int_equal(byline_writer_delete(writer, id, NULL), 0);
    }
    assert_int_equal(byline_writer_commit(writer, NULL), 0);
    byline_writer_free(writer);
  }
  run("printf 'glass two\\n' >>db/XAPIANDB");
}

static void undo_two(void) {
  run("rm -r db/two");
  undo_stub();
}

/* One with as many articles, in another order, of which no file is shared. */
static void exchange(void) {
  run("mv db old");
  write_all("winch");
  write_all("ladder");
  run("rm -r old");
}

static void search_and_get(byline_database *db) {
  byline_search_request request = BYLINE_SEARCH_REQUEST_INIT;
  byline_results *results = NULL;
  char word[16] = "";
  request.query = str("ladder");
  assert_int_equal(byline_search(db, &request, &results, NULL), BYLINE_OK);
  assert_int_equal(results->total, ARTICLES);
  byline_results_free(results);
  assert_int_equal(
      byline_database_get(db, "article-150", keep_word, word, NULL), BYLINE_OK);
  assert_string_equal(word, "ladder");
}

/* No article twice, none left out, whatever is done after some were given. */
static void export_over(void (*change)(void), void (*undo)(void)) {
  write_all("bollard");
  byline_database *db = open_database();
  exported x = {change, 0, 0};
  byline_error error;
  assert_int_equal(byline_database_export(db, count_article, &x, &error),
                   BYLINE_OK);
  assert_int_equal(x.count, ARTICLES);
  assert_true(!undo || x.ladders > 0); /* it was overtaken */
  byline_database_free(db);
  db = open_database();
  search_and_get(db);
  byline_database_free(db);
  if (undo)
    undo();
}

static void a_stub_takes_its_place(void **state) {
  (void)state;
  write_all("bollard");
  byline_database *db = open_database();
  overtake();
  make_stub();
  search_and_get(db);
  byline_database_free(db);
  undo_stub();
  export_over(make_stub, undo_stub);
  export_over(make_two, undo_two);
}

static void another_takes_its_place(void **state) {
  (void)state;
  export_over(exchange, NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(exporting_goes_on),
      cmocka_unit_test(what_a_callback_returns_is_no_reason),
      cmocka_unit_test(informing_begins_anew),
      cmocka_unit_test(searching_begins_anew),
      cmocka_unit_test(getting_begins_anew),
      cmocka_unit_test(completing_goes_on),
      cmocka_unit_test(a_stub_takes_its_place),
      cmocka_unit_test(another_takes_its_place),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
