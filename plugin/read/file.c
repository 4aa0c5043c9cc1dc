#include "read/file.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "read/fit.h"
#include "read/input.h"
#include "read/registry.h"
#include "read/sniff.h"

/* The caller's may be of an older, shorter kind. */
void file_publish(file_run *r) {
  uint64_t position = r->from ? r->from->position : 0;
  if (r->from && position > r->from->base.size)
    position = r->from->base.size;
  r->stats.disk_bytes = r->disk_bytes + position;
  if (!r->out)
    return;
  uint32_t size = r->out->size;
  memcpy(r->out, &r->stats, size < sizeof r->stats ? size : sizeof r->stats);
  r->out->size = size;
}

void file_refuse(file_run *r, byline_notice_kind kind, const char *path,
                 const char *message) {
  if (kind == BYLINE_NOTICE_SKIPPED)
    r->stats.files_skipped++;
  else
    r->stats.files_failed++;
  if (!r->options.notice)
    return;
  byline_notice notice = {kind, path, 0, message};
  r->options.notice(r->options.notice_user, &notice);
}

/* What is no archive is a failure only where it was asked for by name. */
static byline_notice_kind unfit(const file *f) {
  return f->named ? BYLINE_NOTICE_FAILED : BYLINE_NOTICE_SKIPPED;
}

/* ---- Articles ---------------------------------------------------------- */

/* Whether a layout was taught for a file that a reader, or none, knows. */
static bool is_taught(const file *f, const byline_reader *reader,
                      byline_input *input) {
  bool plain = !reader || (reader->flags & BYLINE_READER_PLAIN_TEXT);
  if (!f->layouts)
    return false;
  if (f->layouts->fault.code != BYLINE_OK)
    return plain;
  input->taught = profiles_for(f->layouts, f->path, f->containers > 0);
  input->taught_path = f->layouts->path;
  return input->taught && (plain || input->taught->file_count > 0);
}

/* The reader for a file, or NULL with the reason in *fault. */
static const byline_reader *choose(const file_run *r, byline_input *input,
                                   const file *f, const char **fault) {
  const byline_reader *reader = r->format;
  bool whole;
  byline_string text = input_text(input, &whole);
  *fault = sniff_fault(text.data, text.length);
  if (!reader)
    reader = registry_choose(r->registry, text.data, text.length, whole,
                             input->path);
  else if (*fault &&
           reader->probe(text.data, text.length, whole, input->path) == 0)
    reader = NULL;
  if (!r->format && !*fault && is_taught(f, reader, input))
    reader = &taught_reader;
  if (!reader && !*fault)
    *fault = "no reader knows this file: name its format if it is an archive";
  return reader;
}

/* A copy, which may be shorter than ours; without what does not fit. */
static byline_status copy_fitting(const file *f, fit *fields,
                                  byline_article *copy,
                                  const byline_article *article,
                                  byline_error *error) {
  size_t size = article->size < sizeof *copy ? article->size : sizeof *copy;
  memset(copy, 0, sizeof *copy);
  memcpy(copy, article, size);
  copy->size = sizeof *copy;
  copy->source = (byline_string){f->path, strlen(f->path)};
  return fit_article(fields, copy) ? BYLINE_OK : error_no_memory(error);
}

static byline_status pass_on(file_run *r, const byline_article *article) {
  r->stats.articles++;
  file_publish(r);
  return r->events->article(r->events->user, article);
}

/* Whether a file may have one more; else the rest of it is left out. */
static bool is_one_too_many(byline_input *input, size_t count, size_t line) {
  char message[128];
  uint64_t most = input_limits(input)->articles;
  if (count < most)
    return false;
  snprintf(message, sizeof message,
           "more than %" PRIu64 " articles: the rest of the file is left out: "
           "split it, or raise the limit \"articles\"",
           most);
  byline_input_notice(input, BYLINE_NOTICE_FAILED, line, message);
  return true;
}

static bool is_too_long(byline_input *input, const byline_article *article) {
  uint64_t most = input_limits(input)->article;
  if (article->text.length <= most)
    return false;
  limits_tell_article(most, article->line, input);
  return true;
}

/* All articles of a file. *stopped tells what a callback returned from what
 * went wrong with the file. */
static byline_status read_articles(file_run *r, const file *f,
                                   byline_input *input, void *state,
                                   const byline_reader *reader, bool *stopped,
                                   byline_error *error) {
  const byline_article *article;
  byline_article copy;
  fit fields = FIT_INIT(input_limits(input));
  size_t count = 0;
  bool first = true;
  byline_status status;
  while ((status = reader->next(state, &article, error)) == BYLINE_OK &&
         article && !is_one_too_many(input, count, article->line)) {
    count++;
    if (is_too_long(input, article))
      continue;
    status = copy_fitting(f, &fields, &copy, article, error);
    if (status != BYLINE_OK)
      break;
    if (first && r->events->file)
      status =
          r->events->file(r->events->user, f->path, f->on_disk, &f->status);
    first = false;
    if (status == BYLINE_OK)
      status = pass_on(r, &copy);
    if (status != BYLINE_OK) {
      *stopped = true;
      break;
    }
  }
  fit_tell(&fields, input);
  fit_free(&fields);
  return status;
}

static byline_status read_with(file_run *r, const file *f, byline_input *input,
                               const byline_reader *reader,
                               byline_error *error) {
  byline_error fault = {BYLINE_OK, "", BYLINE_NO_POSITION};
  bool stopped = false;
  void *state;
  if (reader->flags & BYLINE_READER_RAW_BYTES)
    input_set_raw(input);
  byline_status status = reader->open(input, &state, &fault);
  if (status == BYLINE_OK) {
    status = read_articles(r, f, input, state, reader, &stopped, &fault);
    reader->close(state);
  }
  if (!stopped && status == BYLINE_NO_MEMORY)
    return error_no_memory(error);
  if (!stopped)
    input_report(input);
  if (!stopped && status != BYLINE_OK)
    byline_input_notice(input, BYLINE_NOTICE_FAILED, 0, fault.message);
  input_tell_more(input);
  if (input->failed)
    r->stats.files_failed++;
  else if (!stopped)
    r->stats.files++;
  return stopped ? status : BYLINE_OK;
}

static byline_status read_text(file_run *r, const file *f, byline_input *input,
                               byline_error *error) {
  const char *named = r->charset[0] ? r->charset : NULL;
  const char *fault;
  byline_status status = input_decode(input, named, error);
  if (status != BYLINE_OK)
    return status;
  const byline_reader *reader = choose(r, input, f, &fault);
  if (reader == &taught_reader && f->layouts->fault.code != BYLINE_OK) {
    file_refuse(r, BYLINE_NOTICE_FAILED, f->path, f->layouts->fault.message);
    return BYLINE_OK;
  }
  if (reader)
    return read_with(r, f, input, reader, error);
  /* What is there of a file that breaks off may be too little to know it by. */
  if (input->broken)
    file_refuse(r, BYLINE_NOTICE_FAILED, f->path, input->fault.message);
  else
    file_refuse(r, unfit(f), f->path, fault);
  return BYLINE_OK;
}

/* ---- Containers -------------------------------------------------------- */

static byline_status read_member(file_run *r, const file *f, container *c,
                                 const container_member *m, buf *path,
                                 byline_error *error) {
  file member = *f;
  member.parent = c;
  member.containers++;
  if (m->name) {
    buf_clear(path);
    if (!buf_add_string(path, f->path) || !buf_add_char(path, '/') ||
        !buf_add_string(path, m->name))
      return error_no_memory(error);
    member.path = path->data;
    member.status = m->status;
    member.named = false;
  }
  if (!m->fault)
    return file_read(r, &member, container_data(c), error);
  file_refuse(r, m->kind, member.path, m->fault);
  return BYLINE_OK;
}

static byline_status read_members(file_run *r, const file *f, container *c,
                                  byline_error *error) {
  buf path = BUF_INIT;
  byline_error fault;
  container_member m;
  bool found = true, single = false;
  byline_status status = BYLINE_OK;
  while (status == BYLINE_OK && found) {
    status = container_next(c, &m, &found, &fault);
    if (status != BYLINE_OK) {
      /* Of what is only compressed its one member has told. */
      if (!single)
        file_refuse(r, BYLINE_NOTICE_FAILED, f->path, fault.message);
      status = BYLINE_OK;
      break;
    }
    if (found) {
      status = read_member(r, f, c, &m, &path, error);
      single = !m.name;
    }
  }
  buf_free(&path);
  return status;
}

static byline_status read_container(file_run *r, const file *f,
                                    container_kind kind, source *from,
                                    const byline_input *input,
                                    byline_error *error) {
  container *c;
  byline_error fault;
  const char *reason = container_fault(kind, input->head, input->head_length);
  if (!reason && f->containers == FILE_CONTAINERS)
    reason = "an archive in an archive in an archive: unpack it first";
  if (reason) {
    file_refuse(r, unfit(f), f->path, reason);
    return BYLINE_OK;
  }
  byline_status status =
      container_open(kind, from, input->head, input->head_length, f->parent,
                     &r->containers, &c, &fault);
  if (status == BYLINE_NO_MEMORY)
    return error_no_memory(error);
  if (status != BYLINE_OK) {
    file_refuse(r, BYLINE_NOTICE_FAILED, f->path, fault.message);
    return BYLINE_OK;
  }
  status = read_members(r, f, c, error);
  container_free(c);
  return status;
}

/* ---- Any file ---------------------------------------------------------- */

/* Comes back to itself for members, as often as FILE_CONTAINERS allows. */
byline_status file_read(file_run *r, const file *f, source *from,
                        byline_error *error) {
  byline_input input = {.path = f->path,
                        .stats = &r->stats,
                        .order = date_order_named(r->options.date_order),
                        .notice = r->options.notice,
                        .notice_user = r->options.notice_user,
                        .limits = &r->options.limits,
                        .explain = r->options.explain,
                        .explain_user = r->options.explain_user};
  byline_error fault;
  byline_status status = input_start(&input, from, &fault);
  if (status == BYLINE_OK) {
    container_kind kind = container_sniff(input.head, input.head_length);
    status = kind == CONTAINER_NONE
                 ? read_text(r, f, &input, error)
                 : read_container(r, f, kind, from, &input, error);
  } else if (status == BYLINE_NO_MEMORY) {
    error_no_memory(error);
  } else {
    file_refuse(r, BYLINE_NOTICE_FAILED, f->path, fault.message);
    status = BYLINE_OK;
  }
  input_end(&input);
  return status;
}
