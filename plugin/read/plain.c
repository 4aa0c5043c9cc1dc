#include "read/plain.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* Whether one of the eight bytes at s and the byte before it are spaces. */
static bool has_two_spaces(const char *s) {
  const uint64_t ones = UINT64_C(0x0101010101010101), spaces = ones * ' ';
  uint64_t here, before;
  memcpy(&here, s, sizeof here);
  memcpy(&before, s - 1, sizeof before);
  uint64_t other = (here ^ spaces) | (before ^ spaces);
  return ((other - ones) & ~other & ones << 7) != 0;
}

size_t plain_end(const char *text, size_t length, size_t at) {
  size_t end = utf8_printable_end(text, length, at);
  if (at == 0 && end > 0 && text[at++] == ' ')
    return 0;
  while (end - at >= sizeof(uint64_t) && !has_two_spaces(text + at))
    at += sizeof(uint64_t);
  while (at < end && !(text[at] == ' ' && text[at - 1] == ' '))
    at++;
  return at;
}
