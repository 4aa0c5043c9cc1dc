#include "index/segments.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "index/segment_files.h"
#include "xapian_shim.h"

/* Merging takes about a second for 150 MB: what would take long is left to
 * byline compact. */
static const uint64_t MERGE_MAX = UINT64_C(4) << 30;

/* ---- The stub ----------------------------------------------------------- */

static byline_status read_file(const char *path, buf *text,
                               byline_error *error) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t n = 1;
  byline_status status = BYLINE_OK;
  if (fd < 0)
    return errno == ENOENT || errno == ENOTDIR
               ? BYLINE_OK
               : error_errno(error, errno, path, "cannot open");
  while (status == BYLINE_OK && n > 0) {
    char bytes[4096];
    n = read(fd, bytes, sizeof bytes);
    if (n < 0 && errno == EINTR)
      n = 1;
    else if (n < 0)
      status = error_errno(error, errno, path, "cannot read");
    else if (!buf_add(text, bytes, (size_t)n))
      status = error_no_memory(error);
  }
  close(fd);
  return status;
}

static byline_status add_name(segments *s, const char *name, size_t length,
                              byline_error *error) {
  char **names = realloc(s->names, (s->count + 1) * sizeof *names);
  if (!names)
    return error_no_memory(error);
  s->names = names;
  names[s->count] = strndup(name, length);
  if (!names[s->count])
    return error_no_memory(error);
  s->count++;
  return BYLINE_OK;
}

static byline_status read_names(segments *s, const buf *text,
                                byline_error *error) {
  static const char type[] = "glass ";
  byline_status status = BYLINE_OK;
  for (size_t at = 0; status == BYLINE_OK && at < text->length;) {
    const char *line = text->data + at;
    size_t length = strcspn(line, "\n");
    at += length + 1;
    if (length == 0 || line[0] == '#')
      continue;
    if (length < sizeof type || strncmp(line, type, sizeof type - 1) != 0 ||
        !segment_number(line + sizeof type - 1, length - sizeof type + 1))
      return error_set(error, BYLINE_UNSUPPORTED,
                       "%s/XAPIANDB: names databases that are no segments of "
                       "this one; name one of them instead",
                       s->folder);
    status =
        add_name(s, line + sizeof type - 1, length - sizeof type + 1, error);
  }
  return status;
}

byline_status segments_read(const char *database, segments *s,
                            byline_error *error) {
  buf path = BUF_INIT, text = BUF_INIT;
  *s = (segments)SEGMENTS_INIT;
  s->folder = strdup(database);
  byline_status status = BYLINE_OK;
  if (!s->folder || !buf_printf(&path, "%s/XAPIANDB", database))
    status = error_no_memory(error);
  else if (!segment_files_are_in(database))
    status = read_file(path.data, &text, error);
  if (status == BYLINE_OK && text.length > 0)
    status = read_names(s, &text, error);
  buf_free(&path);
  buf_free(&text);
  if (status != BYLINE_OK)
    segments_free(s);
  return status;
}

void segments_free(segments *s) {
  for (size_t i = 0; i < s->count; i++)
    free(s->names[i]);
  free(s->names);
  free(s->folder);
  *s = (segments)SEGMENTS_INIT;
}

static byline_status write_stub(const segments *s, byline_error *error) {
  buf text = BUF_INIT;
  bool ok = buf_add_string(&text, "# The segments of a byline database.\n");
  for (size_t i = 0; ok && i < s->count; i++)
    ok = buf_printf(&text, "glass %s\n", s->names[i]);
  byline_status status =
      ok ? segment_write_stub(s->folder, buf_string(&text), error)
         : error_no_memory(error);
  buf_free(&text);
  return status;
}

/* ---- Names -------------------------------------------------------------- */

byline_status segments_new_path(const char *database, buf *path,
                                byline_error *error) {
  unsigned long number = segment_last_number(database) + 1;
  buf_clear(path);
  return buf_printf(path, "%s/" SEGMENT_NAME "%lu", database, number)
             ? BYLINE_OK
             : error_no_memory(error);
}

/* From when on segments, but for the first, are named no more; without, they go
 * at once. */
static void note_time(const segments *s, size_t kept) {
  for (size_t i = kept; i < s->count; i++) {
    buf path = BUF_INIT;
    if (buf_printf(&path, "%s/%s", s->folder, s->names[i]))
      utimensat(AT_FDCWD, path.data, NULL, 0);
    buf_free(&path);
  }
}

byline_status segments_publish(const char *database, size_t kept,
                               const char *path, byline_error *error) {
  segments was = SEGMENTS_INIT, s = SEGMENTS_INIT;
  const char *slash = strrchr(path, '/');
  const char *name = slash ? slash + 1 : path;
  byline_status status = segments_read(database, &was, error);
  for (size_t i = 0; status == BYLINE_OK && i < was.count && i < kept; i++)
    status = add_name(&s, was.names[i], strlen(was.names[i]), error);
  if (status == BYLINE_OK)
    status = add_name(&s, name, strlen(name), error);
  s.folder = was.folder;
  note_time(&was, kept); /* this may be the end */
  if (status == BYLINE_OK)
    status = write_stub(&s, error);
  note_time(&was, kept);
  s.folder = NULL;
  segments_free(&s);
  segments_free(&was);
  return status;
}

/* ---- A plain database and one segment ------------------------------------ */

byline_status segments_split(const char *database, int *lock,
                             byline_error *error) {
  buf path = BUF_INIT;
  segments one = SEGMENTS_INIT;
  one.folder = strdup(database);
  byline_status status = one.folder ? segments_new_path(database, &path, error)
                                    : error_no_memory(error);
  *lock = -1;
  if (status == BYLINE_OK)
    status = segment_lock(database, lock, error);
  if (status == BYLINE_OK)
    status = segment_link(database, path.data, error);
  const char *name = path.data ? strrchr(path.data, '/') + 1 : "";
  if (status == BYLINE_OK)
    status = add_name(&one, name, strlen(name), error);
  if (status == BYLINE_OK)
    status = write_stub(&one, error);
  /* Here it becomes one. */
  if (status == BYLINE_OK)
    status = segment_unlink_version(database, error);
  if (status != BYLINE_OK && *lock >= 0) {
    close(*lock);
    *lock = -1;
  }
  segments_free(&one);
  buf_free(&path);
  return status;
}

byline_status segments_join(const char *database, byline_error *error) {
  segments s;
  buf path = BUF_INIT;
  byline_status status = segments_read(database, &s, error);
  if (status == BYLINE_OK && s.count == 1) {
    if (!buf_printf(&path, "%s/%s", database, s.names[0]))
      status = error_no_memory(error);
    else /* its version file, which comes last, makes it one */
      status = segment_link(path.data, database, error);
  }
  buf_free(&path);
  segments_free(&s);
  return status;
}

/* ---- Sizes -------------------------------------------------------------- */

uint64_t segments_bytes(const char *database, const char *name) {
  buf path = BUF_INIT;
  uint64_t bytes = 0;
  if (name ? buf_printf(&path, "%s/%s", database, name)
           : buf_add_string(&path, database))
    bytes = segment_files_bytes(path.data);
  buf_free(&path);
  return bytes;
}

uint64_t segments_newest_bytes(const char *database) {
  segments s;
  uint64_t bytes = 0;
  if (segments_read(database, &s, NULL) == BYLINE_OK)
    bytes = segments_bytes(database, s.count ? s.names[s.count - 1] : NULL);
  segments_free(&s);
  return bytes;
}

/* ---- Sweeping ----------------------------------------------------------- */

typedef struct sweeping {
  segments segments;
  bool in_motion; /* the database's own folder */
} sweeping;

static bool is_named(const segments *s, const char *name) {
  for (size_t i = 0; i < s->count; i++)
    if (strcmp(s->names[i], name) == 0)
      return true;
  return false;
}

/* Whether a folder has changed a moment ago: who has just read which segments
 * there are may still be opening them. A time to come is of a clock that is
 * ahead, or was put back. */
static bool is_in_motion(const char *folder) {
  enum { SECOND = 1000000000, AHEAD = 3600 };
  struct stat status;
  struct timespec now;
  if (stat(folder, &status) != 0 || clock_gettime(CLOCK_REALTIME, &now) != 0)
    return true;
  int64_t seconds = (int64_t)now.tv_sec - (int64_t)status.st_mtim.tv_sec;
  return seconds > -AHEAD &&
         seconds * SECOND + now.tv_nsec - (int64_t)status.st_mtim.tv_nsec <
             SECOND;
}

static void sweep_entry(void *user, const char *name) {
  const sweeping *w = user;
  const segments *s = &w->segments;
  buf path = BUF_INIT;
  if (is_named(s, name) || !buf_printf(&path, "%s/%s", s->folder, name)) {
    buf_free(&path);
    return;
  }
  bool file = (s->count > 0 && segment_is_file(name) &&
               strcmp(name, SEGMENT_LOCK) != 0) ||
              (s->count == 0 && strcmp(name, SEGMENT_STUB) == 0);
  if (segment_is_unfinished(name) ||
      (segment_number(name, strlen(name)) && !is_in_motion(path.data)))
    segment_remove(path.data);
  else if (strcmp(name, SEGMENT_STUB_NEW) == 0 || (file && !w->in_motion))
    unlink(path.data);
  buf_free(&path);
}

void segments_sweep(const char *database) {
  sweeping w = {.in_motion = is_in_motion(database)};
  if (segments_read(database, &w.segments, NULL) != BYLINE_OK)
    return;
  if (w.segments.count > 0 || segment_files_are_in(database))
    segment_each_entry(database, sweep_entry, &w);
  segments_free(&w.segments);
}

/* ---- Merging ------------------------------------------------------------ */

/* The first of those to be merged; the last one if none are. */
static size_t first_to_merge(const segments *s, bool all) {
  uint64_t after = 0;
  size_t first = s->count - 1;
  if (all)
    return 0;
  for (size_t i = s->count; i-- > 0;) {
    uint64_t bytes = segments_bytes(s->folder, s->names[i]);
    if (i + 1 < s->count && after >= bytes && after + bytes <= MERGE_MAX)
      first = i;
    after += bytes;
  }
  return first;
}

static byline_status compact(const segments *s, size_t first, buf *result,
                             byline_error *error) {
  size_t count = s->count - first;
  char **paths = calloc(count, sizeof *paths);
  buf made = BUF_INIT;
  if (!paths) {
    error_no_memory(error);
    return BYLINE_NO_MEMORY;
  }
  byline_status status = segments_new_path(s->folder, result, error);
  for (size_t i = 0; status == BYLINE_OK && i < count; i++) {
    buf path = BUF_INIT;
    if (!buf_printf(&path, "%s/%s", s->folder, s->names[first + i]))
      status = error_no_memory(error);
    paths[i] = path.data;
  }
  const char *name = result->data ? strrchr(result->data, '/') + 1 : "";
  if (status == BYLINE_OK &&
      !buf_printf(&made, "%s/.%s" SEGMENT_UNFINISHED, s->folder, name))
    status = error_no_memory(error);
  if (status == BYLINE_OK)
    status =
        xap_compact((const char *const *)paths, count, made.data, true, error);
  if (status == BYLINE_OK)
    status = segment_move(made.data, result->data, error);
  for (size_t i = 0; i < count; i++)
    free(paths[i]);
  free(paths);
  buf_free(&made);
  return status;
}

byline_status segments_merge(const char *database, bool all, size_t *merged,
                             byline_error *error) {
  segments s;
  buf path = BUF_INIT;
  *merged = 0;
  byline_status status = segments_read(database, &s, error);
  if (status == BYLINE_OK && s.count > 0) {
    size_t first = first_to_merge(&s, all);
    size_t count = s.count - first;
    if (count > 1 || all) {
      status = compact(&s, first, &path, error);
      if (status == BYLINE_OK)
        status = segments_publish(database, first, path.data, error);
      if (status == BYLINE_OK)
        *merged = count;
    }
  }
  buf_free(&path);
  segments_free(&s);
  return status;
}
