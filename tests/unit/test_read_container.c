/* The limits of containers, made small, and archives made by libarchive. */
#include "test.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

#include "base/buf.h"
#include "read/container.h"

enum { ROOM = 8 << 20 };

typedef struct made {
  char *bytes;
  size_t length;
  struct archive *archive;
} made;

static int setup(void **state) {
  made *m = calloc(1, sizeof *m);
  assert_non_null(m);
  m->bytes = malloc(ROOM);
  assert_non_null(m->bytes);
  *state = m;
  return 0;
}

static int teardown(void **state) {
  made *m = *state;
  free(m->bytes);
  free(m);
  return 0;
}

static void begin(made *m, bool packed, int format) {
  m->archive = archive_write_new();
  assert_int_equal(archive_write_set_format(m->archive, format), ARCHIVE_OK);
  if (packed)
    assert_int_equal(archive_write_add_filter_gzip(m->archive), ARCHIVE_OK);
  archive_write_set_bytes_in_last_block(m->archive, 1);
  assert_int_equal(
      archive_write_open_memory(m->archive, m->bytes, ROOM, &m->length),
      ARCHIVE_OK);
}

static void add(made *m, const char *name, const char *text, size_t length) {
  struct archive_entry *entry = archive_entry_new();
  archive_entry_set_pathname(entry, name);
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  archive_entry_set_mtime(entry, 1500000000, 0);
  archive_entry_set_size(entry, (la_int64_t)length);
  assert_int_equal(archive_write_header(m->archive, entry), ARCHIVE_OK);
  assert_int_equal(archive_write_data(m->archive, text, length), length);
  archive_entry_free(entry);
}

static void end(made *m) {
  assert_int_equal(archive_write_close(m->archive), ARCHIVE_OK);
  archive_write_free(m->archive);
}

/* All members, "NAME LENGTH\n"; what was read of one is counted only where
 * read is true. The error of the container, or OK. */
static byline_status list(const made *m, const container_limits *limits,
                          bool seek, bool read, buf *heard,
                          byline_error *error) {
  memory_source from;
  container *c;
  container_member member;
  bool found = true;
  char piece[1000];
  source_from_memory(&from, m->bytes, m->length);
  from.at = m->length < 600 ? m->length : 600; /* as if it was the head */
  if (!seek)
    from.base.seek = NULL;
  container_kind kind = container_sniff(m->bytes, m->length);
  buf_add_string(heard, "");
  byline_status status = container_open(
      kind, &from.base, m->bytes, (size_t)from.at, NULL, limits, &c, error);
  if (status != BYLINE_OK)
    return status;
  while ((status = container_next(c, &member, &found, error)) == BYLINE_OK &&
         found) {
    size_t total = 0, got = 1;
    byline_error fault;
    while (read && !member.fault && got > 0 &&
           container_data(c)->read(container_data(c), piece, sizeof piece, &got,
                                   &fault) == BYLINE_OK)
      total += got;
    buf_printf(heard, "%s %s %zu\n", member.name ? member.name : "-",
               member.fault ? member.fault : "ok", total);
  }
  container_free(c);
  return status;
}

static void members_in_their_order(void **state) {
  made *m = *state;
  static const int formats[] = {ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FORMAT_ZIP,
                                ARCHIVE_FORMAT_7ZIP};
  for (size_t i = 0; i < 3; i++) {
    buf heard = BUF_INIT;
    begin(m, false, formats[i]);
    add(m, "b", "bee", 3);
    add(m, "./d/a", "ant", 3);
    add(m, "d/.a", "hidden", 6);
    add(m, ".c/a", "hidden", 6);
    add(m, "..", "odd", 3);
    add(m, "../x", "up", 2);
    end(m);
    assert_int_equal(
        list(m, &container_default_limits, true, true, &heard, NULL),
        BYLINE_OK);
    assert_string_equal(heard.data, "b ok 3\nd/a ok 3\n../x ok 2\n");
    buf_free(&heard);
  }
}

static void seven_zip_needs_a_file(void **state) {
  made *m = *state;
  buf heard = BUF_INIT;
  byline_error error;
  begin(m, false, ARCHIVE_FORMAT_7ZIP);
  add(m, "b", "bee", 3);
  end(m);
  assert_int_equal(
      list(m, &container_default_limits, false, true, &heard, &error),
      BYLINE_UNSUPPORTED);
  assert_non_null(strstr(error.message, "unpack it first"));
  buf_free(&heard);
}

static void zip_without_seeking(void **state) {
  made *m = *state;
  buf heard = BUF_INIT;
  begin(m, false, ARCHIVE_FORMAT_ZIP);
  add(m, "b", "bee", 3);
  add(m, "a", "ant", 3);
  end(m);
  assert_int_equal(
      list(m, &container_default_limits, false, false, &heard, NULL),
      BYLINE_OK);
  assert_string_equal(heard.data, "b ok 0\na ok 0\n");
  buf_free(&heard);
}

static void expect_end(const made *m, const container_limits *limits, bool read,
                       const char *heard, const char *message) {
  buf seen = BUF_INIT;
  byline_error error;
  assert_int_equal(list(m, limits, true, read, &seen, &error), BYLINE_IO);
  assert_true(strncmp(seen.data, heard, strlen(heard)) == 0);
  assert_non_null(strstr(error.message, message));
  buf_free(&seen);
}

static void make_big(made *m, bool packed, int format) {
  static char line[1 << 20];
  memset(line, 'x', sizeof line);
  begin(m, packed, format);
  add(m, "a", "ant", 3);
  add(m, "big", line, sizeof line);
  add(m, "c", "cow", 3);
  end(m);
}

#define N10 "nnnnnnnnnn"

static void limits(void **state) {
  made *m = *state;
  container_limits l = container_default_limits;
  make_big(m, true, ARCHIVE_FORMAT_TAR_USTAR);
  l.members = 2;
  expect_end(m, &l, true, "a ok 3\nbig ok 1048576\n", "more than 2 members");
  l = container_default_limits;
  l.total = 500000;
  expect_end(m, &l, true, "a ok 3\nbig ok 499997\n",
             "more than 500000 bytes come out of it");
  l.total = 3 + (1 << 20) + 3; /* all of it, just */
  buf all = BUF_INIT;
  assert_int_equal(list(m, &l, true, true, &all, NULL), BYLINE_OK);
  assert_string_equal(all.data, "a ok 3\nbig ok 1048576\nc ok 3\n");
  buf_free(&all);
  l = container_default_limits;
  l.ratio = 10;
  l.ratio_from = 1000;
  expect_end(m, &l, true, "a ok 3\nbig ok ", "more than 10 times its size");
  /* also in what nobody reads */
  expect_end(m, &l, false, "a ok 0\nbig ok 0\n", "more than 10 times");
  l = container_default_limits;
  l.name = 99;
  buf heard = BUF_INIT;
  begin(m, false, ARCHIVE_FORMAT_TAR_USTAR);
  add(m, "a", "ant", 3);
  add(m, N10 N10 N10 N10 N10 N10 N10 N10 N10 N10, "x", 1);
  end(m);
  assert_int_equal(list(m, &l, true, false, &heard, NULL), BYLINE_OK);
  assert_string_equal(heard.data, "a ok 0\n" N10 N10 N10 N10 N10 N10
                                  "nnnn... its name is too long "
                                  "0\n");
  buf_free(&heard);
}

static void a_list_without_end(void **state) {
  made *m = *state;
  container_limits l = container_default_limits;
  begin(m, false, ARCHIVE_FORMAT_ZIP);
  for (int i = 0; i < 5000; i++)
    add(m, "name", "x", 1);
  end(m);
  l.list = 100000;
  expect_end(m, &l, true, "", "list of members is too long");
}

/* Skipping what is not packed costs nothing and counts for nothing. */
static void skipping_is_free_without_packing(void **state) {
  made *m = *state;
  container_limits l = container_default_limits;
  l.total = 100;
  static const int formats[] = {ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FORMAT_ZIP};
  for (size_t i = 0; i < 2; i++) {
    buf heard = BUF_INIT;
    make_big(m, false, formats[i]);
    assert_int_equal(list(m, &l, true, false, &heard, NULL), BYLINE_OK);
    assert_string_equal(heard.data, "a ok 0\nbig ok 0\nc ok 0\n");
    buf_free(&heard);
  }
}

static void sniffing(void **state) {
  (void)state;
  char tar[512] = "name";
  assert_int_equal(container_sniff("\x1F\x8B\x08\0", 4), CONTAINER_GZIP);
  assert_int_equal(container_sniff("\x1F\x8B\x08\xE0", 4), CONTAINER_NONE);
  assert_int_equal(container_sniff("BZh91AY&SYx", 11), CONTAINER_BZIP2);
  assert_int_equal(container_sniff("BZh9 was here", 13), CONTAINER_NONE);
  assert_int_equal(container_sniff("PK is no zip", 12), CONTAINER_NONE);
  assert_int_equal(container_sniff("", 0), CONTAINER_NONE);
  assert_int_equal(container_sniff(tar, sizeof tar), CONTAINER_NONE);
  memcpy(tar + 148, "000641", 7); /* not the sum */
  assert_int_equal(container_sniff(tar, sizeof tar), CONTAINER_NONE);
  unsigned sum = 8 * ' ';
  for (size_t i = 0; i < 4; i++)
    sum += (unsigned char)tar[i];
  for (size_t i = 0; i < 6; i++)
    tar[148 + i] = (char)('0' + (sum >> (15 - 3 * i) & 7));
  assert_int_equal(container_sniff(tar, sizeof tar), CONTAINER_TAR);
  assert_int_equal(container_sniff(tar, 511), CONTAINER_NONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(members_in_their_order), TEST(seven_zip_needs_a_file),
      TEST(zip_without_seeking),    TEST(limits),
      TEST(a_list_without_end),     TEST(skipping_is_free_without_packing),
      cmocka_unit_test(sniffing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
