#include "index/identity.h"

#include <stdio.h>
#include <string.h>
#define XXH_INLINE_ALL /* a state on the stack is of this version's size */
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

/* The same, hashed: that of one of them needs no more than its number then. */
static bool hash_key(const byline_article *article, XXH3_state_t *hashed) {
  buf key = BUF_INIT;
  bool ok = make_key(article, &key);
  XXH3_128bits_reset(hashed);
  if (ok)
    XXH3_128bits_update(hashed, key.data, key.length);
  buf_free(&key);
  return ok;
}

static XXH128_hash_t hash_one(const XXH3_state_t *hashed, size_t ordinal) {
  XXH3_state_t one;
  char number[24];
  if (ordinal < 2)
    return XXH3_128bits_digest(hashed);
  int length = snprintf(number, sizeof number, "#%zu", ordinal);
  XXH3_copyState(&one, hashed);
  XXH3_128bits_update(&one, number, (size_t)length);
  return XXH3_128bits_digest(&one);
}

static void print_id(XXH128_hash_t hash, char id[IDENTITY_SIZE]) {
  snprintf(id, IDENTITY_SIZE, "%016llx%016llx", (unsigned long long)hash.high64,
           (unsigned long long)hash.low64);
}

bool identity_make(const byline_article *article, size_t ordinal,
                   char id[IDENTITY_SIZE]) {
  XXH3_state_t hashed;
  if (!hash_key(article, &hashed))
    return false;
  print_id(hash_one(&hashed, ordinal), id);
  return true;
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
  XXH128_hash_t own;
  XXH3_state_t hashed;
  *hash = XXH3_64bits(stored->id.data, stored->id.length);
  if (!read_id(stored->id, &own))
    return true;
  if (!hash_key(stored, &hashed))
    return false;
  for (size_t n = 1; n <= NUMBERS; n++)
    if (XXH128_isEqual(hash_one(&hashed, n), own)) {
      char id[IDENTITY_SIZE];
      print_id(hash_one(&hashed, 1), id);
      *hash = XXH3_64bits(id, IDENTITY_SIZE - 1);
      break;
    }
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
