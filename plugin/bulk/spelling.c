#include "bulk/spelling.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "bulk/pack.h"

enum {
  WORD_MAX = PACK_KEY_MAX - 1,
  SHORT_WORD = 4,    /* up to this a word is found by its two ends as well */
  LENGTH_MASK = 96,  /* lengths look like letters then, which deflates well */
  AT_ONCE = 1 << 19, /* fragments sorted together, at most */
  PAIRS = 1 << 16,   /* of their first two bytes */
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
  size_t *pairs; /* how many fragments have each */
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

/* Puts the bytes of each fragment that a word has of a kind into found: of
 * MIDDLE as many as fit, of any other one or none. */
static inline size_t find_fragments(int kind, byline_string word,
                                    uint32_t found[WORD_MAX]) {
  const unsigned char *text = (const unsigned char *)word.data;
  size_t last = word.length - 1, i = 0;
  if (kind == MIDDLE) {
    for (; i + 1 < last; i++)
      found[i] =
          (uint32_t)text[i] << 16 | (uint32_t)text[i + 1] << 8 | text[i + 2];
    return i;
  }
  size_t first = kind == TAIL ? last - 1 : 0;
  size_t second = kind == HEAD ? 1 : last;
  found[0] = (uint32_t)text[first] << 16 | (uint32_t)text[second] << 8;
  return kind != ENDS || word.length <= SHORT_WORD;
}

/* counts[i]: the fragments whose bytes, without the lowest shift bits, are i
 * more than those of from. */
static void count_fragments(const spelling *s, int kind, uint32_t from,
                            unsigned shift, size_t *counts, size_t size) {
  uint32_t found[WORD_MAX];
  memset(counts, 0, size * sizeof *counts);
  for (size_t w = 0; w < s->words->count; w++) {
    size_t count = find_fragments(kind, word_at(s->words, w), found);
    for (size_t i = 0; i < count; i++) {
      uint32_t at = (found[i] - from) >> shift; /* huge where it is less */
      if (at < size)
        counts[at]++;
    }
  }
}

/* Those from one to another, as many as were counted. */
static void collect_fragments(const spelling *s, int kind, uint32_t from,
                              uint32_t to) {
  uint32_t found[WORD_MAX];
  fragment *out = s->fragments;
  for (size_t w = 0; w < s->words->count; w++) {
    size_t count = find_fragments(kind, word_at(s->words, w), found);
    for (size_t i = 0; i < count; i++)
      if (found[i] - from < to - from)
        *out++ = (fragment){found[i], (uint32_t)w};
  }
}

/* By bytes, and words of the same in their order: a radix sort. */
static void sort_fragments(spelling *s, size_t count) {
  fragment *from = s->fragments, *to = s->other;
  for (unsigned shift = 0; shift < 24; shift += 8) {
    size_t at[256] = {0};
    for (size_t i = 0; i < count; i++)
      at[from[i].bytes >> shift & 0xFF]++;
    if (at[from->bytes >> shift & 0xFF] == count) /* all have the same */
      continue;
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

static bool tag_word(spelling *s, byline_string previous, byline_string word) {
  if (!buf_reserve(&s->tag, word.length + 2))
    return false;
  char *end = s->tag.data + s->tag.length;
  s->tag.length += (size_t)(put_word(end, previous, word) - end);
  return true;
}

/* A word that has the fragment twice is there once. */
static bool tag_fragments(spelling *s, const fragment *fragments,
                          size_t count) {
  byline_string previous = {NULL, 0};
  for (size_t i = 0; i < count; i++) {
    if (i + AHEAD < count)
      __builtin_prefetch(word_at(s->words, fragments[i + AHEAD].word).data);
    if (i > 0 && fragments[i].word == fragments[i - 1].word)
      continue;
    byline_string word = word_at(s->words, fragments[i].word);
    if (!tag_word(s, previous, word))
      return false;
    previous = word;
  }
  return true;
}

/* The same from all words, which are in their order already. */
static bool tag_words(spelling *s, int kind, uint32_t bytes) {
  uint32_t found[WORD_MAX];
  byline_string previous = {NULL, 0};
  for (size_t w = 0; w < s->words->count; w++) {
    byline_string word = word_at(s->words, w);
    size_t count = find_fragments(kind, word, found), i = 0;
    while (i < count && found[i] != bytes)
      i++;
    if (i == count)
      continue;
    if (!tag_word(s, previous, word))
      return false;
    previous = word;
  }
  return true;
}

static byline_status add_tag(spelling *s, int kind, uint32_t bytes,
                             byline_error *error) {
  char key[4] = {(char)kind, (char)(bytes >> 16), (char)(bytes >> 8),
                 (char)bytes};
  bool compressed;
  buf_clear(&s->deflated);
  if (!deflater_run(s->deflater, buf_string(&s->tag),
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
    uint32_t bytes = s->fragments[i].bytes;
    end = i + 1;
    while (end < count && s->fragments[end].bytes == bytes)
      end++;
    buf_clear(&s->tag);
    status = tag_fragments(s, s->fragments + i, end - i)
                 ? add_tag(s, kind, bytes, error)
                 : error_no_memory(error);
  }
  return status;
}

/* ---- Rounds ------------------------------------------------------------ */

static bool reserve(spelling *s, size_t count) {
  if (count > s->capacity) {
    free(s->memory);
    s->capacity = 0;
    s->memory = calloc(count, 2 * sizeof(fragment));
    if (!s->memory)
      return false;
    s->capacity = count;
  }
  s->fragments = s->memory;
  s->other = s->memory + s->capacity;
  return true;
}

static byline_status add_round(spelling *s, int kind, uint32_t from,
                               uint32_t to, size_t count, byline_error *error) {
  if (!reserve(s, count))
    return error_no_memory(error);
  collect_fragments(s, kind, from, to);
  sort_fragments(s, count);
  return add_fragments(s, kind, count, error);
}

/* Those that are all alike: there may be any number of them. */
static byline_status add_alike(spelling *s, int kind, uint32_t bytes,
                               byline_error *error) {
  buf_clear(&s->tag);
  return tag_words(s, kind, bytes) ? add_tag(s, kind, bytes, error)
                                   : error_no_memory(error);
}

static byline_status add_counted(spelling *s, int kind, uint32_t first,
                                 unsigned shift, const size_t *counts,
                                 size_t size, byline_error *error);

/* Those that have the first two bytes of from. */
static byline_status add_pair(spelling *s, int kind, uint32_t from,
                              byline_error *error) {
  size_t counts[256];
  count_fragments(s, kind, from, 0, counts, 256);
  return add_counted(s, kind, from, 0, counts, 256, error);
}

/* In rounds over the words, each for some of the bytes counted, so that memory
 * does not grow as the words do. */
static byline_status add_counted(spelling *s, int kind, uint32_t first,
                                 unsigned shift, const size_t *counts,
                                 size_t size, byline_error *error) {
  byline_status status = BYLINE_OK;
  for (size_t i = 0, end; i < size && status == BYLINE_OK; i = end) {
    size_t sum = counts[i];
    end = i + 1;
    while (end < size && sum + counts[end] <= AT_ONCE)
      sum += counts[end++];
    uint32_t from = first + (uint32_t)(i << shift);
    uint32_t to = first + (uint32_t)(end << shift);
    if (sum > AT_ONCE)
      status = shift > 0 ? add_pair(s, kind, from, error)
                         : add_alike(s, kind, from, error);
    else if (sum > 0)
      status = add_round(s, kind, from, to, sum, error);
  }
  return status;
}

static byline_status add_kind(spelling *s, int kind, byline_error *error) {
  count_fragments(s, kind, 0, 8, s->pairs, PAIRS);
  return add_counted(s, kind, 0, 8, s->pairs, PAIRS, error);
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
  byline_status status = check(words, error);
  if (status != BYLINE_OK)
    return status;
  size_t *pairs = calloc(PAIRS, sizeof *pairs);
  spelling s = {.table = table, .deflater = d, .words = words, .pairs = pairs};
  status = pairs ? add_all(&s, upper, error) : error_no_memory(error);
  free(pairs);
  free(s.memory);
  buf_free(&s.tag);
  buf_free(&s.deflated);
  return status;
}
