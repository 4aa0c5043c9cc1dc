/* Paths in, articles out: every file below the paths goes to the reader that
 * knows it. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "read/input.h"
#include "read/registry.h"
#include "read/sniff.h"
#include "read/walk.h"

/* One call of read_paths. */
typedef struct run {
  const reader_registry *registry;
  const byline_reader *format; /* NULL: by content */
  byline_read_options options;
  const read_events *events;
  byline_read_stats stats;
  byline_read_stats *out; /* the caller's, or NULL */
  char *head;             /* INPUT_HEAD bytes */
} run;

/* Brings the caller's copy up to date; it may be of an older, shorter kind. */
static void publish(const run *r) {
  if (!r->out)
    return;
  uint32_t size = r->out->size;
  memcpy(r->out, &r->stats, size < sizeof r->stats ? size : sizeof r->stats);
  r->out->size = size;
}

static void tell(const run *r, byline_notice_kind kind, const char *path,
                 const char *message) {
  if (!r->options.notice)
    return;
  byline_notice notice = {kind, path, 0, message};
  r->options.notice(r->options.notice_user, &notice);
}

/* A file that is not read. */
static void refuse(run *r, byline_notice_kind kind, const char *path,
                   const char *message) {
  if (kind == BYLINE_NOTICE_SKIPPED)
    r->stats.files_skipped++;
  else
    r->stats.files_failed++;
  tell(r, kind, path, message);
}

/* An open file. */
typedef struct file {
  const char *path;
  int fd;
  struct stat status;
  bool named; /* on its own, not met in a folder */
} file;

/* The reader for a file, or NULL with the reason in *fault. */
static const byline_reader *choose(const run *r, const byline_input *input,
                                   const char **fault) {
  const byline_reader *reader = r->format;
  *fault = sniff_fault(input->head, input->head_length);
  if (!reader)
    reader = registry_choose(r->registry, input->head, input->head_length,
                             input->head_whole, input->path);
  else if (*fault && reader->probe(input->head, input->head_length,
                                   input->head_whole, input->path) == 0)
    reader = NULL;
  if (!reader && !*fault)
    *fault = "no reader knows this file: name its format if it is an archive";
  return reader;
}

static byline_status pass_on(run *r, const file *f, byline_article *copy,
                             const byline_article *article) {
  size_t size = article->size < sizeof *copy ? article->size : sizeof *copy;
  memset(copy, 0, sizeof *copy);
  memcpy(copy, article, size);
  copy->size = sizeof *copy;
  copy->source = (byline_string){f->path, strlen(f->path)};
  r->stats.articles++;
  publish(r);
  return r->events->article(r->events->user, copy);
}

/* All articles of a file. *stopped tells what a callback returned from what
 * went wrong with the file. */
static byline_status read_articles(run *r, const file *f, void *state,
                                   const byline_reader *reader, bool *stopped,
                                   byline_error *error) {
  const byline_article *article;
  byline_article copy;
  bool first = true;
  byline_status status;
  while ((status = reader->next(state, &article, error)) == BYLINE_OK &&
         article) {
    if (first && r->events->file)
      status = r->events->file(r->events->user, f->path, &f->status);
    first = false;
    if (status == BYLINE_OK)
      status = pass_on(r, f, &copy, article);
    if (status != BYLINE_OK) {
      *stopped = true;
      return status;
    }
  }
  return status;
}

static byline_status read_with(run *r, const file *f, byline_input *input,
                               const byline_reader *reader,
                               byline_error *error) {
  byline_error fault = {BYLINE_OK, "", BYLINE_NO_POSITION};
  bool stopped = false;
  void *state;
  byline_status status = reader->open(input, &state, &fault);
  if (status == BYLINE_OK) {
    status = read_articles(r, f, state, reader, &stopped, &fault);
    reader->close(state);
  }
  if (!stopped && status == BYLINE_NO_MEMORY)
    return error_no_memory(error);
  if (!stopped && status != BYLINE_OK)
    byline_input_notice(input, BYLINE_NOTICE_FAILED, 0, fault.message);
  if (input->failed)
    r->stats.files_failed++;
  else if (!stopped)
    r->stats.files++;
  return stopped ? status : BYLINE_OK;
}

static byline_status read_file(run *r, const file *f, byline_error *error) {
  byline_input input = {.path = f->path,
                        .stats = &r->stats,
                        .notice = r->options.notice,
                        .notice_user = r->options.notice_user,
                        .explain = r->options.explain,
                        .explain_user = r->options.explain_user};
  uint64_t size = S_ISREG(f->status.st_mode) && f->status.st_size > 0
                      ? (uint64_t)f->status.st_size
                      : 0;
  byline_error fault;
  const char *reason;
  if (input_start(&input, f->fd, f->fd == STDIN_FILENO ? 0 : size, r->head,
                  &fault) != BYLINE_OK) {
    refuse(r, BYLINE_NOTICE_FAILED, f->path, fault.message);
    return BYLINE_OK;
  }
  const byline_reader *reader = choose(r, &input, &reason);
  if (!reader) {
    refuse(r, f->named ? BYLINE_NOTICE_FAILED : BYLINE_NOTICE_SKIPPED, f->path,
           reason);
    return BYLINE_OK;
  }
  return read_with(r, f, &input, reader, error);
}

static byline_status read_standard_input(run *r, byline_error *error) {
  file f = {.path = "-", .fd = STDIN_FILENO, .named = true};
  struct stat status;
  memset(&status, 0, sizeof status);
  if (fstat(STDIN_FILENO, &status) == 0 && !S_ISREG(status.st_mode)) {
    mode_t mode = status.st_mode;
    memset(&status, 0, sizeof status);
    status.st_mode = mode;
  }
  f.status = status;
  return read_file(r, &f, error);
}

static byline_status read_path(run *r, const char *path, byline_error *error) {
  walk *w;
  walk_entry entry;
  bool found = true;
  byline_status status = walk_new(path, &w, error);
  if (status != BYLINE_OK)
    return status;
  for (bool first = true; status == BYLINE_OK && found; first = false) {
    status = walk_next(w, &entry, &found, error);
    if (status != BYLINE_OK || !found)
      break;
    if (entry.fault) {
      refuse(r, entry.kind, entry.path, entry.fault);
      continue;
    }
    bool named = first && strcmp(entry.path, path) == 0;
    file f = {entry.path, entry.fd, entry.status, named};
    status = read_file(r, &f, error);
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

static byline_status start(run *r, const byline_read_options *options,
                           byline_error *error) {
  if (options) {
    size_t size =
        options->size < sizeof r->options ? options->size : sizeof r->options;
    memcpy(&r->options, options, size);
  }
  const char *format = r->options.format;
  if (format && strcmp(format, "auto") != 0) {
    r->format = reader_registry_find(r->registry, format);
    if (!r->format)
      return unknown_format(r->registry, format, error);
  }
  r->head = malloc(INPUT_HEAD);
  return r->head ? BYLINE_OK : error_no_memory(error);
}

byline_status read_paths(const reader_registry *registry,
                         const char *const *paths, size_t count,
                         const byline_read_options *options,
                         const read_events *events, byline_read_stats *stats,
                         byline_error *error) {
  run r = {.registry = registry,
           .options = BYLINE_READ_OPTIONS_INIT,
           .events = events,
           .stats = BYLINE_READ_STATS_INIT,
           .out = stats};
  byline_status status = start(&r, options, error);
  publish(&r);
  for (size_t i = 0; i < count && status == BYLINE_OK; i++) {
    status = strcmp(paths[i], "-") == 0 ? read_standard_input(&r, error)
                                        : read_path(&r, paths[i], error);
    publish(&r);
  }
  publish(&r);
  free(r.head);
  return status;
}
