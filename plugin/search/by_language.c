#include "search/by_language.h"

#include <string.h>

#include "base/error.h"
#include "index/schema.h"
#include "search/filters.h"

/* An article that says nothing of its analysis counts as English: another
 * program wrote it, or a version that knew no other. */
static const char REST[] = "en";

/* Languages that make the same query. */
typedef struct branch {
  xap_query *query;
  byline_string description;
  xap_query *languages; /* one of their terms */
  bool rest;            /* English is one of them */
  struct branch *next;
} branch;

typedef struct combination {
  by_language_fn make;
  void *user;
  arena memory;
  branch *branches;
  byline_error *error;
} combination;

/* ---- Which languages --------------------------------------------------- */

typedef struct language_list {
  arena *memory;
  const char **names;
  size_t count, capacity;
  size_t articles;
} language_list;

static int add_language(void *user, byline_string language, uint32_t count) {
  language_list *l = user;
  byline_string name;
  if (l->count == l->capacity) {
    size_t capacity = l->capacity ? l->capacity * 2 : 16;
    const char **names = arena_array(l->memory, capacity, sizeof *names);
    if (!names)
      return BYLINE_NO_MEMORY;
    if (l->count > 0)
      memcpy(names, l->names, l->count * sizeof *names);
    l->names = names;
    l->capacity = capacity;
  }
  if (!arena_string(l->memory, language, &name))
    return BYLINE_NO_MEMORY;
  l->names[l->count++] = name.data;
  l->articles += count;
  return 0;
}

static bool has(const language_list *l, const char *name) {
  for (size_t i = 0; i < l->count; i++)
    if (strcmp(l->names[i], name) == 0)
      return true;
  return false;
}

static byline_status list_languages(const byline_database *db, language_list *l,
                                    byline_error *error) {
  xap_statistics statistics;
  byline_status status = schema_languages(db->database, add_language, l, error);
  if (status == BYLINE_OK)
    status = xap_database_statistics(db->database, &statistics, error);
  if (status == BYLINE_OK &&
      (l->count == 0 || l->articles < statistics.documents) && !has(l, REST))
    status = add_language(l, (byline_string){REST, strlen(REST)}, 0);
  return status == BYLINE_NO_MEMORY ? error_no_memory(error) : status;
}

byline_status by_language_only(const byline_database *db,
                               char only[DATABASE_LANGUAGE_SIZE],
                               byline_error *error) {
  arena memory = ARENA_INIT;
  language_list l = {.memory = &memory};
  byline_status status = list_languages(db, &l, error);
  *only = '\0';
  if (status == BYLINE_OK && l.count == 1 &&
      strlen(l.names[0]) < DATABASE_LANGUAGE_SIZE)
    memcpy(only, l.names[0], strlen(l.names[0]) + 1);
  arena_free(&memory);
  return status;
}

/* ---- Branches ---------------------------------------------------------- */

static int keep_description(void *user, byline_string text) {
  return buf_add_str(user, text) ? 0 : BYLINE_NO_MEMORY;
}

/* *left becomes the two combined; right is used up. *left may be NULL. */
static byline_status join(xap_operator op, xap_query **left, xap_query *right,
                          byline_error *error) {
  if (!*left) {
    *left = right;
    return BYLINE_OK;
  }
  const xap_query *parts[] = {*left, right};
  xap_query *both = NULL;
  byline_status status = xap_query_combine(op, parts, 2, 0, &both, error);
  xap_query_free(right);
  if (status != BYLINE_OK)
    return status;
  xap_query_free(*left);
  *left = both;
  return BYLINE_OK;
}

/* The branch of a query, which it takes over; a new one if there is none. */
static byline_status find_branch(combination *c, xap_query *query,
                                 branch **found) {
  buf text = BUF_INIT;
  byline_status status =
      xap_query_description(query, keep_description, &text, c->error);
  branch *b = c->branches;
  while (status == BYLINE_OK && b &&
         (b->description.length != text.length ||
          memcmp(b->description.data, text.data, text.length) != 0))
    b = b->next;
  if (status == BYLINE_OK && b) {
    xap_query_free(query);
  } else if (status == BYLINE_OK) {
    b = arena_array(&c->memory, 1, sizeof *b);
    byline_string description;
    if (b && arena_string(&c->memory, buf_string(&text), &description)) {
      *b = (branch){query, description, NULL, false, c->branches};
      c->branches = b;
    } else {
      status = BYLINE_NO_MEMORY;
    }
  }
  if (status != BYLINE_OK)
    xap_query_free(query);
  buf_free(&text);
  *found = b;
  return status == BYLINE_NO_MEMORY ? error_no_memory(c->error) : status;
}

static byline_status add_branch(combination *c, const char *language) {
  xap_query *query = NULL, *term = NULL;
  branch *b;
  byline_status status = c->make(c->user, language, &query, c->error);
  if (status == BYLINE_OK)
    status = find_branch(c, query, &b);
  if (status == BYLINE_OK)
    status =
        filter_term(PREFIX_STEMS, (byline_string){language, strlen(language)},
                    false, &term, c->error);
  if (status == BYLINE_OK)
    status = join(XAP_OR, &b->languages, term, c->error);
  if (status == BYLINE_OK && strcmp(language, REST) == 0)
    b->rest = true;
  return status;
}

/* Narrows a branch to its languages, or the rest to what is in no other. */
static byline_status narrow(combination *c, branch *b) {
  if (!b->rest) {
    xap_query *languages = b->languages;
    b->languages = NULL;
    return join(XAP_FILTER, &b->query, languages, c->error);
  }
  byline_status status = BYLINE_OK;
  for (branch *other = c->branches; status == BYLINE_OK && other;
       other = other->next) {
    xap_query *copy = NULL;
    if (other == b)
      continue;
    const xap_query *parts[] = {other->languages};
    status = xap_query_combine(XAP_OR, parts, 1, 0, &copy, c->error);
    if (status == BYLINE_OK)
      status = join(XAP_AND_NOT, &b->query, copy, c->error);
  }
  return status;
}

static byline_status join_branches(combination *c, xap_query **query) {
  byline_status status = BYLINE_OK;
  xap_query *all = NULL;
  /* The rest first, while the others still have their languages. */
  for (int rest = 1; rest >= 0; rest--)
    for (branch *b = c->branches; status == BYLINE_OK && b; b = b->next)
      if (b->rest == rest && c->branches->next)
        status = narrow(c, b);
  for (branch *b = c->branches; status == BYLINE_OK && b; b = b->next) {
    xap_query *part = b->query;
    b->query = NULL;
    status = join(XAP_OR, &all, part, c->error);
  }
  if (status == BYLINE_OK)
    *query = all;
  else
    xap_query_free(all);
  return status;
}

byline_status by_language_combine(const byline_database *db,
                                  by_language_fn make, void *user,
                                  xap_query **query, byline_error *error) {
  combination c = {make, user, ARENA_INIT, NULL, error};
  language_list l = {.memory = &c.memory};
  byline_status status = list_languages(db, &l, error);
  for (size_t i = 0; status == BYLINE_OK && i < l.count; i++)
    status = add_branch(&c, l.names[i]);
  if (status == BYLINE_OK)
    status = join_branches(&c, query);
  for (branch *b = c.branches; b; b = b->next) {
    xap_query_free(b->query);
    xap_query_free(b->languages);
  }
  arena_free(&c.memory);
  return status;
}
