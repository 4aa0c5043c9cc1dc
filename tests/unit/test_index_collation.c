/* Names in the orders of locales. */
#include "test.h"

#include <stdlib.h>

#include "index/collation.h"

static void locales_are_languages(void **state) {
  (void)state;
  static const struct {
    const char *name;
    bool known, root;
  } rows[] = {{NULL, true, true},
              {"", true, true},
              {"root", true, true},
              {"und", true, true},
              {"en_GB.UTF-8", true, true},
              {"de", true, true},
              {"sv_SE.UTF-8", true, false},
              {"sv-SE", true, false},
              {"da", true, false},
              {"de@collation=phonebook", true, false},
              {"xqq", false, false},
              {"xqq_SE", false, false},
              {"no such locale", false, false},
              {"\xFF\xFE", false, false}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    collation *c = NULL;
    byline_error error;
    byline_status status = collation_new(rows[i].name, &c, &error);
    assert_int_equal(status, rows[i].known ? BYLINE_OK : BYLINE_INVALID);
    if (c)
      assert_int_equal(collation_is_root(c), rows[i].root);
    collation_free(c);
  }
}

static void a_locale_may_be_of_any_length(void **state) {
  (void)state;
  char name[2000];
  memset(name, 'x', sizeof name - 1);
  name[sizeof name - 1] = '\0';
  collation *c = NULL;
  assert_int_equal(collation_new(name, &c, NULL), BYLINE_INVALID);
  memcpy(name, "sv_", 3);
  assert_int_equal(collation_new(name, &c, NULL), BYLINE_INVALID);
  assert_null(c);
}

/* Negative: a comes before b. */
static int compare(collation *c, const char *a, const char *b) {
  byline_string key;
  assert_true(collation_key(c, str(a), &key));
  char first[2048];
  size_t length = key.length;
  memcpy(first, key.data, length);
  assert_true(collation_key(c, str(b), &key));
  int order =
      memcmp(first, key.data, length < key.length ? length : key.length);
  return order ? order : (length > key.length) - (length < key.length);
}

static void keys_compare_as_the_locale_has_it(void **state) {
  (void)state;
  collation *root = NULL, *swedish = NULL;
  assert_int_equal(collation_new(NULL, &root, NULL), BYLINE_OK);
  assert_int_equal(collation_new("sv", &swedish, NULL), BYLINE_OK);
  assert_true(compare(root, "\xC3\x85sa", "Zorn") < 0);
  assert_true(compare(swedish, "\xC3\x85sa", "Zorn") > 0);
  assert_true(compare(root, "Zoe", "Zo\xC3\xAB") < 0);
  assert_true(compare(root, "Zo\xC3\xAB", "Zoef") < 0);
  collation_free(root);
  collation_free(swedish);
}

static void what_says_nothing_has_no_key(void **state) {
  (void)state;
  collation *c = NULL;
  byline_string key;
  assert_int_equal(collation_new(NULL, &c, NULL), BYLINE_OK);
  assert_true(collation_key(c, str(""), &key));
  assert_int_equal(key.length, 0);
  char *name = calloc(1, 5000);
  assert_non_null(name);
  memset(name, 'a', 5000);
  assert_true(collation_key(c, (byline_string){name, 5000}, &key));
  assert_in_range(key.length, 1000, 1024);
  assert_true(collation_key(c, str("\xFF"), &key));
  assert_true(key.length > 0);
  free(name);
  collation_free(c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(locales_are_languages),
      cmocka_unit_test(a_locale_may_be_of_any_length),
      cmocka_unit_test(keys_compare_as_the_locale_has_it),
      cmocka_unit_test(what_says_nothing_has_no_key),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
