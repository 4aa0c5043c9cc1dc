#include "index/orphans.h"

#include <string.h>

#include "base/error.h"
#include "index/schema.h"

typedef struct search {
  writer_metadata records;
  const xap_database *view;
  file_record_fn fn;
  void *user;
  byline_string term; /* whose path is looked for */
  buf path, other;
  byline_error *error;
} search;

/* The path that data has, if it is the term's. */
static int keep_path(void *user, byline_string data) {
  search *s = user;
  byline_string source, absolute;
  size_t line;
  schema_read_origin(data, &source, &absolute, &line);
  buf_clear(&s->other);
  if (absolute.length == 0)
    return BYLINE_OK;
  if (!file_term(absolute, &s->other))
    return BYLINE_NO_MEMORY;
  bool same = s->other.length == s->term.length &&
              memcmp(s->other.data, s->term.data, s->term.length) == 0;
  return !same || buf_add_str(&s->path, absolute) ? BYLINE_OK
                                                  : BYLINE_NO_MEMORY;
}

static int look_at_document(void *user, uint32_t docid, uint32_t wdf) {
  (void)wdf;
  search *s = user;
  xap_document *document = NULL;
  byline_status status =
      xap_database_document(s->view, docid, &document, s->error);
  if (status == BYLINE_OK)
    status = xap_document_data(document, keep_path, s, s->error);
  xap_document_free(document);
  enum { FOUND = -1 };
  return status == BYLINE_OK && s->path.length > 0 ? FOUND : status;
}

/* A long path is not whole in its term. None is found where the articles are
 * copies, which have another file's path. */
static byline_status find_path(search *s) {
  const size_t prefix = sizeof PREFIX_FILE - 1;
  buf_clear(&s->path);
  if (s->term.length < SCHEMA_TERM_MAX)
    return buf_add(&s->path, s->term.data + prefix, s->term.length - prefix)
               ? BYLINE_OK
               : BYLINE_NO_MEMORY;
  byline_status status =
      xap_database_postings(s->view, s->term, look_at_document, s, s->error);
  return s->path.length > 0 ? BYLINE_OK : status;
}

static int look_at_term(void *user, byline_string term, uint32_t frequency) {
  (void)frequency;
  search *s = user;
  file_record record;
  bool known;
  byline_status status =
      file_record_load(&s->records.methods, term, &record, &known, s->error);
  if (status != BYLINE_OK || known)
    return status;
  s->term = term;
  status = find_path(s);
  if (status != BYLINE_OK || s->path.length == 0)
    return status;
  return s->fn(s->user, buf_string(&s->path), term);
}

byline_status file_orphans(xap_writer *writer, const xap_database *view,
                           file_record_fn fn, void *user, byline_error *error) {
  static const byline_string prefix = {PREFIX_FILE, sizeof PREFIX_FILE - 1};
  search s = {.records = metadata_of_writer(writer),
              .view = view,
              .fn = fn,
              .user = user,
              .error = error};
  byline_status status =
      xap_database_terms(view, prefix, look_at_term, &s, error);
  buf_free(&s.path);
  buf_free(&s.other);
  return status;
}
