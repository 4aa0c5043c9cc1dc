/* A reader of finished tables that checks them on the way: it goes down from
 * the root, so that an item which no search would reach is not there. */
#ifndef BYLINE_TESTS_BULK_TABLE_READER_H
#define BYLINE_TESTS_BULK_TABLE_READER_H

#include "test.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "bulk/table.h"

#define HELPER __attribute__((unused)) static

/* ---- A folder for a test ----------------------------------------------- */

static char folder[64];

HELPER int make_folder(void **state) {
  (void)state;
  snprintf(folder, sizeof folder, "%s", "/tmp/byline-bulk-XXXXXX");
  return mkdtemp(folder) ? 0 : -1;
}

HELPER void forget_file(const char *name) {
  char path[128];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  unlink(path);
}

HELPER int remove_folder(void **state) {
  (void)state;
  static const char *const names[] = {
      "postlist.glass", "docdata.glass", "termlist.glass", "position.glass",
      "spelling.glass", "synonym.glass", "iamglass",       "v.tmp"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    forget_file(names[i]);
  return rmdir(folder);
}

HELPER bool file_is_there(const char *name) {
  char path[128];
  struct stat status;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return stat(path, &status) == 0;
}

HELPER buf read_file(const char *name) {
  char path[128];
  buf bytes = BUF_INIT;
  char piece[4096];
  size_t n;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  while ((n = fread(piece, 1, sizeof piece, file)) > 0)
    assert_true(buf_add(&bytes, piece, n));
  fclose(file);
  return bytes;
}

/* ---- Entries ----------------------------------------------------------- */

typedef struct entry {
  buf key, tag;
  bool compressed;
  uint32_t pieces;
} entry;

typedef struct table_content {
  buf file;
  uint32_t block_size;
  entry *entries;
  size_t count, capacity;
  uint32_t seen;  /* blocks */
  bool in_pieces; /* the last entry goes on */
} table_content;

HELPER void free_content(table_content *t) {
  for (size_t i = 0; i < t->count; i++) {
    buf_free(&t->entries[i].key);
    buf_free(&t->entries[i].tag);
  }
  free(t->entries);
  buf_free(&t->file);
}

HELPER uint32_t be2(const unsigned char *at) {
  return (uint32_t)at[0] << 8 | at[1];
}

HELPER uint32_t be4(const unsigned char *at) {
  return be2(at) << 16 | be2(at + 2);
}

HELPER const unsigned char *block_at(const table_content *t, uint32_t number) {
  assert_true(((size_t)number + 1) * t->block_size <= t->file.length);
  return (const unsigned char *)t->file.data + (size_t)number * t->block_size;
}

/* A key with its component. */
typedef struct place {
  byline_string key;
  uint32_t component;
} place;

HELPER int compare_places(place a, place b) {
  size_t n = a.key.length < b.key.length ? a.key.length : b.key.length;
  int result = n > 0 ? memcmp(a.key.data, b.key.data, n) : 0;
  if (result == 0)
    result = (a.key.length > b.key.length) - (a.key.length < b.key.length);
  return result ? result
                : (a.component > b.component) - (a.component < b.component);
}

HELPER void begin_entry(table_content *t, byline_string key, bool compressed) {
  if (t->count == t->capacity) {
    t->capacity = t->capacity ? 2 * t->capacity : 64;
    t->entries = realloc(t->entries, t->capacity * sizeof *t->entries);
    assert_non_null(t->entries);
  }
  entry *e = &t->entries[t->count++];
  *e = (entry){.compressed = compressed};
  assert_true(buf_add_str(&e->key, key));
}

HELPER place leaf_place(const unsigned char *item) {
  byline_string key = {(const char *)item + 3, item[2]};
  bool first = be2(item) & 0x2000;
  return (place){key, first ? 1 : be2(item + 3 + key.length)};
}

HELPER size_t leaf_item_size(const unsigned char *item) {
  return (be2(item) & 0x1FFF) + 3;
}

HELPER void read_leaf_item(table_content *t, const unsigned char *item) {
  uint32_t flags = be2(item);
  place p = leaf_place(item);
  size_t head = 3 + p.key.length + (flags & 0x2000 ? 0 : 2);
  if (p.key.length == 0) { /* the null item */
    assert_int_equal(t->count, 0);
    assert_int_equal(flags, 0x6000);
    return;
  }
  assert_int_equal(t->in_pieces, !(flags & 0x2000));
  if (flags & 0x2000)
    begin_entry(t, p.key, flags & 0x8000);
  entry *e = &t->entries[t->count - 1];
  assert_int_equal(e->compressed, (flags & 0x8000) != 0);
  assert_int_equal(e->key.length, p.key.length);
  assert_memory_equal(e->key.data, p.key.data, p.key.length);
  assert_int_equal(p.component, ++e->pieces);
  assert_true(buf_add(&e->tag, item + head, leaf_item_size(item) - head));
  t->in_pieces = !(flags & 0x4000);
}

/* ---- The tree ---------------------------------------------------------- */

/* The block's items rise, from `from` to before `to` (NULL: no end), and its
 * head tells its free bytes. */
HELPER void read_block(table_content *t, uint32_t number, uint32_t level,
                       place from, const place *to) {
  const unsigned char *b = block_at(t, number);
  uint32_t end = be2(b + 9);
  uint32_t used = 0, lowest = t->block_size;
  place last = from;
  t->seen++;
  assert_int_equal(be4(b), 1);
  assert_int_equal(b[4], level);
  assert_true(end > 11 && end <= t->block_size && end % 2 == 1);
  for (uint32_t slot = 11; slot < end; slot += 2) {
    const unsigned char *item = b + be2(b + slot);
    place p = leaf_place(item);
    if (level > 0)
      p = (place){{(const char *)item + 5, item[4]}, be2(item + 5 + item[4])};
    size_t size = level > 0 ? 7 + p.key.length : leaf_item_size(item);
    assert_true(be2(b + slot) + size <= t->block_size);
    if (be2(b + slot) < lowest)
      lowest = be2(b + slot);
    used += (uint32_t)size;
    if (level > 0 && slot == 11) { /* its own key is not stored */
      assert_int_equal(p.key.length, 0);
      assert_int_equal(p.component, 0);
      p = from;
    }
    assert_true(compare_places(last, p) < (slot == 11 ? 1 : 0));
    assert_true(!to || compare_places(p, *to) < 0);
    last = p;
    if (level == 0) {
      read_leaf_item(t, item);
      continue;
    }
    place next = {{NULL, 0}, 0};
    if (slot + 2 < end) {
      const unsigned char *other = b + be2(b + slot + 2);
      next = (place){{(const char *)other + 5, other[4]},
                     be2(other + 5 + other[4])};
    }
    read_block(t, be4(item), level - 1, p, slot + 2 < end ? &next : to);
  }
  for (uint32_t at = end; at < lowest; at++) /* nothing that was there before */
    assert_int_equal(b[at], 0);
  assert_int_equal(be2(b + 5), lowest - end);
  assert_int_equal(be2(b + 7), t->block_size - end - used);
}

HELPER table_content read_table(const char *name, uint32_t block_size,
                                const table_root *root) {
  table_content t = {.block_size = block_size};
  t.file = read_file(name);
  assert_int_equal(t.file.length, (size_t)root->blocks * block_size);
  read_block(&t, root->root, root->level, (place){{NULL, 0}, 0}, NULL);
  assert_false(t.in_pieces);
  assert_int_equal(t.seen, root->blocks);
  assert_int_equal(t.count, root->entries);
  return t;
}

/* Leaves follow each other in the order of their numbers: that is what the
 * mark `sequential` of a table promises. */
HELPER void assert_leaves_in_order(const table_content *t) {
  place last = {{NULL, 0}, 0};
  for (uint32_t i = 0; (size_t)i * t->block_size < t->file.length; i++) {
    const unsigned char *b = block_at(t, i);
    for (uint32_t slot = 11; b[4] == 0 && slot < be2(b + 9); slot += 2) {
      place p = leaf_place(b + be2(b + slot));
      assert_true(compare_places(last, p) < 0);
      last = p;
    }
  }
}

#endif
