#include "index/identity.h"

#include <stdio.h>
#include <string.h>
#include <xxhash.h>

bool identity_is_explicit(const byline_article *article) {
  return article->id.length > 0 || article->url.length > 0;
}

/* Length first, so that no two lists of fields give the same bytes. */
static bool feed(buf *out, byline_string field) {
  uint64_t length = field.length;
  unsigned char bytes[8];
  for (size_t i = 0; i < sizeof bytes; i++)
    bytes[i] = (unsigned char)(length >> (8 * i));
  return buf_add(out, bytes, sizeof bytes) && buf_add_str(out, field);
}

static bool feed_list(buf *out, const byline_string *list, size_t count) {
  unsigned char bytes[4] = {(unsigned char)count, (unsigned char)(count >> 8),
                            (unsigned char)(count >> 16),
                            (unsigned char)(count >> 24)};
  bool ok = buf_add(out, bytes, sizeof bytes);
  for (size_t i = 0; ok && i < count; i++)
    ok = feed(out, list[i]);
  return ok;
}

bool identity_make(const byline_article *article, size_t ordinal,
                   char id[IDENTITY_SIZE]) {
  buf key = BUF_INIT;
  bool ok = feed(&key, article->date) && feed(&key, article->title) &&
            feed_list(&key, article->authors, article->author_count) &&
            (article->date.length > 0 || feed(&key, article->text)) &&
            (ordinal < 2 || buf_printf(&key, "#%zu", ordinal));
  if (ok) {
    XXH128_hash_t hash = XXH3_128bits(key.data, key.length);
    snprintf(id, IDENTITY_SIZE, "%016llx%016llx",
             (unsigned long long)hash.high64, (unsigned long long)hash.low64);
  }
  buf_free(&key);
  return ok;
}

bool identity_hash(const byline_article *article, uint64_t *hash) {
  char made[IDENTITY_SIZE];
  byline_string id = article->id.length > 0 ? article->id : article->url;
  if (!identity_is_explicit(article)) {
    if (!identity_make(article, 1, made))
      return false;
    id = (byline_string){made, strlen(made)};
  }
  *hash = XXH3_64bits(id.data, id.length);
  return true;
}

bool identity_digest(const byline_article *article, const char *language,
                     unsigned char digest[DIGEST_SIZE]) {
  buf key = BUF_INIT;
  bool ok = buf_printf(&key, "%d %d %s", SCHEMA_VERSION, ANALYZER_VERSION,
                       language ? language : "") &&
            feed(&key, article->title) &&
            feed_list(&key, article->decks, article->deck_count) &&
            feed_list(&key, article->authors, article->author_count) &&
            feed(&key, article->affiliation) && feed(&key, article->date) &&
            feed(&key, article->language) && feed(&key, article->section) &&
            feed_list(&key, article->keywords, article->keyword_count) &&
            feed(&key, article->url) && feed(&key, article->type) &&
            feed(&key, article->text);
  if (ok) {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(key.data, key.length));
    memcpy(digest, canonical.digest, DIGEST_SIZE);
  }
  buf_free(&key);
  return ok;
}
