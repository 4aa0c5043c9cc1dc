#include "read/plain.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Bytes that are looked at in one go: of loops of a fixed length, without a
 * way out, compilers make vectors. */
enum { VECTOR = 16 };

/* Whether all of VECTOR bytes are plain; the one before them is there. */
static bool all_plain(const char *text) {
  const unsigned char *s = (const unsigned char *)text, *last = s - 1;
  unsigned char others[VECTOR];
  for (size_t i = 0; i < VECTOR; i++) {
    unsigned char low = s[i]<' ', high = s[i]> '~';
    unsigned char space = s[i] == ' ', second = last[i] == ' ';
    others[i] = low | high | (space & second);
  }
  uint64_t words[VECTOR / sizeof(uint64_t)];
  memcpy(words, others, sizeof words);
  return (words[0] | words[1]) == 0;
}

static bool is_plain(const char *text) {
  return *text >= ' ' && *text <= '~' && !(*text == ' ' && text[-1] == ' ');
}

size_t plain_end(const char *text, size_t length, size_t at) {
  if (at == 0) {
    if (length == 0 || text[0] <= ' ' || text[0] >= 0x7F)
      return 0;
    at = 1;
  }
  while (length - at >= VECTOR && all_plain(text + at))
    at += VECTOR;
  while (at < length && is_plain(text + at))
    at++;
  return at;
}
