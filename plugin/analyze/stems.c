#include "analyze/stems.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>

#include "base/error.h"
#include "base/utf8.h"

enum { SLOTS = 8192, PROBES = 4, SLOT_BYTES = 58 };

/* A word and its stem behind it; word_length 0: free. */
typedef struct stem_slot {
  uint32_t hash;
  uint8_t word_length;
  uint8_t stem_length;
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
  if (s->slots) {
    memset(s->slots, 0, SLOTS * sizeof *s->slots);
  } else if (stemmer && !(s->slots = calloc(SLOTS, sizeof *s->slots))) {
    xap_stemmer_free(stemmer);
    return error_no_memory(error);
  }
  xap_stemmer_free(s->stemmer);
  s->stemmer = stemmer;
  memcpy(s->language, language, length + 1);
  return BYLINE_OK;
}

bool stems_wanted(const stems *s, byline_string word) {
  if (!s->stemmer || word.length == 0)
    return false;
  size_t at = 0;
  UChar32 first = (UChar32)utf8_next(word.data, word.length, &at);
  if (first < 0x80)
    return first >= 'a' && first <= 'z';
  uint32_t stemmed = U_GC_LL_MASK | U_GC_LT_MASK | U_GC_LM_MASK | U_GC_LO_MASK;
  return (U_GET_GC_MASK(first) & stemmed) != 0;
}

static uint32_t hash_of(byline_string word) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < word.length; i++)
    hash = (hash ^ (unsigned char)word.data[i]) * 16777619u;
  return hash;
}

static bool holds(const stem_slot *slot, uint32_t hash, byline_string word) {
  return slot->hash == hash && slot->word_length == word.length &&
         memcmp(slot->bytes, word.data, word.length) == 0;
}

/* The word's slot, else the one to overwrite. */
static stem_slot *find(stems *s, uint32_t hash, byline_string word) {
  stem_slot *first = &s->slots[(hash ^ hash >> 16) & (SLOTS - PROBES)];
  for (size_t i = 0; i < PROBES; i++)
    if (first[i].word_length == 0 || holds(&first[i], hash, word))
      return &first[i];
  return &first[hash >> 30];
}

byline_status stems_get(stems *s, byline_string word, byline_string *stem,
                        byline_error *error) {
  if (word.length >= SLOT_BYTES)
    return xap_stemmer_stem(s->stemmer, word, stem, error);
  uint32_t hash = hash_of(word);
  stem_slot *slot = find(s, hash, word);
  if (holds(slot, hash, word)) {
    *stem = (byline_string){slot->bytes + slot->word_length, slot->stem_length};
    return BYLINE_OK;
  }
  byline_status status = xap_stemmer_stem(s->stemmer, word, stem, error);
  if (status != BYLINE_OK || word.length + stem->length > SLOT_BYTES)
    return status;
  slot->hash = hash;
  slot->word_length = (uint8_t)word.length;
  slot->stem_length = (uint8_t)stem->length;
  memcpy(slot->bytes, word.data, word.length);
  if (stem->length > 0)
    memcpy(slot->bytes + word.length, stem->data, stem->length);
  return BYLINE_OK;
}
