#include "read/folded.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/utf8.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Letters that no decomposition brings together: Latin ones with a stroke, the
 * Arabic letters of Persian, ordinal signs, apostrophes. In the order of the
 * first column. */
static uint32_t twin(uint32_t c) {
  static const uint32_t twins[][2] = {
      {0xAA, 'a'},    {0xB0, 'o'},    {0xB4, '\''},   {0xBA, 'o'},
      {0xF8, 'o'},    {0x111, 'd'},   {0x131, 'i'},   {0x142, 'l'},
      {0x2BB, '\''},  {0x2BC, '\''},  {0x3C2, 0x3C3}, {0x5F3, '\''},
      {0x60C, ','},   {0x629, 0x647}, {0x643, 0x6A9}, {0x649, 0x6CC},
      {0x64A, 0x6CC}, {0x104A, ','},  {0x1363, ','},  {0x2018, '\''},
      {0x2019, '\''}, {0x2032, '\''}, {0x2212, '-'},  {0x2E41, ','},
      {0x3001, ','},  {0x3002, '.'},  {0xFF61, '.'},
  };
  size_t low = 0, high = COUNT(twins);
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (twins[middle][0] == c)
      return twins[middle][1];
    if (twins[middle][0] < c)
      low = middle + 1;
    else
      high = middle;
  }
  return c;
}

/* Accents and points, but no virama (9), no kana voicing (8) and none of the
 * signs of Indic, Thai, Lao and Tibetan (84 to 132). */
static bool is_accent(UChar32 c) {
  uint8_t class = u_getCombiningClass(c);
  return (class >= 10 && class <= 36) || class >= 200;
}

/* The letter below an accent, or below several. */
static UChar32 without_accent(UChar32 c) {
  UErrorCode code = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&code);
  UChar units[8];
  UChar32 parts[8];
  while (U_SUCCESS(code)) {
    int32_t count;
    int32_t length =
        unorm2_getRawDecomposition(nfc, c, units, COUNT(units), &code);
    if (length < 2)
      break;
    u_strToUTF32(parts, COUNT(parts), &count, units, length, &code);
    if (U_FAILURE(code) || count != 2 || !is_accent(parts[1]))
      break;
    c = parts[0];
  }
  return c;
}

uint32_t folded_character(uint32_t c) {
  if (c < 0x80) {
    if (c >= 'A' && c <= 'Z')
      return c | 0x20;
    return c == '`' ? '\'' : c < 0x20 || c == 0x7F ? ' ' : c;
  }
  if (c >= 0xFF01 && c <= 0xFF5E)
    return folded_character(c - 0xFEE0);
  UChar32 point = (UChar32)c;
  int32_t digit = u_charDigitValue(point);
  if (digit >= 0 && u_charType(point) == U_DECIMAL_DIGIT_NUMBER)
    return (uint32_t)('0' + digit);
  switch (u_charType(point)) {
  case U_FORMAT_CHAR:
    return 0;
  case U_SPACE_SEPARATOR:
  case U_LINE_SEPARATOR:
  case U_PARAGRAPH_SEPARATOR:
  case U_CONTROL_CHAR:
    return ' ';
  case U_DASH_PUNCTUATION:
    return '-';
  default:
    break;
  }
  if (is_accent(point))
    return 0;
  c = (uint32_t)u_foldCase(without_accent(point), U_FOLD_CASE_DEFAULT);
  return c < 0x80 ? c : twin(c);
}

bool folded_copy(const char *text, size_t length, char *out, size_t capacity,
                 size_t *written) {
  size_t size = 0;
  for (size_t at = 0; at < length;) {
    uint32_t c = utf8_next(text, length, &at);
    if (c == UTF8_INVALID)
      return false;
    c = folded_character(c);
    if (c == 0)
      continue;
    char bytes[4];
    size_t count = utf8_put(c, bytes);
    if (count > capacity - size)
      return false;
    memcpy(out + size, bytes, count);
    size += count;
  }
  *written = size;
  return true;
}

size_t folded_begin(const char *text, size_t length, const char *mark) {
  size_t at = 0;
  while (*mark) {
    if (at == length)
      return 0;
    if ((text[at] | 0x20) >= 'a' && (text[at] | 0x20) <= 'z') {
      if ((text[at++] | 0x20) != *mark++)
        return 0;
      continue;
    }
    uint32_t c = utf8_next(text, length, &at);
    if (c == UTF8_INVALID)
      return 0;
    c = folded_character(c);
    if (c == 0)
      continue;
    char bytes[4];
    size_t count = utf8_put(c, bytes);
    if (strncmp(mark, bytes, count) != 0)
      return 0;
    mark += count;
  }
  return at;
}

bool folded_equal(const char *text, size_t length, const char *mark) {
  return folded_begin(text, length, mark) == length;
}
