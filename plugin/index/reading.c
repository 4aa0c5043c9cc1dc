/* byline_read: articles as byline_index would see them, with the ids that a new
 * database would give them. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "index/context.h"
#include "index/identity.h"
#include "index/seen.h"

typedef struct reading {
  byline_article_fn fn;
  void *user;
  seen_ids ids;      /* taken so far */
  seen_ids contents; /* id and digest of each */
  arena memory;
  byline_error *error;
} reading;

/* Each different article that shares date, title and authors with another
 * gets an id of its own; the same one again keeps its id. */
static byline_status make_id(reading *r, byline_article *article) {
  unsigned char digest[DIGEST_SIZE];
  char key[IDENTITY_SIZE - 1 + DIGEST_SIZE];
  byline_string content = {key, sizeof key};
  if (!identity_digest(article, NULL, digest))
    return error_no_memory(r->error);
  memcpy(key + IDENTITY_SIZE - 1, digest, DIGEST_SIZE);
  for (size_t ordinal = 1;; ordinal++) {
    char made[IDENTITY_SIZE];
    if (!identity_make(article, ordinal, made))
      return error_no_memory(r->error);
    memcpy(key, made, IDENTITY_SIZE - 1);
    byline_string id = {made, IDENTITY_SIZE - 1};
    if (seen_has(&r->ids, id) && !seen_has(&r->contents, content))
      continue;
    if (!seen_add(&r->ids, id) || !seen_add(&r->contents, content) ||
        !arena_string(&r->memory, id, &article->id))
      return error_no_memory(r->error);
    return BYLINE_OK;
  }
}

static int on_article(void *user, const byline_article *article) {
  reading *r = user;
  byline_article clean;
  arena_reset(&r->memory);
  byline_status status = schema_clean(&r->memory, article, &clean, r->error);
  if (status == BYLINE_OK && !identity_is_explicit(&clean))
    status = make_id(r, &clean);
  else if (clean.id.length == 0)
    clean.id = clean.url;
  return status == BYLINE_OK ? r->fn(r->user, &clean) : status;
}

byline_status byline_read(byline_context *context, const char *const *paths,
                          size_t count, const byline_read_options *options,
                          byline_article_fn article, void *user,
                          byline_read_stats *stats, byline_error *error) {
  reading r = {.fn = article, .user = user, .error = error};
  read_events events = {.user = &r, .article = on_article};
  byline_read_stats own = BYLINE_READ_STATS_INIT;
  byline_status status = context_reading(context, error);
  if (status == BYLINE_OK)
    status = context->reading->paths(context->readers, paths, count, options,
                                     &events, stats ? stats : &own, error);
  seen_free(&r.ids);
  seen_free(&r.contents);
  arena_free(&r.memory);
  return status;
}
