#include "index/claims.h"

#include <string.h>

#include "base/error.h"
#include "index/files.h"
#include "index/schema.h"

/* The claims on one document, but for one. */
typedef struct scan {
  byline_string own; /* the term that is looked for */
  bool found;
  size_t others;
  bool look;         /* whether a file of the others is still there */
  bool there;        /* one is */
  xap_writer *spoil; /* whose records of the others are spoilt, or NULL */
  byline_error *error;
} scan;

/* Terms come in order: most are behind those of files. */
enum { ALL_SEEN = -1 };

static int look_at(void *user, byline_string term, uint32_t wdf) {
  (void)wdf;
  static const char prefix[] = PREFIX_FILE;
  const size_t length = sizeof prefix - 1;
  scan *s = user;
  size_t common = term.length < length ? term.length : length;
  int order = memcmp(term.data, prefix, common);
  if (order != 0 || term.length <= length)
    return order > 0 ? ALL_SEEN : BYLINE_OK;
  if (term.length == s->own.length &&
      memcmp(term.data, s->own.data, term.length) == 0) {
    s->found = true;
    return BYLINE_OK;
  }
  s->others++;
  if (s->look)
    s->there = s->there || term.length >= SCHEMA_TERM_MAX ||
               !file_is_gone(
                   (byline_string){term.data + length, term.length - length});
  if (!s->spoil)
    return BYLINE_OK;
  writer_metadata records = metadata_of_writer(s->spoil);
  return file_record_spoil(&records.methods, term, s->error);
}

static byline_status scan_terms(const xap_database *view, uint32_t docid,
                                scan *s, xap_document **document,
                                byline_error *error) {
  xap_document *found = NULL;
  byline_status status = xap_database_document(view, docid, &found, error);
  if (status == BYLINE_OK)
    status = xap_document_terms(found, look_at, s, error);
  if ((int)status == ALL_SEEN)
    status = BYLINE_OK;
  if (status == BYLINE_OK && document)
    *document = found;
  else
    xap_document_free(found);
  return status;
}

/* Scans with the term of a path. */
static byline_status scan_path(const xap_database *view, uint32_t docid,
                               byline_string absolute, scan *s, buf *term,
                               xap_document **document, byline_error *error) {
  if (!file_term(absolute, term))
    return error_no_memory(error);
  s->own = buf_string(term);
  return scan_terms(view, docid, s, document, error);
}

byline_status claims_has(const xap_database *view, uint32_t docid,
                         byline_string absolute, bool *claimed,
                         byline_error *error) {
  scan s = {.error = error};
  buf term = BUF_INIT;
  byline_status status =
      scan_path(view, docid, absolute, &s, &term, NULL, error);
  *claimed = s.found;
  buf_free(&term);
  return status;
}

byline_status claims_shared(const xap_database *view, uint32_t docid,
                            byline_string absolute, bool *shared,
                            byline_error *error) {
  scan s = {.look = true, .error = error};
  buf term = BUF_INIT;
  byline_status status =
      scan_path(view, docid, absolute, &s, &term, NULL, error);
  *shared = s.there;
  buf_free(&term);
  return status;
}

byline_status claims_add(xap_writer *writer, const xap_database *view,
                         uint32_t docid, byline_string absolute,
                         byline_error *error) {
  if (absolute.length == 0)
    return BYLINE_OK;
  scan s = {.error = error};
  buf term = BUF_INIT;
  xap_document *document = NULL;
  byline_status status =
      scan_path(view, docid, absolute, &s, &term, &document, error);
  if (status == BYLINE_OK && !s.found) {
    status = xap_document_add_term(document, s.own, 0, error);
    if (status == BYLINE_OK)
      status = xap_writer_replace_docid(writer, docid, document, error);
  }
  xap_document_free(document);
  buf_free(&term);
  return status;
}

byline_status claims_spoil_others(xap_writer *writer, const xap_database *view,
                                  uint32_t docid, byline_string absolute,
                                  word_counts *words, size_t *spoilt,
                                  byline_error *error) {
  scan s = {.spoil = writer, .error = error};
  buf term = BUF_INIT;
  xap_document *document = NULL;
  byline_status status =
      scan_path(view, docid, absolute, &s, &term, &document, error);
  if (status == BYLINE_OK)
    status = word_counts_drop(words, word_counts_segment(view, docid), document,
                              error);
  *spoilt += s.others;
  xap_document_free(document);
  buf_free(&term);
  return status;
}

byline_status claims_drop(xap_writer *writer, const xap_database *view,
                          uint32_t docid, byline_string term, bool *last,
                          size_t *spoilt, byline_error *error) {
  scan s = {.own = term, .spoil = writer, .error = error};
  xap_document *document = NULL;
  byline_status status = scan_terms(view, docid, &s, &document, error);
  if (status == BYLINE_NOT_FOUND)
    status = BYLINE_OK; /* it has gone already, as a twin of another */
  *spoilt += s.others;
  *last = document && s.others == 0;
  if (status == BYLINE_OK && s.found && s.others > 0) {
    status = xap_document_remove_term(document, term, error);
    if (status == BYLINE_OK)
      status = xap_writer_replace_docid(writer, docid, document, error);
  }
  xap_document_free(document);
  return status;
}
