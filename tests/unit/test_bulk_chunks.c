/* What comes to the postlist table: keys, chunks and where they end. */
#include "bulk_table_reader.h"

#include "bulk/chunks.h"

static table_writer *table;
static table_content content;

static int open_postlist(void **state) {
  if (make_folder(state) != 0)
    return -1;
  return table_writer_open(folder, TABLE_POSTLIST, TABLE_BLOCK_SIZE, &table,
                           NULL);
}

static void finish(void) {
  table_root root;
  assert_int_equal(table_writer_finish(table, &root, NULL), BYLINE_OK);
  table_writer_free(table);
  content = read_table("postlist.glass", TABLE_BLOCK_SIZE, &root);
}

static int free_postlist(void **state) {
  free_content(&content);
  return remove_folder(state);
}

static void assert_entry(size_t i, const char *key, size_t key_length,
                         const char *tag, size_t tag_length) {
  assert_true(i < content.count);
  const entry *e = &content.entries[i];
  assert_int_equal(e->key.length, key_length);
  assert_memory_equal(e->key.data, key, key_length);
  assert_int_equal(e->tag.length, tag_length);
  assert_memory_equal(e->tag.data, tag, tag_length);
}

#define ENTRY(i, key, tag)                                                     \
  assert_entry((i), (key), sizeof(key) - 1, (tag), sizeof(tag) - 1)

/* ---- Postings ---------------------------------------------------------- */

typedef struct posting {
  uint32_t docid, wdf;
} posting;

static void add_postings(byline_string term, const posting *postings,
                         size_t count) {
  posting_chunks c;
  uint64_t sum = 0;
  for (size_t i = 0; i < count; i++)
    sum += term.length > 0 ? postings[i].wdf : 0;
  assert_int_equal(posting_chunks_begin(&c, table, term,
                                        term.length > 0 ? count : 0, sum, NULL),
                   BYLINE_OK);
  for (size_t i = 0; i < count; i++)
    assert_int_equal(
        posting_chunks_add(&c, postings[i].docid, postings[i].wdf, NULL),
        BYLINE_OK);
  assert_int_equal(posting_chunks_end(&c, NULL), BYLINE_OK);
}

static void short_lists_are_one_chunk(void **state) {
  (void)state;
  static const posting lengths[] = {{3, 7}, {200, 0}};
  static const posting one[] = {{200, 0}};
  static const posting some[] = {{3, 2}, {4, 300}, {200, 5}};
  add_postings(str(""), lengths, COUNT(lengths));
  add_postings((byline_string){"a\0", 2}, one, COUNT(one));
  add_postings(str("b"), some, COUNT(some));
  finish();
  assert_int_equal(content.count, 3);
  ENTRY(0, "\0\xE0",
        "\0\0\x02"
        "1\xC5\x01\x07\xC4\x01\0");
  ENTRY(1, "a\0\xFF",
        "\x01\0\xC7\x01"
        "1\0\0");
  ENTRY(2, "b",
        "\x03\xB3\x02\x02"
        "1\xC5\x01\x02\0\xAC\x02\xC3\x01\x05");
}

/* Reads the chunks of one list back. */
static void assert_list(size_t *at, byline_string key, size_t count,
                        posting (*posting_of)(uint32_t), bool lengths) {
  uint32_t n = 0;
  for (bool is_first = true, is_last = false; !is_last; is_first = false) {
    assert_true(*at < content.count);
    const entry *e = &content.entries[(*at)++];
    const unsigned char *in = (const unsigned char *)e->tag.data;
    const unsigned char *end = in + e->tag.length;
    uint32_t docid = posting_of(n).docid;
    unsigned char wanted[PACK_KEY_MAX];
    memcpy(wanted, key.data, key.length);
    size_t length = key.length;
    if (is_first) {
      assert_true(unpack_uint(&in) == (lengths ? 0 : count));
      (void)unpack_uint(&in);
      assert_int_equal(unpack_uint(&in), docid - 1);
    } else {
      if (!lengths)
        wanted[length++] = 0;
      length += pack_sorted(wanted + length, docid);
    }
    assert_int_equal(e->key.length, length);
    assert_memory_equal(e->key.data, wanted, length);
    assert_true(*in == '0' || *in == '1');
    is_last = *in++ == '1';
    uint32_t last = docid + (uint32_t)unpack_uint(&in);
    const unsigned char *entries = in, *before_last = in;
    for (bool begins = true; in < end; begins = false, n++) {
      before_last = in;
      if (!begins)
        docid += (uint32_t)unpack_uint(&in) + 1;
      assert_int_equal(docid, posting_of(n).docid);
      assert_int_equal(unpack_uint(&in), posting_of(n).wdf);
    }
    assert_ptr_equal(in, end);
    assert_int_equal(docid, last);
    /* Full when the entries have 2000 bytes, and not before. */
    assert_true(before_last - entries < 2000);
    assert_true(is_last || end - entries >= 2000);
  }
  assert_int_equal(n, count);
}

static posting dense(uint32_t i) {
  return (posting){i + 1, i % 3};
}

static posting wide(uint32_t i) {
  return (posting){i * 100003 + 1, i % 7 ? 1 : UINT32_MAX - i};
}

/* Entries of two bytes, the first as well. */
static posting even(uint32_t i) {
  return (posting){i + 1, i > 0 ? 1 : 200};
}

static void add_list(byline_string term, uint32_t count,
                     posting (*posting_of)(uint32_t)) {
  posting *postings = malloc(count * sizeof *postings);
  assert_non_null(postings);
  for (uint32_t i = 0; i < count; i++)
    postings[i] = posting_of(i);
  add_postings(term, postings, count);
  free(postings);
}

static void long_lists_are_cut_at_2000_bytes(void **state) {
  (void)state;
  char longest[245];
  memset(longest, 'z', sizeof longest);
  add_list(str(""), 20000, dense);
  add_list((byline_string){"a\0b", 3}, 40000, wide);
  add_list(str("even"), 1001, even);  /* 2000 bytes and one entry */
  add_list(str("full"), 1000, dense); /* 1999 bytes: one may come yet */
  add_list(str("full1"), 1001, dense);
  add_list(str("full2"), 1002, dense); /* and now it is another chunk's */
  add_list((byline_string){longest, sizeof longest}, 40000, wide);
  finish();
  size_t at = 0;
  assert_list(&at, (byline_string){"\0\xE0", 2}, 20000, dense, true);
  assert_list(&at,
              (byline_string){"a\0\xFF"
                              "b",
                              4},
              40000, wide, false);
  assert_list(&at, str("even"), 1001, even, false);
  assert_list(&at, str("full"), 1000, dense, false);
  size_t chunks = at;
  assert_list(&at, str("full1"), 1001, dense, false);
  assert_int_equal(at, chunks + 1);
  assert_list(&at, str("full2"), 1002, dense, false);
  assert_int_equal(at, chunks + 3);
  assert_list(&at, (byline_string){longest, sizeof longest}, 40000, wide,
              false);
  assert_int_equal(at, content.count);
}

static void frequencies_have_64_bits(void **state) {
  (void)state;
  posting_chunks c;
  assert_int_equal(
      posting_chunks_begin(&c, table, str("t"), UINT32_MAX, UINT64_MAX, NULL),
      BYLINE_OK);
  assert_int_equal(posting_chunks_add(&c, UINT32_MAX, UINT32_MAX, NULL),
                   BYLINE_OK);
  assert_int_equal(posting_chunks_end(&c, NULL), BYLINE_OK);
  finish();
  ENTRY(0, "t",
        "\xFF\xFF\xFF\xFF\x0F\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01\xFE\xFF"
        "\xFF\xFF\x0F"
        "1\0\xFF\xFF\xFF\xFF\x0F");
}

static void a_term_that_is_no_key_is_refused(void **state) {
  (void)state;
  char term[250] = {0};
  posting_chunks c;
  byline_error error;
  memset(term, 'a', sizeof term);
  assert_int_equal(
      posting_chunks_begin(&c, table, (byline_string){term, 249}, 1, 1, &error),
      BYLINE_OK);
  assert_int_equal(
      posting_chunks_begin(&c, table, (byline_string){term, 250}, 1, 1, &error),
      BYLINE_INVALID);
  memset(term, 0, 125);
  assert_int_equal(
      posting_chunks_begin(&c, table, (byline_string){term, 125}, 1, 1, &error),
      BYLINE_INVALID);
  assert_int_equal(
      posting_chunks_begin(&c, table, (byline_string){term, 124}, 1, 1, &error),
      BYLINE_OK);
  finish();
}

/* ---- Values ------------------------------------------------------------ */

static void value_keys_are_by_slot(void **state) {
  (void)state;
  unsigned char key[16];
  assert_int_equal(value_stats_key(key, 0), 2);
  assert_memory_equal(key, "\0\xD0", 2);
  assert_int_equal(value_stats_key(key, 256), 4);
  assert_memory_equal(key, "\0\xD0\0\x01", 4);
  assert_int_equal(value_stats_key(key, UINT32_MAX), 6);
  assert_int_equal(value_chunk_key(key, 128, 0x8000), 7);
  assert_memory_equal(key, "\0\xD8\x80\x01\x80\x80\0", 7);
  assert_int_equal(value_chunk_key(key, UINT32_MAX, UINT32_MAX), 12);
  finish();
}

static void an_upper_bound_that_is_the_lower_is_left_out(void **state) {
  (void)state;
  buf scratch = BUF_INIT;
  const value_stats stats[] = {
      {1, 300, str("low"), str("up")},
      {2, 1, str("same"), str("same")},
      {3, 2, str("a"), str("ab")},
  };
  for (size_t i = 0; i < COUNT(stats); i++)
    assert_int_equal(chunks_add_value_stats(table, &stats[i], &scratch, NULL),
                     BYLINE_OK);
  buf_free(&scratch);
  finish();
  ENTRY(0, "\0\xD0\x01", "\xAC\x02\x03lowup");
  ENTRY(1, "\0\xD0\x02", "\x01\x04same");
  ENTRY(2, "\0\xD0\x03",
        "\x02\x01"
        "aab");
}

static void values_are_cut_at_2000_bytes(void **state) {
  (void)state;
  static char value[5000];
  value_chunks c = {0};
  memset(value, 'v', sizeof value);
  value_chunks_begin(&c, table, 5);
  assert_int_equal(value_chunks_end(&c, NULL), BYLINE_OK); /* nothing: none */
  value_chunks_begin(&c, table, 5);
  for (uint32_t i = 0; i < 25; i++) { /* 102 bytes each but the first */
    byline_string v = {value, 100};
    assert_int_equal(value_chunks_add(&c, 10 + i, v, NULL), BYLINE_OK);
  }
  assert_int_equal(
      value_chunks_add(&c, 99, (byline_string){value, sizeof value}, NULL),
      BYLINE_OK);
  assert_int_equal(value_chunks_end(&c, NULL), BYLINE_OK);
  value_chunks_begin(&c, table, 6);
  assert_int_equal(value_chunks_add(&c, 4, str("x"), NULL), BYLINE_OK);
  assert_int_equal(value_chunks_add(&c, 300, str("yz"), NULL), BYLINE_OK);
  assert_int_equal(value_chunks_end(&c, NULL), BYLINE_OK);
  value_chunks_free(&c);
  finish();
  assert_int_equal(content.count, 3);
  assert_int_equal(content.entries[0].tag.length, 101 + 19 * 102);
  assert_memory_equal(content.entries[0].key.data, "\0\xD8\x05\0\x0A", 5);
  assert_int_equal(content.entries[1].tag.length, 101 + 4 * 102 + 3 + 5000);
  assert_memory_equal(content.entries[1].key.data, "\0\xD8\x05\0\x1E", 5);
  ENTRY(2, "\0\xD8\x06\0\x04", "\x01x\xA7\x02\x02yz");
}

/* ---- Metadata ---------------------------------------------------------- */

static void metadata_is_kept_as_it_is(void **state) {
  (void)state;
  char name[254];
  memset(name, 'n', sizeof name);
  byline_error error;
  assert_int_equal(chunks_add_metadata(table, str(""), str("v"), &error),
                   BYLINE_INVALID);
  assert_int_equal(chunks_add_metadata(table,
                                       (byline_string){name, sizeof name},
                                       str("v"), &error),
                   BYLINE_INVALID);
  assert_int_equal(chunks_add_metadata(table, (byline_string){"k\0", 2},
                                       str("value"), &error),
                   BYLINE_OK);
  assert_int_equal(
      chunks_add_metadata(table, (byline_string){name, 253}, str("v"), &error),
      BYLINE_OK);
  finish();
  ENTRY(0, "\0\xC0k\0", "value");
  assert_int_equal(content.entries[1].key.length, 255);
}

#define CASE(test)                                                             \
  cmocka_unit_test_setup_teardown(test, open_postlist, free_postlist)

int main(void) {
  const struct CMUnitTest tests[] = {
      CASE(short_lists_are_one_chunk),
      CASE(long_lists_are_cut_at_2000_bytes),
      CASE(frequencies_have_64_bits),
      CASE(a_term_that_is_no_key_is_refused),
      CASE(value_keys_are_by_slot),
      CASE(an_upper_bound_that_is_the_lower_is_left_out),
      CASE(values_are_cut_at_2000_bytes),
      CASE(metadata_is_kept_as_it_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
