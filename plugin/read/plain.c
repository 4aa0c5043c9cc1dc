#include "read/plain.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

enum { WINDOW = 256 };

/* Whether one of the eight bytes at s and the byte before it are spaces. */
static bool has_two_spaces(const char *s) {
  const uint64_t ones = UINT64_C(0x0101010101010101), spaces = ones * ' ';
  uint64_t here, before;
  memcpy(&here, s, sizeof here);
  memcpy(&before, s - 1, sizeof before);
  uint64_t other = (here ^ spaces) | (before ^ spaces);
  return ((other - ones) & ~other & ones << 7) != 0;
}

/* The second of two spaces, or end; at > 0. */
static size_t find_two_spaces(const char *text, size_t end, size_t at) {
  while (end - at >= sizeof(uint64_t) && !has_two_spaces(text + at))
    at += sizeof(uint64_t);
  while (at < end && !(text[at] == ' ' && text[at - 1] == ' '))
    at++;
  return at;
}

size_t plain_end(const char *text, size_t length, size_t at) {
  if (at == 0) {
    if (length == 0 || text[0] <= ' ' || text[0] >= 0x7F)
      return 0;
    at = 1;
  }
  /* Not far ahead at a time: what ends early in a long line is asked for
   * again and again. */
  for (;;) {
    size_t stop = length - at > WINDOW ? at + WINDOW : length;
    size_t end = utf8_printable_end(text, stop, at);
    at = find_two_spaces(text, end, at);
    if (at < end || end < stop || stop == length)
      return at;
  }
}
