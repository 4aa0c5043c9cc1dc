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
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/uset.h>

#include "analyze/chars.h"
#include "analyze/fold.h"
#include "analyze/utf16.h"

enum {
  BLOCK = 1 << CHAR_BLOCK_BITS,
  BLOCK_COUNT = (UCHAR_MAX_VALUE + 1) / BLOCK,
  PER_LINE = 16
};

/* U+111C9 changed from So to Mn after Unicode 9.0. */
static const char WORDS[] =
    "[[\\p{L}\\p{M}\\p{N}\\p{Pc}]&[:age=9.0:]-[\\U000111C9]]";
static const char DIGITS[] = "[\\p{Nd}&[:age=9.0:]]";

static unsigned blocks[BLOCK_COUNT][BLOCK];
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

/* Folding drops marks of these scripts, and those that any script may have. */
static bool is_of_accents(UChar32 ch) {
  UErrorCode code = U_ZERO_ERROR;
  UScriptCode script = uscript_getScript(ch, &code);
  return script == USCRIPT_INHERITED || fold_marks_are_accents(script);
}

static bool is_devanagari(UChar32 ch) {
  UErrorCode code = U_ZERO_ERROR;
  return uscript_getScript(ch, &code) == USCRIPT_DEVANAGARI;
}

static bool composes[UCHAR_MAX_VALUE + 1]; /* with a character before it */

static void find_composing(void) {
  UErrorCode code = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&code);
  for (UChar32 ch = 0; ch <= UCHAR_MAX_VALUE; ch++) {
    UChar parts[64];
    int32_t length = unorm2_getRawDecomposition(nfc, ch, parts, 64, &code);
    UChar32 last = 0;
    int32_t at = 0, count = 0;
    for (; at < length; count++)
      last = utf16_next(parts, length, &at);
    if (count > 1)
      composes[last] = true;
  }
}

/* NFKC_Casefold as folding has it. */
static const UNormalizer2 *open_casefold(void) {
  UErrorCode code = U_ZERO_ERROR;
  const UNormalizer2 *whole = unorm2_getNFKCCasefoldInstance(&code);
  UNormalizer2 *made = unorm2_openFiltered(whole, open_set(FOLD_KEPT), &code);
  return U_SUCCESS(code) ? made : whole;
}

static bool is_same_in(const UNormalizer2 *form, UChar32 ch) {
  UChar text[2], made[64];
  int32_t length = 0;
  UErrorCode code = U_ZERO_ERROR;
  UBool wrong = 0;
  U16_APPEND(text, length, 2, ch, wrong);
  int32_t n = unorm2_normalize(form, text, length, made, 64, &code);
  return !wrong && U_SUCCESS(code) && n == length &&
         memcmp(text, made, (size_t)n * sizeof *text) == 0;
}

/* Whether folding leaves a word character as it is. No character that may
 * compose with the one before it is stable, so it does not matter which
 * compose with the one behind. */
static bool is_lasting(UChar32 ch) {
  UErrorCode code = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&code);
  const UNormalizer2 *nfd = unorm2_getNFDInstance(&code);
  static const UNormalizer2 *folded;
  if (!folded)
    folded = open_casefold();
  bool mark = u_charType(ch) == U_NON_SPACING_MARK;
  /* Folding takes marks off letters of these scripts. */
  bool bare = is_of_accents(ch) || is_devanagari(ch);
  if (fold_letter(ch) || u_tolower(ch) != ch || (mark && is_of_accents(ch)) ||
      (bare && !is_same_in(nfd, ch)))
    return false;
  return is_same_in(nfc, ch) && is_same_in(folded, ch) && !composes[ch];
}

static unsigned fold_class_of(UChar32 ch) {
  uint8_t own = u_getCombiningClass(ch);
  if (!is_lasting(ch))
    return 0;
  if (own == 0)
    return CHAR_STABLE;
  for (UChar32 below = ch & ~(BLOCK - 1); below < ch; below++)
    if (u_getCombiningClass(below) > own)
      return 0;
  return CHAR_ORDERED;
}

static unsigned class_of(const USet *words, const USet *digits, UChar32 ch) {
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
    bits |= CHAR_WORD | fold_class_of(ch);
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
  return bits;
}

static void print(const char *name, const unsigned *data, size_t count) {
  printf("%s = {", name);
  for (size_t i = 0; i < count; i++)
    printf("%s%u,", i % PER_LINE == 0 ? "\n  " : "", data[i]);
  printf("\n};\n");
}

int main(void) {
  static unsigned places[BLOCK_COUNT];
  find_composing();
  USet *words = open_set(WORDS), *digits = open_set(DIGITS);
  for (int32_t b = 0; b < BLOCK_COUNT; b++) {
    unsigned *made = blocks[block_count];
    for (int32_t i = 0; i < BLOCK; i++)
      made[i] = class_of(words, digits, b * BLOCK + i);
    unsigned same = 0;
    while (memcmp(blocks[same], made, sizeof blocks[same]) != 0)
      same++;
    if (same == block_count && ++block_count > UINT16_MAX) {
      fprintf(stderr, "make_char_classes: too many blocks\n");
      return 1;
    }
    places[b] = same;
  }
  printf("/* Made by tables/make_char_classes.c. */\n");
  printf("/* clang-format off */\n");
  print("const uint16_t CHAR_BLOCKS[]", places, BLOCK_COUNT);
  print("const uint16_t CHAR_CLASSES[]", blocks[0],
        (size_t)block_count * BLOCK);
  printf("const char CHAR_PLAIN[256] = {");
  for (int i = 0; i < 0x80; i++)
    printf("%s%d,", i % PER_LINE == 0 ? "\n  " : "",
           uset_contains(words, i) ? (int)u_tolower(i) : 0);
  printf("\n};\n");
  uset_close(words);
  uset_close(digits);
  return 0;
}
