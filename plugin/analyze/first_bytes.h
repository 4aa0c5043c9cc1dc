/* Short words as numbers: compared and hashed without a loop or a call. */
#ifndef BYLINE_ANALYZE_FIRST_BYTES_H
#define BYLINE_ANALYZE_FIRST_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Eight bytes that must all be readable, of which the first length (at least
 * 1) count: the others are taken for zero. Without a branch. */
static inline uint64_t first_bytes(const char *from, size_t length) {
  uint64_t bytes;
  memcpy(&bytes, from, sizeof bytes);
  unsigned unused = length < sizeof bytes ? 64 - 8 * (unsigned)length : 0;
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  return bytes & UINT64_MAX << unused;
#else
  return bytes & UINT64_MAX >> unused;
#endif
}

/* 2^64 by the golden ratio: multiplying by it spreads bits upwards. */
static const uint64_t FIRST_BYTES_MIX = 0x9E3779B97F4A7C15u;

#endif
