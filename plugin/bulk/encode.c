#include "bulk/encode.h"

#include <string.h>

#include "bulk/pack.h"

bool encode_slots(const document *d, buf *out) {
  uint32_t next = 0;
  for (size_t i = 0; i < d->value_count; i++) {
    if (!pack_add_uint(out, d->values[i].slot - next))
      return false;
    next = d->values[i].slot + 1;
  }
  return true;
}

/* ---- Positions --------------------------------------------------------- */

/* Bits, the low ones first. At most 31 are pending between two calls. */
typedef struct bit_writer {
  unsigned char *at;
  uint64_t pending;
  unsigned count;
} bit_writer;

static void put_bits(bit_writer *w, uint32_t value, unsigned bits) {
  w->pending |= (uint64_t)value << w->count;
  w->count += bits;
  if (w->count < 32)
    return;
  for (unsigned i = 0; i < 4; i++)
    w->at[i] = (unsigned char)(w->pending >> (8 * i));
  w->at += 4;
  w->pending >>= 32;
  w->count -= 32;
}

/* One of `outof` values. Where these are fewer than the bits can say, those in
 * the middle need one bit less. */
static void put_value(bit_writer *w, uint32_t value, uint32_t outof) {
  if (outof <= 1)
    return;
  unsigned bits = 32 - (unsigned)__builtin_clz(outof - 1);
  uint32_t half = UINT32_C(1) << (bits - 1);
  if (value < half && value >= outof - half)
    bits--;
  put_bits(w, value, bits);
}

/* The positions between those at j and k: the middle one within what is
 * possible, then those on its two sides. */
static void put_between(bit_writer *w, const uint32_t *positions, size_t j,
                        size_t k) {
  while (j + 1 < k) {
    size_t middle = j + (k - j) / 2;
    uint32_t outof = positions[k] - positions[j] - (uint32_t)(k - j) + 1;
    uint32_t lowest = positions[j] + (uint32_t)(middle - j);
    put_value(w, positions[middle] - lowest, outof);
    put_between(w, positions, j, middle);
    j = middle;
  }
}

bool encode_positions(const uint32_t *positions, size_t count, buf *out) {
  uint32_t first = positions[0], last = positions[count - 1];
  /* No value takes more than 32 bits; the head takes two and the last one. */
  if (count > SIZE_MAX / 8 || !buf_reserve(out, 4 * count + 24))
    return false;
  unsigned char *begin = (unsigned char *)out->data + out->length;
  bit_writer w = {begin + pack_uint(begin, last), 0, 0};
  if (count > 1) {
    put_value(&w, first, last);
    put_value(&w, (uint32_t)(count - 2), last - first);
    put_between(&w, positions, 0, count - 1);
    for (; w.count > 0; w.count = w.count > 8 ? w.count - 8 : 0) {
      *w.at++ = (unsigned char)w.pending;
      w.pending >>= 8;
    }
  }
  *w.at = '\0';
  out->length += (size_t)(w.at - begin);
  return true;
}
