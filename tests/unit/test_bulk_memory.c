/* Every allocation of the bulk builder may fail, and none grows with words. */
#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

#include "bulk/spelling.h"
#include "bulk_documents.h"
#include "failing_memory.h"

enum { DOCUMENTS = 60 };

static char folder[] = "/tmp/byline-bulk-memory-XXXXXX";
static arena memory;
static document documents[DOCUMENTS];

static int set_up(void **state) {
  (void)state;
  numbers n = {3};
  for (size_t i = 0; i < DOCUMENTS; i++)
    make_document(&memory, &n, &documents[i]);
  return mkdtemp(folder) ? 0 : 1;
}

static int tear_down(void **state) {
  (void)state;
  char command[64];
  arena_free(&memory);
  snprintf(command, sizeof command, "rm -r '%s'", folder);
  return system(command);
}

static byline_status add(bulk_part *part, size_t i) {
  char word[20];
  snprintf(word, sizeof word, "word%zu", i % 40);
  byline_status status =
      bulk_part_add(part, &documents[i], (uint32_t)i + 1, NULL);
  return status ? status : bulk_part_add_word(part, str(word), 1, NULL);
}

/* Two parts, of which one waits in the file. */
static byline_status build_parts(bulk_builder *b, deflater *d) {
  byline_status status = bulk_set_metadata(b, str("key"), str("value"), NULL);
  for (size_t i = 0; !status && i < 2; i++) {
    bulk_part *part = NULL;
    status = bulk_part_new(d, &part, NULL);
    size_t from = i * DOCUMENTS / 2;
    for (size_t n = from; !status && n < from + DOCUMENTS / 2; n++)
      status = add(part, n);
    if (status)
      bulk_part_free(part);
    else
      status = bulk_take(b, part, 0, NULL);
  }
  return status ? status : bulk_finish(b, NULL);
}

static byline_status build(const char *path, size_t kept) {
  const bulk_options options = {TABLE_BLOCK_SIZE, 1, kept, 1};
  deflater *d = NULL;
  bulk_builder *b = NULL;
  byline_status status = deflater_new(1, &d, NULL);
  if (!status)
    status = bulk_new(path, &options, &b, NULL);
  if (!status)
    status = build_parts(b, d);
  bulk_free(b);
  deflater_free(d);
  return status;
}

static void a_build_says_that_memory_ran_out(void **state) {
  (void)state;
  size_t limit = 0;
  byline_status status;
  do {
    char path[64], version[80];
    snprintf(path, sizeof path, "%s/%zu", folder, limit);
    snprintf(version, sizeof version, "%s/iamglass", path);
    assert_int_equal(mkdir(path, 0777), 0);
    allowed = limit++;
    counting = true;
    status = build(path, 1);
    counting = false;
    if (status) {
      assert_int_equal(status, BYLINE_NO_MEMORY);
      assert_int_not_equal(access(version, F_OK), 0);
    }
  } while (status);
  assert_true(limit > 100);
}

/* Each document and word fails again and again, until it gets through. */
static void add_with_failures(bulk_part *part, size_t i) {
  char word[20];
  byline_status status;
  size_t limit = 0;
  snprintf(word, sizeof word, "word%zu", i % 40);
  do {
    allowed = limit++;
    counting = true;
    status = bulk_part_add(part, &documents[i], (uint32_t)i + 1, NULL);
    counting = false;
    assert_int_equal(bulk_part_documents(part), status ? i : i + 1);
  } while (status == BYLINE_NO_MEMORY);
  assert_int_equal(status, BYLINE_OK);
  limit = 0;
  do {
    allowed = limit++;
    counting = true;
    status = bulk_part_add_word(part, str(word), 1, NULL);
    counting = false;
  } while (status == BYLINE_NO_MEMORY);
  assert_int_equal(status, BYLINE_OK);
}

static void nothing_of_a_document_that_failed_is_left(void **state) {
  (void)state;
  const bulk_options options = {TABLE_BLOCK_SIZE, 1, 1 << 20, 1};
  char path[64], plain[64];
  snprintf(path, sizeof path, "%s/failed", folder);
  snprintf(plain, sizeof plain, "%s/plain", folder);
  assert_int_equal(mkdir(path, 0777) | mkdir(plain, 0777), 0);
  assert_int_equal(build(plain, 1 << 20), BYLINE_OK);
  deflater *d;
  bulk_builder *b;
  bulk_part *part;
  assert_int_equal(deflater_new(1, &d, NULL), BYLINE_OK);
  assert_int_equal(bulk_new(path, &options, &b, NULL), BYLINE_OK);
  assert_int_equal(bulk_part_new(d, &part, NULL), BYLINE_OK);
  for (size_t i = 0; i < DOCUMENTS; i++)
    add_with_failures(part, i);
  assert_int_equal(bulk_take(b, part, 0, NULL), BYLINE_OK);
  assert_int_equal(bulk_set_metadata(b, str("key"), str("value"), NULL), 0);
  assert_int_equal(bulk_finish(b, NULL), BYLINE_OK);
  bulk_free(b);
  deflater_free(d);
  assert_same_database(path, plain);
}

/* All words of four of the first letters of the Cyrillic alphabet, which have
 * their first byte in common. */
static void add_cyrillic_words(spelling_words *words) {
  enum { LETTERS = 24, COUNT = LETTERS * LETTERS * LETTERS * LETTERS };
  for (uint32_t i = 0; i < COUNT; i++) {
    char word[8];
    uint32_t rest = i;
    for (size_t at = sizeof word; at > 0; at -= 2, rest /= LETTERS) {
      word[at - 2] = (char)0xD0;
      word[at - 1] = (char)(0x90 + rest % LETTERS);
    }
    assert_true(
        spelling_words_add(words, (byline_string){word, sizeof word}, 1));
  }
}

static void fragments_of_words_take_bounded_memory(void **state) {
  (void)state;
  enum { BOUND = 8 << 20 };
  spelling_words words = {.count = 0};
  table_writer *table;
  deflater *d;
  uint32_t upper;
  add_cyrillic_words(&words);
  assert_int_equal(
      table_writer_open(folder, TABLE_SPELLING, TABLE_BLOCK_SIZE, &table, NULL),
      BYLINE_OK);
  assert_int_equal(deflater_new(0, &d, NULL), BYLINE_OK);
  largest = 0;
  assert_int_equal(spelling_write(table, d, &words, &upper, NULL), BYLINE_OK);
  assert_in_range(largest, 1, BOUND);
  table_writer_free(table);
  deflater_free(d);
  spelling_words_free(&words);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_build_says_that_memory_ran_out),
      cmocka_unit_test(nothing_of_a_document_that_failed_is_left),
      cmocka_unit_test(fragments_of_words_take_bounded_memory),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
