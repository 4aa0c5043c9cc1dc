/* Short strings of bytes, for which a call costs more than the work. */
#ifndef BYLINE_BULK_SMALL_H
#define BYLINE_BULK_SMALL_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "byline/types.h"

static inline uint64_t small_load64(const void *from) {
  uint64_t word;
  memcpy(&word, from, sizeof word);
  return word;
}

static inline uint32_t small_load32(const void *from) {
  uint32_t word;
  memcpy(&word, from, sizeof word);
  return word;
}

/* Copies bytes that do not overlap: the first and the last word, which meet. */
static inline void small_copy(void *to, const void *from, size_t length) {
  unsigned char *out = to;
  const unsigned char *in = from;
  if (length > 16) {
    memcpy(out, in, length);
  } else if (length >= 8) {
    memcpy(out, in, 8);
    memcpy(out + length - 8, in + length - 8, 8);
  } else if (length >= 4) {
    memcpy(out, in, 4);
    memcpy(out + length - 4, in + length - 4, 4);
  } else if (length > 0) {
    out[0] = in[0];
    out[length / 2] = in[length / 2];
    out[length - 1] = in[length - 1];
  }
}

static inline bool small_equal(const void *a, const void *b, size_t length) {
  const unsigned char *x = a, *y = b;
  if (length > 16)
    return memcmp(x, y, length) == 0;
  if (length >= 8)
    return ((small_load64(x) ^ small_load64(y)) |
            (small_load64(x + length - 8) ^ small_load64(y + length - 8))) == 0;
  if (length >= 4)
    return ((small_load32(x) ^ small_load32(y)) |
            (small_load32(x + length - 4) ^ small_load32(y + length - 4))) == 0;
  return length == 0 || (x[0] == y[0] && x[length / 2] == y[length / 2] &&
                         x[length - 1] == y[length - 1]);
}

/* Compilers make one instruction of it. */
static inline uint32_t small_number(const unsigned char *at) {
  return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 |
         at[3];
}

/* The first eight bytes as a number, zeros behind shorter strings: strings
 * whose numbers differ are in the order of these. */
static inline uint64_t small_head(byline_string s) {
  const unsigned char *at = (const unsigned char *)s.data;
  if (s.length >= 8)
    return (uint64_t)small_number(at) << 32 | small_number(at + 4);
  if (s.length >= 4)
    return (uint64_t)small_number(at) << 32 |
           (uint64_t)small_number(at + s.length - 4) << (64 - 8 * s.length);
  uint64_t head = 0;
  for (size_t i = 0; i < s.length; i++)
    head |= (uint64_t)at[i] << (56 - 8 * i);
  return head;
}

/* As memcmp, a shorter string first. */
static inline int small_compare(byline_string a, byline_string b) {
  size_t shorter = a.length < b.length ? a.length : b.length;
  int order = shorter > 0 ? memcmp(a.data, b.data, shorter) : 0;
  return order ? order : (a.length > b.length) - (a.length < b.length);
}

#endif
