#include "bulk/table.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "bulk/block.h"
#include "bulk/disk.h"

enum {
  LEVELS = 10, /* Xapian's own limit */
  BUFFER = 256 << 10,
  SYNC_STEP = 8 << 20, /* bytes after which the disk is set to work */
  LEAVES_MAX = BUFFER / TABLE_BLOCK_MIN,
  KEY_MAX = 255,
  COMPONENTS_MAX = 65535,
  UNORDERED = 10
};

/* Leaves are filled one behind the other in a buffer. Branch blocks, whose
 * numbers lie between theirs, are written one by one when they are full, mostly
 * long after the leaves beside them. */
struct table_writer {
  buf path;
  int fd;
  uint32_t block_size;
  size_t item_max;
  unsigned char *buffer;
  uint32_t numbers[LEAVES_MAX]; /* of the leaves in it */
  uint32_t leaves, leaves_max;  /* the last one is being filled */
  block levels[LEVELS];         /* the blocks being filled; 0 is the leaf */
  uint32_t level;               /* of the root */
  uint32_t next;                /* the first block number not in use */
  uint32_t synced;              /* the first the disk was not asked to write */
  uint32_t unordered;           /* items to come that split in the middle */
  uint64_t entries;
};

uint32_t table_compress_min(table_kind kind) {
  return kind == TABLE_POSTLIST || kind == TABLE_POSITION ? 0 : 18;
}

/* ---- The file ---------------------------------------------------------- */

static byline_status failed(const table_writer *w, int number, const char *what,
                            byline_error *error) {
  return error_errno(error, number, w->path.data, what);
}

static byline_status write_at(const table_writer *w, const unsigned char *bytes,
                              size_t length, uint32_t number,
                              byline_error *error) {
  off_t at = (off_t)number * (off_t)w->block_size;
  int result = disk_write(w->fd, bytes, length, at);
  return result ? failed(w, result, "cannot write", error) : BYLINE_OK;
}

/* Writes the first leaves of the buffer, in as few pieces as their numbers
 * allow. */
static byline_status write_leaves(const table_writer *w, uint32_t count,
                                  byline_error *error) {
  byline_status status = BYLINE_OK;
  for (uint32_t i = 0, end; i < count && status == BYLINE_OK; i = end) {
    end = i + 1;
    while (end < count && w->numbers[end] == w->numbers[end - 1] + 1)
      end++;
    status = write_at(w, w->buffer + (size_t)i * w->block_size,
                      (size_t)(end - i) * w->block_size, w->numbers[i], error);
  }
  return status;
}

/* Empties the buffer but for the leaf being filled, which comes first then. */
static byline_status flush(table_writer *w, byline_error *error) {
  block *leaf = &w->levels[0];
  byline_status status = write_leaves(w, w->leaves - 1, error);
  off_t from = (off_t)w->synced * (off_t)w->block_size;
  off_t to = (off_t)leaf->number * (off_t)w->block_size;
  if (to - from >= SYNC_STEP) {
    disk_begin_sync(w->fd, from, to - from);
    w->synced = leaf->number;
  }
  memmove(w->buffer, leaf->bytes, w->block_size);
  leaf->bytes = w->buffer;
  w->numbers[0] = leaf->number;
  w->leaves = 1;
  return status;
}

static byline_status write_branch(const table_writer *w, const block *b,
                                  uint32_t level, byline_error *error) {
  block_seal(b, level, w->block_size);
  return write_at(w, b->bytes, w->block_size, b->number, error);
}

static void begin_leaf(table_writer *w, uint32_t number) {
  size_t at = (size_t)w->leaves * w->block_size;
  w->numbers[w->leaves++] = number;
  block_begin(&w->levels[0], w->buffer + at, number, w->block_size);
}

static byline_status open_file(table_writer *w, byline_error *error) {
  w->fd = open(w->path.data, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
  if (w->fd < 0)
    return failed(w, errno, "cannot make", error);
  w->leaves_max = BUFFER / w->block_size;
  w->buffer = calloc(w->leaves_max, w->block_size);
  if (!w->buffer)
    return error_no_memory(error);
  begin_leaf(w, 0);
  w->next = 1;
  /* An item with neither key nor tag begins every table: searches and cursors
   * find something before the first key. */
  unsigned char *at = block_take(&w->levels[0], LEAF_HEAD);
  put2(at, ITEM_LAST | ITEM_FIRST);
  at[2] = 0;
  return BYLINE_OK;
}

/* ---- Branches ---------------------------------------------------------- */

static byline_status take_number(table_writer *w, uint32_t *number,
                                 byline_error *error) {
  if (w->next == UINT32_MAX)
    return error_set(error, BYLINE_INVALID,
                     "%s: more blocks than a table can have", w->path.data);
  *number = w->next++;
  return BYLINE_OK;
}

/* A root above the blocks of level w->level, which begin with `child`. */
static byline_status grow(table_writer *w, uint32_t child,
                          byline_error *error) {
  if (w->level + 1 == LEVELS)
    return error_set(error, BYLINE_INVALID,
                     "%s: more levels than a table can have", w->path.data);
  uint32_t number = 0;
  byline_status status = take_number(w, &number, error);
  if (status != BYLINE_OK)
    return status;
  unsigned char *bytes = calloc(1, w->block_size);
  if (!bytes)
    return error_no_memory(error);
  w->level++;
  branch_begin(&w->levels[w->level], bytes, number, w->block_size, 0, child);
  return BYLINE_OK;
}

/* Adds key -> child, to the levels above as well where a block is full. */
static byline_status add_branch(table_writer *w, uint32_t level,
                                byline_string key, uint32_t component,
                                uint32_t child, byline_error *error) {
  block *b = &w->levels[level];
  size_t size = BRANCH_HEAD + key.length + ITEM_COMPONENT + BLOCK_SLOT;
  if (block_room(b) < size)
    branch_squeeze(b, w->block_size);
  if (block_room(b) >= size) {
    branch_put(b, key, component, child);
    return BYLINE_OK;
  }
  uint32_t number = 0;
  uint32_t old = b->number;
  byline_status status = take_number(w, &number, error);
  if (status == BYLINE_OK)
    status = write_branch(w, b, level, error);
  if (status == BYLINE_OK && level == w->level)
    status = grow(w, old, error);
  if (status != BYLINE_OK)
    return status;
  branch_begin(b, b->bytes, number, w->block_size, key.length, child);
  return add_branch(w, level + 1, key, component, number, error);
}

/* ---- Leaves ------------------------------------------------------------ */

/* The bytes of key that tell it from the one before; all if it is the same. */
static size_t separator_length(byline_string before, byline_string key) {
  size_t i = 0;
  while (i < key.length && i < before.length && key.data[i] == before.data[i])
    i++;
  return i < key.length ? i + 1 : i;
}

/* Ends the leaf, as an item with this key does not fit. */
static byline_status next_leaf(table_writer *w, byline_string key,
                               uint32_t component, byline_error *error) {
  uint32_t number = 0;
  byline_status status = take_number(w, &number, error);
  if (status == BYLINE_OK && w->leaves == w->leaves_max)
    status = flush(w, error);
  block old = w->levels[0];
  uint32_t split =
      w->unordered > 0 ? leaf_middle(&old, w->block_size) : old.directory_end;
  if (split < old.directory_end) {
    key = leaf_item_key(block_item(&old, split));
    component = leaf_item_component(block_item(&old, split));
  }
  byline_string before = leaf_item_key(block_item(&old, split - BLOCK_SLOT));
  byline_string separator = {key.data, separator_length(before, key)};
  if (status == BYLINE_OK && w->level == 0)
    status = grow(w, old.number, error);
  if (status == BYLINE_OK)
    status = add_branch(w, 1, separator, component, number, error);
  if (status != BYLINE_OK)
    return status;
  begin_leaf(w, number);
  leaf_move(&old, split, &w->levels[0]);
  block_seal(&old, 0, w->block_size);
  return BYLINE_OK;
}

static byline_status add_item(table_writer *w, byline_string key,
                              byline_string data, uint32_t component,
                              uint32_t flags, byline_error *error) {
  size_t head = LEAF_HEAD + key.length + (component > 1 ? ITEM_COMPONENT : 0);
  size_t size = head + data.length;
  if (w->unordered > 0)
    w->unordered--;
  if (block_room(&w->levels[0]) < size + BLOCK_SLOT) {
    byline_status status = next_leaf(w, key, component, error);
    if (status != BYLINE_OK)
      return status;
  }
  unsigned char *at = block_take(&w->levels[0], size);
  put2(at, (uint32_t)(size - LEAF_HEAD) | flags);
  at[2] = (unsigned char)key.length;
  memcpy(at + LEAF_HEAD, key.data, key.length);
  if (component > 1)
    put2(at + head - ITEM_COMPONENT, component);
  if (data.length > 0)
    memcpy(at + head, data.data, data.length);
  return BYLINE_OK;
}

/* A tag that is too long for one item: the first piece fills up the leaf,
 * unless that would make one piece more or the piece be very short, as in
 * Xapian's full compaction. */
static byline_status add_pieces(table_writer *w, byline_string key,
                                byline_string tag, uint32_t flags,
                                byline_error *error) {
  size_t head = LEAF_HEAD + key.length + ITEM_COMPONENT;
  size_t piece = w->item_max - head;
  size_t first = piece + ITEM_COMPONENT;
  size_t left = block_room(&w->levels[0]) % (w->item_max + BLOCK_SLOT);
  if (left > BLOCK_SLOT + head) {
    left -= BLOCK_SLOT + head;
    if (left >= (tag.length - ITEM_COMPONENT) % piece ||
        left >= key.length + 34)
      first = left + ITEM_COMPONENT;
  }
  size_t count = (tag.length - first + piece - 1) / piece + 1;
  if (count > COMPONENTS_MAX)
    return error_set(
        error, BYLINE_INVALID,
        "%s: an entry of %zu bytes is longer than Xapian can store",
        w->path.data, tag.length);
  byline_status status = add_item(w, key, (byline_string){tag.data, first}, 1,
                                  flags | ITEM_FIRST, error);
  size_t at = first;
  for (uint32_t i = 2; i <= count && status == BYLINE_OK; i++) {
    size_t length = i == count ? tag.length - at : piece;
    status = add_item(w, key, (byline_string){tag.data + at, length}, i,
                      i == count ? flags | ITEM_LAST : flags, error);
    at += length;
  }
  return status;
}

/* ---- The table --------------------------------------------------------- */

static bool is_lazy(table_kind kind) {
  return kind != TABLE_POSTLIST && kind != TABLE_TERMLIST;
}

byline_status table_writer_open(const char *directory, table_kind kind,
                                uint32_t block_size, table_writer **writer,
                                byline_error *error) {
  static const char *const names[TABLE_COUNT] = {
      "postlist", "docdata", "termlist", "position", "spelling", "synonym"};
  if (block_size < TABLE_BLOCK_MIN || block_size > TABLE_BLOCK_MAX ||
      (block_size & (block_size - 1)) != 0)
    return error_set(error, BYLINE_INVALID,
                     "blocks of %u bytes: not a power of two from %d to %d",
                     (unsigned)block_size, (int)TABLE_BLOCK_MIN,
                     (int)TABLE_BLOCK_MAX);
  table_writer *w = calloc(1, sizeof *w);
  if (!w)
    return error_no_memory(error);
  w->fd = -1;
  w->block_size = block_size;
  /* Four items to a block, so that Xapian can split it later. */
  w->item_max = (block_size - BLOCK_DIRECTORY - 4 * BLOCK_SLOT) / 4;
  if (w->item_max > ITEM_MAX)
    w->item_max = ITEM_MAX;
  /* Xapian's compaction knows of the tables that are made at once that items
   * come in order; of the others it finds out by the first ten. */
  w->unordered = is_lazy(kind) ? UNORDERED : 0;
  byline_status status = BYLINE_OK;
  if (!buf_printf(&w->path, "%s/%s.glass", directory, names[kind]))
    status = error_no_memory(error);
  else if (!is_lazy(kind))
    status = open_file(w, error);
  if (status == BYLINE_OK)
    *writer = w;
  else
    table_writer_free(w);
  return status;
}

byline_status table_writer_add(table_writer *w, byline_string key,
                               byline_string tag, bool compressed,
                               byline_error *error) {
  if (key.length == 0 || key.length > KEY_MAX)
    return error_set(error, BYLINE_INVALID,
                     "%s: a key of %zu bytes; it must have 1 to %d",
                     w->path.data, key.length, (int)KEY_MAX);
  if (w->fd < 0) {
    byline_status status = open_file(w, error);
    if (status != BYLINE_OK)
      return status;
  }
  w->entries++;
  uint32_t flags = compressed ? ITEM_COMPRESSED : 0;
  if (LEAF_HEAD + key.length + tag.length <= w->item_max)
    return add_item(w, key, tag, 1, flags | ITEM_FIRST | ITEM_LAST, error);
  return add_pieces(w, key, tag, flags, error);
}

static byline_status write_rest(table_writer *w, byline_error *error) {
  block_seal(&w->levels[0], 0, w->block_size);
  byline_status status = write_leaves(w, w->leaves, error);
  for (uint32_t i = 1; i <= w->level && status == BYLINE_OK; i++)
    status = write_branch(w, &w->levels[i], i, error);
  return status;
}

static byline_status sync_and_close(table_writer *w, byline_error *error) {
  int fd = w->fd;
  int result = disk_sync(fd);
  w->fd = -1;
  if (close(fd) < 0 && errno != EINTR && result == 0)
    result = errno;
  return result ? failed(w, result, "cannot write", error) : BYLINE_OK;
}

byline_status table_writer_finish(table_writer *w, table_root *root,
                                  byline_error *error) {
  *root = (table_root){.fake = true};
  if (w->fd < 0)
    return BYLINE_OK;
  byline_status status = write_rest(w, error);
  if (status == BYLINE_OK)
    status = sync_and_close(w, error);
  if (status == BYLINE_OK)
    *root = (table_root){.root = w->levels[w->level].number,
                         .level = w->level,
                         .entries = w->entries,
                         .blocks = w->next};
  return status;
}

void table_writer_free(table_writer *w) {
  if (!w)
    return;
  if (w->fd >= 0)
    close(w->fd);
  for (uint32_t i = 1; i <= w->level; i++)
    free(w->levels[i].bytes);
  free(w->buffer);
  buf_free(&w->path);
  free(w);
}
