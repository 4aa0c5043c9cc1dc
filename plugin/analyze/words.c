#include "analyze/words.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "analyze/ranges.h"
#include "analyze/utf16.h"
#include "base/error.h"
#include "base/utf8.h"

/* A word or more of each script, so that all dictionaries are there. */
static const UChar WARM_UP[] = {0x0E17, 0x0E35, 0x0E48, ' ',    0x0E97, 0x0EB5,
                                0x0EC8, ' ',    0x1780, 0x17B6, 0x179A, ' ',
                                0x1010, 0x102D, 0x102F, ' ',    0x6771, 0x4EAC,
                                ' ',    0x304B, 0x306A, ' ',    0x30AB, 0x30CA};

static byline_status icu_error(UErrorCode code, byline_error *error) {
  if (code == U_MEMORY_ALLOCATION_ERROR)
    return error_no_memory(error);
  return error_set(error, BYLINE_INTERNAL,
                   "ICU cannot divide text into words: %s; is its data "
                   "installed?",
                   u_errorName(code));
}

/* ---- Which characters ---- */

static bool is_unspaced(uint32_t ch) {
  static const char_range ranges[] = {
      {0x0E00, 0x0EFF},   /* Thai, Lao */
      {0x1000, 0x109F},   /* Burmese */
      {0x1780, 0x17FF},   /* Khmer */
      {0x3005, 0x3007},   /* marks of repetition, zero */
      {0x3021, 0x3029},   /* numerals */
      {0x3040, 0x30FF},   /* kana */
      {0x31F0, 0x31FF},   /* small kana */
      {0x3400, 0x4DBF},   /* ideographs */
      {0x4E00, 0x9FFF},   /* ideographs */
      {0xA9E0, 0xA9FF},   /* Burmese */
      {0xAA60, 0xAA7F},   /* Burmese */
      {0xF900, 0xFAFF},   /* ideographs */
      {0xFF66, 0xFF9F},   /* half-width kana */
      {0x1B000, 0x1B16F}, /* old kana */
      {0x20000, 0x3FFFD}, /* ideographs */
  };
  return ranges_have(ranges, sizeof ranges / sizeof *ranges, ch);
}

bool words_is_complex(uint32_t ch) {
  return (ch >= 0x0E00 && ch <= 0x0EFF) || (ch >= 0x1000 && ch <= 0x109F) ||
         (ch >= 0x1780 && ch <= 0x17FF) || (ch >= 0xA9E0 && ch <= 0xA9FF) ||
         (ch >= 0xAA60 && ch <= 0xAA7F);
}

bool words_are_in(const char *text, size_t length) {
  enum { FIRST_BYTE = 0xE0 }; /* of U+0E00 */
  return ranges_in_text(text, length, FIRST_BYTE, is_unspaced);
}

/* ---- Opening ---- */

void words_close(words *w) {
  if (w->iterator)
    ubrk_close(w->iterator);
  free(w->units);
  free(w->offsets);
  memset(w, 0, sizeof *w);
}

static byline_status open_words(words *w, byline_error *error) {
  UErrorCode code = U_ZERO_ERROR;
  w->units = malloc(WORDS_CHUNK * sizeof *w->units);
  w->offsets = malloc((WORDS_CHUNK + 1) * sizeof *w->offsets);
  if (w->units && w->offsets)
    w->iterator = ubrk_open(UBRK_WORD, "", WARM_UP,
                            sizeof WARM_UP / sizeof *WARM_UP, &code);
  if (!w->iterator || U_FAILURE(code)) {
    words_close(w);
    return U_FAILURE(code) ? icu_error(code, error) : error_no_memory(error);
  }
  while (ubrk_next(w->iterator) != UBRK_DONE)
    ;
  return BYLINE_OK;
}

/* ---- Reading ---- */

/* The run as it nearly always is: all of it fits, and has three bytes for each
 * character. */
static bool load_threes(words *w) {
  const unsigned char *at = (const unsigned char *)w->text + w->next;
  size_t count = (w->end - w->next) / 3;
  if (count * 3 != w->end - w->next || count > WORDS_CHUNK)
    return false;
  for (size_t i = 0; i < count; i++, at += 3) {
    if (at[0] < 0xE0 || at[0] > 0xEF || at[0] == 0xED ||
        (at[0] == 0xE0 && at[1] < 0xA0) || (at[1] & 0xC0) != 0x80 ||
        (at[2] & 0xC0) != 0x80)
      return false;
    w->units[i] =
        (UChar)((at[0] & 0xFu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu));
  }
  w->count = (int32_t)count;
  return true;
}

static void load_any(words *w) {
  int32_t n = 0;
  size_t at = w->next;
  while (at < w->end && n <= WORDS_CHUNK - 2) {
    size_t offset = at;
    uint32_t ch = utf8_next_inline(w->text, w->end, &at);
    w->offsets[n] = (uint32_t)(offset - w->next);
    w->offsets[n + 1] = (uint32_t)(offset - w->next);
    n = utf16_put(w->units, n, ch == UTF8_INVALID ? 0xFFFD : (UChar32)ch);
  }
  w->offsets[n] = (uint32_t)(at - w->next);
  w->count = n;
}

/* Whether there may be a place that meeting finds: not in Thai letters alone,
 * nor where there are none like them. */
static bool may_meet(const UChar *units, int32_t count) {
  int32_t thai = 0, others = 0;
  while (thai < count && units[thai] - 0x0E00u < 0x50)
    thai++;
  while (others < count && !words_is_complex(units[others]))
    others++;
  return thai < count && others < count;
}

/* The place of a unit in the text. */
static size_t place(const words *w, int32_t unit) {
  return w->next + (w->threes ? (size_t)unit * 3 : w->offsets[unit]);
}

/* Gives ICU as much of the run as the buffers hold. */
static byline_status load(words *w, byline_error *error) {
  w->threes = load_threes(w);
  if (!w->threes)
    load_any(w);
  int32_t n = w->count;
  w->mixed = may_meet(w->units, n);
  w->at = 0;
  UErrorCode code = U_ZERO_ERROR;
  ubrk_setText(w->iterator, w->units, n, &code);
  return U_SUCCESS(code) ? BYLINE_OK : icu_error(code, error);
}

byline_status words_start(words *w, const char *text, const base_token *run,
                          byline_error *error) {
  if (!w->iterator) {
    byline_status status = open_words(w, error);
    if (status != BYLINE_OK)
      return status;
  }
  w->text = text;
  w->next = run->start;
  w->end = run->end;
  w->plain = run->stable && !run->joined && !run->cut;
  w->word = (scanner){text, run->start, run->start};
  w->piece_end = run->start;
  return load(w, error);
}

/* The suffix of a run, as in C++, is its last word's. */
static size_t with_suffix(const words *w, size_t end) {
  size_t at = end;
  while (at < w->end && char_is_suffix(w->text[at]))
    at++;
  return at == w->end ? at : end;
}

/* What stays with the character before it, so that none is split. */
static bool is_attached(uint32_t ch) {
  return ch == 0x0E33 || ch == 0x0EB3 /* sara am */ ||
         !char_is_word((UChar32)ch) ||
         (U_GET_GC_MASK((UChar32)ch) & U_GC_M_MASK) != 0;
}

/* Where Thai, say, meets digits or letters of another script: ICU's rules keep
 * such together. */
static size_t meeting(const char *text, size_t at, size_t end) {
  bool any = false, complex = false;
  while (at < end) {
    size_t start = at;
    uint32_t ch = utf8_next_inline(text, end, &at);
    if (ch == UTF8_INVALID || is_attached(ch))
      continue;
    bool now = words_is_complex(ch) && !char_is_digit((UChar32)ch);
    if (any && now != complex)
      return start;
    any = true;
    complex = now;
  }
  return end;
}

/* Moves on to the next piece that the dictionary cuts off. */
static byline_status next_piece(words *w, bool *more, byline_error *error) {
  *more = true;
  size_t start = w->word.length;
  if (start < w->piece_end) {
    w->word = (scanner){w->text, meeting(w->text, start, w->piece_end), start};
    return BYLINE_OK;
  }
  if (w->at == w->count) {
    w->next = place(w, w->count);
    *more = w->next < w->end;
    byline_status status = *more ? load(w, error) : BYLINE_OK;
    if (status != BYLINE_OK || !*more)
      return status;
  }
  start = place(w, w->at);
  w->at = ubrk_next(w->iterator);
  if (w->at == UBRK_DONE)
    return error_set(error, BYLINE_INTERNAL, "ICU lost its place");
  w->piece_end = with_suffix(w, place(w, w->at));
  size_t end = w->mixed ? meeting(w->text, start, w->piece_end) : w->piece_end;
  w->word = (scanner){w->text, end, start};
  return BYLINE_OK;
}

static bool is_without_ascii(const char *text, size_t length) {
  const uint64_t high = UINT64_C(0x8080808080808080);
  uint64_t all = high, bytes;
  for (; length >= sizeof bytes; length -= sizeof bytes) {
    memcpy(&bytes, text, sizeof bytes);
    all &= bytes;
    text += sizeof bytes;
  }
  if (all != high)
    return false;
  for (; length > 0; length--)
    if ((unsigned char)*text++ < 0x80)
      return false;
  return true;
}

/* The piece as it stands, if it is a word without ASCII. */
static bool take_piece(scanner *piece, base_token *token) {
  size_t length = piece->length - piece->at;
  const char *text = piece->text + piece->at;
  if (length == 0 || length > ANALYZER_WORD_MAX)
    return false;
  if (!is_without_ascii(text, length))
    return false;
  memcpy(token->term, text, length);
  token->length = length;
  token->start = piece->at;
  token->end = piece->length;
  token->stable = true;
  token->ascii = token->joined = token->cut = token->hyphen_after = false;
  piece->at = piece->length;
  return true;
}

byline_status words_next(words *w, base_token *token, bool *more,
                         byline_error *error) {
  *more = true;
  while (!(w->plain && take_piece(&w->word, token)) &&
         !scan_next(&w->word, token)) {
    byline_status status = next_piece(w, more, error);
    if (status != BYLINE_OK || !*more)
      return status;
  }
  return BYLINE_OK;
}
