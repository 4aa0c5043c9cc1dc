#include "index/match.h"

#include <string.h>

#include "base/error.h"
#include "index/files.h"
#include "index/identity.h"

/* Articles that share date, title and authors; more are an error. */
enum { ORDINAL_MAX = 100000 };

void matcher_free(matcher *m) {
  seen_free(&m->seen);
  seen_free(&m->contents);
}

void matcher_set_file(matcher *m, const schema_file *file) {
  m->file = *file;
  seen_clear(&m->seen);
  seen_clear(&m->contents);
}

/* ---- What there is already --------------------------------------------- */

typedef struct existing {
  const matcher *matcher;
  const byline_article *article;
  const unsigned char *digest;
  uint32_t docid; /* 0: there is none */
  bool building;
  bool twins;
  uint32_t dropped;     /* with the id, and to be deleted; 0: there is none */
  bool dropped_content; /* it has the same */
  bool same_content;    /* digest for digest */
  bool same_source;
  bool same_place; /* source and line */
  bool source_gone;
} existing;

static bool equal(byline_string a, byline_string b) {
  return a.length == b.length &&
         (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* Two readings of standard input need have nothing in common. */
static bool is_same_source(const schema_file *file, byline_string absolute,
                           byline_string source, byline_string own) {
  if (file->absolute.length > 0 && absolute.length > 0)
    return equal(absolute, file->absolute);
  return equal(source, own) && !equal(source, (byline_string){"-", 1});
}

static byline_status compare_origin(existing *e, const found_document *found,
                                    byline_error *error) {
  byline_string own = e->article->source;
  e->same_source =
      is_same_source(&e->matcher->file, found->absolute, found->source, own);
  e->same_place = equal(found->source, own) && found->line == e->article->line;
  e->source_gone = !e->same_source && file_is_gone(found->absolute);
  if (e->source_gone || found->absolute.length == 0 || found->building)
    return BYLINE_OK;
  /* The file may be there, or be this one, and have let go of the article. */
  bool claimed = true;
  lookup *documents = e->matcher->documents;
  byline_status status = documents->claimed(documents, found->docid,
                                            found->absolute, &claimed, error);
  if (!claimed) {
    e->source_gone = true;
    e->same_source = false;
    e->same_place = false;
  }
  return status;
}

static byline_status look_up(matcher *m, byline_string id, existing *e,
                             byline_error *error) {
  found_document found = {0};
  byline_status status =
      m->documents->find(m->documents, id, e->digest, &found, error);
  e->docid = found.docid;
  e->building = found.building;
  e->twins = found.twins;
  e->dropped = found.dropped;
  e->dropped_content = found.dropped_content;
  e->same_content = found.content;
  if (status == BYLINE_OK && found.docid != 0)
    status = compare_origin(e, &found, error);
  return status;
}

/* ---- Where an article belongs ------------------------------------------ */

/* The same content again: at the same place or copied from a file that is
 * still there, it stays; else it has moved. */
static void take_same(const existing *e, match *result) {
  bool stays = e->same_place || !(e->same_source || e->source_gone);
  result->outcome = stays ? BYLINE_UNCHANGED : BYLINE_MOVED;
  result->copy = stays && !e->same_source;
}

static void take(const existing *e, match *result) {
  result->docid = e->docid;
  result->building = e->building;
  result->twins = e->twins;
  result->copy = false;
  if (e->docid == 0 && e->dropped != 0) {
    result->back = e->dropped;
    result->outcome = e->dropped_content ? BYLINE_MOVED : BYLINE_REPLACED;
  } else if (e->docid == 0)
    result->outcome = BYLINE_ADDED;
  else if (e->same_content)
    take_same(e, result);
  else
    result->outcome = BYLINE_REPLACED;
}

/* The source names the article: whatever has that name is an earlier state of
 * it, but within one file the first place of the same content stays. */
static byline_status find_explicit(matcher *m, existing *e, match *result,
                                   byline_error *error) {
  result->id = e->article->id.length > 0 ? e->article->id : e->article->url;
  byline_status status = look_up(m, result->id, e, error);
  if (status != BYLINE_OK)
    return status;
  take(e, result);
  if (result->outcome == BYLINE_MOVED && seen_has(&m->seen, result->id))
    result->outcome = BYLINE_UNCHANGED;
  return BYLINE_OK;
}

/* Whether another article can take the place of what was found: this file had
 * it, or one that has let go of it, and no other has it, too. When all has been
 * read, what this file has still is not to be deleted, and stays. */
static byline_status look_at_place(const existing *e, bool *is_free,
                                   byline_error *error) {
  lookup *documents = e->matcher->documents;
  byline_string own = e->matcher->file.absolute;
  bool shared = false, claimed = false, all_read = e->matcher->all_read;
  byline_status status = BYLINE_OK;
  *is_free = e->docid == 0 || e->same_source || e->source_gone;
  if (e->docid == 0 || !*is_free || e->building)
    return BYLINE_OK;
  status = documents->shared(documents, e->docid, own, &shared, error);
  if (status == BYLINE_OK && all_read && own.length > 0)
    status = documents->claimed(documents, e->docid, own, &claimed, error);
  *is_free = !shared && !claimed;
  return status;
}

/* Another article is in the place: in another file, or behind this one, it may
 * be met again. */
static bool must_wait(const existing *e) {
  return (e->docid != 0 || e->dropped != 0) && !e->building &&
         !e->matcher->all_read && e->matcher->file.absolute.length > 0;
}

/* Where an article may belong whose id is made, when its content is nowhere. */
typedef struct places {
  match place; /* the first that it may have, if that has an id */
  match back;  /* the same content, which is to be deleted */
} places;

static byline_status look_at(const existing *e, byline_string id, arena *a,
                             places *p, byline_error *error) {
  bool is_free = e->docid == 0 && e->dropped;
  byline_status status = BYLINE_OK;
  match *found = NULL;
  if (p->place.id.length == 0 && !e->dropped)
    status = look_at_place(e, &is_free, error);
  if (status != BYLINE_OK)
    return status;
  if (e->dropped_content && e->docid == 0 && p->back.back == 0)
    found = &p->back;
  else if (is_free && p->place.id.length == 0)
    found = &p->place;
  if (!found)
    return BYLINE_OK;
  take(e, found);
  found->later = found == &p->place && must_wait(e);
  return arena_string(a, id, &found->id) ? BYLINE_OK : error_no_memory(error);
}

/* Tries ordinal after ordinal: the same content anywhere is the article, also
 * behind some that are free, as articles have gone, or where it is to be
 * deleted, if nowhere else. Else it takes the first place that is free, or that
 * nobody else has and no article of this reading has claimed. */
static byline_status find_made(matcher *m, existing *e, arena *a, match *result,
                               byline_error *error) {
  enum { FREE_MAX = 12 };
  char id[IDENTITY_SIZE];
  places p = {0};
  size_t free_count = 0;
  byline_status status = BYLINE_OK;
  for (size_t ordinal = 1; ordinal < ORDINAL_MAX; ordinal++) {
    if (!identity_make(e->article, ordinal, id))
      return error_no_memory(error);
    byline_string name = {id, strlen(id)};
    if (seen_has(&m->seen, name))
      continue;
    if ((status = look_up(m, name, e, error)) != BYLINE_OK)
      return status;
    if (e->docid != 0 && e->same_content) {
      take(e, result);
      return arena_string(a, name, &result->id) ? BYLINE_OK
                                                : error_no_memory(error);
    }
    if ((status = look_at(e, name, a, &p, error)) != BYLINE_OK)
      return status;
    free_count = e->docid == 0 && !e->dropped ? free_count + 1 : 0;
    if (free_count == FREE_MAX) {
      *result = p.back.back != 0 ? p.back : p.place;
      return BYLINE_OK;
    }
  }
  return error_set(error, BYLINE_INVALID,
                   "more than %d articles share this date, title and author",
                   ORDINAL_MAX - 1);
}

/* Whether this file had an article of the same identity and content before;
 * remembers it. */
static bool is_repeated(matcher *m, const existing *e, bool *repeated) {
  char key[IDENTITY_SIZE - 1 + DIGEST_SIZE], id[IDENTITY_SIZE];
  byline_string content = {key, sizeof key};
  if (!identity_make(e->article, 1, id))
    return false;
  memcpy(key, id, IDENTITY_SIZE - 1);
  memcpy(key + IDENTITY_SIZE - 1, e->digest, DIGEST_SIZE);
  *repeated = seen_has(&m->contents, content);
  return *repeated || seen_add(&m->contents, content);
}

byline_status match_article(matcher *m, const byline_article *article,
                            const unsigned char digest[DIGEST_SIZE], arena *a,
                            match *result, byline_error *error) {
  existing e = {.matcher = m, .article = article, .digest = digest};
  *result = (match){.outcome = BYLINE_ADDED};
  bool repeated = false;
  byline_status status = BYLINE_OK;
  if (identity_is_explicit(article))
    status = find_explicit(m, &e, result, error);
  else if (!is_repeated(m, &e, &repeated))
    status = error_no_memory(error);
  else if (repeated)
    result->outcome = BYLINE_UNCHANGED;
  else
    status = find_made(m, &e, a, result, error);
  if (status == BYLINE_OK && result->id.length > 0 && !result->later &&
      !seen_add(&m->seen, result->id))
    status = error_no_memory(error);
  return status;
}
