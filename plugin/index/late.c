#include "index/late.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "bulk/disk.h"
#include "index/claims.h"

/* Followed by the article as data.c writes it, where there is one. */
typedef struct change {
  const schema_file *file;
  size_t length;
  uint32_t docid;
  byline_outcome outcome; /* BYLINE_UNCHANGED: only a claim */
} change;

enum { PENDING_MAX = 256 << 10 };

void late_free(late_changes *l) {
  if (l->fd >= 0)
    close(l->fd);
  buf_free(&l->pending);
  *l = (late_changes)LATE_CHANGES_INIT;
}

/* ---- Putting off -------------------------------------------------------- */

static byline_status open_file(late_changes *l, const char *folder,
                               byline_error *error) {
  buf path = BUF_INIT;
  if (!buf_printf(&path, "%s/late.tmp", folder))
    return error_no_memory(error);
  byline_status status = BYLINE_OK;
  l->fd = open(path.data, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (l->fd < 0)
    status = error_errno(error, errno, path.data, "cannot open");
  else
    unlink(path.data);
  buf_free(&path);
  return status;
}

static byline_status flush(late_changes *l, const char *folder,
                           byline_error *error) {
  byline_status status = l->fd < 0 ? open_file(l, folder, error) : BYLINE_OK;
  if (status != BYLINE_OK)
    return status;
  int number = disk_write(l->fd, l->pending.data, l->pending.length, l->length);
  if (number != 0)
    return error_errno(error, number, folder, "cannot write");
  l->length += (off_t)l->pending.length;
  buf_clear(&l->pending);
  return BYLINE_OK;
}

static byline_status add(late_changes *l, const char *folder, const change *c,
                         byline_string data, byline_error *error) {
  if (!buf_add(&l->pending, c, sizeof *c) || !buf_add_str(&l->pending, data))
    return error_no_memory(error);
  l->count++;
  return l->pending.length < PENDING_MAX ? BYLINE_OK : flush(l, folder, error);
}

byline_status late_claim(late_changes *l, const char *folder, uint32_t docid,
                         const schema_file *file, byline_error *error) {
  change c = {file, 0, docid, BYLINE_UNCHANGED};
  return add(l, folder, &c, (byline_string){NULL, 0}, error);
}

byline_status late_put(late_changes *l, const char *folder, uint32_t docid,
                       byline_outcome outcome, const byline_article *article,
                       const schema_file *file, byline_error *error) {
  change c = {file, 0, docid, outcome};
  buf data = BUF_INIT;
  byline_status status = schema_write_data(article, file, &data)
                             ? BYLINE_OK
                             : error_no_memory(error);
  c.length = data.length;
  if (status == BYLINE_OK)
    status = add(l, folder, &c, buf_string(&data), error);
  l->puts = true;
  buf_free(&data);
  return status;
}

/* ---- Making them -------------------------------------------------------- */

typedef struct applying {
  late_changes *changes;
  off_t at; /* in the file, and behind it in what is pending */
  byline_writer *writer;
  late_failed_fn failed;
  void *user;
  buf data;
  arena memory;
  byline_error *error;
} applying;

/* The next bytes. */
static byline_status take(applying *a, void *out, size_t length) {
  late_changes *l = a->changes;
  char *to = out;
  while (length > 0 && a->at < l->length) {
    size_t most = (size_t)(l->length - a->at);
    ssize_t n = pread(l->fd, to, length < most ? length : most, a->at);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return error_errno(a->error, n < 0 ? errno : EIO,
                         "changes that were put off", "cannot read");
    to += n;
    a->at += n;
    length -= (size_t)n;
  }
  if (length > 0)
    memcpy(to, l->pending.data + (a->at - l->length), length);
  a->at += (off_t)length;
  return BYLINE_OK;
}

static byline_status put(applying *a, const change *c) {
  byline_article article;
  byline_error why;
  bool fatal = true;
  buf_clear(&a->data);
  arena_reset(&a->memory);
  if (!buf_reserve(&a->data, c->length))
    return error_no_memory(a->error);
  byline_status status = take(a, a->data.data, c->length);
  byline_string data = {a->data.data, c->length};
  if (status == BYLINE_OK)
    status = schema_read_data(&a->memory, data, &article, NULL, a->error);
  if (status != BYLINE_OK)
    return status;
  status = writer_put(a->writer, &article, c->file, c->docid, &fatal, &why);
  if (status != BYLINE_OK && !fatal)
    return a->failed(a->user, c->outcome, &article, c->file, &why, a->error);
  if (status != BYLINE_OK && a->error)
    *a->error = why;
  return status;
}

/* Docids of several databases interleave. */
static uint32_t joint_docid(const applying *a, uint32_t docid) {
  size_t count = xap_database_count(writer_view(a->writer));
  return (uint32_t)((docid - 1) * count + count);
}

static byline_status apply_next(applying *a) {
  change c;
  byline_status status = take(a, &c, sizeof c);
  if (status == BYLINE_OK)
    c.docid = joint_docid(a, c.docid);
  if (status != BYLINE_OK || c.outcome != BYLINE_UNCHANGED)
    return status == BYLINE_OK ? put(a, &c) : status;
  return claims_add(writer_database(a->writer), writer_view(a->writer), c.docid,
                    c.file->absolute, a->error);
}

byline_status late_apply(late_changes *l, byline_writer *writer,
                         late_failed_fn failed, void *user,
                         byline_error *error) {
  applying a = {.changes = l,
                .writer = writer,
                .failed = failed,
                .user = user,
                .error = error};
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < l->count; i++)
    status = apply_next(&a);
  buf_free(&a.data);
  arena_free(&a.memory);
  late_free(l);
  return status;
}
