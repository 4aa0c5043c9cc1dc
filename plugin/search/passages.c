#include "search/passages.h"

#include <math.h>

#include "search/cut.h"

/* Of BM25; a passage with more different words goes before it. */
static const double K1 = 1.2, B = 0.4, STOP_WEIGHT = 0.1;

enum { CORE_MAX = 2048 }; /* bytes in which matches count together */

/* Passages of one text, a sentence each where it is not too long: these are the
 * documents of BM25. */
typedef struct choice {
  matches *matches;
  size_t limit; /* bytes of what counts together */
  double average;
  bool all_stop; /* no other words were found */
  size_t round;
} choice;

typedef struct core {
  size_t first, last; /* matches */
  size_t different;
  double score;
} core;

static matched_term *term_of(const matches *m, size_t i) {
  return &m->terms[matches_term(m, &m->list[i])];
}

/* ---- Sentences --------------------------------------------------------- */

/* Finds the sentence of each match; of one that is too long, the match is a
 * passage by itself. */
static byline_status find_sentences(choice *c, sentences *s,
                                    byline_error *error) {
  matches *m = c->matches;
  stretch sentence = {0, 0};
  for (size_t i = 0; i < m->count; i++) {
    match *found = &m->list[i];
    if (found->start >= sentence.end) {
      byline_status status = sentences_at(s, found->start, &sentence, error);
      if (status != BYLINE_OK)
        return status;
    }
    bool fits =
        sentence.end - sentence.start <= c->limit && found->end <= sentence.end;
    found->from = fits ? sentence.start : found->start;
    found->to = fits ? sentence.end : found->end;
    found->used = false;
    found->taken = 0;
  }
  return BYLINE_OK;
}

/* Weighs each word by how few of the passages have it, and of the articles. */
static void weigh(choice *c, size_t length) {
  matches *m = c->matches;
  size_t passages = 0, bytes = 0;
  c->all_stop = true;
  for (size_t i = 0; i < m->term_count; i++) {
    m->terms[i].passages = 0;
    m->terms[i].last = (size_t)-1;
    m->terms[i].found = m->terms[i].round = 0;
  }
  for (size_t i = 0; i < m->count; i++) {
    const match *found = &m->list[i];
    matched_term *t = term_of(m, i);
    c->all_stop = c->all_stop && t->stop;
    if (i == 0 || found->from != m->list[i - 1].from) {
      passages++;
      bytes += found->to - found->from;
    }
    if (t->last != found->from)
      t->passages++;
    t->last = found->from;
  }
  c->average = passages > 0 ? (double)bytes / (double)passages : 1;
  double all = (double)length / c->average;
  if (all < (double)passages)
    all = (double)passages;
  for (size_t i = 0; i < m->term_count; i++) {
    matched_term *t = &m->terms[i];
    double n = (double)t->passages;
    if (t->same != i)
      continue;
    t->weight += log(1 + (all - n + 0.5) / (n + 0.5));
    if (t->stop)
      t->weight *= STOP_WEIGHT;
  }
}

/* ---- Choosing ---------------------------------------------------------- */

/* Whether a match is a passage by itself, in a sentence that is too long. */
static bool is_alone(const match *found) {
  return found->from == found->start && found->to == found->end;
}

/* How long matches and what is between them are, in average sentences. What
 * stands in one sentence belongs together: each other counts for one more. */
static double length_of(const choice *c, const core *r) {
  const match *list = c->matches->list;
  size_t others = 0, from = (size_t)-1;
  for (size_t i = r->first; i <= r->last; i++) {
    if (list[i].used || is_alone(&list[i]) || list[i].from == from)
      continue;
    others += from != (size_t)-1;
    from = list[i].from;
  }
  double bytes = (double)(list[r->last].to - list[r->first].from);
  return bytes / c->average + (double)others;
}

static void rate(choice *c, core *r) {
  matches *m = c->matches;
  double length = length_of(c, r);
  c->round++;
  r->different = 0;
  r->score = 0;
  for (size_t i = r->first; i <= r->last; i++) {
    matched_term *t = term_of(m, i);
    if (m->list[i].used || t->round == c->round)
      continue;
    t->round = c->round;
    double found = (double)t->found;
    r->different += c->all_stop || !t->stop;
    r->score +=
        t->weight * found * (K1 + 1) / (found + K1 * (1 - B + B * length));
  }
}

/* Takes the first sentence out of [*first, last] if it has no word that the
 * others do not have. */
static bool drop_first(matches *m, size_t *first, size_t last) {
  size_t from = m->list[*first].from, i = *first;
  for (; i <= last && m->list[i].from == from; i++)
    if (!m->list[i].used && term_of(m, i)->found-- == 1)
      break;
  if (i <= last && m->list[i].from != from) {
    *first = i;
    return true;
  }
  for (size_t k = *first; k <= i && k <= last; k++)
    if (!m->list[k].used)
      term_of(m, k)->found++;
  return false;
}

static void narrow(const choice *c, size_t *first, size_t last) {
  matches *m = c->matches;
  const match *end = &m->list[last];
  while (*first < last &&
         (m->list[*first].used || m->list[*first].taken != end->taken ||
          end->to - m->list[*first].from > c->limit)) {
    if (!m->list[*first].used)
      term_of(m, *first)->found--;
    ++*first;
  }
  while (m->list[*first].from != end->from && drop_first(m, first, last))
    ;
}

static bool ends_sentence(const matches *m, size_t i) {
  return i + 1 == m->count || m->list[i + 1].from != m->list[i].from;
}

/* The sentences side by side, as few as can be, that have the most different
 * words and then the best score; of equals the first. */
static bool find_best(choice *c, core *best) {
  matches *m = c->matches;
  bool found = false;
  size_t first = 0;
  for (size_t i = 0; i < m->term_count; i++)
    m->terms[i].found = 0;
  for (size_t last = 0; last < m->count; last++) {
    if (m->list[last].used)
      continue;
    term_of(m, last)->found++;
    if (!ends_sentence(m, last))
      continue;
    narrow(c, &first, last);
    core r = {first, last, 0, 0};
    rate(c, &r);
    if (!found || r.different > best->different ||
        (r.different == best->different && r.score > best->score + 1e-9)) {
      *best = r;
      found = true;
    }
  }
  return found;
}

/* Leaves the matches of a passage, and what it has of other sentences, out of
 * those to come. */
static void take(matches *m, stretch passage) {
  for (size_t i = 0; i < m->count; i++) {
    match *found = &m->list[i];
    if (found->start < passage.end && found->end > passage.start) {
      found->used = true;
    } else if (found->from < passage.end && found->to > passage.start) {
      found->from = found->start;
      found->to = found->end;
    }
    found->taken += found->start >= passage.end;
  }
}

/* What no passage has taken around a core. */
static stretch free_around(stretch r, const stretch *taken, size_t count,
                           size_t length) {
  stretch free = {0, length};
  for (size_t i = 0; i < count; i++) {
    if (taken[i].end <= r.start && taken[i].end > free.start)
      free.start = taken[i].end;
    if (taken[i].start >= r.end && taken[i].start < free.end)
      free.end = taken[i].start;
  }
  return free;
}

byline_status passages_choose(matches *m, sentences *s, size_t size,
                              size_t count, stretch *passages, size_t *made,
                              byline_error *error) {
  choice c = {.matches = m, .limit = size < CORE_MAX ? size : CORE_MAX};
  core best;
  *made = 0;
  byline_status status = find_sentences(&c, s, error);
  if (status == BYLINE_OK)
    weigh(&c, s->text.length);
  while (status == BYLINE_OK && *made < count && find_best(&c, &best)) {
    stretch r = {m->list[best.first].from, m->list[best.last].to};
    stretch free = free_around(r, passages, *made, s->text.length);
    status = cut_passage(m, s, free, size, &r, error);
    take(m, r);
    passages[(*made)++] = r;
  }
  if (status == BYLINE_OK && *made == 0 && count > 0 && s->text.length > 0) {
    stretch all = {0, s->text.length};
    passages[0] = (stretch){0, 0};
    status = cut_passage(m, s, all, size, &passages[0], error);
    *made = passages[0].end > passages[0].start;
  }
  return status;
}
