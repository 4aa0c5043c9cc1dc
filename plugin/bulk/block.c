#include "bulk/block.h"

#include <string.h>

void block_begin(block *b, unsigned char *bytes, uint32_t number,
                 uint32_t block_size) {
  b->bytes = bytes;
  b->number = number;
  b->directory_end = BLOCK_DIRECTORY;
  b->items = block_size;
  b->slack = 0;
}

void block_seal(const block *b, uint32_t level, uint32_t block_size) {
  put4(b->bytes, 1); /* revision */
  b->bytes[4] = (unsigned char)level;
  put2(b->bytes + 5, block_room(b));
  put2(b->bytes + 7, block_room(b) + b->slack);
  put2(b->bytes + 9, b->directory_end);
  memset(b->bytes + b->directory_end, 0, block_room(b));
  memset(b->bytes + block_size - b->slack, 0, b->slack);
}

/* ---- Leaves ------------------------------------------------------------ */

byline_string leaf_item_key(const unsigned char *item) {
  return (byline_string){(const char *)item + LEAF_HEAD, item[2]};
}

uint32_t leaf_item_component(const unsigned char *item) {
  return get2(item) & ITEM_FIRST ? 1 : get2(item + LEAF_HEAD + item[2]);
}

static size_t leaf_item_size(const unsigned char *item) {
  return (get2(item) & ITEM_SIZE_MASK) + LEAF_HEAD;
}

uint32_t leaf_middle(const block *leaf, uint32_t block_size) {
  size_t used = block_size - leaf->items;
  size_t twice = 0;
  uint32_t slot = BLOCK_DIRECTORY;
  for (; slot < leaf->directory_end; slot += BLOCK_SLOT) {
    size_t size = leaf_item_size(block_item(leaf, slot));
    twice += 2 * size;
    if (twice >= used)
      return size < twice - used ? slot : slot + BLOCK_SLOT;
  }
  return slot;
}

void leaf_move(block *from, uint32_t slot, block *to) {
  for (uint32_t at = slot; at < from->directory_end; at += BLOCK_SLOT) {
    const unsigned char *item = block_item(from, at);
    size_t size = leaf_item_size(item);
    memcpy(block_take(to, size), item, size);
  }
  from->items = get2(from->bytes + slot - BLOCK_SLOT);
  from->directory_end = slot;
}

/* ---- Branches ---------------------------------------------------------- */

void branch_put(block *b, byline_string key, uint32_t component,
                uint32_t child) {
  unsigned char *at = block_take(b, BRANCH_HEAD + key.length + ITEM_COMPONENT);
  put4(at, child);
  at[4] = (unsigned char)key.length;
  if (key.length > 0)
    memcpy(at + BRANCH_HEAD, key.data, key.length);
  put2(at + BRANCH_HEAD + key.length, component);
}

void branch_begin(block *b, unsigned char *bytes, uint32_t number,
                  uint32_t block_size, size_t key_length, uint32_t child) {
  block_begin(b, bytes, number, block_size);
  b->slack = (uint32_t)key_length;
  b->items -= b->slack;
  branch_put(b, (byline_string){NULL, 0}, 0, child);
}

void branch_squeeze(block *b, uint32_t block_size) {
  if (b->slack == 0)
    return;
  memmove(b->bytes + b->items + b->slack, b->bytes + b->items,
          block_size - b->slack - b->items);
  for (uint32_t at = BLOCK_DIRECTORY; at < b->directory_end; at += BLOCK_SLOT)
    put2(b->bytes + at, get2(b->bytes + at) + b->slack);
  b->items += b->slack;
  b->slack = 0;
}
