#include "index/drops.h"

#include <string.h>

#include "base/buf.h"
#include "base/error.h"

enum { SIZE = sizeof(uint32_t) };

static uint32_t docid_at(byline_string docids, size_t i) {
  uint32_t docid;
  memcpy(&docid, docids.data + i * SIZE, SIZE);
  return docid;
}

void drops_free(drops *d) {
  string_map_free(&d->docids);
}

static byline_string find(const drops *d, byline_string id_term) {
  const byline_string *docids = string_map_find(&d->docids, id_term);
  return docids ? *docids : (byline_string){NULL, 0};
}

byline_status drops_add(drops *d, byline_string id_term, uint32_t docid,
                        byline_error *error) {
  buf docids = BUF_INIT;
  bool ok = buf_add_str(&docids, find(d, id_term)) &&
            buf_add(&docids, &docid, SIZE) &&
            string_map_set(&d->docids, id_term, buf_string(&docids));
  buf_free(&docids);
  return ok ? BYLINE_OK : error_no_memory(error);
}

size_t drops_count(const drops *d, byline_string id_term) {
  return find(d, id_term).length / SIZE;
}

bool drops_has(const drops *d, byline_string id_term, uint32_t docid) {
  byline_string docids = find(d, id_term);
  for (size_t i = 0; i < docids.length / SIZE; i++)
    if (docid_at(docids, i) == docid)
      return true;
  return false;
}

byline_status drops_take(drops *d, byline_string id_term, uint32_t *docid,
                         byline_error *error) {
  byline_string docids = find(d, id_term);
  *docid = 0;
  if (docids.length == 0)
    return BYLINE_OK;
  docids.length -= SIZE;
  *docid = docid_at(docids, docids.length / SIZE);
  return string_map_set(&d->docids, id_term, docids) ? BYLINE_OK
                                                     : error_no_memory(error);
}

/* Docids of several databases interleave. */
static uint32_t renumbered(uint32_t docid, size_t databases) {
  size_t at = docid - 1;
  return (uint32_t)(at / databases * (databases + 1) + at % databases + 1);
}

byline_status drops_renumber(drops *d, size_t databases, byline_error *error) {
  buf docids = BUF_INIT;
  bool ok = true;
  for (size_t i = 0; ok && i < d->docids.count; i++) {
    const string_pair *pair = &d->docids.pairs[i];
    buf_clear(&docids);
    for (size_t k = 0; ok && k < pair->value.length / SIZE; k++) {
      uint32_t docid = renumbered(docid_at(pair->value, k), databases);
      ok = buf_add(&docids, &docid, SIZE);
    }
    ok = ok && string_map_set(&d->docids, pair->key, buf_string(&docids));
  }
  buf_free(&docids);
  return ok ? BYLINE_OK : error_no_memory(error);
}

byline_status drops_make(drops *d, drops_fn fn, void *user,
                         byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0; status == BYLINE_OK && i < d->docids.count; i++) {
    byline_string docids = d->docids.pairs[i].value;
    for (size_t k = 0; status == BYLINE_OK && k < docids.length / SIZE; k++)
      status = fn(user, docid_at(docids, k), error);
  }
  string_map_clear(&d->docids);
  return status;
}
