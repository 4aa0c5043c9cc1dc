/* Numbers and strings as Glass writes them. Source: xapian-core,
 * common/pack.h, common/wordaccess.h. */
#ifndef BYLINE_BULK_PACK_H
#define BYLINE_BULK_PACK_H

#include "base/buf.h"

enum {
  PACK_UINT_MAX = 10, /* bytes of the longest number */
  PACK_SORTED_MAX = 5,
  PACK_KEY_MAX = 255
};

/* 7 bits a byte, the low ones first (pack_uint). Returns the bytes written. */
static inline size_t pack_uint(unsigned char out[PACK_UINT_MAX],
                               uint64_t value) {
  size_t n = 0;
  while (value >= 0x80) {
    out[n++] = (unsigned char)(value | 0x80);
    value >>= 7;
  }
  out[n++] = (unsigned char)value;
  return n;
}

/* Reads such a number that is known to be whole; moves *at behind it. */
static inline uint64_t unpack_uint(const unsigned char **at) {
  uint64_t value = 0;
  unsigned shift = 0;
  unsigned char byte;
  do {
    byte = *(*at)++;
    value |= (uint64_t)(byte & 0x7F) << shift;
    shift += 7;
  } while (byte & 0x80);
  return value;
}

/* Little-endian without leading zeros, nothing for 0 (pack_uint_last). */
size_t pack_uint_last(unsigned char out[PACK_UINT_MAX], uint64_t value);

/* Keeps the order of numbers under memcmp (pack_uint_preserving_sort). */
size_t pack_sorted(unsigned char out[PACK_SORTED_MAX], uint32_t value);

/* Appends to out, which has room for 2 * term.length + 1: NUL as 00 ff, and
 * with whole the end mark 00 (pack_string_preserving_sort). Returns the bytes
 * written. */
size_t pack_sorted_string(unsigned char *out, byline_string term, bool whole);

/* The same numbers at the end of a buffer; false when memory runs out. */
bool pack_add_uint(buf *out, uint64_t value);
bool pack_add_string(buf *out, byline_string text); /* length, bytes */

#endif
