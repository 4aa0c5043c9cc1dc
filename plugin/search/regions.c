#include "search/regions.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"

/* Words are looked for by grams, two or three bytes of them, at every n-th byte
 * only: n is such that one gram of each word must be there. The bytes are
 * folded by one bit, which is that of case in ASCII: others may fold together,
 * which does not matter. */
enum {
  KEYS = 8,            /* the words that say most */
  KEY_MAX = 12,        /* bytes of each */
  LONG = 3,            /* those that short ones are left out beside */
  LOOKS_MAX = 1 << 19, /* where words are so frequent, the first will do */
  STEP_MAX = 4,
  GRAM_LOAD = 4, /* bytes that are read for one */
  HASHES = 1 << 12,
  BLOCK = 512,  /* bytes in which words count together */
  WORD_END = 64 /* bytes within which a region begins and ends at a space */
};

typedef struct key {
  unsigned char bytes[KEY_MAX]; /* folded */
  size_t length;
  double weight;
  bool ascii, whole; /* it begins a word, it is one */
} key;

typedef struct gram {
  uint8_t key, offset;
  uint16_t next; /* of the same hash; 0: none */
} gram;

typedef struct region {
  size_t block; /* and the one before */
  int different;
  double weight;
} region;

typedef struct finder {
  key keys[KEYS];
  size_t key_count;
  size_t step;
  uint32_t mask; /* of the bytes of a gram */
  gram grams[1 + KEYS * KEY_MAX];
  uint16_t gram_count;
  uint16_t heads[HASHES];
  const unsigned char *text;
  size_t from, length;
  size_t block;         /* that is looked at */
  uint32_t now, before; /* the keys in it, and in the one before */
  region best[REGIONS_MAX];
  size_t best_count, worst;
} finder;

/* ---- Keys -------------------------------------------------------------- */

/* Where the first character ends, if it may be a capital in the text that
 * folding does not reach. */
static size_t skip_capital(byline_string word) {
  size_t at = 0;
  uint32_t ch = utf8_next(word.data, word.length, &at);
  bool cased =
      ch >= 0x80 && ch != UTF8_INVALID && u_toupper((UChar32)ch) != (UChar32)ch;
  return cased && at < word.length ? at : 0;
}

static bool make_key(byline_string term, double weight, key *out) {
  bool stem = term.length > 1 && *term.data == 'Z';
  byline_string word = {term.data + stem, term.length - stem};
  size_t skip = skip_capital(word);
  word.data += skip;
  word.length -= skip;
  if (stem && word.length > 3) /* ferri: ferry, ferries */
    word.length = utf8_cut(word.data, word.length, word.length - 1);
  out->length = utf8_cut(word.data, word.length, KEY_MAX);
  out->weight = weight;
  out->ascii = skip == 0;
  for (size_t i = 0; i < out->length; i++) {
    out->bytes[i] = (unsigned char)word.data[i] | 0x20;
    out->ascii = out->ascii && (unsigned char)word.data[i] < 0x80;
  }
  out->whole = out->ascii && !stem && out->length == word.length;
  return out->length > 1;
}

static int by_weight(const void *a, const void *b) {
  double x = ((const key *)a)->weight, y = ((const key *)b)->weight;
  return (x < y) - (x > y);
}

/* Keeps the weightiest, without the short ones if there are others: these are
 * found everywhere, and slowly. */
static void choose_keys(finder *f, const matches *m) {
  size_t count = 0;
  for (size_t i = 0; i < m->term_count; i++) {
    key k;
    const matched_term *t = &m->terms[i];
    if (t->stop || !make_key(t->term, t->weight, &k))
      continue;
    if (count == KEYS) {
      qsort(f->keys, count, sizeof *f->keys, by_weight);
      if (k.weight <= f->keys[--count].weight)
        k = f->keys[count];
    }
    f->keys[count++] = k;
  }
  qsort(f->keys, count, sizeof *f->keys, by_weight);
  size_t least = 2;
  for (size_t i = 0; i < count; i++)
    if (f->keys[i].length > least)
      least = f->keys[i].length < LONG ? f->keys[i].length : LONG;
  for (size_t i = 0; i < count; i++)
    if (f->keys[i].length >= least)
      f->keys[f->key_count++] = f->keys[i];
}

static uint32_t hash(uint32_t mask, const unsigned char *at) {
  uint32_t bytes;
  memcpy(&bytes, at, GRAM_LOAD);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  bytes = __builtin_bswap32(bytes);
#endif
  return (((bytes | 0x20202020u) & mask) * 0x9E3779B1u) >> 20;
}

/* The same near the end, too. */
static uint32_t hash_at(const finder *f, size_t at) {
  unsigned char bytes[GRAM_LOAD] = {0};
  size_t left = f->length - at;
  memcpy(bytes, f->text + at, left < GRAM_LOAD ? left : GRAM_LOAD);
  return hash(f->mask, bytes);
}

static void add_gram(finder *f, size_t k, size_t offset) {
  unsigned char bytes[GRAM_LOAD] = {0};
  for (size_t i = 0; i < GRAM_LOAD && offset + i < f->keys[k].length; i++)
    bytes[i] = f->keys[k].bytes[offset + i];
  uint32_t head = hash(f->mask, bytes);
  f->grams[++f->gram_count] =
      (gram){(uint8_t)k, (uint8_t)offset, f->heads[head]};
  f->heads[head] = f->gram_count;
}

static void prepare(finder *f, const matches *m) {
  choose_keys(f, m);
  size_t shortest = KEY_MAX;
  for (size_t k = 0; k < f->key_count; k++)
    if (f->keys[k].length < shortest)
      shortest = f->keys[k].length;
  size_t size = shortest > 3 ? 3 : 2;
  f->mask = size == 3 ? 0xFFFFFF : 0xFFFF;
  /* Of long words only the beginning is needed: behind it are accents. */
  f->step = shortest - size < STEP_MAX ? shortest - size + 1 : STEP_MAX;
  for (size_t k = 0; k < f->key_count; k++)
    for (size_t offset = 0; offset < f->step; offset++)
      add_gram(f, k, offset);
}

/* ---- Regions ----------------------------------------------------------- */

static bool is_better(const region *a, const region *b) {
  return a->different != b->different ? a->different > b->different
                                      : a->weight > b->weight + 1e-9;
}

/* Keeps a region if it is better than the worst of those that are kept. */
static void keep(finder *f, const region *r) {
  if (f->best_count < REGIONS_MAX)
    f->best[f->best_count++] = *r;
  else if (is_better(r, &f->best[f->worst]))
    f->best[f->worst] = *r;
  else
    return;
  f->worst = 0;
  for (size_t i = 1; i < f->best_count; i++)
    if (!is_better(&f->best[i], &f->best[f->worst]))
      f->worst = i;
}

static void end_block(finder *f) {
  if (f->now != 0) {
    region r = {f->block, 0, 0};
    for (size_t k = 0; k < f->key_count; k++)
      if ((f->now | f->before) >> k & 1) {
        r.different++;
        r.weight += f->keys[k].weight;
      }
    keep(f, &r);
  }
  f->before = f->now;
  f->now = 0;
}

static bool is_word_byte(unsigned char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Whether a word begins as a key does; a letter with an accent, behind the
 * first few, is any letter. */
static bool stands_at(const finder *f, const key *k, size_t start) {
  size_t at = start, i = 0;
  if (k->ascii && start > 0 && is_word_byte(f->text[start - 1]))
    return false;
  while (i < k->length && at < f->length) {
    if ((f->text[at] | 0x20) == k->bytes[i]) {
      at++;
      i++;
    } else if (k->ascii && f->text[at] >= 0xC3 && f->length - at > 1) {
      i += f->text[at] != 0xCC; /* a mark of its own */
      at += 2;
    } else {
      return false;
    }
  }
  return i == k->length &&
         !(k->whole && at < f->length && is_word_byte(f->text[at]));
}

static void look(finder *f, size_t at) {
  size_t block = (at - f->from) / BLOCK;
  if (block != f->block) {
    end_block(f);
    if (block > f->block + 1)
      f->before = 0;
    f->block = block;
  }
  for (uint16_t g = f->heads[hash_at(f, at)]; g != 0; g = f->grams[g].next) {
    size_t k = f->grams[g].key, offset = f->grams[g].offset;
    if (!(f->now >> k & 1) && at >= f->from + offset &&
        stands_at(f, &f->keys[k], at - offset))
      f->now |= UINT32_C(1) << k;
  }
}

/* Nothing can be better than what is kept: of equals the first count. */
static bool is_done(const finder *f) {
  return f->best_count == REGIONS_MAX &&
         f->best[f->worst].different == (int)f->key_count;
}

/* The next place, from at on, with the hash of a gram; limit if there is none.
 */
static size_t next_gram(const finder *f, size_t at, size_t limit) {
  const size_t step = f->step;
  while (at < limit && f->heads[hash(f->mask, f->text + at)] == 0)
    at += step;
  return at < limit ? at : limit;
}

static void run(finder *f) {
  const uint32_t all = (UINT32_C(1) << f->key_count) - 1;
  size_t limit =
      f->length - f->from < GRAM_LOAD ? f->from : f->length - GRAM_LOAD + 1;
  size_t at = next_gram(f, f->from, limit);
  for (size_t looks = 0; looks < LOOKS_MAX && at < limit && !is_done(f);
       looks++) {
    look(f, at);
    if (f->now == all)
      at = f->from + (f->block + 1) * BLOCK;
    else
      at += f->step;
    at = next_gram(f, at, limit);
  }
  for (at = limit; at < f->length; at++)
    look(f, at);
  end_block(f);
}

/* ---- Their ends -------------------------------------------------------- */

static int by_block(const void *a, const void *b) {
  size_t x = ((const region *)a)->block, y = ((const region *)b)->block;
  return (x > y) - (x < y);
}

static bool is_gap(char c) {
  return c == ' ' || c == '\n';
}

/* A place behind a space near at, or else the end of a character. */
static size_t word_near(byline_string text, size_t at) {
  if (at >= text.length)
    return text.length;
  for (size_t i = at; i > 0 && at - i < WORD_END; i--)
    if (is_gap(text.data[i - 1]))
      return i;
  return utf8_cut(text.data, text.length, at);
}

void regions_find(const matches *m, byline_string text, size_t from,
                  size_t margin, stretch regions[REGIONS_MAX], size_t *count) {
  finder f = {.text = (const unsigned char *)text.data,
              .from = from,
              .length = text.length};
  *count = 0;
  prepare(&f, m);
  if (f.key_count == 0)
    return;
  run(&f);
  qsort(f.best, f.best_count, sizeof *f.best, by_block);
  for (size_t i = 0, last = from; i < f.best_count; i++) {
    size_t end = from + (f.best[i].block + 1) * BLOCK;
    size_t start = f.best[i].block * BLOCK + from;
    start = start > last + BLOCK + margin ? start - BLOCK - margin : last;
    end = end < text.length && text.length - end > margin ? end + margin
                                                          : text.length;
    start = word_near(text, start);
    end = word_near(text, end);
    if (*count > 0 && start <= last)
      regions[*count - 1].end = end;
    else
      regions[(*count)++] = (stretch){start, end};
    last = end;
  }
}
