#include "bulk/encode.h"

#include <string.h>

#include "bulk/pack.h"

/* ---- Terms ------------------------------------------------------------- */

static size_t common_prefix(byline_string a, byline_string b) {
  size_t most = a.length < b.length ? a.length : b.length;
  size_t n = 0;
  while (n < most && a.data[n] == b.data[n])
    n++;
  return n;
}

/* Room for every term: two lengths, its bytes, its wdf. */
static size_t termlist_room(const document *d) {
  size_t room = (size_t)2 * PACK_UINT_MAX;
  for (size_t i = 0; i < d->term_count; i++)
    room += 2 + d->terms[i].term.length + PACK_UINT_MAX;
  return room;
}

/* A small wdf shares a byte with the length of the common prefix, if the
 * product of what each can be fits. */
static unsigned char *put_term(unsigned char *out, const document_term *term,
                               byline_string previous) {
  size_t same = common_prefix(previous, term->term);
  size_t left = term->term.length - same;
  size_t packed = term->wdf < 127
                      ? (term->wdf + 1) * (previous.length + 1) + same
                      : SIZE_MAX;
  *out++ = (unsigned char)(packed < 256 ? packed : same);
  *out++ = (unsigned char)left;
  memcpy(out, term->term.data + same, left);
  out += left;
  if (packed >= 256)
    out += pack_uint(out, term->wdf);
  return out;
}

bool encode_termlist(const document *d, uint32_t length, buf *out) {
  if (d->term_count == 0)
    return true;
  if (!buf_reserve(out, termlist_room(d)))
    return false;
  unsigned char *begin = (unsigned char *)out->data + out->length;
  unsigned char *at = begin;
  at += pack_uint(at, length);
  at += pack_uint(at, d->term_count);
  const document_term *first = d->terms;
  *at++ = (unsigned char)first->term.length;
  memcpy(at, first->term.data, first->term.length);
  at += first->term.length;
  at += pack_uint(at, first->wdf);
  for (size_t i = 1; i < d->term_count; i++)
    at = put_term(at, &d->terms[i], d->terms[i - 1].term);
  *at = '\0';
  out->length += (size_t)(at - begin);
  return true;
}

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
