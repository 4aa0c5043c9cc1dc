#include "read/hyphens.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/error.h"
#include "base/utf8.h"
#include "read/words.h"

enum {
  BITS = 1 << 23, /* of the set */
  PROBES = 3,     /* bits a word has */
  LONGEST_PART = 60
};

/* FNV-1a over the letters of a word in lower case; 0: nothing yet. */
static uint64_t hash_letter(uint64_t hash, uint32_t c) {
  if (hash == 0)
    hash = UINT64_C(0xcbf29ce484222325);
  if (c < 0x80)
    c = c >= 'A' && c <= 'Z' ? c | 0x20 : c;
  else
    c = (uint32_t)u_tolower((UChar32)c);
  return (hash ^ c) * UINT64_C(0x100000001b3);
}

static bool is_letter(uint32_t c) {
  if (c < 0x80)
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return c != UTF8_INVALID && u_isalpha((UChar32)c);
}

static size_t bit_of(uint64_t hash, unsigned probe) {
  hash ^= hash >> 29;
  hash *= UINT64_C(0x9e3779b97f4a7c15) + 2 * probe;
  return (size_t)(hash >> 20) & (BITS - 1);
}

static void put(hyphens *h, uint64_t hash) {
  for (unsigned i = 0; i < PROBES; i++) {
    size_t bit = bit_of(hash, i);
    h->words[bit >> 3] |= (unsigned char)(1u << (bit & 7));
  }
}

static bool has(const hyphens *h, uint64_t hash) {
  for (unsigned i = 0; i < PROBES; i++) {
    size_t bit = bit_of(hash, i);
    if (!(h->words[bit >> 3] & (1u << (bit & 7))))
      return false;
  }
  return true;
}

void hyphens_add(hyphens *h, const char *text, size_t length) {
  uint64_t hash = 0;
  if (!h->words)
    return;
  for (size_t at = 0; at < length;) {
    uint32_t c = utf8_next(text, length, &at);
    if (is_letter(c)) {
      hash = hash_letter(hash, c);
      continue;
    }
    if (hash != 0)
      put(h, hash);
    hash = 0;
  }
  if (hash != 0)
    put(h, hash);
}

/* Whether a line of a text ends with a letter and a hyphen. */
static bool any_cut(const char *text, size_t length) {
  const char *end = text + length;
  for (const char *at = text; at < end;) {
    const char *hyphen = memchr(at, '-', (size_t)(end - at));
    if (!hyphen)
      return false;
    at = hyphen + 1;
    if (hyphen > text && at < end && (*at == '\n' || *at == '\r') &&
        (is_letter((unsigned char)hyphen[-1]) ||
         (unsigned char)hyphen[-1] >= 0x80))
      return true;
  }
  return false;
}

byline_status hyphens_learn(hyphens *h, ahead *a, byline_error *error) {
  if (!any_cut(a->bytes, a->length))
    return BYLINE_OK;
  h->words = calloc(BITS / 8, 1);
  if (!h->words)
    return error_no_memory(error);
  byline_status status = a->length < HYPHENS_AHEAD
                             ? ahead_fill(a, HYPHENS_AHEAD, error)
                             : BYLINE_OK;
  if (status == BYLINE_OK)
    hyphens_add(h, a->bytes, a->length);
  return status;
}

void hyphens_free(hyphens *h) {
  free(h->words);
  h->words = NULL;
}

/* ---- Joining ---- */

/* "pre- and post-war", "Ein- und Ausgang": the hyphen stands for a word. */
static bool is_conjunction(byline_string word) {
  static const char *const words[] = {
      "and", "or", "to",  "und", "oder",  "bis", "et",
      "ou",  "en", "of",  "och", "eller", "e",   "o",
      "y",   "og", "bzw", "i",   "lub",   "a",   "nebo"};
  return words_contain(words, sizeof words / sizeof *words, word.data,
                       word.length);
}

/* How many of the last bytes of a text are letters. */
static size_t letters_before(byline_string s) {
  size_t at = s.length;
  while (at > 0 && s.length - at <= LONGEST_PART) {
    size_t start = at - 1;
    while (start > 0 && ((unsigned char)s.data[start] & 0xC0) == 0x80)
      start--;
    size_t next = start;
    if (!is_letter(utf8_next(s.data, s.length, &next)))
      break;
    at = start;
  }
  return s.length - at;
}

static size_t letters_after(byline_string s) {
  size_t at = 0;
  while (at < s.length && at <= LONGEST_PART) {
    size_t next = at;
    if (!is_letter(utf8_next(s.data, s.length, &next)))
      break;
    at = next;
  }
  return at;
}

static uint64_t hash_word(uint64_t hash, byline_string s) {
  for (size_t at = 0; at < s.length;)
    hash = hash_letter(hash, utf8_next(s.data, s.length, &at));
  return hash;
}

hyphens_join hyphens_between(const hyphens *h, byline_string before,
                             byline_string after) {
  if (before.length < 2 || before.data[before.length - 1] != '-')
    return HYPHENS_APART;
  before.length--;
  size_t size = letters_before(before);
  byline_string first = {before.data + before.length - size, size};
  byline_string second = {after.data, letters_after(after)};
  if (first.length == 0 || second.length == 0 || is_conjunction(second))
    return HYPHENS_APART;
  size_t at = 0;
  bool small = u_islower((UChar32)utf8_next(second.data, second.length, &at));
  if (h && h->words && small && first.length <= LONGEST_PART &&
      second.length <= LONGEST_PART &&
      has(h, hash_word(hash_word(0, first), second)))
    return HYPHENS_REMOVE;
  return HYPHENS_KEEP;
}
