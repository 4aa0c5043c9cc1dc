/* Bytes to text: marks, declarations, guesses and what is asked for. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"
#include "read/input.h"

/* ---- Which character set ---- */

static charset decide(const char *head, size_t length, const char *named) {
  charset c;
  assert_true(charset_of_head(head, length, true, named, &c));
  return c;
}

static void expect_charset(const char *head, size_t length, const char *named,
                           charset_origin origin, const char *name) {
  charset c = decide(head, length, named);
  assert_int_equal(c.origin, origin);
  assert_string_equal(c.name, name);
}

#define EXPECT(head, named, origin, name)                                      \
  expect_charset(head, sizeof(head) - 1, named, origin, name)

static void marks(void **state) {
  (void)state;
  EXPECT("\xEF\xBB\xBFx", "koi8-r", CHARSET_UTF8, "");
  EXPECT("\xFF\xFEx\0", NULL, CHARSET_MARKED, "UTF-16LE");
  EXPECT("\xFE\xFF\0x", "koi8-r", CHARSET_MARKED, "UTF-16BE");
  EXPECT("\xFF\xFE\0\0x\0\0\0", NULL, CHARSET_MARKED, "UTF-32LE");
  EXPECT("\0\0\xFE\xFF\0\0\0x", NULL, CHARSET_MARKED, "UTF-32BE");
  EXPECT("h\0e\0l\0l\0o\0", NULL, CHARSET_MARKED, "UTF-16LE");
  EXPECT("\0h\0e\0l\0l\0o", NULL, CHARSET_MARKED, "UTF-16BE");
  EXPECT("\0h\0e\0l\0l\0o", "utf-16le", CHARSET_NAMED, "utf-16le");
}

static void utf8_or_not(void **state) {
  (void)state;
  EXPECT("", NULL, CHARSET_ASCII, "");
  EXPECT("plain", NULL, CHARSET_ASCII, "");
  EXPECT("caf\xC3\xA9", NULL, CHARSET_UTF8, "");
  EXPECT("caf\xC3\xA9", "koi8-r", CHARSET_NAMED, "koi8-r");
  EXPECT("caf\xE9", "UTF8", CHARSET_UTF8, "");
  EXPECT("caf\xC3\xA9 caf\xC3\xA9 \xFF", NULL, CHARSET_UTF8, "");
  EXPECT("caf\xE9", NULL, CHARSET_UNCLEAR, "");
  /* surrogates and overlong forms are built as UTF-8 */
  EXPECT("a \xED\xA0\x80 b", NULL, CHARSET_UTF8, "");
  EXPECT("a \xF8\x88\x80\x80\x80 b", NULL, CHARSET_UTF8, "");
  charset c;
  assert_true(charset_of_head("caf\xC3", 4, false, NULL, &c));
  assert_int_equal(c.origin, CHARSET_ASCII); /* the rest is still to come */
}

static void declarations(void **state) {
  (void)state;
  char name[CHARSET_NAME];
  static const struct {
    const char *head, *name;
  } cases[] = {
      {"<?xml version='1.0' encoding='KOI8-R'?><a/>", "KOI8-R"},
      {"\xEF\xBB\xBF <?xml version=\"1.0\" encoding = \"utf-8\" ?>", "utf-8"},
      {"<?xml version='1.0'?><a encoding='no'/>", NULL},
      {"<!doctype html><META CHARSET=Shift_JIS>", "Shift_JIS"},
      {"<html><meta name=a><meta http-equiv=\"Content-Type\" "
       "content=\"text/html; charset=windows-1251\">",
       "windows-1251"},
      {"A text on <meta charset=koi8-r>", NULL},
      {"<html><meta charset=", NULL},
      {"<html><meta charset", NULL},
      {"<meta charset=\"this-is-much-too-long-to-be-the-name-of-one\">", NULL},
      {"<", NULL},
      {"", NULL}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    bool found = charset_declared(cases[i].head, strlen(cases[i].head), name);
    assert_int_equal(found, cases[i].name != NULL);
    if (found)
      assert_string_equal(name, cases[i].name);
  }
  EXPECT("<?xml encoding='koi8-r'?>\xD2", NULL, CHARSET_DECLARED, "koi8-r");
  EXPECT("<?xml encoding='ISO-8859-1'?>", NULL, CHARSET_DECLARED,
         "windows-1252");
  EXPECT("<?xml encoding='koi8-r'?>\xC3\xA9", NULL, CHARSET_UTF8, "");
  EXPECT("<?xml encoding='utf-16'?>", NULL, CHARSET_ASCII, "");
  EXPECT("<?xml encoding='klingon'?>", NULL, CHARSET_ASCII, "");
}

static void names(void **state) {
  (void)state;
  char found[CHARSET_NAME];
  byline_error error;
  assert_int_equal(charset_find("Latin1", found, NULL), BYLINE_OK);
  assert_string_equal(found, "windows-1252");
  assert_int_equal(charset_find("koi8-r", found, NULL), BYLINE_OK);
  assert_string_equal(found, "koi8-r");
  static const char *const wrong[] = {
      "", "klingon", "windows-1252-but-with-a-name-that-is-much-too-long"};
  for (size_t i = 0; i < 3; i++)
    assert_int_equal(charset_find(wrong[i], found, &error), BYLINE_INVALID);
}

/* ---- A source of pieces that may break ---- */

typedef struct pieces {
  source base;
  const char *text;
  size_t length, at, step, broken_at;
} pieces;

static byline_status read_piece(source *s, char *buffer, size_t capacity,
                                size_t *length, byline_error *error) {
  pieces *p = (pieces *)s;
  size_t left = p->length - p->at;
  *length = left < p->step ? left : p->step;
  if (*length > capacity)
    *length = capacity;
  if (p->at >= p->broken_at)
    return error_set(error, BYLINE_IO, "bad sector");
  memcpy(buffer, p->text + p->at, *length);
  p->at += *length;
  return BYLINE_OK;
}

typedef struct reading {
  buf text;
  buf heard;
  byline_read_stats stats;
  char charset[CHARSET_NAME];
  byline_status status;
} reading;

static void on_notice(void *user, const byline_notice *notice) {
  buf_add_string(user, notice->message);
}

/* Reads a whole text, in steps of so many bytes, and its first part. */
static void read_all(reading *r, const char *text, size_t length,
                     size_t broken_at, size_t step, bool raw) {
  pieces p = {{read_piece, NULL, 0}, text, length, 0, 999, broken_at};
  *r = (reading){.stats = BYLINE_READ_STATS_INIT};
  byline_input input = {.path = "t",
                        .stats = &r->stats,
                        .notice = on_notice,
                        .notice_user = &r->heard};
  char piece[8192];
  size_t got = 1;
  assert_int_equal(input_start(&input, &p.base, NULL), BYLINE_OK);
  assert_int_equal(input_decode(&input, NULL, NULL), BYLINE_OK);
  if (raw)
    input_set_raw(&input);
  buf_add_string(&r->text, "");
  buf_add_string(&r->heard, "");
  while (got > 0 && r->status == BYLINE_OK) {
    r->status = byline_input_read(&input, piece, step, &got, NULL);
    if (r->status == BYLINE_OK)
      buf_add(&r->text, piece, got);
  }
  const char *name = input_charset(&input);
  memcpy(r->charset, name ? name : "", strlen(name ? name : "") + 1);
  input_report(&input);
  input_end(&input);
}

static void release(reading *r) {
  buf_free(&r->text);
  buf_free(&r->heard);
}

#define FRENCH                                                                 \
  "L'\xE9"                                                                     \
  "cole du quai a \xE9t\xE9 fond\xE9"                                          \
  "e par des ma\xEEtres pour que "                                             \
  "leurs enfants sachent \xE0 la fois lire et mesurer. "
#define FRENCH_UTF8                                                            \
  "L'\xC3\xA9"                                                                 \
  "cole du quai a \xC3\xA9t\xC3\xA9 fond\xC3\xA9"                              \
  "e par des "                                                                 \
  "ma\xC3\xAEtres pour que leurs enfants sachent \xC3\xA0 la fois lire et "    \
  "mesurer. "

/* ASCII of a given length, and text in windows-1252 behind it. */
static void make_late(size_t before, size_t times, buf *in, buf *out) {
  static const char sentence[] = "Les enfants du quai. ";
  for (size_t i = 0; i < before; i++) {
    buf_add_char(in, sentence[i % (sizeof sentence - 1)]);
    buf_add_char(out, sentence[i % (sizeof sentence - 1)]);
  }
  for (size_t i = 0; i < times; i++) {
    buf_add_string(in, FRENCH);
    buf_add_string(out, FRENCH_UTF8);
  }
}

static void decided_late(void **state) {
  (void)state;
  static const size_t befores[] = {0,     1,      65535,  65536, 65537,
                                   70000, 131071, 131072, 300000};
  static const size_t steps[] = {1, 4096, 8192};
  for (size_t i = 0; i < sizeof befores / sizeof *befores; i++)
    for (size_t j = 0; j < 3; j++) {
      buf in = BUF_INIT, out = BUF_INIT;
      reading r;
      make_late(befores[i], 40, &in, &out);
      read_all(&r, in.data, in.length, SIZE_MAX, steps[j], false);
      assert_int_equal(r.status, BYLINE_OK);
      assert_string_equal(r.charset, "windows-1252");
      assert_int_equal(r.text.length, out.length);
      assert_memory_equal(r.text.data, out.data, out.length);
      assert_int_equal(r.stats.bytes, out.length);
      assert_string_equal(r.heard.data, "read as windows-1252, by its letters");
      release(&r);
      buf_free(&in);
      buf_free(&out);
    }
}

/* One letter at the very end: what stands before it helps to decide. */
static void decided_by_the_last_byte(void **state) {
  (void)state;
  buf in = BUF_INIT, out = BUF_INIT;
  reading r;
  make_late(200000, 0, &in, &out);
  buf_add_string(&in, "caf\xE9");
  buf_add_string(&out, "caf\xC3\xA9");
  read_all(&r, in.data, in.length, SIZE_MAX, 4096, false);
  assert_string_equal(r.charset, "windows-1252");
  assert_int_equal(r.text.length, out.length);
  assert_memory_equal(r.text.data, out.data, out.length);
  release(&r);
  buf_free(&in);
  buf_free(&out);
}

static void late_utf8_stays(void **state) {
  (void)state;
  buf in = BUF_INIT, out = BUF_INIT;
  reading r;
  make_late(100001, 40, &in, &out);
  read_all(&r, out.data, out.length, SIZE_MAX, 4096, false);
  assert_int_equal(r.text.length, out.length);
  assert_memory_equal(r.text.data, out.data, out.length);
  assert_string_equal(r.charset, "");
  assert_string_equal(r.heard.data, "");
  release(&r);
  buf_free(&in);
  buf_free(&out);
}

static void raw_bytes_stay(void **state) {
  (void)state;
  reading r;
  static const char wide[] = "\xFF\xFEh\0e\0l\0l\0o\0";
  read_all(&r, wide, sizeof wide - 1, SIZE_MAX, 3, true);
  assert_int_equal(r.text.length, sizeof wide - 1);
  assert_memory_equal(r.text.data, wide, sizeof wide - 1);
  assert_string_equal(r.charset, "UTF-16LE");
  assert_string_equal(r.heard.data, "");
  release(&r);
  read_all(&r, wide, sizeof wide - 1, SIZE_MAX, 3, false);
  assert_string_equal(r.text.data, "hello");
  release(&r);
}

static void errors_come_last(void **state) {
  (void)state;
  static const size_t befores[] = {0, 70000};
  for (size_t i = 0; i < 2; i++) {
    buf in = BUF_INIT, out = BUF_INIT;
    reading r;
    make_late(befores[i], 20, &in, &out);
    size_t most = in.length - in.length % 999;
    read_all(&r, in.data, in.length, most, 100, false);
    assert_int_equal(r.status, BYLINE_IO);
    assert_true(r.text.length >= most);
    assert_memory_equal(r.text.data, out.data, r.text.length);
    release(&r);
    buf_free(&in);
    buf_free(&out);
  }
}

static void what_is_lost_is_counted(void **state) {
  (void)state;
  reading r;
  static const char wide[] = "\xFF\xFEh\0\0\xD8i\0\0\xDC";
  read_all(&r, wide, sizeof wide - 1, SIZE_MAX, 4096, false);
  assert_string_equal(r.text.data, "h\xEF\xBF\xBDi\xEF\xBF\xBD");
  assert_int_equal(r.stats.invalid_bytes, 2);
  assert_string_equal(r.heard.data,
                      "read as UTF-16LE; 2 characters could not be decoded");
  release(&r);
  read_all(&r, "caf\xE9", 4, SIZE_MAX, 4096, false);
  assert_string_equal(r.text.data, "caf\xE9"); /* readers mend UTF-8 */
  assert_non_null(strstr(r.heard.data, "character set is unclear"));
  release(&r);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(marks),
      cmocka_unit_test(utf8_or_not),
      cmocka_unit_test(declarations),
      cmocka_unit_test(names),
      cmocka_unit_test(decided_late),
      cmocka_unit_test(decided_by_the_last_byte),
      cmocka_unit_test(late_utf8_stays),
      cmocka_unit_test(raw_bytes_stay),
      cmocka_unit_test(errors_come_last),
      cmocka_unit_test(what_is_lost_is_counted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
