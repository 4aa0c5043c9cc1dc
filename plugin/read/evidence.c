#include "read/evidence.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/error.h"
#include "base/utf8.h"
#include "read/date_line.h"

enum {
  WORD_SLOTS = 1 << 18,
  WORD_COPIES = 3, /* of a word's count */
  WRAPPED = 120,   /* bytes that no line of a wrapped text reaches */
  PARAGRAPH = 110  /* characters that no title, byline or deck reaches */
};

bool evidence_init(evidence *e) {
  *e = (evidence){.paragraph_gap = 1, .dates = DATE_HINTS_NONE};
  e->lower = calloc(WORD_SLOTS, 1);
  e->upper = calloc(WORD_SLOTS, 1);
  bool tails = recur_init(&e->tails);
  return recur_init(&e->lines) && tails && e->lower && e->upper;
}

void evidence_free(evidence *e) {
  recur_free(&e->lines);
  recur_free(&e->tails);
  free(e->lower);
  free(e->upper);
}

bool evidence_mostly(size_t part, size_t whole) {
  return whole >= 2 && part * 10 >= whole * 8;
}

bool evidence_wide(const evidence *e, const block *k) {
  return k->gap > e->paragraph_gap;
}

bool evidence_paragraph(block *k) {
  const shape *s = block_shape(k);
  return s->long_ || s->characters > PARAGRAPH || s->end == SHAPE_END_STOP ||
         s->end == SHAPE_END_QUOTED;
}

size_t evidence_shortest(const evidence *e) {
  const habits *h = &e->habits;
  size_t sum = 0;
  for (size_t i = 0; h->heads >= 5 && i < EVIDENCE_LENGTHS; i++)
    if ((sum += h->lengths[i]) * 10 > h->heads)
      return i * EVIDENCE_LENGTH * 3 / 4;
  return 0;
}

size_t evidence_usual(const evidence *e) {
  const habits *h = &e->habits;
  size_t sum = 0;
  for (size_t i = 0; h->heads >= 4 && i < EVIDENCE_LENGTHS; i++)
    if ((sum += h->lengths[i]) * 2 >= h->heads)
      return i * EVIDENCE_LENGTH + EVIDENCE_LENGTH / 2;
  return 0;
}

bool evidence_unwrapped(const evidence *e) {
  return e->paragraphs >= 5 && e->whole * 2 > e->paragraphs;
}

bool evidence_title_case(const evidence *e) {
  const habits *h = &e->habits;
  return h->heads >= 3 && evidence_mostly(h->title_case, h->heads);
}

/* ---- Words ---- */

typedef struct word {
  size_t slots[WORD_COPIES]; /* what shares one hardly shares the others */
  size_t letters;
  bool capital; /* its first letter, and no other */
  bool lower;   /* all of it */
  bool opens;   /* it begins a sentence */
} word;

static bool ends_sentence(uint32_t c) {
  return c == '.' || c == '?' || c == '!' || c == ':' || c == 0x2026;
}

/* What next_word wants to know of a character. */
typedef struct letter {
  bool is, capital;
  uint32_t lower;
} letter;

static letter look_at_letter(uint32_t c) {
  if (c < 0x80) {
    bool capital = c >= 'A' && c <= 'Z';
    return (letter){capital || (c >= 'a' && c <= 'z'), capital,
                    capital ? c | 0x20 : c};
  }
  if (c == UTF8_INVALID || !u_isalpha((UChar32)c))
    return (letter){false, false, c};
  return (letter){true, u_isupper((UChar32)c) != 0,
                  (uint32_t)u_tolower((UChar32)c)};
}

/* The next word from *at on; false at the end. *opens goes from word to word
 * and is true at the beginning. */
static bool next_word(byline_string s, size_t *at, bool *opens, word *out) {
  uint32_t hash = 2166136261u;
  size_t capitals = 0;
  *out = (word){.opens = *opens};
  while (*at < s.length) {
    size_t before = *at;
    uint32_t c = utf8_next(s.data, s.length, at);
    letter l = look_at_letter(c);
    if (!l.is) {
      if (out->letters > 0) {
        *at = before;
        break;
      }
      out->opens = out->opens || ends_sentence(c);
      continue;
    }
    out->capital = out->letters == 0 ? l.capital : out->capital;
    capitals += l.capital;
    out->letters++;
    hash = (hash ^ l.lower) * 16777619u;
  }
  out->slots[0] = (hash ^ (hash >> 14)) & (WORD_SLOTS - 1);
  out->slots[1] = (hash * 2654435761u >> 7) & (WORD_SLOTS - 1);
  out->slots[2] = (hash * 2246822519u >> 11) & (WORD_SLOTS - 1);
  out->lower = capitals == 0;
  out->capital = out->capital && capitals == 1;
  *opens = false;
  return out->letters > 0;
}

static void count_words(evidence *e, byline_string s) {
  bool opens = true;
  word w;
  for (size_t at = 0; next_word(s, &at, &opens, &w);) {
    unsigned char *table = w.lower                 ? e->lower
                           : w.capital && !w.opens ? e->upper
                                                   : NULL;
    for (size_t i = 0; table && i < WORD_COPIES; i++)
      if (table[w.slots[i]] < 255)
        table[w.slots[i]]++;
  }
}

static unsigned times(const unsigned char *table, const word *w) {
  unsigned least = UCHAR_MAX;
  for (size_t i = 0; i < WORD_COPIES; i++)
    if (table[w->slots[i]] < least)
      least = table[w->slots[i]];
  return least;
}

bool evidence_common(const evidence *e, byline_string name) {
  bool opens = true;
  size_t words = 0;
  word w;
  for (size_t at = 0; next_word(name, &at, &opens, &w);) {
    if (w.letters < 3)
      continue;
    words++;
    unsigned lower = times(e->lower, &w);
    if (lower == 0 || lower <= times(e->upper, &w))
      return false;
  }
  return words > 0;
}

/* ---- Gathering ---- */

static byline_status gather_lines(evidence *e, lines_memory memory,
                                  byline_error *error) {
  lines input;
  line l;
  bool found = true;
  byline_status status = BYLINE_OK;
  lines_init(&input, lines_read_memory, &memory);
  while (status == BYLINE_OK &&
         (status = lines_next(&input, &l, &found, error)) == BYLINE_OK && found)
    if (l.text.length > 0) {
      date_line_learn(&e->dates, l.text.data, l.text.length);
      if (!recur_add(&e->lines, l.text, l.number))
        status = error_no_memory(error);
    }
  lines_free(&input);
  recur_finish(&e->lines);
  return status;
}

enum { WIDEST = 8 };

static void gather_block(evidence *e, block *k, block *next, size_t *gaps) {
  e->bytes += k->text.length;
  if (!evidence_paragraph(k))
    return;
  e->paragraphs++;
  e->whole += k->lines == 1 && k->text.length > WRAPPED;
  e->paragraph_bytes += k->text.length;
  count_words(e, buf_string(&k->text));
  if (next && next->gap > 0 && next->gap <= WIDEST && evidence_paragraph(next))
    gaps[next->gap]++;
}

static byline_status gather_blocks(evidence *e, lines_memory memory,
                                   byline_error *error) {
  size_t gaps[WIDEST + 1] = {0};
  byline_status status;
  blocks b;
  block *k;
  blocks_init(&b, lines_read_memory, &memory);
  while ((status = blocks_fill(&b, error)) == BYLINE_OK &&
         (k = blocks_at(&b, 0))) {
    gather_block(e, k, blocks_at(&b, 1), gaps);
    blocks_drop(&b, 1);
  }
  blocks_free(&b);
  for (size_t i = 1; i <= WIDEST; i++)
    if (gaps[i] > gaps[e->paragraph_gap])
      e->paragraph_gap = i;
  return status;
}

byline_status evidence_gather(evidence *e, const char *text, size_t length,
                              byline_error *error) {
  lines_memory memory = {text, length};
  byline_status status = gather_lines(e, memory, error);
  return status == BYLINE_OK ? gather_blocks(e, memory, error) : status;
}
