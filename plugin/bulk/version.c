#include "bulk/version.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/error.h"
#include "bulk/disk.h"
#include "bulk/pack.h"

enum {
  HEAD = 16, /* magic, and format version: the date 2016-03-14 */
  MAGIC = 14,
  UUID = 16,
  FILE_MAX = 256, /* Xapian reads no more */
  UNIT = 2048,    /* of block sizes */
  SEQUENTIAL = 2,
  FAKE = 1
};

static const unsigned char head[HEAD] = {0x0F, 0x0D, 'X',  'a', 'p', 'i',
                                         'a',  'n',  ' ',  'G', 'l', 'a',
                                         's',  's',  0x04, 0x6E};

/* ---- Writing ----------------------------------------------------------- */

/* A random one, version 4. */
static int make_uuid(unsigned char uuid[UUID]) {
  if (getentropy(uuid, UUID) < 0)
    return errno;
  uuid[6] = (unsigned char)((uuid[6] & 0x0F) | 0x40);
  uuid[8] = (unsigned char)((uuid[8] & 0x3F) | 0x80);
  return 0;
}

static bool add_numbers(buf *out, const uint64_t *numbers, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!pack_add_uint(out, numbers[i]))
      return false;
  return true;
}

#define ADD_NUMBERS(out, ...)                                                  \
  add_numbers((out), (const uint64_t[]){__VA_ARGS__},                          \
              sizeof(uint64_t[]){__VA_ARGS__} / sizeof(uint64_t))

/* The list of free blocks of a new table: revision, blocks in the file, and
 * two cursors that are the same, which says that there are none. */
static bool add_root(buf *out, table_kind kind, const table_root *root,
                     uint32_t block_size, buf *scratch) {
  uint32_t flags = SEQUENTIAL | (root->fake ? FAKE : 0);
  buf_clear(scratch);
  return (root->blocks == 0 ||
          ADD_NUMBERS(scratch, 1, root->blocks, 0, 0, 0, 0)) &&
         ADD_NUMBERS(out, root->root, root->level << 2 | flags, root->entries,
                     block_size / UNIT, table_compress_min(kind)) &&
         pack_add_string(out, buf_string(scratch));
}

static bool add_statistics(buf *out, const glass_statistics *s) {
  uint32_t length_upper =
      s->length_upper > s->wdf_upper ? s->length_upper : s->wdf_upper;
  return ADD_NUMBERS(out, s->document_count, s->last_docid - s->document_count,
                     s->length_lower, s->wdf_upper, length_upper - s->wdf_upper,
                     0 /* oldest changeset */, s->total_length,
                     s->spelling_upper);
}

static bool add_file(buf *out, uint32_t block_size,
                     const table_root roots[TABLE_COUNT],
                     const glass_statistics *statistics,
                     const unsigned char uuid[UUID], buf *scratch) {
  bool done = buf_add(out, head, HEAD) && buf_add(out, uuid, UUID) &&
              pack_add_uint(out, 1 /* revision */);
  for (unsigned i = 0; i < TABLE_COUNT && done; i++)
    done = add_root(out, (table_kind)i, &roots[i], block_size, scratch);
  return done && add_statistics(out, statistics);
}

/* Returns 0 or an errno. */
static int write_new(const char *path, const buf *text) {
  int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0666);
  if (fd < 0)
    return errno;
  int result = disk_write(fd, text->data, text->length, 0);
  if (result == 0)
    result = disk_sync(fd);
  if (close(fd) < 0 && errno != EINTR && result == 0)
    result = errno;
  return result;
}

static int sync_directory(const char *directory) {
  int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return errno;
  int result = disk_sync(fd);
  close(fd);
  return result;
}

static byline_status publish(const char *directory, const buf *text,
                             byline_error *error) {
  buf path = BUF_INIT, temporary = BUF_INIT;
  byline_status status = BYLINE_OK;
  if (!buf_printf(&path, "%s/iamglass", directory) ||
      !buf_printf(&temporary, "%s/v.tmp", directory)) {
    status = error_no_memory(error);
  } else {
    int result = write_new(temporary.data, text);
    if (result == 0 && rename(temporary.data, path.data) < 0)
      result = errno;
    if (result == 0)
      result = sync_directory(directory);
    if (result != 0) {
      unlink(temporary.data);
      status = error_errno(error, result, path.data, "cannot write");
    }
  }
  buf_free(&path);
  buf_free(&temporary);
  return status;
}

byline_status version_write(const char *directory, uint32_t block_size,
                            const table_root roots[TABLE_COUNT],
                            const glass_statistics *statistics,
                            byline_error *error) {
  unsigned char uuid[UUID];
  int result = make_uuid(uuid);
  if (result != 0)
    return error_errno(error, result, directory, "cannot make a UUID");
  buf text = BUF_INIT, scratch = BUF_INIT;
  byline_status status;
  if (!add_file(&text, block_size, roots, statistics, uuid, &scratch))
    status = error_no_memory(error);
  else
    status = publish(directory, &text, error);
  buf_free(&text);
  buf_free(&scratch);
  return status;
}

/* ---- Checking ---------------------------------------------------------- */

/* The numbers at *at, up to end; moves *at behind them. */
static bool read_numbers(const unsigned char **at, const unsigned char *end,
                         uint64_t *numbers, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const unsigned char *last = *at;
    while (last < end && last - *at < PACK_UINT_MAX - 1 && *last & 0x80)
      last++;
    if (last == end || *last & 0x80)
      return false;
    numbers[i] = unpack_uint(at);
  }
  return true;
}

static byline_status check_root(const unsigned char **at,
                                const unsigned char *end, table_kind kind,
                                const char *path, byline_error *error) {
  enum { ROOT, FLAGS, ENTRIES, BLOCK_SIZE, COMPRESS_MIN, FREE_LIST, COUNT };
  uint64_t numbers[COUNT];
  if (!read_numbers(at, end, numbers, COUNT) ||
      numbers[FREE_LIST] > (uint64_t)(end - *at))
    return error_set(error, BYLINE_UNSUPPORTED,
                     "%s: table %d is described in an unknown way", path,
                     (int)kind);
  *at += numbers[FREE_LIST];
  if (numbers[BLOCK_SIZE] != TABLE_BLOCK_SIZE / UNIT)
    return error_set(error, BYLINE_UNSUPPORTED,
                     "%s: table %d has an unknown block size", path, (int)kind);
  if (numbers[COMPRESS_MIN] != table_compress_min(kind))
    return error_set(error, BYLINE_UNSUPPORTED,
                     "%s: table %d is compressed in an unknown way", path,
                     (int)kind);
  return BYLINE_OK;
}

static byline_status check_file(const unsigned char *text, size_t length,
                                const char *path, byline_error *error) {
  if (length < HEAD + UUID || memcmp(text, head, MAGIC) != 0)
    return error_set(error, BYLINE_UNSUPPORTED, "%s: not of a glass database",
                     path);
  if (memcmp(text, head, HEAD) != 0)
    return error_set(error, BYLINE_UNSUPPORTED,
                     "%s: format version %02x%02x; only %02x%02x is known",
                     path, text[MAGIC], text[MAGIC + 1], head[MAGIC],
                     head[MAGIC + 1]);
  const unsigned char *at = text + HEAD + UUID, *end = text + length;
  uint64_t numbers[8]; /* the statistics */
  byline_status status = BYLINE_OK;
  bool whole = read_numbers(&at, end, numbers, 1); /* revision */
  for (unsigned i = 0; i < TABLE_COUNT && whole && status == BYLINE_OK; i++)
    status = check_root(&at, end, (table_kind)i, path, error);
  if (status != BYLINE_OK)
    return status;
  if (!whole || !read_numbers(&at, end, numbers, 8) || at != end)
    return error_set(error, BYLINE_UNSUPPORTED,
                     "%s: its statistics are stored in an unknown way", path);
  return BYLINE_OK;
}

/* Returns 0 or an errno. */
static int read_whole(const char *path, unsigned char *text, size_t room,
                      size_t *length) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return errno;
  int result = 0;
  *length = 0;
  while (*length < room) {
    ssize_t n = read(fd, text + *length, room - *length);
    if (n < 0 && errno != EINTR)
      result = errno;
    if (n == 0 || result != 0)
      break;
    *length += n > 0 ? (size_t)n : 0;
  }
  close(fd);
  return result;
}

byline_status version_check(const char *directory, byline_error *error) {
  buf path = BUF_INIT;
  if (!buf_printf(&path, "%s/iamglass", directory))
    return error_no_memory(error);
  unsigned char text[FILE_MAX];
  size_t length = 0;
  int result = read_whole(path.data, text, sizeof text, &length);
  byline_status status =
      result ? error_errno(error, result, path.data, "cannot read")
             : check_file(text, length, path.data, error);
  buf_free(&path);
  return status;
}
