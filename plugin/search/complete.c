/* Values of a database that begin as somebody has begun to type them. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/author.h"
#include "index/schema.h"
#include "search/database.h"

enum { ENOUGH = -1 }; /* stops an iteration */

static bool begins_with(byline_string text, byline_string beginning) {
  return text.length >= beginning.length &&
         (beginning.length == 0 ||
          memcmp(text.data, beginning.data, beginning.length) == 0);
}

/* ---- Authors ----------------------------------------------------------- */

/* An author by the key that the metadata have. */
typedef struct name {
  byline_string key, name;
} name;

typedef struct names {
  const byline_database *db;
  const xap_database *one; /* the one being read */
  byline_string wanted;    /* as in keys */
  bool inside;             /* beginnings of later words count, too */
  size_t limit, most;      /* of all, and with those of the one being read */
  arena memory;
  name *list;
  size_t count, capacity;
  buf term;
  byline_error *error;
} names;

static bool has_word(byline_string key, byline_string wanted) {
  for (size_t i = 0; i + 1 < key.length; i++)
    if (key.data[i] == ' ' &&
        begins_with((byline_string){key.data + i + 1, key.length - i - 1},
                    wanted))
      return true;
  return false;
}

static int copy_name(void *user, byline_string value) {
  names *n = user;
  return arena_string(&n->memory, value, &n->list[n->count].name)
             ? BYLINE_OK
             : error_no_memory(n->error);
}

static bool grow(names *n) {
  if (n->count < n->capacity)
    return true;
  size_t capacity = n->capacity ? n->capacity * 2 : 64;
  name *list = realloc(n->list, capacity * sizeof *list);
  if (!list)
    return false;
  n->list = list;
  n->capacity = capacity;
  return true;
}

/* Authors stay in the metadata when their last article has gone. */
static byline_status count_articles(names *n, byline_string value,
                                    uint32_t *frequency) {
  buf_clear(&n->term);
  if (!schema_boolean_term(PREFIX_EXACT_AUTHOR, value, &n->term))
    return error_no_memory(n->error);
  return xap_database_term_frequency(n->db->database, buf_string(&n->term),
                                     frequency, n->error);
}

static int add_key(void *user, byline_string place) {
  names *n = user;
  size_t skip = strlen(META_AUTHOR);
  byline_string key = {place.data + skip, place.length - skip};
  if (n->inside && !has_word(key, n->wanted))
    return BYLINE_OK;
  if (!grow(n))
    return error_no_memory(n->error);
  name *next = &n->list[n->count];
  uint32_t frequency = 0;
  byline_status status =
      xap_database_metadata(n->one, place, copy_name, n, n->error);
  if (status == BYLINE_OK)
    status = count_articles(n, next->name, &frequency);
  if (status != BYLINE_OK || frequency == 0)
    return status;
  if (!arena_string(&n->memory, key, &next->key))
    return error_no_memory(n->error);
  return ++n->count == n->most ? ENOUGH : BYLINE_OK;
}

static byline_status read_names(names *n, size_t index) {
  xap_database *one = NULL;
  buf place = BUF_INIT;
  byline_status status = database_open_one(n->db, index, &one, n->error);
  n->one = one;
  n->most = n->count + n->limit;
  if (status == BYLINE_OK && (!buf_add_string(&place, META_AUTHOR) ||
                              (!n->inside && !buf_add_str(&place, n->wanted))))
    status = error_no_memory(n->error);
  if (status == BYLINE_OK)
    status = xap_database_metadata_keys(one, buf_string(&place), add_key, n,
                                        n->error);
  buf_free(&place);
  xap_database_free(one);
  return status == ENOUGH ? BYLINE_OK : status;
}

static int by_key(const void *a, const void *b) {
  const name *x = a, *y = b;
  size_t common = x->key.length < y->key.length ? x->key.length : y->key.length;
  int order = memcmp(x->key.data, y->key.data, common);
  return order != 0 ? order
                    : (x->key.length > y->key.length) -
                          (x->key.length < y->key.length);
}

/* Several databases may have an author in several spellings: one will do. */
static byline_status hand_out(names *n, byline_value_fn fn, void *user) {
  byline_status status = BYLINE_OK;
  size_t given = 0;
  if (n->count > 1)
    qsort(n->list, n->count, sizeof *n->list, by_key);
  for (size_t i = 0; status == BYLINE_OK && i < n->count; i++) {
    if (i > 0 && by_key(&n->list[i - 1], &n->list[i]) == 0)
      continue;
    if (n->limit > 0 && given++ == n->limit)
      break;
    status = fn(user, n->list[i].name);
  }
  return status;
}

/* By the beginning of a name, else of one of its later words. */
static byline_status find_names(names *n) {
  byline_status status = BYLINE_OK;
  n->count = 0;
  arena_reset(&n->memory);
  for (int pass = 0; pass < 2 && n->count == 0; pass++) {
    n->inside = pass == 1;
    for (size_t i = 0; status == BYLINE_OK && i < n->db->path_count; i++)
      status = read_names(n, i);
  }
  return status;
}

static byline_status complete_author(byline_database *db, byline_string prefix,
                                     size_t limit, byline_value_fn fn,
                                     void *user, byline_error *error) {
  buf key = BUF_INIT;
  names n = {.db = db, .limit = limit, .error = error};
  byline_status status = author_key(db->analyzer, prefix, &key, error);
  n.wanted = buf_string(&key);
  int tries = 0;
  if (status == BYLINE_OK)
    do
      status = find_names(&n);
    while (database_try_again(db, &tries, &status, error));
  if (status == BYLINE_OK)
    status = hand_out(&n, fn, user);
  buf_free(&key);
  buf_free(&n.term);
  free(n.list);
  arena_free(&n.memory);
  return status;
}

/* ---- What stands in terms as it is ------------------------------------- */

typedef struct values {
  byline_facet_field field;
  size_t limit, count;
  bool enough, stopped; /* by fn */
  buf last;             /* the term that was given last */
  byline_value_fn fn;
  void *user;
} values;

static bool is_behind(byline_string term, byline_string last) {
  size_t common = term.length < last.length ? term.length : last.length;
  int order = memcmp(term.data, last.data, common);
  return order > 0 || (order == 0 && term.length > last.length);
}

static int add_value(void *user, byline_string term, uint32_t frequency) {
  values *v = user;
  char month[8];
  (void)frequency;
  if (v->last.length > 0 && !is_behind(term, buf_string(&v->last)))
    return BYLINE_OK;
  byline_string value = {term.data + 1, term.length - 1};
  if (value.length == 0 || term.length >= SCHEMA_TERM_MAX)
    return BYLINE_OK; /* one that was too long is not there as it is */
  if (v->field == BYLINE_FACET_MONTH && value.length == 6) {
    memcpy(month, value.data, 4);
    month[4] = '-';
    memcpy(month + 5, value.data + 4, 2);
    value = (byline_string){month, 7};
  }
  buf_clear(&v->last);
  if (!buf_add_str(&v->last, term))
    return BYLINE_NO_MEMORY;
  int status = v->fn(v->user, value);
  v->stopped = status != BYLINE_OK;
  v->enough = status == BYLINE_OK && ++v->count == v->limit;
  return v->enough ? ENOUGH : status;
}

/* Goes on behind the last value where a writer has overtaken it. */
static byline_status complete_term(byline_database *db, char prefix,
                                   byline_string beginning, values *v,
                                   byline_error *error) {
  buf start = BUF_INIT;
  bool ok = buf_add_char(&start, prefix);
  for (size_t i = 0; ok && i < beginning.length; i++)
    if (v->field != BYLINE_FACET_MONTH || beginning.data[i] != '-')
      ok = buf_add_char(&start, beginning.data[i]);
  byline_status status = ok ? BYLINE_OK : error_no_memory(error);
  int tries = 0;
  if (ok)
    do
      status = xap_database_terms(db->database, buf_string(&start), add_value,
                                  v, error);
    while (!v->stopped && database_try_again(db, &tries, &status, error));
  if (status == BYLINE_NO_MEMORY && !v->stopped)
    error_no_memory(error);
  buf_free(&start);
  buf_free(&v->last);
  return v->enough ? BYLINE_OK : status;
}

byline_status byline_complete(byline_database *database,
                              byline_facet_field field, byline_string prefix,
                              size_t limit, byline_value_fn fn, void *user,
                              byline_error *error) {
  static const char prefixes[] = {[BYLINE_FACET_YEAR] = PREFIX_YEAR[0],
                                  [BYLINE_FACET_MONTH] = PREFIX_MONTH[0],
                                  [BYLINE_FACET_LANGUAGE] = PREFIX_LANGUAGE[0],
                                  [BYLINE_FACET_SOURCE] = PREFIX_SOURCE[0],
                                  [BYLINE_FACET_KEYWORD] = PREFIX_KEYWORD[0]};
  if (field == BYLINE_FACET_AUTHOR)
    return complete_author(database, prefix, limit, fn, user, error);
  if ((size_t)field >= sizeof prefixes)
    return error_set(error, BYLINE_INVALID, "there is no such field");
  values v = {.field = field, .limit = limit, .fn = fn, .user = user};
  return complete_term(database, prefixes[field], prefix, &v, error);
}
