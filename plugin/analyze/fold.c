#include "analyze/fold.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "analyze/utf16.h"
#include "base/error.h"
#include "base/utf8.h"

static const char KEPT[] = FOLD_KEPT;

byline_status folder_open(folder *f, byline_error *error) {
  f->kept = NULL;
  f->nfkc_casefold = NULL;
  f->memory.slots = NULL;
  UErrorCode code = U_ZERO_ERROR;
  f->nfc = unorm2_getNFCInstance(&code);
  f->nfd = unorm2_getNFDInstance(&code);
  const UNormalizer2 *whole = unorm2_getNFKCCasefoldInstance(&code);
  UChar pattern[sizeof KEPT];
  for (size_t i = 0; i < sizeof KEPT; i++)
    pattern[i] = (UChar)KEPT[i];
  f->kept = uset_openPattern(pattern, sizeof KEPT - 1, &code);
  if (U_SUCCESS(code)) {
    uset_freeze(f->kept);
    f->nfkc_casefold = unorm2_openFiltered(whole, f->kept, &code);
  }
  if (U_SUCCESS(code))
    return BYLINE_OK;
  folder_close(f);
  if (code == U_MEMORY_ALLOCATION_ERROR)
    return error_no_memory(error);
  return error_set(error, BYLINE_INTERNAL,
                   "ICU cannot normalize: %s; is its data installed?",
                   u_errorName(code));
}

void folder_close(folder *f) {
  unorm2_close(f->nfkc_casefold);
  uset_close(f->kept);
  fold_memory_close(&f->memory);
  f->nfkc_casefold = NULL;
  f->kept = NULL;
}

static UScriptCode script_of(UChar32 ch) {
  UErrorCode code = U_ZERO_ERROR;
  UScriptCode script = uscript_getScript(ch, &code);
  return U_SUCCESS(code) ? script : USCRIPT_UNKNOWN;
}

/* Whether a mark on this letter only modifies it. In some scripts it may be a
 * vowel, or make another letter as in Japanese. */
static bool is_accent(UChar32 mark, UChar32 letter) {
  if (mark == 0x093C) /* the nukta of Devanagari is often left out */
    return true;
  if (mark == 0x3099 || mark == 0x309A ||
      !fold_marks_are_accents(script_of(letter)))
    return false;
  UScriptCode script = script_of(mark);
  return script == USCRIPT_INHERITED || fold_marks_are_accents(script);
}

static bool is_letter_at(const UChar *units, int32_t length, int32_t at) {
  return at < length && u_isalpha(utf16_next(units, length, &at));
}

/* Appends what ch is folded to; an apostrophe only between letters. */
static int32_t put_letter(UChar32 ch, const own_letter *own, bool inside,
                          UChar *out, int32_t n) {
  const own_letter *kept = own_letter_find(own, ch);
  if (kept) {
    for (const UChar *to = kept->to; *to != 0; to++)
      out[n++] = *to;
    return n;
  }
  const char *to = fold_letter(ch);
  if (!to)
    return utf16_put(out, n, ch);
  for (; *to != '\0'; to++)
    if (*to != '\'' || inside)
      out[n++] = (UChar)*to;
  return n;
}

/* From two, which is composed, to one: NFD but for own letters. Returns -1 when
 * there is no room. */
static int32_t decompose(folder *f, int32_t length, const own_letter *own) {
  int32_t n = 0;
  for (int32_t at = 0; at < length;) {
    int32_t end = at;
    while (end < length && !own_letter_find(own, f->two[end]))
      end++;
    UErrorCode code = U_ZERO_ERROR;
    n += unorm2_normalize(f->nfd, f->two + at, end - at, f->one + n,
                          FOLD_UNITS - n, &code);
    if (U_FAILURE(code) || n + 1 > FOLD_UNITS)
      return -1;
    if (end < length)
      f->one[n++] = f->two[end++];
    at = end;
  }
  return n;
}

/* From NFD in one to two. Returns -1 when there is no room. */
static int32_t drop_accents(folder *f, int32_t length, const own_letter *own) {
  int32_t n = 0;
  UChar32 letter = ' ';
  for (int32_t at = 0; at < length;) {
    UChar32 ch = utf16_next(f->one, length, &at);
    if (n > FOLD_UNITS - 2)
      return -1;
    if (u_charType(ch) == U_NON_SPACING_MARK) {
      if (!is_accent(ch, letter))
        n = utf16_put(f->two, n, ch);
      continue;
    }
    letter = ch;
    if (char_class(ch) & CHAR_STABLE && !own_letter_find(own, ch)) {
      n = utf16_put(f->two, n, ch);
      continue;
    }
    bool inside =
        n > 0 && u_isalpha(f->two[n - 1]) && is_letter_at(f->one, length, at);
    n = put_letter(ch, own, inside, f->two, n);
  }
  return n;
}

/* QueryParser lower-cases character by character; folding has made capitals of
 * some letters (Cherokee). */
static void lower(UChar *units, int32_t length) {
  for (int32_t at = 0; at < length;) {
    int32_t to = at;
    UChar32 ch = utf16_next(units, length, &at);
    UChar32 small = u_tolower(ch);
    if (small != ch && U16_LENGTH(small) == U16_LENGTH(ch))
      utf16_put(units, to, small);
  }
}

static int32_t widen(folder *f, byline_string text) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t n = 0;
  if (text.length > FOLD_BYTES)
    return -1;
  u_strFromUTF8(f->one, FOLD_UNITS, &n, text.data, (int32_t)text.length, &code);
  return U_SUCCESS(code) ? n : -1;
}

static bool narrow(folder *f, const UChar *units, int32_t length,
                   byline_string *result) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t n = 0;
  u_strToUTF8(f->out, FOLD_OUT, &n, units, length, &code);
  *result = (byline_string){f->out, (size_t)n};
  return U_SUCCESS(code) && n > 0;
}

static bool fits(byline_string result) {
  return result.length <= ANALYZER_WORD_MAX && chars_are_token(result);
}

static int32_t count_joins(const UChar *units, int32_t length) {
  int32_t count = 0;
  for (int32_t at = 0; at < length;) {
    UChar32 ch = utf16_next(units, length, &at);
    count += !char_is_word(ch);
  }
  return count;
}

/* Folds what is in one; the result is there again, length -1 if it failed.
 * same_joins: fail when compatibility forms bring slashes, dots or spaces in,
 * as those of a vulgar fraction do. exact: fail when an accent would go. */
static int32_t fold_units(folder *f, int32_t length, bool same_joins,
                          bool exact, const own_letter *own) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t joins = same_joins ? count_joins(f->one, length) : 0;
  length = unorm2_normalize(f->nfkc_casefold, f->one, length, f->two,
                            FOLD_UNITS, &code);
  if (U_FAILURE(code) || (same_joins && count_joins(f->two, length) != joins))
    return -1;
  int32_t whole = decompose(f, length, own);
  length = whole >= 0 ? drop_accents(f, whole, own) : -1;
  if (length < 0 ||
      (exact && (length != whole || u_memcmp(f->one, f->two, length) != 0)))
    return -1;
  length = unorm2_normalize(f->nfc, f->two, length, f->one, FOLD_UNITS, &code);
  if (U_FAILURE(code))
    return -1;
  lower(f->one, length);
  return length;
}

/* Whether all is below U+0300, where the first mark is: such a text is
 * composed. */
static bool has_no_mark(byline_string word) {
  for (size_t i = 0; i < word.length; i++)
    if ((unsigned char)word.data[i] >= 0xCC)
      return false;
  return true;
}

static bool compose(folder *f, byline_string word, byline_string *result) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t length = widen(f, word);
  if (length < 0)
    return false;
  if (unorm2_quickCheck(f->nfc, f->one, length, &code) == UNORM_YES) {
    *result = word;
    return true;
  }
  length = unorm2_normalize(f->nfc, f->one, length, f->two, FOLD_UNITS, &code);
  return U_SUCCESS(code) && narrow(f, f->two, length, result) && fits(*result);
}

bool fold_composed(folder *f, byline_string word, byline_string *result) {
  bool found;
  if (has_no_mark(word)) {
    *result = word;
    return true;
  }
  if (fold_recall(&f->memory, f->nfc, word, &found, result))
    return found;
  found = compose(f, word, result);
  fold_remember(&f->memory, f->nfc, word, found, *result);
  return found;
}

bool fold_word(folder *f, byline_string word, const own_letter *own,
               byline_string *result) {
  const void *how = own ? (const void *)own : f->nfkc_casefold;
  bool found;
  if (fold_recall(&f->memory, how, word, &found, result))
    return found;
  int32_t length = widen(f, word);
  if (length >= 0)
    length = fold_units(f, length, true, false, own);
  found = length >= 0 && narrow(f, f->one, length, result) && fits(*result);
  fold_remember(&f->memory, how, word, found, *result);
  return found;
}

bool fold_exact(folder *f, byline_string word, const own_letter *own,
                byline_string *result) {
  int32_t length = widen(f, word);
  if (length >= 0)
    length = fold_units(f, length, true, true, own);
  return length >= 0 && narrow(f, f->one, length, result) && fits(*result);
}

byline_string fold_piece(folder *f, byline_string text) {
  int32_t length = widen(f, text);
  for (int32_t i = 0; i < length; i++)
    if (f->one[i] == 0x2018 || char_is_curly_apostrophe(f->one[i]))
      f->one[i] = '\'';
  if (length >= 0)
    length = fold_units(f, length, false, false, NULL);
  byline_string result = {"", 0};
  if (length >= 0)
    narrow(f, f->one, length, &result);
  return result;
}
