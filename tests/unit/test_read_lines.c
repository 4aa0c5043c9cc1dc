/* Bytes to lines to blocks, however the bytes come in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "read/blocks.h"
#include "read/plain.h"
#include "read/words.h"

typedef struct source {
  const char *text;
  size_t length, at, step;
  size_t fail_at; /* a read beyond it fails */
} source;

static byline_status read_source(void *user, char *buffer, size_t capacity,
                                 size_t *length, byline_error *error) {
  source *s = user;
  if (s->at >= s->fail_at)
    return error_set(error, BYLINE_IO, "bad sector");
  size_t left = s->length - s->at;
  *length = left < s->step ? left : s->step;
  if (*length > capacity)
    *length = capacity;
  memcpy(buffer, s->text + s->at, *length);
  s->at += *length;
  return BYLINE_OK;
}

/* "1:text|2:|3:text" */
static void render_lines(const char *text, size_t length, size_t step,
                         char *out, size_t room, lines *l) {
  source s = {text, length, 0, step, SIZE_MAX};
  line one;
  bool found;
  size_t at = 0;
  out[0] = '\0';
  lines_init(l, read_source, &s);
  while (lines_next(l, &one, &found, NULL) == BYLINE_OK && found)
    at += (size_t)snprintf(out + at, room - at, "%s%zu:%.*s", at > 0 ? "|" : "",
                           one.number, (int)one.text.length, one.text.data);
  lines_free(l);
}

static void expect_lines_of(const char *text, size_t length,
                            const char *expected) {
  static const size_t steps[] = {1, 2, 3, 7, 1 << 20};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    char out[2048];
    lines l;
    render_lines(text, length, steps[i], out, sizeof out, &l);
    assert_string_equal(out, expected);
  }
}

static void expect_lines(const char *text, const char *expected) {
  expect_lines_of(text, strlen(text), expected);
}

static void line_ends(void **state) {
  (void)state;
  expect_lines("", "");
  expect_lines("\n", "1:");
  expect_lines("a", "1:a");
  expect_lines("a\n", "1:a");
  expect_lines("a\nb", "1:a|2:b");
  expect_lines("a\n\nb\n", "1:a|2:|3:b");
  expect_lines("a\r\nb\r\n", "1:a|2:b");
  expect_lines("a\r\n\r\nb", "1:a|2:|3:b");
  expect_lines("a\rb\r", "1:a|2:b");
  expect_lines("a\r\rb", "1:a|2:|3:b");
  expect_lines("a\r\r\nb\r\r\n", "1:a|2:b");
  expect_lines("a\r\nb\nc\rd", "1:a|2:b|3:c|4:d");
  /* U+2028, U+2029 and U+0085 end lines that editors count as one. */
  expect_lines("a\xE2\x80\xA8"
               "b\nc",
               "1:a|1:b|2:c");
  expect_lines("a\xE2\x80\xA9\xE2\x80\xA9"
               "b\nc",
               "1:a|1:|1:b|2:c");
  expect_lines("a\xC2\x85"
               "b\nc",
               "1:a|1:b|2:c");
}

static void spaces(void **state) {
  (void)state;
  expect_lines("  a  b  \n\tc\td\t\n", "1:a b|2:c d");
  expect_lines(" \t \n\xC2\xA0\n\xE3\x80\x80 \xE2\x80\x89\n", "1:|2:|3:");
  expect_lines("a\xC2\xA0 b\xE2\x80\x83"
               "c\xE3\x80\x80\n",
               "1:a b c");
  expect_lines("\xC2\xA0\xC2\xA0"
               "a\xC2\xA0\n",
               "1:a");
  expect_lines("a\x0B"
               "b\x0C\x1B"
               "c\x7F"
               "d\xC2\x90"
               "e\n",
               "1:a b c d e");
  /* Joiners belong to the words; alone they are nothing. */
  expect_lines("a\xE2\x80\x8D"
               "b\n\xE2\x80\x8B\n",
               "1:a\xE2\x80\x8D"
               "b|2:");
}

static void marks_and_broken_bytes(void **state) {
  (void)state;
  expect_lines("\xEF\xBB\xBF"
               "a\n\xEF\xBB\xBF"
               "b",
               "1:a|2:b");
  expect_lines("\xEF\xBB\xBF\n", "1:");
  expect_lines("a\xFF"
               "b\n",
               "1:a\xEF\xBF\xBD"
               "b");
  expect_lines("\xE2\x80\n\xC3", "1:\xEF\xBF\xBD|2:\xEF\xBF\xBD");
  expect_lines_of("a\0b\n", 4,
                  "1:a\xEF\xBF\xBD"
                  "b");
  char out[256];
  lines l;
  render_lines("ok\nx\xFF\xFEy\n\xF0\x9F\n", 11, 4, out, sizeof out, &l);
  assert_int_equal(l.invalid, 3);
  assert_int_equal(l.first_invalid, 2);
}

/* Whichever byte ends what is plain, or is a digit, and wherever it stands. */
static void quick_looks_see_every_byte(void **state) {
  (void)state;
  char text[43];
  for (size_t length = 1; length < sizeof text; length++)
    for (size_t at = 0; at < length; at++)
      for (unsigned c = 0; c < 256; c++) {
        memset(text, 'a', length);
        text[at] = (char)c;
        bool plain = c >= 0x20 && c < 0x7F && !(c == ' ' && at == 0);
        assert_int_equal(plain_end(text, length, 0), plain ? length : at);
        bool two = at > 0 && c == ' ';
        if (two)
          text[at - 1] = ' ';
        assert_int_equal(plain_end(text, length, 0), !plain   ? at
                                                     : !two   ? length
                                                     : at > 1 ? at
                                                              : 0);
        assert_int_equal(words_have_digit((byline_string){text, length}),
                         c >= '0' && c <= '9');
      }
}

static void long_lines_come_in_pieces(void **state) {
  (void)state;
  size_t length = (size_t)LINES_LONGEST + 5;
  char *text = malloc(length + 2);
  assert_non_null(text);
  memset(text, 'a', length);
  memcpy(text + LINES_LONGEST - 1, "\xE2\x82\xAC", 3); /* across the limit */
  memcpy(text + length, "\nb", 2);
  source s = {text, length + 2, 0, 1 << 16, SIZE_MAX};
  lines l;
  line one;
  bool found;
  lines_init(&l, read_source, &s);
  assert_int_equal(lines_next(&l, &one, &found, NULL), BYLINE_OK);
  assert_int_equal(one.text.length, LINES_LONGEST - 1);
  assert_false(one.continued);
  assert_int_equal(lines_next(&l, &one, &found, NULL), BYLINE_OK);
  assert_true(one.continued);
  assert_int_equal(one.number, 1);
  assert_memory_equal(one.text.data, "\xE2\x82\xAC", 3);
  assert_int_equal(one.text.length, 6);
  assert_int_equal(lines_next(&l, &one, &found, NULL), BYLINE_OK);
  assert_false(one.continued);
  assert_int_equal(one.number, 2);
  assert_int_equal(l.first_long, 1);
  assert_int_equal(l.invalid, 0);
  lines_free(&l);
  free(text);
}

/* "line+gap:text" of each block */
/* Each space looked as far ahead as the line goes: this took hours. */
static void a_long_line_of_spaces(void **state) {
  (void)state;
  size_t length = LINES_LONGEST / 2 / 3 * 3;
  char *text = malloc(length);
  assert_non_null(text);
  for (size_t i = 0; i < length; i++)
    text[i] = i % 3 == 0 ? 'a' : ' ';
  source s = {text, length, 0, 1 << 20, SIZE_MAX};
  lines l;
  line one;
  bool found;
  lines_init(&l, read_source, &s);
  assert_int_equal(lines_next(&l, &one, &found, NULL), BYLINE_OK);
  assert_int_equal(one.text.length, length / 3 * 2 - 1);
  for (size_t i = 0; i < one.text.length; i++)
    assert_int_equal(one.text.data[i], i % 2 == 0 ? 'a' : ' ');
  lines_free(&l);
  free(text);
}

static void expect_blocks(const char *text, const char *expected) {
  source s = {text, strlen(text), 0, 5, SIZE_MAX};
  blocks b;
  const block *k;
  char out[1024] = "";
  size_t at = 0;
  blocks_init(&b, read_source, &s);
  while (blocks_fill(&b, NULL) == BYLINE_OK && (k = blocks_at(&b, 0))) {
    at += (size_t)snprintf(out + at, sizeof out - at, "%s%zu+%zu:%s",
                           at > 0 ? "|" : "", k->line, k->gap, k->text.data);
    blocks_drop(&b, 1);
  }
  blocks_free(&b);
  assert_string_equal(out, expected);
}

static void blocks_of_lines(void **state) {
  (void)state;
  expect_blocks("", "");
  expect_blocks("\n\n", "");
  expect_blocks("a\nb\n\n\nc", "1+0:a b|5+2:c");
  expect_blocks("\n \n\t\na\n", "4+3:a");
  expect_blocks("a\n\xC2\xA0\nb\n", "1+0:a|3+1:b");
  /* A date line right above a title, a byline right below one. */
  expect_blocks("20 Oct 2020\nDockers vote\nBy Jane Doe\n\nText",
                "1+0:20 Oct 2020|2+0:Dockers vote|3+0:By Jane Doe|5+1:Text");
  expect_blocks("It was on\n20 Oct 2020\nin Hull", "1+0:It was on 20 Oct 2020 "
                                                   "in Hull");
}

static void more_blocks_than_the_window(void **state) {
  (void)state;
  char text[4096] = "", expected[4096] = "";
  for (size_t i = 0; i < 50; i++) {
    char one[64];
    snprintf(one, sizeof one, "p%zu\n\n", i);
    strcat(text, one);
    snprintf(one, sizeof one, "%s%zu+%d:p%zu", i > 0 ? "|" : "", 2 * i + 1,
             i > 0, i);
    strcat(expected, one);
  }
  expect_blocks(text, expected);
}

static void long_paragraphs_come_in_blocks(void **state) {
  (void)state;
  size_t count = 3 * (size_t)BLOCKS_LARGEST / 4;
  char *text = malloc(count * 4);
  assert_non_null(text);
  for (size_t i = 0; i < count; i++)
    memcpy(text + 4 * i, "abc\n", 4);
  source s = {text, count * 4, 0, 1 << 16, SIZE_MAX};
  blocks b;
  size_t total = 0, pieces = 0;
  const block *k;
  blocks_init(&b, read_source, &s);
  while (blocks_fill(&b, NULL) == BYLINE_OK && (k = blocks_at(&b, 0))) {
    assert_true(k->text.length <= BLOCKS_LARGEST + 4);
    assert_int_equal(k->join, JOIN_LINE);
    total += k->text.length + 1;
    pieces++;
    blocks_drop(&b, 1);
  }
  blocks_free(&b);
  free(text);
  assert_int_equal(total, count * 4);
  assert_true(pieces >= 3);
}

static void errors_come_behind_the_blocks_before_them(void **state) {
  (void)state;
  source s = {"a\n\nb\n\nc", 7, 0, 2, 4};
  blocks b;
  byline_error error;
  blocks_init(&b, read_source, &s);
  assert_int_equal(blocks_fill(&b, &error), BYLINE_OK);
  assert_string_equal(blocks_at(&b, 0)->text.data, "a");
  assert_null(blocks_at(&b, 1));
  blocks_drop(&b, 1);
  assert_int_equal(blocks_fill(&b, &error), BYLINE_IO);
  assert_string_equal(error.message, "bad sector");
  blocks_free(&b);
}

static void lines_as_they_stand(void **state) {
  (void)state;
  static const char text[] = "  in \t\r\n\f\n a\xE2\x80\xA8 b";
  static const char *const raw[] = {"  in \t", "\f", " a\xE2\x80\xA8 b",
                                    " a\xE2\x80\xA8 b"};
  source s = {text, sizeof text - 1, 0, 1, SIZE_MAX};
  lines l;
  line one;
  bool found;
  lines_init(&l, read_source, &s);
  for (size_t i = 0; i < sizeof raw / sizeof *raw; i++) {
    assert_int_equal(lines_next(&l, &one, &found, NULL), BYLINE_OK);
    assert_true(found);
    assert_int_equal(one.raw.length, strlen(raw[i]));
    assert_memory_equal(one.raw.data, raw[i], one.raw.length);
  }
  lines_free(&l);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lines_as_they_stand),
      cmocka_unit_test(line_ends),
      cmocka_unit_test(spaces),
      cmocka_unit_test(marks_and_broken_bytes),
      cmocka_unit_test(quick_looks_see_every_byte),
      cmocka_unit_test(long_lines_come_in_pieces),
      cmocka_unit_test(a_long_line_of_spaces),
      cmocka_unit_test(blocks_of_lines),
      cmocka_unit_test(more_blocks_than_the_window),
      cmocka_unit_test(long_paragraphs_come_in_blocks),
      cmocka_unit_test(errors_come_behind_the_blocks_before_them),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
