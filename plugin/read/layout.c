#include "read/layout.h"

#include <string.h>

#include "read/layout_score.h"

/* The sum that makes a head. A worse title than the worst needs a date line. */
enum {
  ENOUGH = 5,
  MOST_BETWEEN = 3,
  MOST_LABELS = 2,
  LONGEST_DECK = 250,
  LONGEST_SECTION = 30,
  WORST_TITLE = -4
};

/* ---- Above the title ---- */

static bool is_date_line(const layout *l, blocks *b, size_t at,
                         layout_place place) {
  block *k = blocks_at(b, at);
  if (!k)
    return false;
  if (k->date != DATE_NONE)
    return place == PLACE_START || k->join != JOIN_LINE || at > 0;
  if (place != PLACE_START && l->paper == 0)
    return false;
  const date_part *part = block_part(k, b->hints);
  return part && part->date == DATE_FOUND && !block_names(k)->by &&
         (place == PLACE_START || layout_paper(part) == l->paper ||
          layout_runs_on(l, k));
}

/* Whether a block above a title is the heading of a section: marked as one, or
 * a word or two in capitals where titles are not. */
static bool is_section(const layout *l, blocks *b, size_t at) {
  block *k = blocks_at(b, at), *title = blocks_at(b, at + 1);
  if (!title || k->lines > 1 || k->date != DATE_NONE)
    return false;
  const shape *s = block_shape(k);
  if (s->long_ || s->characters > LONGEST_SECTION || s->end != SHAPE_END_PLAIN)
    return false;
  if (*k->text.data == '#')
    return k->text.length > 2;
  return l->plain_titles && l->sections &&
         layout_is_shouted(buf_string(&k->text)) &&
         !layout_is_shouted(buf_string(&title->text));
}

static size_t skip_rules(blocks *b, size_t at) {
  while (blocks_at(b, at) && block_is_rule(blocks_at(b, at)) &&
         at < MOST_BETWEEN)
    at++;
  return at;
}

/* ---- Between title and byline ---- */

/* What the decks between say for them; -1: they can't be decks. */
static int judge_between(blocks *b, const lead *d, size_t last, int sum,
                         size_t *decks, bool *may_be_title) {
  const shape *ts = block_shape(blocks_at(b, d->title));
  for (size_t i = d->title + 1; i <= last; i++) {
    block *k = blocks_at(b, i);
    const shape *s = block_shape(k);
    if (layout_is_label(b, i) || block_caption(k) == CAPTION_SURE)
      continue;
    ++*decks;
    if (s->long_ || layout_who(b, k)->shape == NAMES_SURE)
      return -9;
    if (s->end == SHAPE_END_STOP || s->end == SHAPE_END_QUOTED)
      sum += 2;
    else
      *may_be_title = true;
    sum += s->characters > ts->characters ? 1 : -1;
    sum += block_caption(k) == CAPTION_MAYBE ? 1 : 0;
  }
  return sum;
}

/* Whether what stands between title and byline belongs to them, where no date
 * line says that the title is the title: it might as well be the last caption
 * of the article before, and what follows it the title. */
static bool between_fits(const layout *l, blocks *b, const lead *d, size_t last,
                         layout_place place) {
  block *t = blocks_at(b, d->title);
  if (layout_in_slot(l, b, d->title, last))
    return true;
  if (layout_title(l, t) < 1 || t->date != DATE_NONE || place == PLACE_HEAD)
    return false;
  size_t decks = 0;
  bool may_be_title = false; /* something between might be the title */
  int sum = layout_mostly(l->decked, l->heads) ? 2 : l->decked > 0 ? 1 : 0;
  if (l->inner > 0 && layout_mostly(l->apart, l->inner))
    sum += layout_wide_before(l, t) ? 3 : -3;
  if (block_caption(t) == CAPTION_MAYBE)
    sum -= 2;
  sum = judge_between(b, d, last, sum, &decks, &may_be_title);
  if (may_be_title && block_names(t)->shape == NAMES_SURE)
    return false; /* a signature, rather */
  if (may_be_title && l->decked == 0 && l->heads > 0)
    return false; /* rather the title, below the end of an article */
  return (decks == 0 && sum > -9) || (decks == 1 && sum > 0) ||
         (layout_mostly(l->decked, l->heads) && sum > 2);
}

/* Whether a date or an address may be part of a head. A date alone may be a
 * cross-head in a file whose heads have none. */
static bool label_fits(const layout *l, blocks *b, size_t at) {
  block *k = blocks_at(b, at);
  if (!k || !layout_is_label(b, at) || layout_wide_before(l, k))
    return false;
  return k->date == DATE_NONE || k->join == JOIN_LINE || l->stamped > 0 ||
         l->date_form == 0;
}

/* Whether a block can be a deck, a caption or a label: short, with no wide gap
 * before it, and no title behind a sentence. */
static bool can_stand_between(const layout *l, blocks *b, size_t at,
                              size_t title) {
  block *k = blocks_at(b, at);
  const shape *s = block_shape(k);
  if (layout_is_label(b, at))
    return label_fits(l, b, at);
  if (s->long_ || s->bullet || s->characters > LONGEST_DECK ||
      layout_wide_before(l, k))
    return false;
  if (at == title + 1 || s->end == SHAPE_END_STOP || s->end == SHAPE_END_QUOTED)
    return true;
  block *before = blocks_at(b, at - 1);
  return block_shape(before)->end != SHAPE_END_STOP ||
         block_caption(before) == CAPTION_SURE;
}

/* ---- The forms of a head ---- */

static void take_better(article_head *best, const signs *s, const lead *d,
                        size_t byline, size_t last, bool named) {
  if (best->body > 0 && s->sum <= best->signs.sum)
    return;
  best->dated = d->dated;
  best->date = d->date;
  best->sectioned = d->sectioned;
  best->section = d->section;
  best->title = d->title;
  best->named = named;
  best->byline = byline;
  best->body = last + 1;
  signs_copy(&best->signs, s);
}

/* The labels behind a block belong to its head. */
static size_t with_labels(const layout *l, blocks *b, size_t last) {
  for (size_t count = 0; count < MOST_LABELS && label_fits(l, b, last + 1);
       count++)
    last++;
  return last;
}

static size_t decks_of(blocks *b, size_t title, size_t last) {
  size_t count = 0;
  for (size_t i = title + 1; i <= last; i++)
    count += !layout_is_label(b, i);
  return count;
}

/* The forms of a head that have a given number of blocks between title and
 * byline or body. */
static void try_between(const layout *l, blocks *b, const lead *d,
                        size_t between, layout_place place,
                        article_head *best) {
  size_t last = d->title + between;
  block *byline = blocks_at(b, last + 1);
  int decks = (int)decks_of(b, d->title, last);
  signs s;
  signs_clear(&s);
  signs_add(&s, -decks, "something in between");
  if (byline && (decks == 0 || layout_names(l, b, byline) > 1)) {
    size_t end = with_labels(l, b, last + 1);
    if (layout_score_named(l, b, d, last + 1, end, place, &s))
      take_better(best, &s, d, last + 1, end, true);
  }
  signs_clear(&s);
  signs_add(&s, -decks, "something in between");
  if ((decks == 0 ||
       (layout_wide_after(l, b, last) && !layout_mostly(l->apart, l->inner))) &&
      layout_score_nameless(l, b, d, last, place, &s))
    take_better(best, &s, d, last, last, false);
}

/* All the forms of a head with a given title. */
static void try_title(const layout *l, blocks *b, const lead *d,
                      layout_place place, article_head *best) {
  block *t = blocks_at(b, d->title);
  if (!t || layout_title(l, t) < (d->dated ? -9 : WORST_TITLE) ||
      block_is_url(t))
    return;
  for (size_t between = 0; between <= MOST_BETWEEN; between++) {
    size_t last = d->title + between;
    block *k = blocks_at(b, last);
    if (!k || (between > 0 && !can_stand_between(l, b, last, d->title)))
      return;
    if (between == 0 || (d->dated && layout_title(l, t) >= 0) ||
        between_fits(l, b, d, last, place))
      try_between(l, b, d, between, place, best);
  }
}

/* With and without a section's heading. */
static void try_lead(const layout *l, blocks *b, lead d, layout_place place,
                     article_head *best) {
  try_title(l, b, &d, place, best);
  if (!blocks_at(b, d.title) || !is_section(l, b, d.title))
    return;
  d.sectioned = true;
  d.section = d.title;
  d.title = skip_rules(b, d.title + 1);
  try_title(l, b, &d, place, best);
}

bool layout_head(const layout *l, blocks *b, layout_place place,
                 article_head *out) {
  block *first = blocks_at(b, 0);
  *out = (article_head){.body = 0};
  if (!first ||
      (first->date == DATE_NONE && first->text.length > SHAPE_LONGEST))
    return false;
  lead d = {.title = skip_rules(b, 0)};
  if (d.title < 2)
    try_lead(l, b, d, place, out);
  if (is_date_line(l, b, d.title, place)) {
    d.dated = true;
    d.date = d.title;
    d.title = skip_rules(b, d.date + 1);
    try_lead(l, b, d, place, out);
  }
  if (out->body > 0)
    out->stamp = layout_stamp(b, out->title, out->body);
  return out->body > 0 && out->signs.sum >= ENOUGH;
}
