/* What parts and the builder refuse, and that nothing is left of it. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bulk/bulk.h"

static char folder[] = "/tmp/byline-bulk-part-XXXXXX";

typedef struct context {
  deflater *deflater;
  bulk_part *part;
  byline_error error;
} context;

static int set_up(void **state) {
  context *c = calloc(1, sizeof *c);
  *state = c;
  return !c || deflater_new(1, &c->deflater, NULL) ||
         bulk_part_new(c->deflater, &c->part, NULL);
}

static int tear_down(void **state) {
  context *c = *state;
  bulk_part_free(c->part);
  deflater_free(c->deflater);
  free(c);
  return 0;
}

static void refused(context *c, const document *d, uint32_t docid,
                    const char *words) {
  size_t documents = bulk_part_documents(c->part);
  assert_int_equal(bulk_part_add(c->part, d, docid, &c->error), BYLINE_INVALID);
  if (!strstr(c->error.message, words))
    assert_string_equal(c->error.message, words);
  assert_int_equal(bulk_part_documents(c->part), documents);
}

static void taken(context *c, const document *d, uint32_t docid) {
  assert_int_equal(bulk_part_add(c->part, d, docid, &c->error), BYLINE_OK);
}

static void terms_fit_keys(void **state) {
  context *c = *state;
  char bytes[246];
  document_term term = {{bytes, 245}, 1, NULL, 0};
  document d = {.terms = &term, .term_count = 1};
  memset(bytes, 'x', sizeof bytes);
  taken(c, &d, 1);
  term.term.length = 246;
  refused(c, &d, 2, "more than 245");
  term.term.length = 0;
  refused(c, &d, 2, "no bytes");
  memset(bytes, '\0', sizeof bytes);
  term.term.length = 122;
  taken(c, &d, 2);
  term.term.length = 123;
  refused(c, &d, 3, "a NUL counted twice");
}

static void positions_rise(void **state) {
  context *c = *state;
  static const uint32_t same[] = {4, 4}, falling[] = {5, 6, 3};
  document_term term = {str("a"), 1, same, 2};
  document d = {.terms = &term, .term_count = 1};
  refused(c, &d, 1, "positions that do not rise");
  term = (document_term){str("a"), 1, falling, 3};
  refused(c, &d, 1, "positions that do not rise");
}

/* Whether an earlier document has it or not. */
static void a_term_that_is_there_twice_spoils_the_part(void **state) {
  context *c = *state;
  document_term terms[] = {
      {str("term"), 1, NULL, 0},
      {str("a longer one, which comes before"), 1, NULL, 0},
      {str("term"), 1, NULL, 0}};
  document d = {.terms = terms, .term_count = 2};
  for (int known = 0; known < 2; known++) {
    d.term_count = 2;
    if (known)
      taken(c, &d, 1);
    d.term_count = 3;
    assert_int_equal(bulk_part_add(c->part, &d, 2, &c->error), BYLINE_INVALID);
    assert_non_null(strstr(c->error.message, "document 2 has a term twice"));
    d.term_count = 2;
    assert_int_equal(bulk_part_add(c->part, &d, 3, &c->error), BYLINE_INVALID);
    assert_int_equal(bulk_part_pack(c->part, &c->error), BYLINE_INVALID);
    bulk_part_free(c->part);
    assert_int_equal(bulk_part_new(c->deflater, &c->part, NULL), BYLINE_OK);
  }
}

static void lengths_are_numbers_of_32_bits(void **state) {
  context *c = *state;
  document_term terms[] = {{str("a"), UINT32_MAX, NULL, 0},
                           {str("b"), 0, NULL, 0}};
  document d = {.terms = terms, .term_count = 2};
  taken(c, &d, 1);
  terms[1].wdf = 1;
  refused(c, &d, 2, "4,294,967,295 words");
}

static void values_have_bytes_and_slots_rise(void **state) {
  context *c = *state;
  document_value values[] = {{3, str("x")}, {UINT32_MAX, str("y")}};
  document d = {.values = values, .value_count = 2};
  taken(c, &d, 1);
  values[1].value.length = 0;
  refused(c, &d, 2, "a value of no bytes");
  values[1] = values[0];
  refused(c, &d, 2, "slots that do not rise");
}

static void docids_rise(void **state) {
  context *c = *state;
  document d = {.term_count = 0};
  refused(c, &d, 0, "docids must rise");
  taken(c, &d, 5);
  refused(c, &d, 5, "docids must rise");
  taken(c, &d, UINT32_MAX);
  refused(c, &d, 1, "docids must rise");
  assert_int_equal(bulk_part_pack(c->part, &c->error), BYLINE_OK);
  refused(c, &d, UINT32_MAX, "docids must rise");
}

static void words_fit_keys(void **state) {
  context *c = *state;
  char bytes[250];
  memset(bytes, 'w', sizeof bytes);
  byline_string word = {bytes, 245};
  assert_int_equal(bulk_part_add_word(c->part, word, 1, &c->error), 0);
  word.length = 246;
  assert_int_equal(bulk_part_add_word(c->part, word, 1, &c->error),
                   BYLINE_INVALID);
  word.length = 1; /* passed over, as Xapian does */
  assert_int_equal(bulk_part_add_word(c->part, word, 1, &c->error), 0);
}

static void memory_is_told(void **state) {
  context *c = *state;
  size_t before = bulk_part_memory(c->part);
  char *data = malloc(1 << 20);
  assert_non_null(data);
  for (size_t i = 0; i < 1 << 20; i++) /* nothing to deflate */
    data[i] = (char)(i * i * 2654435761u >> 13);
  document d = {.data = {data, 1 << 20}};
  taken(c, &d, 1);
  assert_true(bulk_part_memory(c->part) > before + (1 << 20));
  free(data);
}

/* ---- The builder --------------------------------------------------------- */

static void open_builder(context *c, size_t memory, bulk_builder **b) {
  const bulk_options options = {TABLE_BLOCK_SIZE, 1, memory, 2};
  strcpy(folder, "/tmp/byline-bulk-part-XXXXXX");
  assert_non_null(mkdtemp(folder));
  assert_int_equal(bulk_new(folder, &options, b, &c->error), BYLINE_OK);
}

/* Nothing but tables is left, and no database. */
static void close_builder(bulk_builder *b) {
  static const char *const names[] = {"postlist", "termlist", "docdata",
                                      "position", "spelling"};
  char name[128];
  bulk_free(b);
  for (size_t i = 0; i < 5; i++) {
    snprintf(name, sizeof name, "%s/%s.glass", folder, names[i]);
    unlink(name);
  }
  assert_int_equal(rmdir(folder), 0);
}

static byline_status take_one(context *c, bulk_builder *b, uint32_t docid,
                              uint32_t base, const document *d) {
  bulk_part *part;
  assert_int_equal(bulk_part_new(c->deflater, &part, NULL), BYLINE_OK);
  assert_int_equal(bulk_part_add(part, d, docid, NULL), BYLINE_OK);
  return bulk_take(b, part, base, &c->error);
}

static void parts_follow_each_other(void **state) {
  context *c = *state;
  document d = {.term_count = 0};
  bulk_builder *b;
  open_builder(c, 1 << 20, &b);
  assert_int_equal(take_one(c, b, 7, 100, &d), BYLINE_OK);
  assert_int_equal(take_one(c, b, 8, 99, &d), BYLINE_INVALID);
  close_builder(b);
  open_builder(c, 1 << 20, &b);
  assert_int_equal(take_one(c, b, 7, UINT32_MAX - 7, &d), BYLINE_OK);
  assert_int_equal(take_one(c, b, 1, UINT32_MAX, &d), BYLINE_INVALID);
  close_builder(b);
}

static void totals_are_numbers_of_32_bits(void **state) {
  context *c = *state;
  static const uint32_t one[] = {1};
  document_term term = {str("often"), UINT32_MAX, one, 1};
  document d = {.terms = &term, .term_count = 1};
  bulk_builder *b;
  open_builder(c, 1, &b);
  assert_int_equal(take_one(c, b, 1, 0, &d), BYLINE_OK);
  term.wdf = 1;
  assert_int_equal(take_one(c, b, 1, 1, &d), BYLINE_OK);
  assert_int_equal(bulk_finish(b, &c->error), BYLINE_INVALID);
  assert_non_null(strstr(c->error.message, "'often' occurs more than"));
  close_builder(b);
}

static void keys_of_metadata_are_as_xapian_takes_them(void **state) {
  context *c = *state;
  char bytes[254];
  memset(bytes, 'k', sizeof bytes);
  byline_string key = {bytes, 253}, value = str("v");
  bulk_builder *b;
  open_builder(c, 1, &b);
  assert_int_equal(bulk_set_metadata(b, key, value, &c->error), BYLINE_OK);
  key.length = 254;
  assert_int_equal(bulk_set_metadata(b, key, value, &c->error), BYLINE_INVALID);
  key.length = 0;
  assert_int_equal(bulk_set_metadata(b, key, value, &c->error), BYLINE_INVALID);
  close_builder(b);
}

static void a_folder_must_be_there(void **state) {
  context *c = *state;
  const bulk_options options = {TABLE_BLOCK_SIZE, 1, 1, 1};
  bulk_builder *b;
  assert_int_equal(bulk_new("/no/such/folder", &options, &b, &c->error),
                   BYLINE_NOT_FOUND);
  assert_null(b);
}

#define TEST(function)                                                         \
  cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(terms_fit_keys),
      TEST(positions_rise),
      TEST(a_term_that_is_there_twice_spoils_the_part),
      TEST(lengths_are_numbers_of_32_bits),
      TEST(values_have_bytes_and_slots_rise),
      TEST(docids_rise),
      TEST(words_fit_keys),
      TEST(memory_is_told),
      TEST(parts_follow_each_other),
      TEST(totals_are_numbers_of_32_bits),
      TEST(keys_of_metadata_are_as_xapian_takes_them),
      TEST(a_folder_must_be_there),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
