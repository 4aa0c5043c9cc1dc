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

/* What the ids of all articles of one kind are made from. */
static bool make_key(const byline_article *article, buf *key) {
  return feed(key, article->date) && feed(key, article->title) &&
         feed_list(key, article->authors, article->author_count) &&
         (article->date.length > 0 || feed(key, article->text));
}

/* The same of one of them; the key is as before. */
static bool hash_key(buf *key, size_t ordinal, XXH128_hash_t *hash) {
  size_t length = key->length;
  bool ok = ordinal < 2 || buf_printf(key, "#%zu", ordinal);
  *hash = XXH3_128bits(key->data, key->length);
  key->length = length;
  return ok;
}

static void print_id(XXH128_hash_t hash, char id[IDENTITY_SIZE]) {
  snprintf(id, IDENTITY_SIZE, "%016llx%016llx", (unsigned long long)hash.high64,
           (unsigned long long)hash.low64);
}

bool identity_make(const byline_article *article, size_t ordinal,
                   char id[IDENTITY_SIZE]) {
  buf key = BUF_INIT;
  XXH128_hash_t hash;
  bool ok = make_key(article, &key) && hash_key(&key, ordinal, &hash);
  if (ok)
    print_id(hash, id);
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

/* The hash that an id of 32 hexadecimal digits is; false: it is none. */
static bool read_id(byline_string id, XXH128_hash_t *hash) {
  uint64_t halves[2] = {0, 0};
  if (id.length != IDENTITY_SIZE - 1)
    return false;
  for (size_t i = 0; i < id.length; i++) {
    static const char digits[] = "0123456789abcdef";
    const char *digit = memchr(digits, id.data[i], sizeof digits - 1);
    if (!digit)
      return false;
    halves[i / 16] = halves[i / 16] << 4 | (uint64_t)(digit - digits);
  }
  *hash = (XXH128_hash_t){.high64 = halves[0], .low64 = halves[1]};
  return true;
}

/* An id that was made with a number is of a kind: the first one's says where.
 * Numbers are tried as far as articles of one kind are found in practice, as
 * the id of a source's own may look like one that was made. */
bool identity_stored_hash(const byline_article *stored, uint64_t *hash) {
  enum { NUMBERS = 1000 };
  XXH128_hash_t own, first, other;
  *hash = XXH3_64bits(stored->id.data, stored->id.length);
  if (!read_id(stored->id, &own))
    return true;
  buf key = BUF_INIT;
  bool ok = make_key(stored, &key) && hash_key(&key, 1, &first);
  bool found = ok && XXH128_isEqual(first, own);
  for (size_t n = 2; ok && !found && n <= NUMBERS; n++) {
    ok = hash_key(&key, n, &other);
    found = ok && XXH128_isEqual(other, own);
  }
  buf_free(&key);
  if (found) {
    char id[IDENTITY_SIZE];
    print_id(first, id);
    *hash = XXH3_64bits(id, IDENTITY_SIZE - 1);
  }
  return ok;
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
