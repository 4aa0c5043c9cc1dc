#include "search/lookup.h"

#include <string.h>

#include "base/error.h"
#include "index/schema.h"

enum { SHORTEST_ID = 8 };

typedef struct candidates {
  buf term; /* the first that fits */
  size_t count;
  size_t exact; /* length of a term that is the id itself */
  bool found_exact;
} candidates;

static int add_candidate(void *user, byline_string term, uint32_t frequency) {
  (void)frequency;
  candidates *c = user;
  if (c->count++ == 0 && !buf_add_str(&c->term, term))
    return BYLINE_NO_MEMORY;
  if (term.length == c->exact)
    c->found_exact = true; /* terms come in order: it is the first */
  return c->found_exact || c->count > 1 ? -1 : 0;
}

static int first_posting(void *user, uint32_t docid, uint32_t wdf) {
  (void)wdf;
  *(uint32_t *)user = docid;
  return -1;
}

byline_status lookup_id(const byline_database *db, const char *id,
                        uint32_t *docid, buf *term, byline_error *error) {
  candidates c = {BUF_INIT, 0, 0, false};
  buf prefix = BUF_INIT;
  byline_string name = {id, strlen(id)};
  byline_status status = BYLINE_OK;
  *docid = 0;
  if (!schema_unique_term(PREFIX_ID, name, &prefix))
    status = error_no_memory(error);
  c.exact = prefix.length;
  if (status == BYLINE_OK)
    status = xap_database_terms(db->database, buf_string(&prefix),
                                add_candidate, &c, error);
  if (status == -1)
    status = BYLINE_OK;
  if (status == BYLINE_OK && !c.found_exact && name.length < SHORTEST_ID)
    c.count = 0;
  if (status == BYLINE_OK && c.count > 1)
    status = error_set(error, BYLINE_INVALID,
                       "several articles have an id that begins with %s; give "
                       "more of it",
                       id);
  if (status == BYLINE_OK && c.count == 1) {
    status = xap_database_postings(db->database, buf_string(&c.term),
                                   first_posting, docid, error);
    if (status == -1)
      status = BYLINE_OK;
  }
  if (status == BYLINE_OK && *docid == 0)
    status = error_set(error, BYLINE_NOT_FOUND, "no article has the id %s", id);
  if (status == BYLINE_OK && term && !buf_add_str(term, buf_string(&c.term)))
    status = error_no_memory(error);
  buf_free(&c.term);
  buf_free(&prefix);
  return status;
}
