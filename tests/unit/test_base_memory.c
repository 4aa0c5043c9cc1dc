/* Buffers and arenas. */
#include "test.h"

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

static void a_buffer_grows_and_stays_terminated(void **state) {
  (void)state;
  buf b = BUF_INIT;
  for (int i = 0; i < 1000; i++)
    assert_true(buf_printf(&b, "%d,", i % 10));
  assert_int_equal(b.length, 2000);
  assert_int_equal(b.data[2000], '\0');
  assert_memory_equal(b.data, "0,1,2,3,", 8);
  buf_clear(&b);
  assert_int_equal(b.length, 0);
  assert_true(buf_add(&b, "a\0b", 3));
  assert_int_equal(b.length, 3);
  assert_memory_equal(b.data, "a\0b", 4);
  buf_free(&b);
  assert_null(b.data);
}

static void a_length_that_overflows_is_refused(void **state) {
  (void)state;
  buf b = BUF_INIT;
  assert_true(buf_add_string(&b, "kept"));
  assert_false(buf_reserve(&b, SIZE_MAX));
  assert_false(buf_reserve(&b, SIZE_MAX - 4));
  assert_string_equal(b.data, "kept");
  buf_free(&b);
  arena a = ARENA_INIT;
  assert_null(arena_alloc(&a, SIZE_MAX));
  assert_null(arena_array(&a, SIZE_MAX / 2, 4));
  arena_free(&a);
}

static void arena_memory_is_aligned_and_its_own(void **state) {
  (void)state;
  arena a = ARENA_INIT;
  unsigned char *blocks[200];
  for (size_t i = 0; i < 200; i++) {
    blocks[i] = arena_alloc(&a, i * 7);
    assert_non_null(blocks[i]);
    assert_int_equal((uintptr_t)blocks[i] % _Alignof(max_align_t), 0);
    memset(blocks[i], (int)i, i * 7);
  }
  for (size_t i = 0; i < 200; i++)
    for (size_t j = 0; j < i * 7; j++)
      assert_int_equal(blocks[i][j], i);
  arena_free(&a);
}

static void an_arena_keeps_one_chunk_over_a_reset(void **state) {
  (void)state;
  arena a = ARENA_INIT;
  assert_non_null(arena_alloc(&a, 100000));
  void *first = arena_alloc(&a, 100000);
  assert_non_null(first);
  arena_reset(&a);
  assert_non_null(arena_alloc(&a, 50000));
  arena_reset(&a);
  arena_free(&a);
  arena_reset(&a);
  assert_null(a.head);
}

static void a_copy_is_terminated(void **state) {
  (void)state;
  arena a = ARENA_INIT;
  byline_string copy;
  assert_true(arena_string(&a, str("word"), &copy));
  assert_str(copy, "word");
  assert_int_equal(copy.data[4], '\0');
  assert_true(arena_string(&a, (byline_string){NULL, 0}, &copy));
  assert_int_equal(copy.length, 0);
  arena_free(&a);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_buffer_grows_and_stays_terminated),
      cmocka_unit_test(a_length_that_overflows_is_refused),
      cmocka_unit_test(arena_memory_is_aligned_and_its_own),
      cmocka_unit_test(an_arena_keeps_one_chunk_over_a_reset),
      cmocka_unit_test(a_copy_is_terminated),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
