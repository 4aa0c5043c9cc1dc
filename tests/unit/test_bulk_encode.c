/* Slots and positions: by hand, and read back. */
#include "test.h"

#include <stdbool.h>
#include <stdlib.h>

#include "bulk/encode.h"
#include "bulk/pack.h"

/* ---- Slots ------------------------------------------------------------- */

static void slots_are_told_by_their_distance(void **state) {
  (void)state;
  document_value values[] = {
      {0, str("v")},
      {1, str("v")},
      {129, str("v")},
      {300, str("v")},
      {UINT32_MAX - 1, str("v")},
  };
  document d = {.values = values, .value_count = COUNT(values)};
  buf out = BUF_INIT;
  assert_true(encode_slots(&d, &out));
  BYTES(buf_string(&out), "\0\0\x7F\xAA\x01\xD1\xFD\xFF\xFF\x0F");
  buf_free(&out);
}

/* ---- Positions --------------------------------------------------------- */

/* Reads bits, the low ones first, by the rules of the format: a value in the
 * middle of what is possible has one bit less. */
typedef struct bit_reader {
  const unsigned char *at;
  size_t bit, bits;
} bit_reader;

static uint64_t read_bits(bit_reader *r, unsigned count) {
  uint64_t value = 0;
  for (unsigned i = 0; i < count; i++, r->bit++) {
    assert_true(r->bit < r->bits);
    value |= (uint64_t)(r->at[r->bit / 8] >> r->bit % 8 & 1) << i;
  }
  return value;
}

static uint32_t read_value(bit_reader *r, uint32_t outof) {
  unsigned bits = 0;
  while (UINT64_C(1) << bits < outof)
    bits++;
  uint64_t spare = (UINT64_C(1) << bits) - outof;
  if (spare == 0)
    return (uint32_t)read_bits(r, bits);
  uint64_t middle = (outof - spare) / 2;
  uint64_t value = read_bits(r, bits - 1);
  if (value < middle && read_bits(r, 1))
    value += middle + spare;
  return (uint32_t)value;
}

static void read_between(bit_reader *r, uint32_t *positions, size_t j,
                         size_t k) {
  if (j + 1 >= k)
    return;
  size_t middle = (j + k) / 2;
  uint32_t outof = positions[k] - positions[j] - (uint32_t)(k - j) + 1;
  positions[middle] =
      read_value(r, outof) + positions[j] + (uint32_t)(middle - j);
  read_between(r, positions, j, middle);
  read_between(r, positions, middle, k);
}

static void assert_come_back(const uint32_t *positions, size_t count) {
  buf out = BUF_INIT;
  assert_true(encode_positions(positions, count, &out));
  const unsigned char *at = (const unsigned char *)out.data;
  uint32_t last = (uint32_t)unpack_uint(&at);
  size_t left = out.length - (size_t)(at - (const unsigned char *)out.data);
  assert_int_equal(last, positions[count - 1]);
  bit_reader r = {at, 0, 8 * left};
  if (count > 1) {
    uint32_t first = read_value(&r, last);
    size_t n = read_value(&r, last - first) + (size_t)2;
    assert_int_equal(first, positions[0]);
    assert_int_equal(n, count);
    uint32_t *back = malloc(n * sizeof *back);
    assert_non_null(back);
    back[0] = first;
    back[n - 1] = last;
    read_between(&r, back, 0, n - 1);
    assert_memory_equal(back, positions, n * sizeof *back);
    free(back);
  }
  /* Not a byte more than needed, and zeros at its end. */
  assert_true(r.bits - r.bit < 8);
  assert_int_equal(read_bits(&r, (unsigned)(r.bits - r.bit)), 0);
  buf_free(&out);
}

static void positions_by_hand(void **state) {
  (void)state;
  static const uint32_t one[] = {300};
  static const uint32_t two[] = {1, 4};
  static const uint32_t four[] = {1, 2, 4, 6};
  buf out = BUF_INIT;
  assert_true(encode_positions(one, 1, &out));
  BYTES(buf_string(&out), "\xAC\x02");
  buf_clear(&out);
  /* 1 of 4: two bits, 01. 0 of 3: two bits, 00. */
  assert_true(encode_positions(two, 2, &out));
  BYTES(buf_string(&out), "\x04\x01");
  buf_clear(&out);
  /* 1 of 6: it is below the middle, three bits, 001. 2 of 5: one of three in
   * the middle, two bits, 10. The second position lies from 2 to 4, is 0 of 3:
   * 00. The third lies from 3 to 5, is 1 of 3: one bit, 1. */
  assert_true(encode_positions(four, 4, &out));
  BYTES(buf_string(&out), "\x06\x91");
  assert_come_back(four, 4);
  buf_free(&out);
}

static void edges_come_back(void **state) {
  (void)state;
  static const uint32_t zero[] = {0};
  static const uint32_t last[] = {UINT32_MAX};
  static const uint32_t ends[] = {0, UINT32_MAX};
  static const uint32_t wide[] = {0, 1, 0x80000000, 0x80000001, UINT32_MAX};
  static const uint32_t dense[] = {UINT32_MAX - 4, UINT32_MAX - 3,
                                   UINT32_MAX - 2, UINT32_MAX - 1, UINT32_MAX};
  assert_come_back(zero, 1);
  assert_come_back(last, 1);
  assert_come_back(ends, 2);
  assert_come_back(wide, COUNT(wide));
  assert_come_back(dense, COUNT(dense));
}

static uint32_t random_below(uint64_t *seed, uint32_t limit) {
  *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407;
  return (uint32_t)((*seed >> 32) % limit);
}

static void random_positions_come_back(void **state) {
  (void)state;
  enum { MOST = 3000 };
  static uint32_t positions[MOST];
  uint64_t seed = 7;
  for (size_t round = 0; round < 3000; round++) {
    size_t count = 1 + random_below(&seed, round % 50 ? 20 : MOST);
    uint32_t step = (uint32_t)1 << random_below(&seed, 21);
    uint32_t at = 0;
    for (size_t i = 0; i < count; i++) {
      at += random_below(&seed, step) + (i > 0);
      positions[i] = at;
    }
    assert_come_back(positions, count);
  }
}

static void every_small_set_of_positions_comes_back(void **state) {
  (void)state;
  for (uint32_t set = 1; set < 1 << 12; set++) {
    uint32_t positions[12];
    size_t count = 0;
    for (uint32_t i = 0; i < 12; i++)
      if (set >> i & 1)
        positions[count++] = i;
    assert_come_back(positions, count);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(slots_are_told_by_their_distance),
      cmocka_unit_test(positions_by_hand),
      cmocka_unit_test(edges_come_back),
      cmocka_unit_test(random_positions_come_back),
      cmocka_unit_test(every_small_set_of_positions_comes_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
