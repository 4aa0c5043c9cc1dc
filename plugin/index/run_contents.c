#include "index/run_contents.h"

#include <string.h>
#include <xxhash.h>

#include "base/error.h"
#include "index/identity.h"

static const byline_string UNKNOWN = {"?", 1};

void run_contents_free(run_contents *r) {
  arena_free(&r->memory);
  seen_free(&r->naming);
  seen_free(&r->silent);
}

static void add_language(const unsigned char content[DIGEST_SIZE],
                         byline_string language,
                         unsigned char key[DIGEST_SIZE]) {
  XXH64_hash_t seed = XXH3_64bits(language.data, language.length);
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical,
                           XXH3_128bits_withSeed(content, DIGEST_SIZE, seed));
  memcpy(key, canonical.digest, DIGEST_SIZE);
}

static bool equal(byline_string a, byline_string b) {
  return a.length == b.length && memcmp(a.data, b.data, a.length) == 0;
}

/* One of two articles with the same text names its language, and the other does
 * not: now it must be found out. */
static byline_status find_language(run_contents *r,
                                   const byline_article *article,
                                   byline_string *language,
                                   byline_error *error) {
  byline_article silent = *article;
  silent.language = (byline_string){NULL, 0};
  arena_reset(&r->memory);
  byline_status status =
      language_claim(r->languages, &r->memory, &silent, error);
  *language = silent.language;
  return status;
}

size_t run_contents_memory(const run_contents *r) {
  return seen_memory(&r->naming) + seen_memory(&r->silent);
}

byline_status run_contents_key(run_contents *r, const byline_article *article,
                               unsigned char key[DIGEST_SIZE],
                               byline_error *error) {
  unsigned char content[DIGEST_SIZE];
  byline_string own = article->language, found = {NULL, 0};
  byline_article bare = *article;
  bool names = own.length > 0;
  byline_status status = BYLINE_OK;
  bare.language = (byline_string){NULL, 0};
  if (!identity_digest(&bare, NULL, content))
    return error_no_memory(error);
  byline_string name = {(const char *)content, DIGEST_SIZE};
  if (!seen_has(names ? &r->silent : &r->naming, name)) {
    add_language(content, names ? own : UNKNOWN, key);
    return seen_add(names ? &r->naming : &r->silent, name)
               ? BYLINE_OK
               : error_no_memory(error);
  }
  status = find_language(r, article, &found, error);
  if (names)
    add_language(content, equal(found, own) ? UNKNOWN : own, key);
  else
    add_language(content, found, key);
  return status;
}
