/* Deflated tags, inflated by what Xapian inflates them with. */
#include "test.h"

#include <stdbool.h>
#include <stdlib.h>
#include <zlib.h>

#include "bulk/deflater.h"

static deflater *new_deflater(int level) {
  deflater *d = NULL;
  byline_error error;
  assert_int_equal(deflater_new(level, &d, &error), BYLINE_OK);
  return d;
}

/* The stream must end where its bytes do. */
static void assert_inflates_to(byline_string deflated, byline_string tag) {
  z_stream stream = {0};
  unsigned char *out = malloc(tag.length + 1);
  assert_non_null(out);
  assert_int_equal(inflateInit2(&stream, -15), Z_OK);
  stream.next_in = (unsigned char *)(uintptr_t)deflated.data;
  stream.avail_in = (unsigned)deflated.length;
  stream.next_out = out;
  stream.avail_out = (unsigned)tag.length + 1;
  assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
  assert_int_equal(stream.avail_in, 0);
  assert_int_equal(stream.total_out, tag.length);
  assert_memory_equal(out, tag.data, tag.length);
  inflateEnd(&stream);
  free(out);
}

static void what_repeats_becomes_shorter(void **state) {
  (void)state;
  static char text[100000];
  for (size_t i = 0; i < sizeof text; i++)
    text[i] = "the fair in the old town "[i % 25];
  for (int level = 1; level <= 12; level++) {
    deflater *d = new_deflater(level);
    for (size_t length = 60; length <= sizeof text; length = length * 5 / 2) {
      buf out = BUF_INIT;
      bool compressed = false;
      byline_string tag = {text, length};
      assert_true(buf_add_string(&out, "kept"));
      assert_true(deflater_run(d, tag, 18, &out, &compressed));
      assert_true(compressed);
      assert_true(out.length < 4 + length);
      assert_memory_equal(out.data, "kept", 4);
      assert_int_equal(out.data[out.length], '\0');
      assert_inflates_to((byline_string){out.data + 4, out.length - 4}, tag);
      buf_free(&out);
    }
    deflater_free(d);
  }
}

static void assert_stays(deflater *d, byline_string tag, uint32_t min) {
  buf out = BUF_INIT;
  bool compressed = true;
  assert_true(deflater_run(d, tag, min, &out, &compressed));
  assert_false(compressed);
  assert_int_equal(out.length, tag.length);
  if (tag.length > 0)
    assert_memory_equal(out.data, tag.data, tag.length);
  buf_free(&out);
}

static void what_would_not_be_shorter_stays(void **state) {
  (void)state;
  static char noise[5000];
  uint32_t seed = 1;
  for (size_t i = 0; i < sizeof noise; i++) {
    seed = seed * 1664525 + 1013904223;
    noise[i] = (char)(seed >> 24);
  }
  for (int level = 1; level <= 12; level++) {
    deflater *d = new_deflater(level);
    for (size_t length = 0; length <= sizeof noise; length += 1 + length / 3)
      assert_stays(d, (byline_string){noise, length}, 18);
    deflater_free(d);
  }
}

/* Of some of these tags deflating makes less, of some more. */
static void deflated_is_shorter_always(void **state) {
  (void)state;
  char tag[100];
  uint32_t seed = 1;
  size_t deflated = 0;
  deflater *d = new_deflater(DEFLATER_LEVEL);
  for (size_t round = 0; round < 20000; round++) {
    size_t length = 52 + round % 48;
    buf out = BUF_INIT;
    bool compressed = false;
    for (size_t i = 0; i < length; i++) {
      seed = seed * 1664525 + 1013904223;
      tag[i] = (char)('A' + (seed >> 24) % (40 + round % 50));
    }
    assert_true(
        deflater_run(d, (byline_string){tag, length}, 18, &out, &compressed));
    if (compressed)
      assert_true(out.length < length);
    else
      assert_int_equal(out.length, length);
    deflated += compressed;
    buf_free(&out);
  }
  assert_in_range(deflated, 1000, 19000);
  deflater_free(d);
}

static void short_tags_and_some_tables_stay(void **state) {
  (void)state;
  static char same[200];
  memset(same, 's', sizeof same);
  deflater *d = new_deflater(DEFLATER_LEVEL);
  for (size_t length = 0; length <= 18; length++)
    assert_stays(d, (byline_string){same, length}, 18);
  assert_stays(d, (byline_string){same, 100}, 100);
  assert_stays(d, (byline_string){same, sizeof same}, 0);
  deflater_free(d);
  d = new_deflater(0);
  assert_stays(d, (byline_string){same, sizeof same}, 18);
  deflater_free(d);
  deflater_free(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_repeats_becomes_shorter),
      cmocka_unit_test(what_would_not_be_shorter_stays),
      cmocka_unit_test(deflated_is_shorter_always),
      cmocka_unit_test(short_tags_and_some_tables_stay),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
