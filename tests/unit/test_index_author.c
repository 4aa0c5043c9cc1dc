/* What the spellings of one author's name have in common. */
#include "test.h"

#include "index/author.h"

typedef struct row {
  const char *name, *key;
} row;

static void keys(void **state) {
  (void)state;
  static const row rows[] = {
      {"Jane Doe", "jane doe"},
      {"JANE  DOE ", "jane doe"},
      {"Maeve O'Neil", "maeve oneil"},
      {"Maeve O’Neil", "maeve oneil"},
      {"Maeve ONeil", "maeve oneil"},
      {"Jean-Paul Roe", "jean paul roe"},
      {"Jean‐Paul Roe", "jean paul roe"},
      {"J.R. Doe", "j r doe"},
      {"J. R. Doe", "j r doe"},
      {"Doe, Jr.", "doe jr"},
      {"Zoë Hartnoll", "zoe hartnoll"},
      {"Zoe\xCC\x88 Hartnoll", "zoe hartnoll"},
      {"Ann A. Roe", "ann a roe"},
      {"Anna Roe", "anna roe"},
      {"Иван Петров", "иван петров"},
      {"山田太郎", "山田太郎"},
      {"(dpa)", "dpa"},
      {"...", ""},
      {"", ""},
  };
  analyzer *a;
  buf key = BUF_INIT;
  assert_int_equal(analyzer_new(NULL, &a, NULL), BYLINE_OK);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    buf_clear(&key);
    assert_int_equal(author_key(a, str(rows[i].name), &key, NULL), BYLINE_OK);
    if (key.length != strlen(rows[i].key) ||
        memcmp(key.data ? key.data : "", rows[i].key, key.length) != 0)
      fail_msg("\"%s\": \"%.*s\"", rows[i].name, (int)key.length, key.data);
  }
  buf_free(&key);
  analyzer_free(a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(keys),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
