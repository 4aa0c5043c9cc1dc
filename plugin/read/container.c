#include "read/container.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <inttypes.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"
#include "read/gunzip.h"
#include "read/limits.h"

enum {
  BLOCK = 64 << 10,
  SHOWN = 64 /* bytes of a name that is too long */
};

const container_limits container_default_limits = {
    .total = (uint64_t)64 << 30,
    .ratio = 200,
    .ratio_from = (uint64_t)64 << 20,
    .list = (uint64_t)128 << 20,
    .members = 1000000,
    .name = 4096,
};

struct container {
  source data; /* of the member; first, so that it can be turned back */
  container_kind kind;
  const container_limits *limits;
  container *parent;
  source *from;
  const char *head; /* not given to libarchive yet; NULL: it was */
  size_t head_length;
  uint64_t position; /* in from */
  uint64_t given;    /* to libarchive */
  uint64_t in, out;  /* bytes of its own, and that came out of it */
  size_t members;
  struct archive *archive;
  char *block;
  gunzip *gunzip; /* of a gzip file; what comes out of it goes to */
  char *unpacked;
  bool empty;       /* a gzip file of nothing */
  byline_error why; /* reading the file itself failed */
  bool why_set;
  locale_t utf8; /* or 0 */
  bool in_member;
  const char *bytes; /* of it, from libarchive, */
  size_t left;       /* so many, */
  uint64_t hole;     /* and so many zeros before them */
  la_int64_t offset; /* in it, behind them */
  bool member_broken;
  bool finished;
  byline_error fault; /* of the member */
  byline_error end;   /* of all; code BYLINE_OK: it can go on */
  buf name;
};

/* ---- What libarchive reads --------------------------------------------- */

/* The next bytes of the file itself. */
static byline_status pull(void *user, const char **block, size_t *length,
                          byline_error *error) {
  container *c = user;
  *block = c->head;
  *length = c->head_length;
  if (!c->head) {
    *block = c->block;
    byline_status status =
        c->from->read(c->from, c->block, BLOCK, length, error);
    if (status != BYLINE_OK)
      return status;
  }
  c->head = NULL;
  c->given += *length;
  c->position += *length;
  if (c->position > c->in)
    c->in = c->position;
  if (c->members == 0 && c->given > c->limits->list &&
      (c->kind == CONTAINER_ZIP || c->kind == CONTAINER_7ZIP))
    return error_set(error, BYLINE_IO, "its list of members is too long");
  return BYLINE_OK;
}

static la_ssize_t give(struct archive *a, void *user, const void **block) {
  container *c = user;
  size_t length;
  const char *bytes = c->unpacked;
  byline_status status =
      c->gunzip ? gunzip_read(c->gunzip, c->unpacked, BLOCK, &length, &c->why)
                : pull(c, &bytes, &length, &c->why);
  *block = bytes;
  if (status == BYLINE_OK)
    return (la_ssize_t)length;
  c->why_set = true; /* libarchive forgets it sometimes */
  archive_set_error(a, EIO, "%s", c->why.message);
  return ARCHIVE_FATAL;
}

static la_int64_t move(struct archive *a, void *user, la_int64_t offset,
                       int whence) {
  (void)a;
  container *c = user;
  uint64_t start = whence == SEEK_SET   ? 0
                   : whence == SEEK_CUR ? c->position
                                        : c->from->size;
  uint64_t to = start + (uint64_t)offset;
  if (to > c->from->size || !c->from->seek(c->from, to))
    return ARCHIVE_FATAL;
  c->head = NULL;
  c->position = to;
  return (la_int64_t)to;
}

/* ---- Limits ------------------------------------------------------------ */

/* All that may come out of a container. */
static uint64_t most_out(const container *c) {
  const container_limits *l = c->limits;
  uint64_t by_ratio =
      c->in < UINT64_MAX / l->ratio ? (c->in + 1) * l->ratio - 1 : UINT64_MAX;
  if (by_ratio < l->ratio_from)
    by_ratio = l->ratio_from;
  return by_ratio < l->total ? by_ratio : l->total;
}

/* Ends this container, and those up to the one around it that is full. */
static byline_status end_full(container *c, const container *full) {
  const container_limits *l = full->limits;
  char size[LIMITS_SIZE];
  if (full->out >= l->total)
    error_set(&c->end, BYLINE_IO,
              "more than %s come out of it: unpack it and read the folder, or "
              "raise the limit \"unpacked\"",
              limits_words(l->total, size));
  else
    error_set(&c->end, BYLINE_IO,
              "more than %" PRIu64 " times its size comes out of it: if it is "
              "no bomb, unpack it and read the folder, or raise the limit "
              "\"ratio\"",
              l->ratio);
  for (container *k = c; k != full; k = k->parent)
    k->parent->end = c->end;
  return c->end.code;
}

/* Counts what came out, here and in the containers around this one. */
static byline_status count_out(container *c, uint64_t length) {
  const container *full = NULL;
  for (container *k = c; k; k = k->parent) {
    k->out += length;
    if (!full && k->out > most_out(k))
      full = k;
  }
  return full ? end_full(c, full) : BYLINE_OK;
}

/* Makes *length, which is not 0, as much of it as may come out. */
static byline_status fit_out(container *c, size_t *length) {
  for (const container *k = c; k; k = k->parent) {
    uint64_t most = most_out(k);
    if (k->out >= most)
      return end_full(c, k);
    if (*length > most - k->out)
      *length = (size_t)(most - k->out);
  }
  return BYLINE_OK;
}

/* ---- The bytes of a member --------------------------------------------- */

/* What libarchive's last call complained of, or what ended the container
 * around this one. */
static byline_status archive_fails(container *c, byline_error *error) {
  if (c->why_set && c->parent && c->parent->end.code != BYLINE_OK)
    return error_set(error, BYLINE_IO, "%s", c->parent->end.message);
  const char *why =
      c->why_set ? c->why.message : archive_error_string(c->archive);
  return error_set(error, BYLINE_IO, "damaged or cut off: %s",
                   why ? why : "it ends too early");
}

/* Makes that the fault of the member and, if it lasts, of the container. */
static byline_status member_fails(container *c, int result) {
  archive_fails(c, &c->fault);
  c->member_broken = true;
  if (result == ARCHIVE_FATAL)
    c->end = c->fault;
  return c->fault.code;
}

/* Sees to it that there are bytes, zeros of a hole to give, or that in_member
 * is false. archive_read_data would drop what comes before an error. */
static byline_status fill_member(container *c) {
  while (c->in_member && c->hole == 0 && c->left == 0) {
    const void *bytes;
    la_int64_t offset = 0;
    c->left = 0;
    int result = archive_read_data_block(c->archive, &bytes, &c->left, &offset);
    if (result == ARCHIVE_EOF)
      c->in_member = false;
    if (result < ARCHIVE_OK && result != ARCHIVE_RETRY)
      return member_fails(c, result);
    if (result != ARCHIVE_OK) {
      c->left = 0;
      continue;
    }
    c->bytes = bytes;
    if (offset > c->offset)
      c->hole = (uint64_t)(offset - c->offset);
    c->offset = offset + (la_int64_t)c->left;
  }
  return BYLINE_OK;
}

static size_t take(container *c, char *buffer, size_t capacity) {
  if (c->hole > 0) {
    size_t zeros = c->hole < capacity ? (size_t)c->hole : capacity;
    memset(buffer, 0, zeros);
    c->hole -= zeros;
    return zeros;
  }
  size_t length = c->left < capacity ? c->left : capacity;
  if (length > 0)
    memcpy(buffer, c->bytes, length);
  c->bytes += length;
  c->left -= length;
  return length;
}

static byline_status read_member(source *s, char *buffer, size_t capacity,
                                 size_t *length, byline_error *error) {
  container *c = (container *)s;
  *length = 0;
  byline_status status = c->member_broken ? c->fault.code : fill_member(c);
  if (status == BYLINE_OK && c->in_member) {
    status = fit_out(c, &capacity);
    if (status == BYLINE_OK) {
      *length = take(c, buffer, capacity);
      count_out(c, *length);
    } else {
      c->fault = c->end;
      c->member_broken = true;
    }
  }
  if (status != BYLINE_OK && error)
    *error = c->fault;
  return status;
}

source *container_data(container *c) {
  return &c->data;
}

/* Goes to the end of the member, counting what is unpacked for it. Where
 * nothing is, libarchive goes on by itself. */
static void finish_member(container *c) {
  bool seeks =
      c->kind == CONTAINER_TAR || (c->kind == CONTAINER_ZIP && c->from->seek);
  const void *block;
  size_t length;
  la_int64_t offset;
  while (c->in_member && !c->member_broken && !seeks &&
         c->end.code == BYLINE_OK) {
    int result = archive_read_data_block(c->archive, &block, &length, &offset);
    if (result == ARCHIVE_EOF)
      break;
    if (result < ARCHIVE_WARN)
      member_fails(c, result);
    else if (result != ARCHIVE_RETRY)
      count_out(c, length);
  }
  c->in_member = c->member_broken = false;
  c->left = 0;
  c->hole = 0;
  c->offset = 0;
}

/* ---- Opening ----------------------------------------------------------- */

/* Just one filter: what is compressed twice is a container in a container. */
static int prepare(container *c) {
  struct archive *a = c->archive;
  int result = ARCHIVE_OK;
  switch (c->kind) {
  case CONTAINER_ZIP:
    return archive_read_support_format_zip(a);
  case CONTAINER_7ZIP:
    return archive_read_support_format_7zip(a);
  case CONTAINER_TAR:
    return archive_read_support_format_tar(a);
  case CONTAINER_BZIP2:
    result = archive_read_append_filter(a, ARCHIVE_FILTER_BZIP2);
    break;
  case CONTAINER_XZ:
    result = archive_read_append_filter(a, ARCHIVE_FILTER_XZ);
    break;
  case CONTAINER_ZSTD:
    result = archive_read_append_filter(a, ARCHIVE_FILTER_ZSTD);
    break;
  case CONTAINER_GZIP:
  case CONTAINER_NONE:
    break;
  }
  if (result == ARCHIVE_OK)
    result = archive_read_support_format_tar(a);
  return result == ARCHIVE_OK ? archive_read_support_format_raw(a) : result;
}

static byline_status start(container *c, byline_error *error) {
  if (c->kind == CONTAINER_7ZIP && !c->from->seek)
    return error_set(error, BYLINE_UNSUPPORTED,
                     "a 7z file can't be read from a pipe or out of another "
                     "archive: unpack it first");
  int result = prepare(c);
  if (result == ARCHIVE_WARN) /* by a program */
    return error_set(error, BYLINE_UNSUPPORTED,
                     "this build of libarchive can't unpack it: unpack it "
                     "first");
  if (result == ARCHIVE_OK)
    result = archive_read_set_read_callback(c->archive, give);
  if (result == ARCHIVE_OK && c->from->seek)
    result = archive_read_set_seek_callback(c->archive, move);
  if (result == ARCHIVE_OK)
    result = archive_read_set_callback_data(c->archive, c);
  if (result == ARCHIVE_OK)
    result = archive_read_open1(c->archive);
  if (result == ARCHIVE_OK)
    return BYLINE_OK;
  c->empty = c->gunzip && gunzip_empty(c->gunzip);
  return c->empty ? BYLINE_OK : archive_fails(c, error);
}

byline_status container_open(container_kind kind, source *from,
                             const char *head, size_t head_length,
                             container *parent, const container_limits *limits,
                             container **c, byline_error *error) {
  container *made = calloc(1, sizeof *made);
  if (!made)
    return error_no_memory(error);
  made->data.read = read_member;
  made->kind = kind;
  made->limits = limits;
  made->parent = parent;
  made->from = from;
  made->head = head;
  made->head_length = head_length;
  made->block = malloc(BLOCK);
  made->archive = archive_read_new();
  made->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  bool ok = made->block && made->archive;
  if (ok && kind == CONTAINER_GZIP) {
    made->unpacked = malloc(BLOCK);
    made->gunzip = gunzip_new(pull, made);
    ok = made->unpacked && made->gunzip;
  }
  byline_status status = ok ? start(made, error) : error_no_memory(error);
  if (status != BYLINE_OK) {
    container_free(made);
    return status;
  }
  *c = made;
  return BYLINE_OK;
}

void container_free(container *c) {
  if (!c)
    return;
  archive_read_free(c->archive);
  if (c->utf8)
    freelocale(c->utf8);
  gunzip_free(c->gunzip);
  free(c->unpacked);
  free(c->block);
  buf_free(&c->name);
  free(c);
}

/* ---- Members ----------------------------------------------------------- */

/* libarchive turns names into the encoding of the thread's locale. */
static int next_header(container *c, struct archive_entry **entry) {
  locale_t before = c->utf8 ? uselocale(c->utf8) : (locale_t)0;
  int result;
  do
    result = archive_read_next_header(c->archive, entry);
  while (result == ARCHIVE_RETRY);
  const char *name = result == ARCHIVE_EOF || result == ARCHIVE_FATAL
                         ? NULL
                         : archive_entry_pathname(*entry);
  buf_clear(&c->name);
  if (name)
    while (name[0] == '.' && name[1] == '/')
      name += strspn(name + 1, "/") + 1;
  if (!buf_add_string(&c->name, name ? name : ""))
    result = ARCHIVE_FATAL;
  if (c->utf8)
    uselocale(before);
  return result;
}

/* As in folders: a name, or one of a folder above, that begins with a dot. */
static bool is_hidden(const char *name) {
  for (; *name; name += strcspn(name, "/"), name += strspn(name, "/"))
    if (name[0] == '.' && strncmp(name, "../", 3) != 0)
      return true;
  return false;
}

static const char *special(struct archive_entry *entry) {
  if (archive_entry_hardlink(entry) ||
      archive_entry_filetype(entry) == AE_IFLNK)
    return "a link inside an archive";
  return archive_entry_filetype(entry) == AE_IFREG ? NULL
                                                   : "not a regular file";
}

static void describe(container *c, struct archive_entry *entry, int result,
                     container_member *m) {
  m->status.st_mode = S_IFREG | 0444;
  m->status.st_size = archive_entry_size(entry);
  m->status.st_mtime = archive_entry_mtime(entry);
  int format = archive_format(c->archive);
  if (format == ARCHIVE_FORMAT_RAW)
    return;
  m->name = c->name.data;
  m->kind = BYLINE_NOTICE_FAILED;
  if (c->name.length > c->limits->name) {
    c->name.length = utf8_cut(c->name.data, c->name.length, SHOWN);
    c->name.data[c->name.length] = '\0';
    m->name = buf_add_string(&c->name, "...") ? c->name.data : "...";
    m->fault = "its name is too long";
  } else if (c->name.length == 0) {
    m->name = "?";
    m->fault = "it has no name";
  } else if (archive_entry_is_encrypted(entry)) {
    m->fault = "encrypted: decrypt it first";
  } else if (result < ARCHIVE_WARN) {
    error_set(&c->fault, BYLINE_IO, "%s", archive_error_string(c->archive));
    m->fault = c->fault.message;
  } else {
    m->kind = BYLINE_NOTICE_SKIPPED;
    m->fault = special(entry);
  }
}

static byline_status check_end(const container *c, byline_error *error) {
  if (c->end.code != BYLINE_OK && error)
    *error = c->end;
  return c->end.code;
}

byline_status container_next(container *c, container_member *m, bool *found,
                             byline_error *error) {
  struct archive_entry *entry;
  memset(m, 0, sizeof *m);
  *found = c->empty && !c->finished;
  c->finished = c->finished || c->empty;
  while (!c->finished) {
    finish_member(c);
    if (check_end(c, error) != BYLINE_OK)
      return c->end.code;
    int result = next_header(c, &entry);
    c->finished = result == ARCHIVE_EOF;
    if (c->finished)
      break;
    if (result == ARCHIVE_FATAL) {
      archive_fails(c, &c->end);
      return check_end(c, error);
    }
    if (++c->members > c->limits->members) {
      error_set(&c->end, BYLINE_IO,
                "more than %zu members: unpack it and read the folder, or "
                "raise the limit \"members\"",
                c->limits->members);
      return check_end(c, error);
    }
    c->in_member = true;
    if (archive_entry_filetype(entry) == AE_IFDIR || is_hidden(c->name.data))
      continue;
    describe(c, entry, result, m);
    *found = true;
    return BYLINE_OK;
  }
  return BYLINE_OK;
}
