/* The table of classes against ICU's own properties, character by character. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <unicode/uchar.h>
#include <unicode/uset.h>

#include "analyze/fold.h"
#include "base/utf8.h"

static USet *open_set(const char *pattern) {
  UErrorCode code = U_ZERO_ERROR;
  UChar wide[128];
  int32_t length = 0;
  for (; pattern[length] != '\0'; length++)
    wide[length] = (UChar)pattern[length];
  USet *set = uset_openPattern(wide, length, &code);
  assert_true(U_SUCCESS(code));
  return set;
}

/* Every class that says how words are found. */
static void test_sets(void **state) {
  static const struct {
    unsigned bit;
    const char *pattern;
  } sets[] = {
      {CHAR_WORD, "[[\\p{L}\\p{M}\\p{N}\\p{Pc}]&[:age=9.0:]-[\\U000111C9]]"},
      {CHAR_DIGIT, "[\\p{Nd}&[:age=9.0:]]"},
      {CHAR_JOINS_LETTERS, "['\\&\\u00B7\\u05F4\\u2019\\u201B\\u2027]"},
      {CHAR_JOINS_DIGITS,
       "[,.;\\u037E\\u0589\\u060D\\u07F8\\u2044\\uFE10\\uFE13"
       "\\uFE14]"},
      {CHAR_ZERO_WIDTH, "[\\u200B-\\u200D\\u2060\\uFEFF]"},
      {CHAR_HYPHEN, "[\\-\\u00AD\\u2010\\u2011]"},
      {CHAR_SUFFIX, "[+#]"}};
  (void)state;
  for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
    USet *set = open_set(sets[i].pattern);
    for (UChar32 ch = 0; ch <= UCHAR_MAX_VALUE; ch++)
      if (((char_class(ch) & sets[i].bit) != 0) !=
          (uset_contains(set, ch) != 0))
        fail_msg("U+%04lX: %s", (unsigned long)ch, sets[i].pattern);
    uset_close(set);
  }
}

static void test_capitals(void **state) {
  (void)state;
  for (UChar32 ch = 0; ch <= UCHAR_MAX_VALUE; ch++)
    if (char_is_word(ch) &&
        ((char_class(ch) & CHAR_CAPITAL) != 0) != (u_tolower(ch) != ch))
      fail_msg("U+%04lX", (unsigned long)ch);
}

static void test_plain(void **state) {
  (void)state;
  for (int byte = 0; byte < 256; byte++) {
    bool word = byte < 0x80 && char_is_word(byte);
    assert_int_equal(CHAR_PLAIN[byte], word ? (char)u_tolower(byte) : 0);
  }
}

static uint32_t draw(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return *seed >> 8;
}

/* The next character of a random word that should have no other form. */
static UChar32 draw_stable(uint32_t *seed, UChar32 last) {
  for (;;) {
    UChar32 ch = (UChar32)(draw(seed) % 0x20000);
    if (last != 0 && draw(seed) % 3 != 0)
      ch = (last & ~0x7F) | (ch & 0x7F);
    unsigned class = char_class(ch);
    if (class & CHAR_STABLE ||
        (class & CHAR_ORDERED && last != 0 && chars_keep_order(last, ch)))
      return ch;
  }
}

static void test_stable(void **state) {
  enum { WORDS = 200000, LONGEST = 6 };
  byline_error error;
  folder *f = test_calloc(1, sizeof *f);
  uint32_t seed = 1;
  (void)state;
  assert_int_equal(folder_open(f, &error), BYLINE_OK);
  for (size_t i = 0; i < WORDS; i++) {
    char word[LONGEST * 4];
    size_t length = 0;
    UChar32 last = 0;
    for (size_t n = 1 + draw(&seed) % LONGEST; n > 0; n--) {
      last = draw_stable(&seed, last);
      length += utf8_put((uint32_t)last, word + length);
    }
    byline_string text = {word, length}, other;
    if (fold_composed(f, text, &other) &&
        (other.length != length || memcmp(other.data, word, length) != 0))
      fail_msg("composed: %.*s", (int)length, word);
    if (fold_word(f, text, NULL, &other) &&
        (other.length != length || memcmp(other.data, word, length) != 0))
      fail_msg("folded: %.*s", (int)length, word);
  }
  folder_close(f);
  test_free(f);
}

static void test_outside(void **state) {
  (void)state;
  assert_int_equal(char_class(-1), 0);
  assert_int_equal(char_class(UCHAR_MAX_VALUE + 1), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_sets), cmocka_unit_test(test_capitals),
      cmocka_unit_test(test_plain), cmocka_unit_test(test_stable),
      cmocka_unit_test(test_outside)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
