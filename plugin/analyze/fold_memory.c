#include "analyze/fold_memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 8192, SLOT_BYTES = 53 };

/* 2^64 by the golden ratio: multiplying by it spreads bits upwards. */
static const uint64_t MIX = 0x9E3779B97F4A7C15u;

/* A word and behind it what it is folded to; how NULL: free. */
struct fold_slot {
  const void *how;
  uint8_t word_length;
  uint8_t result_length;
  bool found;
  char bytes[SLOT_BYTES];
};

void fold_memory_close(fold_memory *m) {
  free(m->slots);
  m->slots = NULL;
}

static struct fold_slot *slot_of(const fold_memory *m, const void *how,
                                 byline_string word) {
  uint64_t hash = (uint64_t)(uintptr_t)how ^ word.length;
  for (size_t at = 0; at < word.length; at += sizeof hash) {
    uint64_t bytes = 0;
    size_t left = word.length - at;
    memcpy(&bytes, word.data + at, left < sizeof bytes ? left : sizeof bytes);
    hash = (hash ^ hash >> 32 ^ bytes) * MIX;
  }
  return &m->slots[hash >> 40 & (SLOTS - 1)];
}

bool fold_recall(const fold_memory *m, const void *how, byline_string word,
                 bool *found, byline_string *result) {
  if (!m->slots || word.length > SLOT_BYTES)
    return false;
  const struct fold_slot *slot = slot_of(m, how, word);
  if (slot->how != how || slot->word_length != word.length ||
      memcmp(slot->bytes, word.data, word.length) != 0)
    return false;
  *found = slot->found;
  if (slot->found)
    *result =
        (byline_string){slot->bytes + slot->word_length, slot->result_length};
  return true;
}

void fold_remember(fold_memory *m, const void *how, byline_string word,
                   bool found, byline_string result) {
  size_t more = found ? result.length : 0;
  if (word.length > SLOT_BYTES || more > SLOT_BYTES - word.length)
    return;
  if (!m->slots && !(m->slots = calloc(SLOTS, sizeof *m->slots)))
    return;
  struct fold_slot *slot = slot_of(m, how, word);
  slot->how = how;
  slot->word_length = (uint8_t)word.length;
  slot->result_length = (uint8_t)more;
  slot->found = found;
  memcpy(slot->bytes, word.data, word.length);
  if (more > 0)
    memcpy(slot->bytes + word.length, result.data, more);
}
