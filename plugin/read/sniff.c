#include "read/sniff.h"

#include <stdbool.h>
#include <string.h>

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
  return NULL;
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
