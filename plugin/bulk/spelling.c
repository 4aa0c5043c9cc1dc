#include "bulk/spelling.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "bulk/pack.h"

enum {
  WORD_MAX = PACK_KEY_MAX - 1,
  SHORT_WORD = 4,    /* up to this a word is found by its two ends as well */
  LENGTH_MASK = 96,  /* lengths look like letters then, which deflates well */
  AT_ONCE = 1 << 20, /* fragments sorted together, unless one byte begins more
                      */
  FIRST_BYTE_SHIFT = 16
};

/* The letters by which the keys of fragments begin, in their order. */
enum { ENDS = 'B', HEAD = 'H', MIDDLE = 'M', TAIL = 'T', WORD = 'W' };

typedef struct fragment {
  uint32_t bytes; /* three, or two and a zero; the first is the highest */
  uint32_t word;  /* its index */
} fragment;

typedef struct spelling {
  table_writer *table;
  deflater *deflater;
  const spelling_word *words;
  size_t count;
  fragment *memory;
  size_t capacity;
  fragment *fragments, *other; /* of one round, and room to sort them: there */
  buf tag, deflated;
} spelling;

/* ---- Fragments --------------------------------------------------------- */

static size_t fragment_count(int kind, byline_string word) {
  if (kind == MIDDLE)
    return word.length - 2;
  return kind == ENDS ? word.length <= SHORT_WORD : 1;
}

static uint32_t fragment_at(int kind, byline_string word, size_t i) {
  const unsigned char *text = (const unsigned char *)word.data;
  size_t last = word.length - 1;
  switch (kind) {
  case ENDS:
    return (uint32_t)text[0] << 16 | (uint32_t)text[last] << 8;
  case HEAD:
    return (uint32_t)text[0] << 16 | (uint32_t)text[1] << 8;
  case TAIL:
    return (uint32_t)text[last - 1] << 16 | (uint32_t)text[last] << 8;
  default:
    return (uint32_t)text[i] << 16 | (uint32_t)text[i + 1] << 8 | text[i + 2];
  }
}

static void count_first_bytes(const spelling *s, int kind, size_t counts[256]) {
  memset(counts, 0, 256 * sizeof *counts);
  for (size_t w = 0; w < s->count; w++) {
    byline_string word = s->words[w].word;
    size_t n = fragment_count(kind, word);
    for (size_t i = 0; i < n; i++)
      counts[fragment_at(kind, word, i) >> FIRST_BYTE_SHIFT]++;
  }
}

/* Those whose first byte is in [from, to). */
static size_t collect(spelling *s, int kind, uint32_t from, uint32_t to) {
  size_t count = 0;
  for (size_t w = 0; w < s->count; w++) {
    byline_string word = s->words[w].word;
    size_t n = fragment_count(kind, word);
    for (size_t i = 0; i < n; i++) {
      uint32_t bytes = fragment_at(kind, word, i);
      if ((bytes >> FIRST_BYTE_SHIFT) - from < to - from)
        s->fragments[count++] = (fragment){bytes, (uint32_t)w};
    }
  }
  return count;
}

/* By bytes, and words of the same in their order: a radix sort. */
static void sort_fragments(spelling *s, size_t count) {
  for (unsigned shift = 0; shift < 24; shift += 8) {
    size_t at[256] = {0};
    for (size_t i = 0; i < count; i++)
      at[s->fragments[i].bytes >> shift & 0xFF]++;
    size_t sum = 0;
    for (unsigned byte = 0; byte < 256; byte++) {
      size_t here = at[byte];
      at[byte] = sum;
      sum += here;
    }
    for (size_t i = 0; i < count; i++)
      s->other[at[s->fragments[i].bytes >> shift & 0xFF]++] = s->fragments[i];
    fragment *sorted = s->other;
    s->other = s->fragments;
    s->fragments = sorted;
  }
}

/* ---- Entries ----------------------------------------------------------- */

static bool add_word(buf *tag, byline_string previous, byline_string word) {
  if (previous.length == 0)
    return buf_add_char(tag, (char)(word.length ^ LENGTH_MASK)) &&
           buf_add_str(tag, word);
  size_t same = 0;
  while (same < previous.length && same < word.length &&
         previous.data[same] == word.data[same])
    same++;
  char lengths[2] = {(char)(same ^ LENGTH_MASK),
                     (char)((word.length - same) ^ LENGTH_MASK)};
  return buf_add(tag, lengths, 2) &&
         buf_add(tag, word.data + same, word.length - same);
}

/* A word that has the fragment twice is there once. */
static bool make_tag(spelling *s, const fragment *fragments, size_t count) {
  byline_string previous = {NULL, 0};
  buf_clear(&s->tag);
  for (size_t i = 0; i < count; i++) {
    if (i > 0 && fragments[i].word == fragments[i - 1].word)
      continue;
    byline_string word = s->words[fragments[i].word].word;
    if (!add_word(&s->tag, previous, word))
      return false;
    previous = word;
  }
  return true;
}

static byline_status add_fragment(spelling *s, int kind,
                                  const fragment *fragments, size_t count,
                                  byline_error *error) {
  uint32_t bytes = fragments->bytes;
  char key[4] = {(char)kind, (char)(bytes >> 16), (char)(bytes >> 8),
                 (char)bytes};
  bool compressed;
  buf_clear(&s->deflated);
  if (!make_tag(s, fragments, count) ||
      !deflater_run(s->deflater, buf_string(&s->tag),
                    table_compress_min(TABLE_SPELLING), &s->deflated,
                    &compressed))
    return error_no_memory(error);
  byline_string name = {key, kind == MIDDLE ? 4 : 3};
  return table_writer_add(s->table, name, buf_string(&s->deflated), compressed,
                          error);
}

static byline_status add_fragments(spelling *s, int kind, size_t count,
                                   byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0, end; i < count && status == BYLINE_OK; i = end) {
    end = i + 1;
    while (end < count && s->fragments[end].bytes == s->fragments[i].bytes)
      end++;
    status = add_fragment(s, kind, s->fragments + i, end - i, error);
  }
  return status;
}

static bool reserve(spelling *s, size_t count) {
  if (count > s->capacity) {
    free(s->memory);
    s->memory = NULL;
    s->capacity = 0;
    if (count > SIZE_MAX / 2 / sizeof(fragment))
      return false;
    s->memory = malloc(2 * count * sizeof(fragment));
    if (!s->memory)
      return false;
    s->capacity = count;
  }
  s->fragments = s->memory;
  s->other = s->memory + s->capacity;
  return true;
}

/* In rounds over the words, each for some first bytes, so that memory does not
 * grow as the words do. */
static byline_status add_kind(spelling *s, int kind, byline_error *error) {
  size_t counts[256];
  count_first_bytes(s, kind, counts);
  byline_status status = BYLINE_OK;
  for (uint32_t from = 0, to; from < 256 && status == BYLINE_OK; from = to) {
    size_t sum = counts[from];
    to = from + 1;
    while (to < 256 && sum + counts[to] <= AT_ONCE)
      sum += counts[to++];
    if (sum == 0)
      continue;
    if (!reserve(s, sum))
      return error_no_memory(error);
    size_t count = collect(s, kind, from, to);
    sort_fragments(s, count);
    status = add_fragments(s, kind, count, error);
  }
  return status;
}

static byline_status add_words(const spelling *s, uint32_t *upper,
                               byline_error *error) {
  unsigned char key[PACK_KEY_MAX], tag[PACK_UINT_MAX];
  byline_status status = BYLINE_OK;
  *upper = 0;
  for (size_t i = 0; i < s->count && status == BYLINE_OK; i++) {
    const spelling_word *w = &s->words[i];
    key[0] = WORD;
    memcpy(key + 1, w->word.data, w->word.length);
    byline_string name = {(const char *)key, 1 + w->word.length};
    byline_string value = {(const char *)tag,
                           pack_uint_last(tag, w->frequency)};
    status = table_writer_add(s->table, name, value, false, error);
    if (w->frequency > *upper)
      *upper = w->frequency;
  }
  return status;
}

static byline_status check(const spelling *s, byline_error *error) {
  for (size_t i = 0; i < s->count; i++) {
    size_t length = s->words[i].word.length;
    if (length < 2 || length > WORD_MAX)
      return error_set(error, BYLINE_INVALID,
                       "a word of %zu bytes for spelling; it must have 2 to %d",
                       length, (int)WORD_MAX);
  }
  return BYLINE_OK;
}

byline_status spelling_write(table_writer *table, deflater *d,
                             const spelling_word *words, size_t count,
                             uint32_t *upper, byline_error *error) {
  static const int kinds[] = {ENDS, HEAD, MIDDLE, TAIL};
  spelling s = {.table = table, .deflater = d, .words = words, .count = count};
  byline_status status = check(&s, error);
  for (size_t i = 0; i < 4 && status == BYLINE_OK; i++)
    status = add_kind(&s, kinds[i], error);
  if (status == BYLINE_OK)
    status = add_words(&s, upper, error);
  free(s.memory);
  buf_free(&s.tag);
  buf_free(&s.deflated);
  return status;
}
