#include "bulk/pack.h"

size_t pack_uint_last(unsigned char out[PACK_UINT_MAX], uint64_t value) {
  size_t n = 0;
  for (; value > 0; value >>= 8)
    out[n++] = (unsigned char)value;
  return n;
}

/* As many set bits at the front as there are bytes but two, then a clear one;
 * the number, big-endian, in what is left. */
size_t pack_sorted(unsigned char out[PACK_SORTED_MAX], uint32_t value) {
  static const unsigned char marks[] = {0, 0, 0, 0x80, 0xC0, 0xE0};
  size_t bytes = value < 0x8000 ? 2 : value < 0x400000 ? 3 : 4;
  if (value >= 0x20000000)
    bytes = 5;
  for (size_t i = 0; i < bytes; i++) {
    size_t shift = 8 * (bytes - 1 - i);
    out[i] = (unsigned char)(shift < 32 ? value >> shift : 0);
  }
  out[0] = (unsigned char)(out[0] | marks[bytes]);
  return bytes;
}

size_t pack_sorted_string(unsigned char *out, byline_string term, bool whole) {
  size_t n = 0;
  for (size_t i = 0; i < term.length; i++) {
    out[n++] = (unsigned char)term.data[i];
    if (term.data[i] == '\0')
      out[n++] = 0xFF;
  }
  if (whole)
    out[n++] = '\0';
  return n;
}

bool pack_add_uint(buf *out, uint64_t value) {
  unsigned char bytes[PACK_UINT_MAX];
  return buf_add(out, bytes, pack_uint(bytes, value));
}

bool pack_add_string(buf *out, byline_string text) {
  return pack_add_uint(out, text.length) && buf_add_str(out, text);
}
