/* A block of a table while it is filled: behind its head a directory of items
 * grows up, the items grow down from its end. Source: xapian-core,
 * backends/glass/glass_table.h (Item_base and what is above it). */
#ifndef BYLINE_BULK_BLOCK_H
#define BYLINE_BULK_BLOCK_H

#include "byline/types.h"

enum {
  BLOCK_DIRECTORY = 11, /* where the directory begins */
  BLOCK_SLOT = 2,       /* of an item in it */
  LEAF_HEAD = 3,        /* of an item: size and key length */
  BRANCH_HEAD = 5,      /* block number and key length */
  ITEM_COMPONENT = 2,   /* behind the key */
  ITEM_MAX = 8194,      /* a size is stored in 13 bits, 3 less */
  ITEM_COMPRESSED = 0x8000,
  ITEM_LAST = 0x4000,
  ITEM_FIRST = 0x2000,
  ITEM_SIZE_MASK = 0x1FFF
};

typedef struct block {
  unsigned char *bytes;
  uint32_t number;
  uint32_t directory_end;
  uint32_t items; /* offset of the lowest item */
  uint32_t slack; /* bytes behind the first item, not used */
} block;

static inline void put2(unsigned char *at, uint32_t value) {
  at[0] = (unsigned char)(value >> 8);
  at[1] = (unsigned char)value;
}

static inline uint32_t get2(const unsigned char *at) {
  return (uint32_t)at[0] << 8 | at[1];
}

static inline void put4(unsigned char *at, uint32_t value) {
  put2(at, value >> 16);
  put2(at + 2, value);
}

static inline uint32_t block_room(const block *b) {
  return b->items - b->directory_end;
}

/* Takes the room of an item that is known to fit. */
static inline unsigned char *block_take(block *b, size_t size) {
  b->items -= (uint32_t)size;
  put2(b->bytes + b->directory_end, b->items);
  b->directory_end += BLOCK_SLOT;
  return b->bytes + b->items;
}

static inline const unsigned char *block_item(const block *b, uint32_t slot) {
  return b->bytes + get2(b->bytes + slot);
}

void block_begin(block *b, unsigned char *bytes, uint32_t number,
                 uint32_t block_size);

/* Writes the head of a finished block. What is not used is zeroed, so that
 * nothing is in a file but what belongs there. */
void block_seal(const block *b, uint32_t level, uint32_t block_size);

/* ---- Leaves ------------------------------------------------------------ */

byline_string leaf_item_key(const unsigned char *item);
uint32_t leaf_item_component(const unsigned char *item); /* from 1 */

/* The slot that divides a leaf in the middle, rounded as in Xapian's
 * mid_point. */
uint32_t leaf_middle(const block *leaf, uint32_t block_size);

/* Moves the items from a slot on to another leaf. */
void leaf_move(block *from, uint32_t slot, block *to);

/* ---- Branches ---------------------------------------------------------- */

/* Adds key -> child, which is known to fit. */
void branch_put(block *b, byline_string key, uint32_t component,
                uint32_t child);

/* The first item of a branch block has no key stored: this begins one whose
 * first key is of that length. Where the key would be stays free until there is
 * no other room. */
void branch_begin(block *b, unsigned char *bytes, uint32_t number,
                  uint32_t block_size, size_t key_length, uint32_t child);

/* Moves the items over what is free behind them. */
void branch_squeeze(block *b, uint32_t block_size);

#endif
