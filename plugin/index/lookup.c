#include "index/lookup.h"

#include <string.h>

#include "base/error.h"
#include "index/claims.h"

typedef struct search {
  const database_lookup *lookup;
  uint32_t docid, dropped; /* the first of each; 0: none */
  bool twins;
} search;

static int look_at_docid(void *user, uint32_t docid, uint32_t wdf) {
  (void)wdf;
  search *s = user;
  enum { ENOUGH = -1 };
  if (drops_has(s->lookup->without, docid)) {
    s->dropped = s->dropped == 0 ? docid : s->dropped;
    return 0;
  }
  s->twins = s->docid != 0;
  s->docid = s->docid == 0 ? docid : s->docid;
  return s->twins ? ENOUGH : 0;
}

static byline_status search_id(database_lookup *l, byline_string id, search *s,
                               byline_error *error) {
  uint32_t frequency = 0;
  *s = (search){.lookup = l};
  buf_clear(&l->term);
  if (!schema_unique_term(PREFIX_ID, id, &l->term))
    return error_no_memory(error);
  byline_string term = buf_string(&l->term);
  byline_status status =
      xap_database_term_frequency(l->view, term, &frequency, error);
  if (status != BYLINE_OK || frequency == 0)
    return status;
  status = xap_database_postings(l->view, term, look_at_docid, s, error);
  return status == -1 ? BYLINE_OK : status;
}

byline_status database_lookup_id(database_lookup *l, byline_string id,
                                 uint32_t *docid, bool *twins,
                                 byline_error *error) {
  search s;
  byline_status status = search_id(l, id, &s, error);
  *docid = s.docid;
  *twins = s.twins;
  return status;
}

byline_status database_lookup_dropped(database_lookup *l, byline_string id,
                                      uint32_t *docid, byline_error *error) {
  search s;
  *docid = 0;
  if (l->without->count == 0)
    return BYLINE_OK;
  byline_status status = search_id(l, id, &s, error);
  *docid = s.dropped;
  return status;
}

typedef struct reading {
  database_lookup *lookup;
  const unsigned char *digest;
  found_document *found;
} reading;

static int compare_digest(void *user, byline_string value) {
  reading *r = user;
  r->found->content = value.length == DIGEST_SIZE &&
                      memcmp(value.data, r->digest, DIGEST_SIZE) == 0;
  return 0;
}

static int keep_origin(void *user, byline_string data) {
  reading *r = user;
  found_document *f = r->found;
  buf *strings = &r->lookup->strings;
  schema_read_origin(data, &f->source, &f->absolute, &f->line);
  buf_clear(strings);
  if (!buf_add_str(strings, f->source) || !buf_add_str(strings, f->absolute))
    return BYLINE_NO_MEMORY;
  f->source.data = strings->data;
  f->absolute.data = strings->data + f->source.length;
  return 0;
}

static byline_status find(lookup *methods, byline_string id,
                          const unsigned char digest[DIGEST_SIZE],
                          found_document *found, byline_error *error) {
  database_lookup *l = (database_lookup *)methods;
  reading r = {l, digest, found};
  xap_document *stored = NULL;
  search s;
  byline_status status = search_id(l, id, &s, error);
  found->docid = s.docid;
  found->twins = s.twins;
  found->dropped = s.docid == 0 && s.dropped != 0;
  uint32_t docid = found->dropped ? s.dropped : s.docid;
  if (status != BYLINE_OK || docid == 0)
    return status;
  status = xap_database_document(l->view, docid, &stored, error);
  if (status == BYLINE_OK)
    status = xap_document_value(stored, SLOT_DIGEST, compare_digest, &r, error);
  if (status == BYLINE_OK)
    status = xap_document_data(stored, keep_origin, &r, error);
  xap_document_free(stored);
  return status == BYLINE_NO_MEMORY ? error_no_memory(error) : status;
}

static byline_status claimed(lookup *l, uint32_t docid, byline_string absolute,
                             bool *result, byline_error *error) {
  return claims_has(((database_lookup *)l)->view, docid, absolute, result,
                    error);
}

static byline_status shared(lookup *l, uint32_t docid, byline_string absolute,
                            bool *result, byline_error *error) {
  return claims_shared(((database_lookup *)l)->view, docid, absolute, result,
                       error);
}

database_lookup lookup_in_database(const xap_database *view,
                                   const drops *without) {
  return (database_lookup){
      {find, claimed, shared}, view, without, BUF_INIT, BUF_INIT};
}

void database_lookup_free(database_lookup *l) {
  buf_free(&l->term);
  buf_free(&l->strings);
}

/* ---- Both --------------------------------------------------------------- */

static byline_status find_in_both(lookup *methods, byline_string id,
                                  const unsigned char digest[DIGEST_SIZE],
                                  found_document *found, byline_error *error) {
  const joint_lookup *l = (const joint_lookup *)methods;
  byline_status status =
      l->building->find(l->building, id, digest, found, error);
  return status == BYLINE_OK && found->docid == 0
             ? l->database->find(l->database, id, digest, found, error)
             : status;
}

static byline_status claimed_in_both(lookup *l, uint32_t docid,
                                     byline_string absolute, bool *result,
                                     byline_error *error) {
  lookup *database = ((joint_lookup *)l)->database;
  return database->claimed(database, docid, absolute, result, error);
}

static byline_status shared_in_both(lookup *l, uint32_t docid,
                                    byline_string absolute, bool *result,
                                    byline_error *error) {
  lookup *database = ((joint_lookup *)l)->database;
  return database->shared(database, docid, absolute, result, error);
}

joint_lookup lookup_in_both(lookup *building, lookup *database) {
  return (joint_lookup){
      {find_in_both, claimed_in_both, shared_in_both}, building, database};
}
