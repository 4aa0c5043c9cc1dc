/* Paths in, articles out: every file below the paths goes to the reader that
 * knows it. */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "read/date.h"
#include "read/file.h"
#include "read/limits.h"
#include "read/registry.h"
#include "read/walk.h"

static uint64_t size_of(const struct stat *status) {
  return S_ISREG(status->st_mode) && status->st_size > 0
             ? (uint64_t)status->st_size
             : 0;
}

/* An open file between its events. size: 0 if it does not stand at its
 * beginning, as standard input may not. */
static byline_status read_open(file_run *r, const char *path, int fd,
                               const struct stat *status, uint64_t size,
                               bool named, byline_error *error) {
  const read_events *e = r->events;
  size_t failed = r->stats.files_failed;
  bool skip = false, input = fd == STDIN_FILENO;
  file f = {
      .path = path, .on_disk = strlen(path), .status = *status, .named = named};
  byline_status result = BYLINE_OK;
  if (!r->format)
    result = profile_finder_find(&r->profiles, input ? NULL : path, &f.layouts,
                                 error);
  if (result == BYLINE_OK && e->open) {
    byline_string none = {"", 0};
    result = e->open(e->user, path, input ? -1 : fd, status,
                     f.layouts ? f.layouts->text : none, &skip);
  }
  if (result != BYLINE_OK)
    return result;
  if (skip) {
    r->disk_bytes += size;
    return BYLINE_OK;
  }
  file_source from;
  source_from_file(&from, fd, size);
  r->from = &from;
  result = file_read(r, &f, &from.base, error);
  r->from = NULL;
  r->disk_bytes += size;
  file_publish(r);
  if (result == BYLINE_OK && e->close)
    result = e->close(e->user, path, r->stats.files_failed == failed);
  return result;
}

static byline_status read_standard_input(file_run *r, byline_error *error) {
  struct stat status;
  memset(&status, 0, sizeof status);
  if (fstat(STDIN_FILENO, &status) == 0 && !S_ISREG(status.st_mode)) {
    mode_t mode = status.st_mode;
    memset(&status, 0, sizeof status);
    status.st_mode = mode;
  }
  return read_open(r, "-", STDIN_FILENO, &status, 0, true, error);
}

static byline_status read_path(file_run *r, const char *path,
                               byline_error *error) {
  walk *w;
  walk_entry entry;
  bool found = true;
  byline_status status = walk_new(path, &w, error);
  if (status != BYLINE_OK)
    return status;
  if (r->events->found)
    walk_as_found(w);
  for (bool first = true; status == BYLINE_OK && found; first = false) {
    status = walk_next(w, &entry, &found, error);
    if (status != BYLINE_OK || !found)
      break;
    if (entry.fault) {
      file_refuse(r, entry.kind, entry.path, entry.fault);
      continue;
    }
    bool named = first && !r->events->found && strcmp(entry.path, path) == 0;
    status = read_open(r, entry.path, entry.fd, &entry.status,
                       size_of(&entry.status), named, error);
    close(entry.fd);
  }
  walk_free(w);
  return status;
}

static byline_status unknown_format(const reader_registry *registry,
                                    const char *name, byline_error *error) {
  buf names = BUF_INIT;
  if (!registry_names(registry, &names)) {
    buf_free(&names);
    return error_no_memory(error);
  }
  error_set(error, BYLINE_INVALID,
            "there is no format \"%.60s\": the formats are auto, %s", name,
            names.data ? names.data : "");
  buf_free(&names);
  return BYLINE_INVALID;
}

static byline_status start(file_run *r, const byline_read_options *options,
                           byline_error *error) {
  if (options && options->size != sizeof *options)
    return error_set(error, BYLINE_INVALID,
                     "byline_read_options is of another version");
  if (options)
    r->options = *options;
  const byline_limits *l = &r->options.limits;
  byline_status limited = limits_complete(&r->options.limits, error);
  if (limited != BYLINE_OK)
    return limited;
  r->containers.total = l->unpacked;
  r->containers.ratio = l->ratio;
  r->containers.members = (size_t)l->members;
  const char *format = r->options.format;
  if (format && strcmp(format, "auto") != 0) {
    r->format = reader_registry_find(r->registry, format);
    if (!r->format)
      return unknown_format(r->registry, format, error);
  }
  if (r->options.date_order &&
      date_order_named(r->options.date_order) == DATE_ORDER_UNKNOWN)
    return error_set(error, BYLINE_INVALID,
                     "there is no order of dates \"%.60s\": it is dmy, mdy or "
                     "ymd",
                     r->options.date_order);
  const char *named = r->options.charset;
  if (named && strcmp(named, "auto") != 0 &&
      charset_find(named, r->charset, error) != BYLINE_OK)
    return BYLINE_INVALID;
  if (!r->options.layout)
    return BYLINE_OK;
  if (r->format)
    return error_set(error, BYLINE_INVALID,
                     "a layout is for plain texts, whatever format they have: "
                     "leave out either the layout or the format %s",
                     r->format->name);
  return profile_finder_state(&r->profiles, r->options.layout, error);
}

static file_run new_run(const reader_registry *registry,
                        const read_events *events, byline_read_stats *stats) {
  return (file_run){.registry = registry,
                    .options = BYLINE_READ_OPTIONS_INIT,
                    .containers = container_default_limits,
                    .events = events,
                    .stats = BYLINE_READ_STATS_INIT,
                    .out = stats};
}

byline_status read_paths(const reader_registry *registry,
                         const char *const *paths, size_t count,
                         const byline_read_options *options,
                         const read_events *events, byline_read_stats *stats,
                         byline_error *error) {
  file_run r = new_run(registry, events, stats);
  byline_status status = start(&r, options, error);
  file_publish(&r);
  for (size_t i = 0; i < count && status == BYLINE_OK; i++) {
    status = strcmp(paths[i], "-") == 0 ? read_standard_input(&r, error)
                                        : read_path(&r, paths[i], error);
    file_publish(&r);
  }
  profile_finder_free(&r.profiles);
  return status;
}

byline_status read_bytes_as(const reader_registry *registry, const char *path,
                            const char *bytes, size_t length,
                            const byline_read_options *options,
                            const read_events *events, byline_read_stats *stats,
                            byline_error *error) {
  file_run r = new_run(registry, events, stats);
  file f = {.path = path, .on_disk = strlen(path), .named = true};
  memory_source from;
  f.status.st_mode = S_IFREG;
  source_from_memory(&from, bytes, length);
  byline_status status = start(&r, options, error);
  f.layouts = r.profiles.stated;
  if (status == BYLINE_OK)
    status = file_read(&r, &f, &from.base, error);
  file_publish(&r);
  profile_finder_free(&r.profiles);
  return status;
}
