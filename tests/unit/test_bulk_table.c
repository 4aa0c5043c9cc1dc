/* The writer of tables: every block of what it makes is read back and checked,
 * and where items lie is what Xapian's compaction would do. */
#include "bulk_table_reader.h"

#include "base/arena.h"

static table_writer *open_table(table_kind kind, uint32_t block_size) {
  table_writer *w = NULL;
  byline_error error;
  assert_int_equal(table_writer_open(folder, kind, block_size, &w, &error), 0);
  return w;
}

static void add(table_writer *w, byline_string key, byline_string tag) {
  byline_error error;
  assert_int_equal(table_writer_add(w, key, tag, false, &error), BYLINE_OK);
}

static table_root finish(table_writer *w) {
  table_root root;
  byline_error error;
  assert_int_equal(table_writer_finish(w, &root, &error), BYLINE_OK);
  table_writer_free(w);
  return root;
}

/* ---- Few entries ------------------------------------------------------- */

static void an_empty_table_has_the_null_item_only(void **state) {
  (void)state;
  table_root root = finish(open_table(TABLE_TERMLIST, TABLE_BLOCK_SIZE));
  assert_int_equal(root.root, 0);
  assert_int_equal(root.level, 0);
  assert_int_equal(root.entries, 0);
  assert_int_equal(root.blocks, 1);
  assert_false(root.fake);
  table_content t = read_table("termlist.glass", TABLE_BLOCK_SIZE, &root);
  static const unsigned char head[] = {0,    0,    0, 1,  0,    0x1F, 0xF0,
                                       0x1F, 0xF0, 0, 13, 0x1F, 0xFD};
  assert_memory_equal(t.file.data, head, sizeof head);
  assert_memory_equal(t.file.data + 8189, "\x60\0\0", 3);
  free_content(&t);
}

static void a_table_that_nothing_comes_to_is_not_there(void **state) {
  (void)state;
  static const table_kind kinds[] = {TABLE_DOCDATA, TABLE_POSITION,
                                     TABLE_SPELLING, TABLE_SYNONYM};
  for (size_t i = 0; i < 4; i++) {
    table_root root = finish(open_table(kinds[i], TABLE_BLOCK_SIZE));
    assert_true(root.fake);
    assert_int_equal(root.blocks, 0);
  }
  assert_false(file_is_there("docdata.glass"));
  assert_false(file_is_there("position.glass"));
  assert_false(file_is_there("spelling.glass"));
  assert_false(file_is_there("synonym.glass"));
}

static void an_entry_comes_back(void **state) {
  (void)state;
  table_writer *w = open_table(TABLE_SYNONYM, TABLE_BLOCK_SIZE);
  add(w, str("k"), str("a tag"));
  table_root root = finish(w);
  table_content t = read_table("synonym.glass", TABLE_BLOCK_SIZE, &root);
  assert_int_equal(t.count, 1);
  assert_str(buf_string(&t.entries[0].key), "k");
  assert_str(buf_string(&t.entries[0].tag), "a tag");
  assert_false(t.entries[0].compressed);
  assert_memory_equal(t.file.data + 8192 - 12, "\x60\x06\x01ka tag", 9);
  free_content(&t);
}

static void the_compressed_flag_is_on_every_piece(void **state) {
  (void)state;
  char tag[10000];
  byline_error error;
  table_writer *w = open_table(TABLE_DOCDATA, TABLE_BLOCK_SIZE);
  memset(tag, 't', sizeof tag);
  assert_int_equal(table_writer_add(w, str("a"),
                                    (byline_string){tag, sizeof tag}, true,
                                    &error),
                   BYLINE_OK);
  add(w, str("b"), str(""));
  table_root root = finish(w);
  table_content t = read_table("docdata.glass", TABLE_BLOCK_SIZE, &root);
  assert_int_equal(t.count, 2);
  assert_true(t.entries[0].compressed);
  assert_int_equal(t.entries[0].pieces, 5);
  assert_false(t.entries[1].compressed);
  assert_int_equal(t.entries[1].tag.length, 0);
  free_content(&t);
}

/* ---- Long keys and tags ------------------------------------------------ */

enum { LONGEST = 255 };

/* A key of at least 4 bytes that rises with i: at its beginning, or where it is
 * as long as can be, only at its end. */
static byline_string test_key(arena *a, uint32_t i, size_t length) {
  char *key = arena_alloc(a, length);
  assert_non_null(key);
  memset(key, 'k', length);
  for (size_t at = 0; at < 4; at++)
    key[(length == LONGEST ? LONGEST - 4 : 0) + at] =
        (char)(i >> (24 - 8 * at));
  return (byline_string){key, length};
}

static byline_string test_tag(arena *a, uint32_t i, size_t length) {
  char *tag = arena_alloc(a, length);
  assert_non_null(tag);
  for (size_t at = 0; at < length; at++)
    tag[at] = (char)(i * 31 + at * 7 + (at >> 8));
  return (byline_string){tag, length};
}

typedef struct shape {
  size_t key, tag;
} shape;

/* Writes count entries of the shape that the function gives, reads them back
 * and returns the root. */
static table_root write_and_read(table_kind kind, const char *name,
                                 uint32_t block_size, uint32_t count,
                                 shape (*shape_of)(uint32_t)) {
  arena a = ARENA_INIT;
  table_writer *w = open_table(kind, block_size);
  for (uint32_t i = 0; i < count; i++) {
    shape s = shape_of(i);
    add(w, test_key(&a, i, s.key), test_tag(&a, i, s.tag));
    arena_reset(&a);
  }
  table_root root = finish(w);
  table_content t = read_table(name, block_size, &root);
  assert_leaves_in_order(&t);
  assert_int_equal(t.count, count);
  for (uint32_t i = 0; i < count; i++) {
    shape s = shape_of(i);
    assert_int_equal(t.entries[i].key.length, s.key);
    assert_int_equal(t.entries[i].tag.length, s.tag);
    assert_memory_equal(t.entries[i].key.data, test_key(&a, i, s.key).data,
                        s.key);
    if (s.tag > 0)
      assert_memory_equal(t.entries[i].tag.data, test_tag(&a, i, s.tag).data,
                          s.tag);
    arena_reset(&a);
  }
  arena_free(&a);
  free_content(&t);
  forget_file(name);
  return root;
}

static shape longest_keys(uint32_t i) {
  return (shape){LONGEST, i % 3 ? i % 40 : 0};
}

static shape every_tag_length(uint32_t i) {
  return (shape){4 + i % 9, i};
}

static shape long_tags(uint32_t i) {
  return (shape){4 + i * 11 % 251, i * 7919 % 60000};
}

static shape short_entries(uint32_t i) {
  (void)i;
  return (shape){4, 0};
}

static void keys_of_255_bytes_are_kept(void **state) {
  (void)state;
  for (uint32_t size = TABLE_BLOCK_MIN; size <= TABLE_BLOCK_MAX; size *= 2)
    for (uint32_t count = 1; count < 3000; count = count * 3 + 1)
      write_and_read(TABLE_POSTLIST, "postlist.glass", size, count,
                     longest_keys);
}

static void tags_of_every_length_are_kept(void **state) {
  (void)state;
  write_and_read(TABLE_POSTLIST, "postlist.glass", 2048, 2200,
                 every_tag_length);
  write_and_read(TABLE_POSITION, "position.glass", 8192, 4300,
                 every_tag_length);
}

static void tags_go_on_over_blocks(void **state) {
  (void)state;
  for (uint32_t size = TABLE_BLOCK_MIN; size <= TABLE_BLOCK_MAX; size *= 2)
    write_and_read(TABLE_SPELLING, "spelling.glass", size, 150, long_tags);
}

/* A tag of so many bytes behind a key of 4: the item of 2043 bytes, the largest
 * in blocks of 8192, takes 2036; a later piece has 2034. The first of several
 * leaves room for three such items in an empty leaf: 2032. */
static uint32_t pieces_of(size_t length, uint32_t before) {
  arena a = ARENA_INIT;
  table_writer *w = open_table(TABLE_POSTLIST, TABLE_BLOCK_SIZE);
  for (uint32_t i = 0; i < before; i++)
    add(w, test_key(&a, i, 4), test_tag(&a, i, 2036));
  add(w, test_key(&a, before, 4), test_tag(&a, before, length));
  table_root root = finish(w);
  table_content t = read_table("postlist.glass", TABLE_BLOCK_SIZE, &root);
  uint32_t pieces = t.entries[before].pieces;
  assert_int_equal(t.entries[before].tag.length, length);
  free_content(&t);
  arena_free(&a);
  forget_file("postlist.glass");
  return pieces;
}

static void a_tag_is_cut_where_an_item_is_full(void **state) {
  (void)state;
  assert_int_equal(pieces_of(0, 0), 1);
  assert_int_equal(pieces_of(1, 0), 1);
  assert_int_equal(pieces_of(2036, 0), 1);
  assert_int_equal(pieces_of(2037, 0), 2);
  assert_int_equal(pieces_of(2032 + 2034, 0), 2);
  assert_int_equal(pieces_of(2032 + 2034 + 1, 0), 3);
  assert_int_equal(pieces_of(2036, 3), 1);
  assert_int_equal(pieces_of(2037, 3), 2);
}

static void a_first_piece_fills_up_its_leaf(void **state) {
  (void)state;
  arena a = ARENA_INIT;
  table_writer *w = open_table(TABLE_POSTLIST, TABLE_BLOCK_SIZE);
  add(w, test_key(&a, 0, 4), test_tag(&a, 0, 1500));
  add(w, test_key(&a, 1, 4), test_tag(&a, 1, 20000));
  table_root root = finish(w);
  table_content t = read_table("postlist.glass", TABLE_BLOCK_SIZE, &root);
  assert_int_equal(be2(block_at(&t, 0) + 7), 0);
  free_content(&t);
  arena_free(&a);
}

/* ---- Levels and block numbers ------------------------------------------ */

static void levels_grow_as_needed(void **state) {
  (void)state;
  static const struct {
    uint32_t count, level;
    shape (*shape_of)(uint32_t);
  } cases[] = {
      {7, 0, longest_keys},       {8, 1, longest_keys},
      {60, 2, longest_keys},      {600, 3, longest_keys},
      {4000, 4, longest_keys},    {30000, 5, longest_keys},
      {200, 0, short_entries},    {300, 1, short_entries},
      {200000, 2, short_entries},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    table_root root =
        write_and_read(TABLE_POSTLIST, "postlist.glass", TABLE_BLOCK_MIN,
                       cases[i].count, cases[i].shape_of);
    assert_int_equal(root.level, cases[i].level);
  }
}

static void a_new_root_comes_behind_the_second_leaf(void **state) {
  (void)state;
  arena a = ARENA_INIT;
  table_writer *w = open_table(TABLE_TERMLIST, TABLE_BLOCK_MIN);
  for (uint32_t i = 0; i < 12; i++)
    add(w, test_key(&a, i * 256, 8), test_tag(&a, i, 490));
  table_root root = finish(w);
  assert_int_equal(root.root, 2);
  assert_int_equal(root.blocks, 4);
  table_content t = read_table("termlist.glass", TABLE_BLOCK_MIN, &root);
  const unsigned char *b = block_at(&t, 2);
  static const unsigned char levels[] = {0, 0, 1, 0};
  for (uint32_t i = 0; i < 4; i++)
    assert_int_equal(block_at(&t, i)[4], levels[i]);
  /* Three items to the root; the second: as much of a key as tells it from
   * the one before, and its component, 1. */
  assert_int_equal(be2(b + 9), 11 + 3 * 2);
  static const unsigned char second[] = {0, 0, 0, 1, 3, 0, 0, 4, 0, 1};
  assert_memory_equal(b + be2(b + 13), second, sizeof second);
  free_content(&t);
  arena_free(&a);
}

/* Tables that are made with their first entry: see table.c. */
static void
the_first_leaves_of_a_lazy_table_are_split_in_the_middle(void **state) {
  (void)state;
  arena a = ARENA_INIT;
  table_writer *w = open_table(TABLE_DOCDATA, TABLE_BLOCK_MIN);
  for (uint32_t i = 0; i < 16; i++)
    add(w, test_key(&a, i, 4), test_tag(&a, i, 480));
  table_root root = finish(w);
  table_content t = read_table("docdata.glass", TABLE_BLOCK_MIN, &root);
  /* Items in each leaf, the null item counted. */
  static const uint32_t items[] = {3, 2, 0, 2, 4, 4, 2};
  assert_int_equal(root.blocks, sizeof items / sizeof *items);
  for (uint32_t i = 0; i < root.blocks; i++)
    if (i != root.root)
      assert_int_equal((be2(block_at(&t, i) + 9) - 11) / 2, items[i]);
  free_content(&t);
  arena_free(&a);
}

static void an_item_in_the_very_middle_stays(void **state) {
  (void)state;
  arena a = ARENA_INIT;
  table_writer *w = open_table(TABLE_SPELLING, TABLE_BLOCK_MIN);
  /* With the null item 703 bytes on each side of the third. */
  static const size_t sizes[] = {350, 350, 500, 350, 353, 300};
  for (uint32_t i = 0; i < 6; i++)
    add(w, test_key(&a, i, 4), test_tag(&a, i, sizes[i] - 7));
  table_root root = finish(w);
  table_content t = read_table("spelling.glass", TABLE_BLOCK_MIN, &root);
  assert_int_equal(be2(block_at(&t, 0) + 9), 11 + 4 * 2);
  assert_int_equal(be2(block_at(&t, 1) + 9), 11 + 3 * 2);
  free_content(&t);
  arena_free(&a);
}

/* A branch block's first key is not stored: where it would be is free, but the
 * items are moved there only when there is no other room. */
static void the_room_of_a_key_not_stored_is_used_last(void **state) {
  (void)state;
  arena a = ARENA_INIT;
  table_writer *w = open_table(TABLE_POSTLIST, TABLE_BLOCK_MIN);
  for (uint32_t i = 0; i < 150; i++)
    add(w, test_key(&a, i, LONGEST), test_tag(&a, i, 0));
  table_root root = finish(w);
  table_content t = read_table("postlist.glass", TABLE_BLOCK_MIN, &root);
  uint32_t full = 0, last = 0;
  for (uint32_t i = 0; i < root.blocks; i++) {
    const unsigned char *b = block_at(&t, i);
    uint32_t room = be2(b + 5), unused = be2(b + 7) - room;
    if (b[4] == 1 && be2(b + 9) == 11 + 8 * 2) {
      full++;
      assert_int_equal(unused, 0);
    } else if (b[4] == 1) {
      last++;
      assert_int_equal(unused, LONGEST);
    }
  }
  assert_int_equal(full, 2);
  assert_int_equal(last, 1);
  free_content(&t);
  arena_free(&a);
}

static void the_same_entries_make_the_same_bytes(void **state) {
  (void)state;
  buf files[2];
  for (size_t round = 0; round < 2; round++) {
    arena a = ARENA_INIT;
    table_writer *w = open_table(TABLE_TERMLIST, TABLE_BLOCK_MIN);
    for (uint32_t i = 0; i < 3000; i++) {
      shape s = long_tags(i);
      add(w, test_key(&a, i, s.key), test_tag(&a, i, s.tag / 50));
      arena_reset(&a);
    }
    finish(w);
    files[round] = read_file("termlist.glass");
    forget_file("termlist.glass");
    arena_free(&a);
  }
  assert_int_equal(files[0].length, files[1].length);
  assert_memory_equal(files[0].data, files[1].data, files[0].length);
  buf_free(&files[0]);
  buf_free(&files[1]);
}

/* ---- Errors ------------------------------------------------------------ */

static void keys_have_1_to_255_bytes(void **state) {
  (void)state;
  char key[256] = {1};
  byline_error error;
  table_writer *w = open_table(TABLE_DOCDATA, TABLE_BLOCK_SIZE);
  assert_int_equal(table_writer_add(w, str(""), str("x"), false, &error),
                   BYLINE_INVALID);
  table_writer_free(w);
  assert_false(file_is_there("docdata.glass"));
  w = open_table(TABLE_DOCDATA, TABLE_BLOCK_SIZE);
  assert_int_equal(table_writer_add(w, (byline_string){key, sizeof key},
                                    str("x"), false, &error),
                   BYLINE_INVALID);
  assert_non_null(strstr(error.message, "docdata.glass"));
  assert_non_null(strstr(error.message, "256"));
  table_writer_free(w);
}

static void a_tag_has_65535_pieces_at_most(void **state) {
  (void)state;
  /* In blocks of 2048 bytes an item has 507: behind a key of 255 bytes 247 of
   * a tag, and in its first piece 249. Where all would be full Xapian makes the
   * first piece shorter, and so one more. */
  enum { MOST = 248 + 65534 * 247 };
  byline_error error;
  char key[255] = {1};
  char *tag = calloc(1, MOST + 1);
  assert_non_null(tag);
  for (size_t more = 0; more < 2; more++) {
    table_writer *w = open_table(TABLE_POSTLIST, TABLE_BLOCK_MIN);
    byline_string whole = {tag, MOST + more};
    assert_int_equal(table_writer_add(w, (byline_string){key, sizeof key},
                                      whole, false, &error),
                     more ? BYLINE_INVALID : BYLINE_OK);
    if (more) {
      table_writer_free(w);
    } else {
      table_root root = finish(w);
      table_content t = read_table("postlist.glass", TABLE_BLOCK_MIN, &root);
      assert_int_equal(t.entries[0].pieces, 65535);
      free_content(&t);
    }
    forget_file("postlist.glass");
  }
  free(tag);
}

static void block_sizes_are_powers_of_two(void **state) {
  (void)state;
  static const uint32_t wrong[] = {0, 1, 1024, 2047, 3000, 8193, 131072};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    table_writer *w;
    byline_error error;
    assert_int_equal(
        table_writer_open(folder, TABLE_POSTLIST, wrong[i], &w, &error),
        BYLINE_INVALID);
  }
  assert_false(file_is_there("postlist.glass"));
}

static void a_file_is_never_written_over(void **state) {
  (void)state;
  finish(open_table(TABLE_POSTLIST, TABLE_BLOCK_SIZE));
  table_writer *w;
  byline_error error;
  assert_int_equal(
      table_writer_open(folder, TABLE_POSTLIST, TABLE_BLOCK_SIZE, &w, &error),
      BYLINE_IO);
  assert_non_null(strstr(error.message, "postlist.glass: cannot make: "));
}

static void a_folder_that_is_not_there_is_named(void **state) {
  (void)state;
  table_writer *w;
  byline_error error;
  assert_int_equal(table_writer_open("/nowhere/at/all", TABLE_POSTLIST,
                                     TABLE_BLOCK_SIZE, &w, &error),
                   BYLINE_NOT_FOUND);
  assert_non_null(strstr(error.message, "/nowhere/at/all/postlist.glass"));
}

#define CASE(test)                                                             \
  cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void) {
  const struct CMUnitTest tests[] = {
      CASE(an_empty_table_has_the_null_item_only),
      CASE(a_table_that_nothing_comes_to_is_not_there),
      CASE(an_entry_comes_back),
      CASE(the_compressed_flag_is_on_every_piece),
      CASE(keys_of_255_bytes_are_kept),
      CASE(tags_of_every_length_are_kept),
      CASE(tags_go_on_over_blocks),
      CASE(a_tag_is_cut_where_an_item_is_full),
      CASE(a_first_piece_fills_up_its_leaf),
      CASE(levels_grow_as_needed),
      CASE(a_new_root_comes_behind_the_second_leaf),
      CASE(the_first_leaves_of_a_lazy_table_are_split_in_the_middle),
      CASE(an_item_in_the_very_middle_stays),
      CASE(the_room_of_a_key_not_stored_is_used_last),
      CASE(the_same_entries_make_the_same_bytes),
      CASE(keys_have_1_to_255_bytes),
      CASE(a_tag_has_65535_pieces_at_most),
      CASE(block_sizes_are_powers_of_two),
      CASE(a_file_is_never_written_over),
      CASE(a_folder_that_is_not_there_is_named),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
