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
  bool look;    /* whether a file of the others is still there */
  bool there;   /* one is */
  claims *kept; /* theirs, in memory; or NULL */
  arena *memory;
  xap_writer *spoil;   /* whose records of the others are spoilt, or NULL */
  const seen_ids *met; /* but for these, or NULL */
  size_t spoilt;
  byline_error *error;
} scan;

/* With a path that is longer than a term it counts as there. */
static bool is_there(byline_string term) {
  const size_t length = sizeof PREFIX_FILE - 1;
  byline_string path = {term.data + length, term.length - length};
  return term.length >= SCHEMA_TERM_MAX || !file_is_gone(path);
}

static byline_status keep(scan *s, byline_string term) {
  claims *k = s->kept;
  if ((k->count & (k->count - 1)) == 0) { /* there is no room for one more */
    size_t capacity = k->count > 0 ? k->count * 2 : 1;
    byline_string *terms = arena_array(s->memory, capacity, sizeof *terms);
    if (!terms)
      return error_no_memory(s->error);
    if (k->count > 0)
      memcpy(terms, k->terms, k->count * sizeof *terms);
    k->terms = terms;
  }
  if (!arena_string(s->memory, term, &k->terms[k->count]))
    return error_no_memory(s->error);
  k->count++;
  return BYLINE_OK;
}

static byline_status spoil(scan *s, byline_string term) {
  s->spoilt++;
  writer_metadata records = metadata_of_writer(s->spoil);
  return file_record_spoil(&records.methods, term, s->error);
}

static byline_status look_at_other(scan *s, byline_string term) {
  byline_status status = BYLINE_OK;
  bool met = s->met && seen_has(s->met, term);
  bool there = s->look && (met || is_there(term));
  s->others++;
  s->there = s->there || there;
  if (there && s->kept)
    status = keep(s, term);
  return status == BYLINE_OK && s->spoil && !met ? spoil(s, term) : status;
}

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
  return look_at_other(s, term);
}

static byline_status scan_terms(const xap_database *view, uint32_t docid,
                                scan *s, xap_document **stored,
                                byline_error *error) {
  xap_document *found = NULL;
  byline_status status = xap_database_document(view, docid, &found, error);
  if (status == BYLINE_OK)
    status = xap_document_terms(found, look_at, s, error);
  if ((int)status == ALL_SEEN)
    status = BYLINE_OK;
  if (status == BYLINE_OK && stored)
    *stored = found;
  else
    xap_document_free(found);
  return status;
}

/* Scans with the term of a path. */
static byline_status scan_path(const xap_database *view, uint32_t docid,
                               byline_string absolute, scan *s, buf *term,
                               xap_document **stored, byline_error *error) {
  if (!file_term(absolute, term))
    return error_no_memory(error);
  s->own = buf_string(term);
  return scan_terms(view, docid, s, stored, error);
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
  xap_document *stored = NULL;
  byline_status status =
      scan_path(view, docid, absolute, &s, &term, &stored, error);
  if (status == BYLINE_OK && !s.found) {
    status = xap_document_add_term(stored, s.own, 0, error);
    if (status == BYLINE_OK)
      status = xap_writer_replace_docid(writer, docid, stored, error);
  }
  xap_document_free(stored);
  buf_free(&term);
  return status;
}

byline_status claims_spoil_others(xap_writer *writer, const xap_database *view,
                                  uint32_t docid, byline_string absolute,
                                  const seen_ids *met, size_t *spoilt,
                                  arena *memory, claims *others,
                                  byline_error *error) {
  scan s = {.look = others,
            .kept = others,
            .memory = memory,
            .spoil = writer,
            .met = met,
            .error = error};
  buf term = BUF_INIT;
  byline_status status =
      scan_path(view, docid, absolute, &s, &term, NULL, error);
  *spoilt += s.spoilt;
  buf_free(&term);
  return status;
}

byline_status claims_carry(const claims *others, arena *memory, document *d,
                           byline_error *error) {
  if (others->count == 0)
    return BYLINE_OK;
  size_t count = d->term_count + others->count;
  document_term *terms = arena_array(memory, count, sizeof *terms);
  if (!terms)
    return error_no_memory(error);
  memcpy(terms, d->terms, d->term_count * sizeof *terms);
  for (size_t i = 0; i < others->count; i++)
    terms[d->term_count + i] = (document_term){.term = others->terms[i]};
  d->terms = terms;
  d->term_count = count;
  return BYLINE_OK;
}

byline_status claims_drop(xap_writer *writer, const xap_database *view,
                          uint32_t docid, byline_string term, bool *last,
                          size_t *spoilt, byline_error *error) {
  scan s = {.own = term, .spoil = writer, .error = error};
  xap_document *stored = NULL;
  byline_status status = scan_terms(view, docid, &s, &stored, error);
  if (status == BYLINE_NOT_FOUND)
    status = BYLINE_OK; /* it has gone already, as a twin of another */
  *spoilt += s.spoilt;
  *last = stored && s.others == 0;
  if (status == BYLINE_OK && s.found && s.others > 0) {
    status = xap_document_remove_term(stored, term, error);
    if (status == BYLINE_OK)
      status = xap_writer_replace_docid(writer, docid, stored, error);
  }
  xap_document_free(stored);
  return status;
}
