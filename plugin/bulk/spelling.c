#include "bulk/spelling.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "bulk/pack.h"

enum {
  WORD_MAX = PACK_KEY_MAX - 1,
  SHORT_WORD = 4,    /* up to this a word is found by its two ends as well */
  LENGTH_MASK = 96,  /* lengths look like letters then, which deflates well */
  AT_ONCE = 1 << 19, /* fragments sorted together, if their first bytes allow */
  AHEAD = 8          /* words asked for before they are needed */
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
  const spelling_words *words;
  fragment *memory;
  size_t capacity;
  fragment *fragments, *other; /* of one round, and room to sort them: there */
  buf tag, deflated;
} spelling;

/* ---- Words ------------------------------------------------------------- */

enum { PIECE = 4096 /* words */ };

typedef struct spelling_piece {
  buf text;                 /* its words, one behind the other */
  uint32_t ends[PIECE + 1]; /* where each ends in it, behind a 0 */
  uint32_t frequencies[PIECE];
} spelling_piece;

void spelling_words_free(spelling_words *w) {
  for (size_t i = 0; i < w->capacity / PIECE; i++) {
    buf_free(&w->pieces[i]->text);
    free(w->pieces[i]);
  }
  free(w->pieces);
  *w = (spelling_words){.count = 0};
}

static bool add_piece(spelling_words *w) {
  size_t count = w->capacity / PIECE;
  spelling_piece **pieces = realloc(w->pieces, (count + 1) * sizeof *pieces);
  if (!pieces)
    return false;
  w->pieces = pieces;
  pieces[count] = calloc(1, sizeof **pieces);
  if (!pieces[count])
    return false;
  w->capacity += PIECE;
  return true;
}

bool spelling_words_add(spelling_words *w, byline_string word,
                        uint32_t frequency) {
  if (w->count == UINT32_MAX || (w->count == w->capacity && !add_piece(w)))
    return false;
  spelling_piece *p = w->pieces[w->count / PIECE];
  size_t at = w->count % PIECE;
  if (word.length > PACK_KEY_MAX) /* is refused later: as long as it need be */
    word.length = PACK_KEY_MAX;
  if (!buf_add_str(&p->text, word))
    return false;
  p->frequencies[at] = frequency;
  p->ends[at + 1] = (uint32_t)p->text.length;
  w->count++;
  return true;
}

static inline byline_string word_at(const spelling_words *w, size_t word) {
  const spelling_piece *p = w->pieces[word / PIECE];
  size_t at = word % PIECE, begin = p->ends[at];
  return (byline_string){p->text.data + begin, p->ends[at + 1] - begin};
}

static inline uint32_t frequency_at(const spelling_words *w, size_t word) {
  return w->pieces[word / PIECE]->frequencies[word % PIECE];
}

/* ---- Fragments --------------------------------------------------------- */

/* The one fragment that a word has of any other kind than MIDDLE, if it has
 * one. */
static bool outer_fragment(int kind, byline_string word, uint32_t *bytes) {
  const unsigned char *text = (const unsigned char *)word.data;
  size_t last = word.length - 1;
  size_t first = kind == TAIL ? last - 1 : 0;
  size_t second = kind == HEAD ? 1 : last;
  *bytes = (uint32_t)text[first] << 16 | (uint32_t)text[second] << 8;
  return kind != ENDS || word.length <= SHORT_WORD;
}

static void count_first_bytes(const spelling *s, int kind, size_t counts[256]) {
  memset(counts, 0, 256 * sizeof *counts);
  for (size_t w = 0; w < s->words->count; w++) {
    byline_string word = word_at(s->words, w);
    uint32_t bytes = 0;
    if (kind == MIDDLE)
      for (size_t i = 0; i + 2 < word.length; i++)
        counts[(unsigned char)word.data[i]]++;
    else if (outer_fragment(kind, word, &bytes))
      counts[bytes >> 16]++;
  }
}

/* Those whose first byte is in [from, to), as many as were counted. */
static void collect_middles(const spelling *s, uint32_t from, uint32_t to) {
  fragment *out = s->fragments;
  for (size_t w = 0; w < s->words->count; w++) {
    byline_string word = word_at(s->words, w);
    const unsigned char *text = (const unsigned char *)word.data;
    for (size_t i = 0; i + 2 < word.length; i++)
      if (text[i] >= from && text[i] < to) {
        out->bytes =
            (uint32_t)text[i] << 16 | (uint32_t)text[i + 1] << 8 | text[i + 2];
        out++->word = (uint32_t)w;
      }
  }
}

static void collect_outer(const spelling *s, int kind, uint32_t from,
                          uint32_t to) {
  fragment *out = s->fragments;
  for (size_t w = 0; w < s->words->count; w++) {
    uint32_t bytes = 0;
    if (outer_fragment(kind, word_at(s->words, w), &bytes) &&
        bytes >> 16 >= from && bytes >> 16 < to)
      *out++ = (fragment){bytes, (uint32_t)w};
  }
}

/* By bytes, and words of the same in their order: a radix sort. */
static void sort_fragments(spelling *s, size_t count) {
  fragment *from = s->fragments, *to = s->other;
  for (unsigned shift = 0; shift < 24; shift += 8) {
    size_t at[256] = {0};
    for (size_t i = 0; i < count; i++)
      at[from[i].bytes >> shift & 0xFF]++;
    size_t sum = 0;
    for (unsigned byte = 0; byte < 256; byte++) {
      size_t here = at[byte];
      at[byte] = sum;
      sum += here;
    }
    for (size_t i = 0; i < count; i++)
      to[at[from[i].bytes >> shift & 0xFF]++] = from[i];
    fragment *sorted = to;
    to = from;
    from = sorted;
  }
  s->fragments = from;
  s->other = to;
}

/* ---- Entries ----------------------------------------------------------- */

/* What a word has in common with the one before is not repeated. */
static char *put_word(char *out, byline_string previous, byline_string word) {
  size_t same = 0;
  while (same < previous.length && same < word.length &&
         previous.data[same] == word.data[same])
    same++;
  if (previous.length > 0)
    *out++ = (char)(same ^ LENGTH_MASK);
  *out++ = (char)((word.length - same) ^ LENGTH_MASK);
  memcpy(out, word.data + same, word.length - same);
  return out + (word.length - same);
}

/* A word that has the fragment twice is there once. */
static bool make_tag(spelling *s, const fragment *fragments, size_t count) {
  byline_string previous = {NULL, 0};
  buf_clear(&s->tag);
  for (size_t i = 0; i < count; i++) {
    if (i + AHEAD < count)
      __builtin_prefetch(word_at(s->words, fragments[i + AHEAD].word).data);
    if (i > 0 && fragments[i].word == fragments[i - 1].word)
      continue;
    byline_string word = word_at(s->words, fragments[i].word);
    if (!buf_reserve(&s->tag, word.length + 2))
      return false;
    char *end = s->tag.data + s->tag.length;
    s->tag.length += (size_t)(put_word(end, previous, word) - end);
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
    s->memory = calloc(count, 2 * sizeof(fragment));
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
    if (kind == MIDDLE)
      collect_middles(s, from, to);
    else
      collect_outer(s, kind, from, to);
    sort_fragments(s, sum);
    status = add_fragments(s, kind, sum, error);
  }
  return status;
}

static byline_status add_words(const spelling *s, uint32_t *upper,
                               byline_error *error) {
  unsigned char key[PACK_KEY_MAX], tag[PACK_UINT_MAX];
  byline_status status = BYLINE_OK;
  *upper = 0;
  for (size_t i = 0; i < s->words->count && status == BYLINE_OK; i++) {
    byline_string word = word_at(s->words, i);
    uint32_t frequency = frequency_at(s->words, i);
    key[0] = WORD;
    memcpy(key + 1, word.data, word.length);
    byline_string name = {(const char *)key, 1 + word.length};
    byline_string value = {(const char *)tag, pack_uint_last(tag, frequency)};
    status = table_writer_add(s->table, name, value, false, error);
    if (frequency > *upper)
      *upper = frequency;
  }
  return status;
}

static byline_status check(const spelling_words *words, byline_error *error) {
  for (size_t i = 0; i < words->count; i++) {
    size_t length = word_at(words, i).length;
    if (length < 2 || length > WORD_MAX)
      return error_set(error, BYLINE_INVALID,
                       "a word of %zu bytes for spelling; it must have 2 to %d",
                       length, (int)WORD_MAX);
  }
  return BYLINE_OK;
}

static byline_status add_all(spelling *s, uint32_t *upper,
                             byline_error *error) {
  static const int kinds[] = {ENDS, HEAD, MIDDLE, TAIL};
  byline_status status = BYLINE_OK;
  for (size_t i = 0; i < 4 && status == BYLINE_OK; i++)
    status = add_kind(s, kinds[i], error);
  return status == BYLINE_OK ? add_words(s, upper, error) : status;
}

byline_status spelling_write(table_writer *table, deflater *d,
                             const spelling_words *words, uint32_t *upper,
                             byline_error *error) {
  spelling s = {.table = table, .deflater = d, .words = words};
  byline_status status = check(words, error);
  if (status == BYLINE_OK)
    status = add_all(&s, upper, error);
  free(s.memory);
  buf_free(&s.tag);
  buf_free(&s.deflated);
  return status;
}
