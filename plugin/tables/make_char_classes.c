/* Writes char_classes.inc: what each character is to Xapian's tokenizer, as
 * bits of chars.h in two tables: blocks of 128 characters, and which block a
 * character is in. The words are those of Unicode 9.0, which Xapian 1.4 has,
 * whatever ICU's own version:
 *
 *   cmake --build build/release --target make_char_classes
 *   build/release/plugin/make_char_classes >plugin/analyze/char_classes.inc */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uset.h>

#include "analyze/chars.h"

enum {
  BLOCK = 1 << CHAR_BLOCK_BITS,
  BLOCK_COUNT = (UCHAR_MAX_VALUE + 1) / BLOCK,
  PER_LINE = 16
};

/* U+111C9 changed from So to Mn after Unicode 9.0. */
static const char WORDS[] =
    "[[\\p{L}\\p{M}\\p{N}\\p{Pc}]&[:age=9.0:]-[\\U000111C9]]";
static const char DIGITS[] = "[\\p{Nd}&[:age=9.0:]]";

static unsigned char blocks[BLOCK_COUNT][BLOCK];
static unsigned block_count;

static USet *open_set(const char *pattern) {
  UErrorCode code = U_ZERO_ERROR;
  UChar wide[sizeof WORDS];
  int32_t length = 0;
  for (; pattern[length] != '\0'; length++)
    wide[length] = (UChar)pattern[length];
  USet *set = uset_openPattern(wide, length, &code);
  if (U_FAILURE(code)) {
    fprintf(stderr, "make_char_classes: %s\n", u_errorName(code));
    exit(1);
  }
  return set;
}

/* The characters of a kind, 0 behind the last. */
static bool is_one_of(const UChar32 *list, UChar32 ch) {
  while (*list != 0 && *list != ch)
    list++;
  return *list != 0;
}

static unsigned char class_of(const USet *words, const USet *digits,
                              UChar32 ch) {
  static const UChar32 letters[] = {'\'',   '&',    0xB7,   0x5F4,
                                    0x2019, 0x201B, 0x2027, 0};
  static const UChar32 numbers[] = {',',
                                    '.',
                                    ';',
                                    0x037E /* Greek question mark */,
                                    0x0589 /* Armenian full stop */,
                                    0x060D /* Arabic date separator */,
                                    0x07F8 /* NKo comma */,
                                    0x2044 /* fraction slash */,
                                    0xFE10 /* vertical comma, colon, ... */,
                                    0xFE13,
                                    0xFE14,
                                    0};
  static const UChar32 nothing[] = {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0};
  static const UChar32 hyphens[] = {'-', 0xAD, 0x2010, 0x2011, 0};
  static const UChar32 suffixes[] = {'+', '#', 0};
  unsigned bits = 0;
  if (uset_contains(words, ch))
    bits |= CHAR_WORD;
  if (uset_contains(digits, ch))
    bits |= CHAR_DIGIT;
  if (u_tolower(ch) != ch)
    bits |= CHAR_CAPITAL;
  if (is_one_of(letters, ch))
    bits |= CHAR_JOINS_LETTERS;
  if (is_one_of(numbers, ch))
    bits |= CHAR_JOINS_DIGITS;
  if (is_one_of(nothing, ch))
    bits |= CHAR_ZERO_WIDTH;
  if (is_one_of(hyphens, ch))
    bits |= CHAR_HYPHEN;
  if (is_one_of(suffixes, ch))
    bits |= CHAR_SUFFIX;
  return (unsigned char)bits;
}

static void print(const char *name, const unsigned char *data, size_t count) {
  printf("%s = {", name);
  for (size_t i = 0; i < count; i++)
    printf("%s%u,", i % PER_LINE == 0 ? "\n  " : "", data[i]);
  printf("\n};\n");
}

int main(void) {
  static unsigned char places[BLOCK_COUNT];
  USet *words = open_set(WORDS), *digits = open_set(DIGITS);
  for (int32_t b = 0; b < BLOCK_COUNT; b++) {
    unsigned char *made = blocks[block_count];
    for (int32_t i = 0; i < BLOCK; i++)
      made[i] = class_of(words, digits, b * BLOCK + i);
    unsigned same = 0;
    while (memcmp(blocks[same], made, BLOCK) != 0)
      same++;
    if (same == block_count && ++block_count > UINT8_MAX) {
      fprintf(stderr, "make_char_classes: more blocks than a byte counts\n");
      return 1;
    }
    places[b] = (unsigned char)same;
  }
  printf("/* Made by tables/make_char_classes.c. */\n");
  printf("/* clang-format off */\n");
  print("static const uint8_t BLOCK_OF[]", places, BLOCK_COUNT);
  print("const uint8_t CHAR_CLASSES[]", blocks[0], (size_t)block_count * BLOCK);
  printf("const char CHAR_PLAIN[256] = {");
  for (int i = 0; i < 0x80; i++)
    printf("%s%d,", i % PER_LINE == 0 ? "\n  " : "",
           uset_contains(words, i) ? (int)u_tolower(i) : 0);
  printf("\n};\n");
  uset_close(words);
  uset_close(digits);
  return 0;
}
