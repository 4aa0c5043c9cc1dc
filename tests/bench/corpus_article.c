#include "corpus_article.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DAY = 86400, A_DAY = 40 /* articles */, SECTIONS = 12 };

static void must(bool done) {
  if (done)
    return;
  fprintf(stderr, "corpus: no memory\n");
  exit(1);
}

static void add(buf *out, const char *text) {
  must(buf_add_string(out, text));
}

/* ---- Counting ------------------------------------------------------------ */

static void counts_new(counts *c, size_t size) {
  c->size = size;
  c->ranks = calloc(size, sizeof *c->ranks);
  c->uses = calloc(size, sizeof *c->uses);
  must(c->ranks && c->uses);
}

static size_t counts_slot(const counts *c, uint64_t rank) {
  size_t at = (size_t)(rank * UINT64_C(0x9e3779b97f4a7c15) >> 20) % c->size;
  while (c->ranks[at] && c->ranks[at] != rank)
    at = (at + 1) % c->size;
  return at;
}

static void counts_grow(counts *c) {
  counts old = *c;
  counts_new(c, old.size * 2);
  for (size_t i = 0; i < old.size; i++)
    if (old.ranks[i]) {
      size_t at = counts_slot(c, old.ranks[i]);
      c->ranks[at] = old.ranks[i];
      c->uses[at] = old.uses[i];
    }
  free(old.ranks);
  free(old.uses);
}

static void counts_add(counts *c, uint64_t rank) {
  size_t at = counts_slot(c, rank);
  c->tokens++;
  c->uses[at]++;
  if (c->ranks[at])
    return;
  c->ranks[at] = rank;
  if (++c->words > c->size / 2)
    counts_grow(c);
}

/* ---- Words --------------------------------------------------------------- */

static bool chance(press *p, double share) {
  return rng_uniform(&p->random) < share;
}

/* What an article has named it names again, sooner than others do. */
static uint64_t next_rank(press *p) {
  uint64_t rank = word_rank(&p->random);
  if (rank <= word_small_ranks())
    return rank;
  size_t kept = sizeof p->recent / sizeof *p->recent;
  if (p->recent_count && chance(p, .3))
    return p->recent[rng_below(&p->random, p->recent_count)];
  if (p->recent_count < kept)
    p->recent[p->recent_count++] = rank;
  else
    p->recent[rng_below(&p->random, kept)] = rank;
  return rank;
}

static void add_word(press *p, article *a, buf *out, bool capital) {
  char word[WORD_MAX];
  uint64_t rank = next_rank(p);
  size_t length = word_spell(rank, word);
  counts_add(&p->counted, rank);
  for (unsigned i = 0; i < PROBES; i++)
    a->matches[i] |= rank - p->probes[i] < 3;
  if (capital && word[0] >= 'a' && word[0] <= 'z')
    word[0] = (char)(word[0] - 'a' + 'A');
  must(buf_add(out, word, length));
}

static void add_words(press *p, article *a, buf *out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (i)
      add(out, i == count / 2 && count > 12 ? ", "
               : chance(p, .006)            ? "-"
                                            : " ");
    add_word(p, a, out, i == 0);
  }
}

/* ---- Articles ------------------------------------------------------------ */

static void add_sentence(press *p, article *a, buf *out) {
  size_t count = 5 + (size_t)rng_below(&p->random, 24);
  if (chance(p, .08)) {
    add(out, chance(p, .5) ? "“" : "\"");
    bool curly = out->data[out->length - 1] != '"';
    add_words(p, a, out, count);
    add(out, curly ? ",” she said." : ",\" he said.");
    return;
  }
  add_words(p, a, out, count);
  add(out, chance(p, .04) ? "?" : ".");
}

/* From about 300 bytes to 10 KB, one in 300 longer. */
static size_t wanted_length(press *p) {
  double length = exp(log(2200) + .75 * rng_normal(&p->random));
  if (chance(p, 1. / 300))
    length = 2e4 + 1e5 * rng_uniform(&p->random);
  else if (length > 1e4)
    length = 1e4 * rng_uniform(&p->random);
  return length < 300 ? 300 : (size_t)length;
}

static void write_text(press *p, article *a) {
  size_t length = wanted_length(p);
  size_t planted =
      chance(p, .02) ? (size_t)rng_below(&p->random, length) : SIZE_MAX;
  for (size_t left = 0; a->text.length < length; left--) {
    if (a->text.length)
      add(&a->text, left ? " " : "\n\n");
    if (left == 0)
      left = 1 + (size_t)rng_below(&p->random, 5);
    add_sentence(p, a, &a->text);
    if (a->text.length > planted) {
      add(&a->text, " So the " PROBE_PHRASE " said.");
      a->matches[PHRASE] = true;
      planted = SIZE_MAX;
    }
  }
}

static void write_authors(press *p, article *a) {
  double u = rng_uniform(&p->random);
  for (int count = u < .07 ? 0 : u < .9 ? 1 : 2; count; count--) {
    char name[WORD_MAX * 2];
    double rank = exp(rng_uniform(&p->random) * log(5000));
    size_t length = word_person((uint64_t)rank, name);
    if (a->authors.length)
      add(&a->authors, "; ");
    must(buf_add(&a->authors, name, length));
  }
}

/* Names of sections and subjects are words of middling frequency, and none
 * that is looked for. */
static void add_subject(const press *p, buf *out, uint64_t n) {
  char word[WORD_MAX];
  uint64_t rank = 400 + n * 3;
  for (unsigned i = 0; i < PROBES; i++)
    if (rank - p->probes[i] < 3)
      rank += 3;
  size_t length = word_spell(rank, word);
  if (out->length)
    add(out, "; ");
  must(buf_add(out, word, length));
}

void press_write(press *p, article *a) {
  buf *const fields[] = {&a->title, &a->authors, &a->section, &a->keywords,
                         &a->text};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    buf_clear(fields[i]);
    add(fields[i], "");
  }
  for (int i = 0; i < QUERIES; i++)
    a->matches[i] = false;
  p->recent_count = 0;
  time_t day = DAY * (time_t)(9131 + a->number++ / A_DAY); /* from 1995 on */
  struct tm date;
  strftime(a->date, sizeof a->date, "%Y-%m-%d", gmtime_r(&day, &date));
  write_authors(p, a);
  add_subject(p, &a->section, rng_below(&p->random, SECTIONS));
  for (uint64_t left = rng_below(&p->random, 5); left; left--)
    add_subject(p, &a->keywords, 20 + rng_below(&p->random, 300));
  add_words(p, a, &a->title, 4 + (size_t)rng_below(&p->random, 6));
  write_text(p, a);
}

void article_free(article *a) {
  buf_free(&a->title);
  buf_free(&a->authors);
  buf_free(&a->section);
  buf_free(&a->keywords);
  buf_free(&a->text);
}

void press_begin(press *p, uint64_t seed) {
  *p = (press){.random = {seed}};
  counts_new(&p->counted, 1 << 16);
  for (unsigned i = 0; i < PROBES; i++)
    p->probes[i] = word_probe(i);
}

void press_end(press *p) {
  free(p->counted.ranks);
  free(p->counted.uses);
}

void press_query(unsigned n, buf *out) {
  char word[WORD_MAX];
  if (n == PHRASE)
    add(out, "\"" PROBE_PHRASE "\"");
  else
    must(buf_add(out, word, word_spell(word_probe(n), word)));
}
