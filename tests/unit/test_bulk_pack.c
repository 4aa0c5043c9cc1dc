/* Numbers and strings as Glass writes them. */
#include "test.h"

#include "bulk/pack.h"

static void numbers_have_seven_bits_a_byte(void **state) {
  (void)state;
  static const struct {
    uint64_t value;
    size_t length;
    unsigned char bytes[PACK_UINT_MAX];
  } cases[] = {
      {0, 1, {0}},
      {1, 1, {1}},
      {0x7F, 1, {0x7F}},
      {0x80, 2, {0x80, 1}},
      {0x3FFF, 2, {0xFF, 0x7F}},
      {0x4000, 3, {0x80, 0x80, 1}},
      {UINT32_MAX, 5, {0xFF, 0xFF, 0xFF, 0xFF, 0x0F}},
      {UINT64_MAX,
       10,
       {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    unsigned char out[PACK_UINT_MAX];
    assert_int_equal(pack_uint(out, cases[i].value), cases[i].length);
    assert_memory_equal(out, cases[i].bytes, cases[i].length);
    const unsigned char *at = out;
    assert_true(unpack_uint(&at) == cases[i].value);
    assert_ptr_equal(at, out + cases[i].length);
  }
}

static void the_last_number_has_no_zeros_in_front(void **state) {
  (void)state;
  unsigned char out[PACK_UINT_MAX];
  assert_int_equal(pack_uint_last(out, 0), 0);
  assert_int_equal(pack_uint_last(out, 1), 1);
  assert_int_equal(pack_uint_last(out, 0xFF), 1);
  assert_int_equal(out[0], 0xFF);
  assert_int_equal(pack_uint_last(out, 0x1234), 2);
  assert_memory_equal(out, "\x34\x12", 2);
  assert_int_equal(pack_uint_last(out, UINT64_MAX), 8);
}

static void sorted_numbers_begin_with_their_length(void **state) {
  (void)state;
  static const struct {
    uint32_t value;
    size_t length;
    unsigned char bytes[PACK_SORTED_MAX];
  } cases[] = {
      {0, 2, {0, 0}},
      {1, 2, {0, 1}},
      {0x7FFF, 2, {0x7F, 0xFF}},
      {0x8000, 3, {0x80, 0x80, 0}},
      {0x3FFFFF, 3, {0xBF, 0xFF, 0xFF}},
      {0x400000, 4, {0xC0, 0x40, 0, 0}},
      {0x1FFFFFFF, 4, {0xDF, 0xFF, 0xFF, 0xFF}},
      {0x20000000, 5, {0xE0, 0x20, 0, 0, 0}},
      {UINT32_MAX, 5, {0xE0, 0xFF, 0xFF, 0xFF, 0xFF}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    unsigned char out[PACK_SORTED_MAX];
    assert_int_equal(pack_sorted(out, cases[i].value), cases[i].length);
    assert_memory_equal(out, cases[i].bytes, cases[i].length);
  }
}

static void a_nul_in_a_term_is_escaped(void **state) {
  (void)state;
  unsigned char out[16];
  byline_string term = {"a\0\0b", 4};
  assert_int_equal(pack_sorted_string(out, term, true), 7);
  assert_memory_equal(out,
                      "a\0\xFF\0\xFF"
                      "b\0",
                      7);
  assert_int_equal(pack_sorted_string(out, term, false), 6);
  assert_int_equal(pack_sorted_string(out, str(""), true), 1);
  assert_int_equal(out[0], 0);
}

static void buffers_take_numbers_and_strings(void **state) {
  (void)state;
  buf b = BUF_INIT;
  assert_true(pack_add_uint(&b, 300));
  assert_true(pack_add_string(&b, str("abc")));
  assert_true(pack_add_string(&b, str("")));
  assert_int_equal(b.length, 7);
  assert_memory_equal(b.data,
                      "\xAC\x02\x03"
                      "abc\0",
                      7);
  buf_free(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers_have_seven_bits_a_byte),
      cmocka_unit_test(the_last_number_has_no_zeros_in_front),
      cmocka_unit_test(sorted_numbers_begin_with_their_length),
      cmocka_unit_test(a_nul_in_a_term_is_escaped),
      cmocka_unit_test(buffers_take_numbers_and_strings),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
