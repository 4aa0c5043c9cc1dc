#include "analyze/stems.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>

#include "analyze/first_bytes.h"
#include "base/error.h"
#include "base/utf8.h"

/* At first as many as hold the words of a few articles, for a search to begin
 * at once; in the end those of a year's newspapers. */
enum { SLOTS = 1024, SLOTS_MOST = 65536, GROWTH = 4 };

enum { PROBES = 4, SLOT_BYTES = 45 };

/* A word, by its key, and its stem; tongue 0: free. The rest of a long word
 * stands before the stem. */
typedef struct stem_slot {
  uint64_t words[2];
  uint8_t word_length;
  uint8_t stem_length;
  uint8_t tongue;
  char bytes[SLOT_BYTES];
} stem_slot;

void stems_close(stems *s) {
  xap_stemmer_free(s->stemmer);
  free(s->slots);
  memset(s, 0, sizeof *s);
}

static byline_status unknown(const char *language, byline_error *error) {
  const char *names = xap_stemmer_languages();
  if (!names)
    return error_no_memory(error);
  return error_set(error, BYLINE_INVALID,
                   "no stemmer for the language '%s'; choose none or one of: "
                   "%s",
                   language, names);
}

/* A language that ISO 639 and ICU have but Snowball has not: no stems. */
static bool is_language(const char *language) {
  size_t length = strlen(language);
  return (length == 2 || length == 3) && *uloc_getISO3Language(language) != 0;
}

bool stems_know_language(const char *language) {
  xap_stemmer *stemmer = NULL;
  if (!language || is_language(language))
    return true;
  bool known = xap_stemmer_new(language, &stemmer, NULL) == BYLINE_OK;
  xap_stemmer_free(stemmer);
  return known;
}

/* Languages may change with every article: what was remembered of one is there
 * when it comes back. */
static void set_tongue(stems *s) {
  for (s->tongue = 1; s->tongue <= s->tongues; s->tongue++)
    if (strcmp(s->known[s->tongue - 1], s->language) == 0)
      return;
  if (s->tongues == STEMS_TONGUES) {
    memset(s->slots, 0, s->slot_count * sizeof *s->slots);
    s->used = 0;
    s->tongues = 0;
    s->tongue = 1;
  }
  memcpy(s->known[s->tongues++], s->language, sizeof s->language);
}

byline_status stems_set_language(stems *s, const char *language,
                                 byline_error *error) {
  if (!language || strcmp(language, "none") == 0)
    language = "";
  if (strcmp(s->language, language) == 0)
    return BYLINE_OK;
  size_t length = strlen(language);
  if (length >= sizeof s->language)
    return unknown(language, error);
  xap_stemmer *stemmer = NULL;
  if (length > 0) {
    byline_status status = xap_stemmer_new(language, &stemmer, error);
    if (status == BYLINE_INVALID && !is_language(language))
      return unknown(language, error);
    if (status != BYLINE_OK && status != BYLINE_INVALID)
      return status;
  }
  if (!s->slots && stemmer) {
    s->slots = calloc(SLOTS, sizeof *s->slots);
    s->slot_count = SLOTS;
    if (!s->slots) {
      xap_stemmer_free(stemmer);
      return error_no_memory(error);
    }
  }
  xap_stemmer_free(s->stemmer);
  s->stemmer = stemmer;
  memcpy(s->language, language, length + 1);
  if (stemmer)
    set_tongue(s);
  return BYLINE_OK;
}

bool stems_may_want(byline_string word) {
  if (word.length == 0)
    return false;
  size_t at = 0;
  UChar32 first = (UChar32)utf8_next(word.data, word.length, &at);
  if (first < 0x80)
    return first >= 'a' && first <= 'z';
  uint32_t stemmed = U_GC_LL_MASK | U_GC_LT_MASK | U_GC_LM_MASK | U_GC_LO_MASK;
  return (U_GET_GC_MASK(first) & stemmed) != 0;
}

static uint64_t hash_of(const uint64_t words[2], size_t length) {
  uint64_t hash = (words[0] ^ length) * FIRST_BYTES_MIX;
  return (hash ^ hash >> 32 ^ words[1]) * FIRST_BYTES_MIX;
}

/* The first of the slots that a word may be in. */
static inline stem_slot *slots_of(const stems *s, uint64_t hash) {
  return &s->slots[(size_t)(hash >> 40) & (s->slot_count - PROBES)];
}

void stems_expect(const stems *s, byline_string word, stem_key *key) {
  size_t length = word.length;
  key->words[0] = first_bytes(word.data, length);
  key->words[1] = length > 8 ? first_bytes(word.data + 8, length - 8) : 0;
  key->word = word;
  key->hash = hash_of(key->words, length);
  if (s->slots)
    __builtin_prefetch(slots_of(s, key->hash));
}

/* How much of a word is not in a key's words. */
static size_t rest_of(byline_string word) {
  return word.length > STEMS_AHEAD ? word.length - STEMS_AHEAD : 0;
}

static bool holds(const stem_slot *slot, uint8_t tongue, const stem_key *key) {
  if (slot->words[0] != key->words[0] || slot->words[1] != key->words[1] ||
      slot->word_length != key->word.length || slot->tongue != tongue)
    return false;
  size_t rest = rest_of(key->word);
  return rest == 0 ||
         memcmp(slot->bytes, key->word.data + STEMS_AHEAD, rest) == 0;
}

static void remember(stem_slot *slot, uint8_t tongue, const stem_key *key,
                     byline_string stem) {
  size_t rest = rest_of(key->word);
  if (rest + stem.length > SLOT_BYTES || key->word.length > UINT8_MAX)
    return;
  memcpy(slot->words, key->words, sizeof slot->words);
  slot->word_length = (uint8_t)key->word.length;
  slot->stem_length = (uint8_t)stem.length;
  slot->tongue = tongue;
  if (rest > 0)
    memcpy(slot->bytes, key->word.data + STEMS_AHEAD, rest);
  if (stem.length > 0)
    memcpy(slot->bytes + rest, stem.data, stem.length);
}

/* Moves what is remembered into more slots, but what finds none free there;
 * without memory for more it stays where it is. */
static void grow(stems *s) {
  size_t count = s->slot_count;
  stem_slot *old = s->slots, *slots = calloc(count * GROWTH, sizeof *slots);
  if (!slots)
    return;
  s->slots = slots;
  s->slot_count = count * GROWTH;
  s->used = 0;
  for (const stem_slot *from = old; from < old + count; from++) {
    if (from->tongue == 0)
      continue;
    stem_slot *to = slots_of(s, hash_of(from->words, from->word_length));
    stem_slot *end = to + PROBES;
    while (to < end && to->tongue != 0)
      to++;
    if (to == end)
      continue;
    *to = *from;
    s->used++;
  }
  free(old);
}

/* A word that is rare, as most are, is in the last slot until the next one
 * comes that finds none free. One that is met before then changes places with
 * another, and stays. */
static stem_slot *keep(stem_slot *first, stem_slot *last, const stem_key *key) {
  stem_slot *other = &first[key->words[0] % (PROBES - 1)];
  stem_slot moved = *other;
  *other = *last;
  *last = moved;
  return other;
}

byline_status stems_get(stems *s, const stem_key *key, byline_string *stem,
                        byline_error *error) {
  if (s->used > s->slot_count / 2 && s->slot_count < SLOTS_MOST)
    grow(s);
  stem_slot *first = slots_of(s, key->hash), *free = NULL;
  stem_slot *last = first + PROBES - 1;
  for (stem_slot *slot = first; slot <= last; slot++) {
    if (holds(slot, s->tongue, key)) {
      if (slot == last)
        slot = keep(first, last, key);
      *stem =
          (byline_string){slot->bytes + rest_of(key->word), slot->stem_length};
      return BYLINE_OK;
    }
    if (!free && slot->tongue == 0)
      free = slot;
  }
  byline_status status = xap_stemmer_stem(s->stemmer, key->word, stem, error);
  if (status != BYLINE_OK)
    return status;
  remember(free ? free : last, s->tongue, key, *stem);
  s->used += free && free->tongue != 0;
  return BYLINE_OK;
}
