#include "index/lookup.h"

#include <string.h>

#include "base/error.h"
#include "index/claims.h"

typedef struct search {
  database_lookup *lookup;
  const unsigned char *digest; /* NULL: only docids are looked for */
  uint32_t but;
  found_document *found;
  xap_document *stored; /* what was found, with a digest */
  byline_error *error;
} search;

typedef struct comparison {
  const unsigned char *digest;
  bool same;
} comparison;

static int compare_digest(void *user, byline_string value) {
  comparison *c = user;
  c->same = value.length == DIGEST_SIZE &&
            memcmp(value.data, c->digest, DIGEST_SIZE) == 0;
  return 0;
}

static byline_status read_digest(const search *s, uint32_t docid,
                                 xap_document **stored, bool *same) {
  comparison c = {s->digest, false};
  byline_status status =
      xap_database_document(s->lookup->view, docid, stored, s->error);
  if (status == BYLINE_OK)
    status =
        xap_document_value(*stored, SLOT_DIGEST, compare_digest, &c, s->error);
  *same = c.same;
  return status;
}

static int look_at_docid(void *user, uint32_t docid, uint32_t wdf) {
  (void)wdf;
  search *s = user;
  found_document *f = s->found;
  xap_document *stored = NULL;
  bool same = false;
  byline_status status = BYLINE_OK;
  if (docid == s->but)
    return 0;
  if (s->digest)
    status = read_digest(s, docid, &stored, &same);
  if (drops_has(s->lookup->without, docid)) {
    if (f->dropped == 0 || (same && !f->dropped_content)) {
      f->dropped = docid;
      f->dropped_content = same;
    }
  } else {
    f->twins = f->docid != 0;
    if (f->docid == 0 || (same && !f->content)) {
      xap_document *before = s->stored;
      f->docid = docid;
      f->content = same;
      s->stored = stored;
      stored = before;
    }
  }
  xap_document_free(stored);
  return status;
}

static byline_status search_id(search *s, byline_string id) {
  database_lookup *l = s->lookup;
  uint32_t frequency = 0;
  buf_clear(&l->term);
  if (!schema_unique_term(PREFIX_ID, id, &l->term))
    return error_no_memory(s->error);
  byline_string term = buf_string(&l->term);
  byline_status status =
      xap_database_term_frequency(l->view, term, &frequency, s->error);
  if (status != BYLINE_OK || frequency == 0)
    return status;
  return xap_database_postings(l->view, term, look_at_docid, s, s->error);
}

byline_status database_lookup_id(database_lookup *l, byline_string id,
                                 uint32_t but, uint32_t *docid,
                                 byline_error *error) {
  found_document found = {0};
  search s = {.lookup = l, .but = but, .found = &found, .error = error};
  byline_status status = search_id(&s, id);
  *docid = found.docid;
  return status;
}

typedef struct reading {
  database_lookup *lookup;
  found_document *found;
} reading;

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
  search s = {.lookup = l, .digest = digest, .found = found, .error = error};
  reading r = {l, found};
  byline_status status = search_id(&s, id);
  if (status == BYLINE_OK && s.stored)
    status = xap_document_data(s.stored, keep_origin, &r, error);
  xap_document_free(s.stored);
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
  found_document before = {0};
  byline_status status =
      l->building->find(l->building, id, digest, found, error);
  if (status == BYLINE_OK && !found->content)
    status = l->database->find(l->database, id, digest, &before, error);
  if (status == BYLINE_OK && found->docid == 0)
    *found = before;
  found->dropped = before.dropped;
  found->dropped_content = before.dropped_content;
  return status;
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
