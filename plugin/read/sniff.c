#include "read/sniff.h"

#include <stdbool.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/utf16.h>

/* Whether a character, and what follows, is text: assigned, no control but
 * white space. */
static bool is_wide_char(uint32_t c) {
  int8_t type = u_charType((UChar32)c);
  return type == U_CONTROL_CHAR
             ? c == '\t' || c == '\n' || c == '\r'
             : type != U_UNASSIGNED && type != U_PRIVATE_USE_CHAR &&
                   type != U_SURROGATE;
}

/* Text of a script that is not Latin has NULs only in its spaces, line ends,
 * digits and tags; all others of its pairs must be characters. The number of
 * the former, 0 for what is no text. high: which byte of a pair is the high
 * one. */
static size_t count_ascii(const char *head, size_t pairs, size_t high) {
  const unsigned char *s = (const unsigned char *)head;
  size_t ascii = 0;
  uint32_t lead = 0;
  for (size_t i = 0; i < pairs; i++, s += 2) {
    uint32_t c = (uint32_t)s[high] << 8 | s[1 - high];
    ascii += c < 0x80;
    if (U16_IS_TRAIL(c) && lead) {
      c = (uint32_t)U16_GET_SUPPLEMENTARY(lead, c);
    } else if (lead) {
      return 0;
    } else if (U16_IS_LEAD(c)) {
      lead = c;
      continue;
    }
    lead = 0;
    if (!is_wide_char(c))
      return 0;
  }
  return ascii;
}

/* The other way round, few of its characters are ASCII. */
static const char *sniff_wide(const char *head, size_t pairs) {
  static const size_t fewest = 2, part = 200, times = 4;
  size_t little = count_ascii(head, pairs, 1),
         big = count_ascii(head, pairs, 0);
  size_t most = little > big ? little : big;
  if (most < fewest || most < pairs / part)
    return NULL;
  return little > times * big   ? "UTF-16LE"
         : big > times * little ? "UTF-16BE"
                                : NULL;
}

const char *sniff_utf16(const char *head, size_t length) {
  size_t zeros[2] = {0, 0}, pairs = length / 2;
  if (!memchr(head, '\0', length))
    return NULL;
  for (size_t i = 0; i < pairs * 2; i++)
    zeros[i & 1] += head[i] == 0;
  if (pairs < 4)
    return NULL;
  if (zeros[1] * 10 >= pairs * 6 && zeros[0] * 20 < pairs)
    return "UTF-16LE";
  if (zeros[0] * 10 >= pairs * 6 && zeros[1] * 20 < pairs)
    return "UTF-16BE";
  return sniff_wide(head, pairs);
}

/* White space and the escape of terminal colours are text. */
static bool is_control(unsigned char c) {
  return (c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1B) || c == 0x7F;
}

const char *sniff_fault(const char *head, size_t length) {
  const unsigned char *s = (const unsigned char *)head;
  size_t blank = 0, controls = 0;
  if (length >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0)
    blank = 3;
  while (blank < length && s[blank] <= ' ' && s[blank] != 0)
    blank++;
  if (length == 0 || (blank == length && length < 4096))
    return "the file is empty";
  for (size_t i = 0; i < length; i++)
    controls += is_control(s[i]);
  /* In a very short text a few of them may be strays. */
  if (controls * 100 > length && (controls > 3 || controls * 4 > length))
    return "binary file: only text can be read";
  return NULL;
}
