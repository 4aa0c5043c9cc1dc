/* A set of docids, beside one that is plainly right. */
#include "test.h"

#include <stdlib.h>
#include <string.h>

#include "index/drops.h"

enum { LARGEST = 600 };

typedef struct seen {
  bool there[LARGEST + 1];
  size_t count;
} seen;

static byline_status take(void *user, uint32_t docid, byline_error *error) {
  (void)error;
  seen *s = user;
  assert_in_range(docid, 1, LARGEST);
  assert_false(s->there[docid]);
  s->there[docid] = true;
  s->count++;
  return BYLINE_OK;
}

static void same(const drops *d, const bool *there) {
  size_t count = 0;
  for (uint32_t docid = 0; docid <= LARGEST; docid++) {
    assert_int_equal(drops_has(d, docid), there[docid]);
    count += there[docid];
  }
  assert_int_equal(d->count, count);
}

/* Docids that meet in the table, too: neighbours and those 64 apart. */
static void they_come_and_go(void **state) {
  (void)state;
  drops d = DROPS_INIT;
  bool there[LARGEST + 1] = {false};
  byline_error error;
  unsigned chance = 7;
  for (size_t step = 0; step < 20000; step++) {
    chance = chance * 1103515245 + 12345;
    uint32_t docid = 1 + chance / 65536 % (step % 4000 < 2000 ? 20 : LARGEST);
    if (step % 3 == 0)
      docid = 1 + docid * 64 % LARGEST;
    there[docid] = chance / 4096 % 2 == 0;
    if (there[docid])
      assert_int_equal(drops_add(&d, docid, &error), BYLINE_OK);
    else
      drops_remove(&d, docid);
    drops_remove(&d, 0);
    if (step % 100 == 0)
      same(&d, there);
  }
  same(&d, there);
  seen s = {{false}, 0};
  size_t count = d.count;
  assert_int_equal(drops_make(&d, take, &s, &error), BYLINE_OK);
  assert_int_equal(s.count, count);
  assert_memory_equal(s.there, there, sizeof there);
  assert_int_equal(d.count, 0);
  drops_free(&d);
}

/* As Xapian numbers the documents of several databases. */
static void another_database_comes(void **state) {
  (void)state;
  drops d = DROPS_INIT;
  byline_error error;
  const uint32_t before[] = {1, 2, 3, 4, 5, 100};
  /* Of two: first 1, second 1, first 2, second 2, first 3, second 50. */
  const uint32_t after[] = {1, 2, 4, 5, 7, 149};
  bool there[LARGEST + 1] = {false};
  for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
    assert_int_equal(drops_add(&d, before[i], &error), BYLINE_OK);
    there[after[i]] = true;
  }
  assert_int_equal(drops_renumber(&d, 2, &error), BYLINE_OK);
  same(&d, there);
  drops_free(&d);
}

static byline_status refuse(void *user, uint32_t docid, byline_error *error) {
  (void)docid;
  (void)error;
  ++*(size_t *)user;
  return BYLINE_IO;
}

static void the_first_failure_ends_it(void **state) {
  (void)state;
  drops d = DROPS_INIT;
  byline_error error;
  size_t calls = 0;
  assert_int_equal(drops_make(&d, refuse, &calls, &error), BYLINE_OK);
  for (uint32_t docid = 1; docid < 9; docid++)
    assert_int_equal(drops_add(&d, docid, &error), BYLINE_OK);
  assert_int_equal(drops_make(&d, refuse, &calls, &error), BYLINE_IO);
  assert_int_equal(calls, 1);
  drops_free(&d);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(they_come_and_go),
      cmocka_unit_test(another_database_comes),
      cmocka_unit_test(the_first_failure_ends_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
