/* All articles of a database, also of one that is written to meanwhile. */
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/error.h"
#include "search/database.h"

/* Which articles were given, by hashes of their ids: where segments come and
 * go, docids say nothing of what was read before. */
typedef struct given {
  uint64_t *hashes;
  size_t count, capacity;
  size_t sorted; /* the first of them: those of before the last reopening */
} given;

typedef struct exporting {
  byline_database *db;
  byline_article_fn fn;
  void *user;
  arena memory;
  uint32_t last; /* docid; 0: none was given yet */
  bool stopped;  /* by fn */
  buf uuid;      /* of what docids are of */
  given given;
  byline_error *error;
} exporting;

static uint64_t hash_of(const byline_article *article) {
  return XXH3_64bits(article->id.data, article->id.length);
}

static bool add_given(given *g, uint64_t hash) {
  if (g->count == g->capacity) {
    size_t capacity = g->capacity ? g->capacity * 2 : 1024;
    uint64_t *hashes = realloc(g->hashes, capacity * sizeof *hashes);
    if (!hashes)
      return false;
    g->hashes = hashes;
    g->capacity = capacity;
  }
  g->hashes[g->count++] = hash;
  return true;
}

static int by_number(const void *a, const void *b) {
  const uint64_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

static bool was_given(const given *g, uint64_t hash) {
  return g->sorted > 0 &&
         bsearch(&hash, g->hashes, g->sorted, sizeof hash, by_number);
}

static int export_one(void *user, uint32_t docid, uint32_t wdf) {
  (void)wdf;
  exporting *x = user;
  byline_article article;
  if (docid <= x->last)
    return BYLINE_OK;
  arena_reset(&x->memory);
  byline_status status =
      database_article(x->db, docid, &x->memory, &article, x->error);
  if (status != BYLINE_OK)
    return status;
  uint64_t hash = hash_of(&article);
  if (!was_given(&x->given, hash)) {
    if (!add_given(&x->given, hash))
      return error_no_memory(x->error);
    status = x->fn(x->user, &article);
    x->stopped = status != BYLINE_OK;
  }
  x->last = docid;
  return status;
}

static int keep_uuid(void *user, byline_string uuid) {
  buf *kept = user;
  buf_clear(kept);
  return buf_add_str(kept, uuid) ? BYLINE_OK : BYLINE_NO_MEMORY;
}

/* Where docids are of other databases than before, begins at the first, and
 * passes over what was given. */
static byline_status find_place(exporting *x) {
  buf uuid = BUF_INIT;
  byline_status status =
      xap_database_uuid(x->db->database, keep_uuid, &uuid, x->error);
  bool same = status == BYLINE_OK && x->uuid.length > 0 &&
              uuid.length == x->uuid.length &&
              memcmp(uuid.data, x->uuid.data, uuid.length) == 0;
  if (status == BYLINE_OK && !same) {
    given *g = &x->given;
    x->last = 0;
    g->sorted = g->count;
    if (g->count > 1)
      qsort(g->hashes, g->count, sizeof *g->hashes, by_number);
  }
  buf_free(&x->uuid);
  x->uuid = uuid;
  return status == BYLINE_NO_MEMORY ? error_no_memory(x->error) : status;
}

static byline_status export_from(exporting *x) {
  const byline_string all = {"", 0};
  byline_status status = find_place(x);
  return status == BYLINE_OK ? xap_database_postings(x->db->database, all,
                                                     export_one, x, x->error)
                             : status;
}

/* Goes on with those that are left where a writer has overtaken it. */
static byline_status export_rest(exporting *x) {
  byline_status status;
  size_t count = 0;
  int tries = 0; /* since an article was given */
  do {
    if (x->given.count > count)
      tries = 0;
    count = x->given.count;
    status = export_from(x);
  } while (!x->stopped && database_try_again(x->db, &tries, &status, x->error));
  return status;
}

byline_status byline_database_export(byline_database *database,
                                     byline_article_fn article, void *user,
                                     byline_error *error) {
  byline_error problem = {.code = BYLINE_OK, .message = ""};
  exporting x = {.db = database,
                 .fn = article,
                 .user = user,
                 .memory = ARENA_INIT,
                 .error = &problem};
  byline_status status = export_rest(&x);
  if (status != BYLINE_OK && problem.code == status && error)
    *error = problem;
  arena_free(&x.memory);
  buf_free(&x.uuid);
  free(x.given.hashes);
  return status;
}
