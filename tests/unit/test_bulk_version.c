/* The version file: what is written, and what is recognised. */
#include "bulk_table_reader.h"

#include "bulk/version.h"

/* As Xapian makes it for a new database. */
static const char empty[] = "\x0F\x0DXapian Glass\x04\x6E"
                            "0123456789abcdef"
                            "\0"
                            "\0\x03\0\x04\0\0"
                            "\0\x03\0\x04\x12\0"
                            "\0\x03\0\x04\x12\0"
                            "\0\x03\0\x04\0\0"
                            "\0\x03\0\x04\x12\0"
                            "\0\x03\0\x04\x12\0"
                            "\0\0\0\0\0\0\0\0";
enum {
  EMPTY = sizeof empty - 1,
  UUID_BEGIN = 16,
  UUID_END = 32,
  ROOTS = 33,
  ROOT_SIZE = 6
};

static void put_file(const char *bytes, size_t length) {
  char path[128];
  snprintf(path, sizeof path, "%s/iamglass", folder);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, length, file), length);
  assert_int_equal(fclose(file), 0);
}

/* ---- Writing ----------------------------------------------------------- */

static void numbers_come_in_their_order(void **state) {
  (void)state;
  const table_root roots[TABLE_COUNT] = {
      [TABLE_POSTLIST] = {.root = 300, .level = 2, .entries = 5, .blocks = 600},
      [TABLE_DOCDATA] = {.fake = true},
      [TABLE_TERMLIST] = {.root = 2, .level = 1, .entries = 4, .blocks = 4},
      [TABLE_POSITION] = {.fake = true},
      [TABLE_SPELLING] = {.entries = 1, .blocks = 1},
      [TABLE_SYNONYM] = {.fake = true},
  };
  const glass_statistics statistics = {.document_count = 3,
                                       .last_docid = 10,
                                       .length_lower = 1,
                                       .length_upper = 500,
                                       .wdf_upper = 200,
                                       .total_length = UINT64_C(1) << 35,
                                       .spelling_upper = 9};
  assert_int_equal(version_write(folder, 2048, roots, &statistics, NULL),
                   BYLINE_OK);
  static const char wanted[] = "\x01"
                               "\xAC\x02\x0A\x05\x01\0\x07\x01\xD8\x04\0\0\0\0"
                               "\0\x03\0\x01\x12\0"
                               "\x02\x06\x04\x01\x12\x06\x01\x04\0\0\0\0"
                               "\0\x03\0\x01\0\0"
                               "\0\x02\x01\x01\x12\x06\x01\x01\0\0\0\0"
                               "\0\x03\0\x01\x12\0"
                               "\x03\x07\x01\xC8\x01\xAC\x02\0"
                               "\x80\x80\x80\x80\x80\x01\x09";
  buf file = read_file("iamglass");
  assert_int_equal(file.length, UUID_END + sizeof wanted - 1);
  assert_memory_equal(file.data, empty, UUID_BEGIN);
  assert_memory_equal(file.data + UUID_END, wanted, sizeof wanted - 1);
  assert_false(file_is_there("v.tmp"));
  buf_free(&file);
}

static void a_length_below_the_largest_wdf_is_raised(void **state) {
  (void)state;
  static const table_root roots[TABLE_COUNT];
  const glass_statistics statistics = {.length_upper = 5, .wdf_upper = 6};
  assert_int_equal(
      version_write(folder, TABLE_BLOCK_SIZE, roots, &statistics, NULL),
      BYLINE_OK);
  buf file = read_file("iamglass");
  assert_memory_equal(file.data + file.length - 5, "\x06\0\0\0\0", 5);
  buf_free(&file);
}

static void the_largest_numbers_fit_what_xapian_reads(void **state) {
  (void)state;
  const table_root root = {.root = UINT32_MAX - 2,
                           .level = 9,
                           .entries = UINT64_MAX,
                           .blocks = UINT32_MAX - 1};
  const table_root roots[TABLE_COUNT] = {root, root, root, root, root, root};
  const glass_statistics statistics = {.document_count = 1,
                                       .last_docid = UINT32_MAX,
                                       .length_lower = UINT32_MAX,
                                       .length_upper = UINT32_MAX,
                                       .wdf_upper = 1,
                                       .total_length = UINT64_MAX,
                                       .spelling_upper = UINT32_MAX};
  assert_int_equal(
      version_write(folder, TABLE_BLOCK_MAX, roots, &statistics, NULL),
      BYLINE_OK);
  buf file = read_file("iamglass");
  assert_true(file.length <= 256);
  buf_free(&file);
}

static void every_database_has_its_own_uuid(void **state) {
  (void)state;
  static const table_root roots[TABLE_COUNT];
  static const glass_statistics statistics;
  buf files[2];
  for (size_t i = 0; i < 2; i++) {
    assert_int_equal(
        version_write(folder, TABLE_BLOCK_SIZE, roots, &statistics, NULL),
        BYLINE_OK);
    files[i] = read_file("iamglass");
    assert_int_equal(files[i].data[UUID_BEGIN + 6] & 0xF0, 0x40);
    assert_int_equal(files[i].data[UUID_BEGIN + 8] & 0xC0, 0x80);
  }
  assert_memory_not_equal(files[0].data + UUID_BEGIN,
                          files[1].data + UUID_BEGIN, UUID_END - UUID_BEGIN);
  buf_free(&files[0]);
  buf_free(&files[1]);
}

static void a_folder_that_is_not_there_is_an_error(void **state) {
  (void)state;
  static const table_root roots[TABLE_COUNT];
  static const glass_statistics statistics;
  byline_error error;
  assert_int_equal(version_write("/nowhere/at/all", TABLE_BLOCK_SIZE, roots,
                                 &statistics, &error),
                   BYLINE_NOT_FOUND);
  assert_non_null(strstr(error.message, "/nowhere/at/all/iamglass"));
  assert_int_equal(version_check("/nowhere/at/all", &error), BYLINE_NOT_FOUND);
}

/* ---- Checking ---------------------------------------------------------- */

static void an_empty_database_of_xapian_is_known(void **state) {
  (void)state;
  byline_error error;
  put_file(empty, EMPTY);
  assert_int_equal(version_check(folder, &error), BYLINE_OK);
}

static void our_own_is_known(void **state) {
  (void)state;
  const table_root roots[TABLE_COUNT] = {{.blocks = 1},  {.fake = true},
                                         {.blocks = 1},  {.fake = true},
                                         {.fake = true}, {.fake = true}};
  static const glass_statistics statistics;
  byline_error error;
  assert_int_equal(
      version_write(folder, TABLE_BLOCK_SIZE, roots, &statistics, &error),
      BYLINE_OK);
  assert_int_equal(version_check(folder, &error), BYLINE_OK);
}

/* With one byte changed the file is refused, and the message has the words. */
static void assert_refused(size_t at, char byte, const char *words) {
  char changed[EMPTY];
  byline_error error;
  memcpy(changed, empty, EMPTY);
  assert_int_not_equal(changed[at], byte);
  changed[at] = byte;
  put_file(changed, EMPTY);
  assert_int_equal(version_check(folder, &error), BYLINE_UNSUPPORTED);
  assert_non_null(strstr(error.message, words));
  assert_non_null(strstr(error.message, "/iamglass: "));
}

static void whatever_is_unknown_is_refused(void **state) {
  (void)state;
  assert_refused(0, 0, "glass");
  assert_refused(13, 'S', "glass");
  assert_refused(14, 5, "056e");
  assert_refused(15, 0x6F, "046f");
  for (size_t table = 0; table < TABLE_COUNT; table++) {
    size_t root = ROOTS + table * ROOT_SIZE;
    assert_refused(root + 3, 2, "block size");
    assert_refused(root + 4, 4, "compressed");
    assert_refused(root + 5, 127, "described");
  }
}

static void no_piece_of_the_file_is_enough(void **state) {
  (void)state;
  byline_error error;
  for (size_t length = 0; length < EMPTY; length++) {
    put_file(empty, length);
    assert_int_equal(version_check(folder, &error), BYLINE_UNSUPPORTED);
  }
  put_file(empty, EMPTY + 1); /* the NUL behind it as well */
  assert_int_equal(version_check(folder, &error), BYLINE_UNSUPPORTED);
}

static void numbers_that_never_end_are_refused(void **state) {
  (void)state;
  char bytes[300];
  byline_error error;
  memset(bytes, 0xFF, sizeof bytes);
  memcpy(bytes, empty, UUID_END);
  put_file(bytes, sizeof bytes);
  assert_int_equal(version_check(folder, &error), BYLINE_UNSUPPORTED);
}

#define CASE(test)                                                             \
  cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void) {
  const struct CMUnitTest tests[] = {
      CASE(numbers_come_in_their_order),
      CASE(a_length_below_the_largest_wdf_is_raised),
      CASE(the_largest_numbers_fit_what_xapian_reads),
      CASE(every_database_has_its_own_uuid),
      CASE(a_folder_that_is_not_there_is_an_error),
      CASE(an_empty_database_of_xapian_is_known),
      CASE(our_own_is_known),
      CASE(whatever_is_unknown_is_refused),
      CASE(no_piece_of_the_file_is_enough),
      CASE(numbers_that_never_end_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
