#include "read/layout.h"

#include <string.h>

/* The sum that makes a head, and the one that makes it certain enough to
 * learn from before anything is known of a file. A worse title than the worst
 * needs a date line. */
enum {
  ENOUGH = 5,
  CERTAIN = 6,
  MOST_BETWEEN = 3,
  LONGEST_TITLE = 300,
  LONGEST_DECK = 250,
  WORST_TITLE = -4
};

static bool mostly(size_t part, size_t whole) {
  return whole > 0 && part * 10 >= whole * 9;
}

static bool wide_before(const layout *l, const block *k) {
  return k->gap > l->paragraph_gap;
}

/* Whether the gap behind a block is wide; the end of the file is not. */
static bool wide_after(const layout *l, blocks *b, size_t at) {
  const block *next = blocks_at(b, at + 1);
  return next && wide_before(l, next);
}

static bool is_paragraph(block *k) {
  const shape *s = block_shape(k);
  return s->long_ || s->characters > 100 || s->end == SHAPE_END_STOP ||
         s->end == SHAPE_END_QUOTED;
}

/* How much a block looks like a title: 1 at best. */
static int title_score(const layout *l, block *k) {
  const shape *s = block_shape(k);
  if (s->long_ || s->characters > LONGEST_TITLE || k->lines > 6)
    return -10;
  int score = 1;
  if (s->characters > 180)
    score -= 3;
  if (s->end == SHAPE_END_STOP && l->stopped * 2 <= l->heads)
    score -= s->characters > 120 ? 6 : 4;
  if (s->end == SHAPE_END_QUOTED)
    score -= s->characters > 120 ? 6 : 2;
  if (s->end == SHAPE_END_OPEN)
    score -= 3;
  if (s->lower)
    score -= 1;
  if (s->bullet)
    score -= 4;
  if (score > 0 && block_caption(k) == CAPTION_SURE)
    score -= 3;
  return score;
}

/* What a byline's words are worth; they are refused below 0. */
static int names_score(const layout *l, block *k) {
  const names *n = block_names(k);
  switch (n->shape) {
  case NAMES_SURE:
    return n->by ? 5 : 2;
  case NAMES_MAYBE:
    return n->by ? 3 : 1;
  case NAMES_ODD:
    /* Where every article has a byline, an odd one is one as well. */
    return l->named >= 3 && l->named == l->heads ? 0 : -1;
  case NAMES_NO:
    break;
  }
  return -1;
}

/* A head in its plainest form, for looking one article ahead. */
static bool plain_head(const layout *l, blocks *b, size_t at) {
  block *title = blocks_at(b, at), *byline = blocks_at(b, at + 1);
  return title && byline && title_score(l, title) > 0 &&
         block_names(byline)->shape == NAMES_SURE && !wide_before(l, byline) &&
         (wide_after(l, b, at + 1) || !blocks_at(b, at + 2));
}

/* An empty body: the file ends or the next date line follows. */
static bool body_is_empty(const layout *l, blocks *b, size_t at) {
  const block *next = blocks_at(b, at);
  return !next || (next->date != DATE_NONE && plain_head(l, b, at + 1));
}

/* The signs behind the last block of a head. */
static void signs_after(const layout *l, blocks *b, size_t last, signs *s) {
  bool wide = wide_after(l, b, last);
  block *next = blocks_at(b, last + 1);
  if (wide)
    signs_add(s, 3, "a wide gap behind it");
  else if (body_is_empty(l, b, last + 1))
    signs_add(s, 2, "no body");
  else if (mostly(l->wide, l->named))
    signs_add(s, -3, "no wide gap behind it");
  if (wide && mostly(l->wide, l->named))
    signs_add(s, 1, "as in other heads");
  if (next && is_paragraph(next))
    signs_add(s, 1, "a paragraph behind it");
}

/* The signs before the first block of a head. */
static void signs_before(const layout *l, const block *first,
                         layout_place place, signs *s) {
  if (place == PLACE_START || !mostly(l->apart, l->inner))
    return;
  if (!wide_before(l, first))
    signs_add(s, -2, "no wide gap before it");
  else
    signs_add(s, mostly(l->wide, l->named) ? 1 : 2, "a wide gap before it");
}

/* What a date line above the title is worth: less if it names no day, and if
 * an article would start that has no body. */
static void signs_date(blocks *b, size_t title, bool dated, layout_place place,
                       signs *s) {
  if (!dated)
    return;
  const block *k = blocks_at(b, title - 1);
  size_t size = strlen(k->iso);
  signs_add(s,
            k->date == DATE_FOUND && size < 7    ? 1
            : k->date == DATE_FOUND && size == 7 ? 2
                                                 : 3,
            "a date line above");
  if (place == PLACE_HEAD)
    signs_add(s, -2, "directly behind a head");
}

/* Title, byline; false if it can't be. */
static bool score_named(const layout *l, blocks *b, size_t title, size_t byline,
                        bool dated, layout_place place, signs *s) {
  block *t = blocks_at(b, title), *w = blocks_at(b, byline);
  int who = names_score(l, w), what = title_score(l, t);
  if (who < 0)
    return false;
  signs_add(s, who, "the byline's words");
  signs_add(s, what, "the title's words");
  signs_after(l, b, byline, s);
  signs_before(l, blocks_at(b, dated ? title - 1 : title), place, s);
  signs_date(b, title, dated, place, s);
  if (wide_before(l, w))
    signs_add(s, -1, "a wide gap before the byline");
  /* A date line and a title without byline, where there are such titles. */
  if (!dated && t->date != DATE_NONE && l->named < l->heads)
    signs_add(s, -3, "a date as title");
  if (what < 1 && plain_head(l, b, byline + 1))
    signs_add(s, -2, "rather a signature above the next title");
  if (mostly(l->by, l->named) && !block_names(w)->by)
    signs_add(s, -2, "other bylines begin with By");
  return true;
}

/* The gap before a head without byline, or what follows it where gaps say
 * nothing. */
static void signs_apart(const layout *l, blocks *b, size_t title, size_t last,
                        bool dated, signs *s) {
  const block *first = blocks_at(b, dated ? title - 1 : title);
  if (mostly(l->apart, l->inner))
    signs_add(s, wide_before(l, first) ? 1 : -4, "the gap before it");
  else if (plain_head(l, b, last + 1) && !dated)
    signs_add(s, -3, "a head follows directly");
}

/* Title and no byline; last is the title or the last deck. False if it can't
 * be. */
static bool score_nameless(const layout *l, blocks *b, size_t title,
                           size_t last, bool dated, layout_place place,
                           signs *s) {
  block *t = blocks_at(b, title);
  int what = title_score(l, t);
  bool wide = wide_after(l, b, last);
  if (what < 0 || !blocks_at(b, last + 1))
    return false;
  bool body = is_paragraph(blocks_at(b, last + 1));
  signs_add(s, what, "the title's words");
  signs_after(l, b, last, s);
  signs_date(b, title, dated, place, s);
  if (!wide)
    signs_add(s, -1, "nothing sets it apart");
  if (last > title && !body)
    signs_add(s, -2, "a deck and no paragraph");
  /* A signature, rather; but that stands above a title. */
  if (block_names(t)->shape == NAMES_SURE)
    signs_add(s,
              dated                                 ? -3
              : body && !plain_head(l, b, last + 1) ? -1
                                                    : -2,
              "a name");
  if (place == PLACE_START && dated && !wide)
    signs_add(s, 2, "the first of the file");
  else if (dated && !wide && l->heads > 0 && l->named == 0)
    signs_add(s, 1, "no head has a byline");
  if (place == PLACE_HEAD && !dated)
    signs_add(s, -2, "directly behind a head");
  if (mostly(l->by, l->named) && !mostly(l->wide, l->named) && !dated)
    signs_add(s, -2, "the gaps of this file say nothing");
  signs_apart(l, b, title, last, dated, s);
  return true;
}

/* Whether what stands between title and byline belongs to them, where no date
 * line says that the title is the title: it might as well be the last caption
 * of the article before, and what follows it the title. */
static bool between_fits(const layout *l, blocks *b, size_t title, size_t last,
                         layout_place place) {
  block *t = blocks_at(b, title);
  const shape *ts = block_shape(t);
  if (title_score(l, t) < 1 || t->date != DATE_NONE || place == PLACE_HEAD)
    return false;
  size_t decks = 0;
  bool may_be_title = false; /* something between might be the title */
  int sum = mostly(l->decked, l->heads) ? 2 : l->decked > 0 ? 1 : 0;
  if (l->inner > 0 && mostly(l->apart, l->inner))
    sum += wide_before(l, t) ? 3 : -3;
  if (block_caption(t) == CAPTION_MAYBE)
    sum -= 2;
  for (size_t i = title + 1; i <= last; i++) {
    block *k = blocks_at(b, i);
    const shape *s = block_shape(k);
    if (block_caption(k) == CAPTION_SURE)
      continue;
    decks++;
    if (s->long_ || block_names(k)->shape == NAMES_SURE)
      return false;
    if (s->end == SHAPE_END_STOP || s->end == SHAPE_END_QUOTED)
      sum += 2;
    else
      may_be_title = true;
    sum += s->characters > ts->characters ? 1 : -1;
    sum += block_caption(k) == CAPTION_MAYBE ? 1 : 0;
  }
  if (may_be_title && block_names(t)->shape == NAMES_SURE)
    return false; /* a signature, rather */
  return decks == 0 || (decks == 1 && sum > 0) ||
         (mostly(l->decked, l->heads) && sum > 2);
}

/* Whether a block can be a deck or a caption: short, with no wide gap before
 * it, and no title behind a sentence. */
static bool can_stand_between(const layout *l, blocks *b, size_t at,
                              size_t title) {
  block *k = blocks_at(b, at);
  const shape *s = block_shape(k);
  if (s->long_ || s->bullet || s->characters > LONGEST_DECK ||
      wide_before(l, k))
    return false;
  if (at == title + 1 || s->end == SHAPE_END_STOP || s->end == SHAPE_END_QUOTED)
    return true;
  block *before = blocks_at(b, at - 1);
  return block_shape(before)->end != SHAPE_END_STOP ||
         block_caption(before) == CAPTION_SURE;
}

static void take_better(article_head *best, const signs *s, size_t title,
                        size_t last, bool named, bool dated) {
  if (best->body > 0 && s->sum <= best->signs.sum)
    return;
  best->dated = dated;
  best->named = named;
  best->title = title;
  best->byline = last;
  best->body = last + 1;
  signs_copy(&best->signs, s);
}

/* The forms of a head that have a given number of blocks between title and
 * byline or body. */
static void try_between(const layout *l, blocks *b, size_t title,
                        size_t between, bool dated, layout_place place,
                        article_head *best) {
  size_t last = title + between;
  block *byline = blocks_at(b, last + 1);
  signs s;
  signs_clear(&s);
  signs_add(&s, -(int)between, "something in between");
  if (byline && (between == 0 || names_score(l, byline) > 1) &&
      score_named(l, b, title, last + 1, dated, place, &s))
    take_better(best, &s, title, last + 1, true, dated);
  signs_clear(&s);
  signs_add(&s, -(int)between, "something in between");
  if ((between == 0 ||
       (wide_after(l, b, last) && !mostly(l->apart, l->inner))) &&
      score_nameless(l, b, title, last, dated, place, &s))
    take_better(best, &s, title, last, false, dated);
}

/* All the forms of a head whose title is at title. */
static void try_title(const layout *l, blocks *b, size_t title, bool dated,
                      layout_place place, article_head *best) {
  block *t = blocks_at(b, title);
  if (!t || title_score(l, t) < (dated ? -9 : WORST_TITLE))
    return;
  for (size_t between = 0; between <= MOST_BETWEEN; between++) {
    size_t last = title + between;
    block *k = blocks_at(b, last);
    if (!k || (between > 0 && !can_stand_between(l, b, last, title)))
      return;
    if (between == 0 || (dated && title_score(l, t) >= 0) ||
        between_fits(l, b, title, last, place))
      try_between(l, b, title, between, dated, place, best);
  }
}

bool layout_head(const layout *l, blocks *b, layout_place place,
                 article_head *out) {
  block *first = blocks_at(b, 0);
  out->body = 0;
  signs_clear(&out->signs);
  if (!first ||
      (first->date == DATE_NONE && first->text.length > SHAPE_LONGEST))
    return false;
  if (first->date != DATE_NONE)
    try_title(l, b, 1, true, place, out);
  try_title(l, b, 0, false, place, out);
  return out->body > 0 && out->signs.sum >= ENOUGH;
}

void layout_note(layout *l, blocks *b, layout_place place,
                 const article_head *h) {
  l->heads++;
  if (place != PLACE_START) {
    l->inner++;
    l->apart += wide_before(l, blocks_at(b, 0));
  }
  l->stopped += block_shape(blocks_at(b, h->title))->end == SHAPE_END_STOP;
  if (h->named) {
    l->named++;
    l->by += block_names(blocks_at(b, h->byline))->by;
    l->wide += wide_after(l, b, h->byline);
  }
  size_t end = h->named ? h->byline : h->body;
  for (size_t i = h->title + 1; i < end; i++)
    if (block_caption(blocks_at(b, i)) != CAPTION_SURE) {
      l->decked++;
      break;
    }
}

/* ---- Learning from the first bytes ---- */

/* The gap most often found between two paragraphs. */
static byline_status learn_gap(layout *l, blocks *b, byline_error *error) {
  enum { WIDEST = 8 };
  size_t seen[WIDEST + 1] = {0};
  block *k, *next;
  byline_status status;
  while ((status = blocks_fill(b, error)) == BYLINE_OK &&
         (k = blocks_at(b, 0)) && (next = blocks_at(b, 1))) {
    if (next->gap > 0 && next->gap <= WIDEST && is_paragraph(k) &&
        is_paragraph(next))
      seen[next->gap]++;
    blocks_drop(b, 1);
  }
  for (size_t i = 2; i <= WIDEST; i++)
    if (seen[i] > seen[l->paragraph_gap])
      l->paragraph_gap = i;
  return status;
}

/* How sure a dated head makes one that the file is an archive. */
static int certainty_of(const layout *l, blocks *b, const article_head *h,
                        size_t blocks_before) {
  if (!h->dated || h->signs.sum < CERTAIN ||
      (!h->named && !wide_after(l, b, h->body - 1)))
    return 0;
  return (h->named ? 60 : 30) + (blocks_before < 10 ? 30 : 0);
}

static byline_status learn_heads(layout *l, blocks *b, int *certainty,
                                 byline_error *error) {
  layout_place place = PLACE_START;
  byline_status status;
  size_t passed = 0;
  while ((status = blocks_fill(b, error)) == BYLINE_OK && blocks_at(b, 0)) {
    article_head h;
    bool found = layout_head(l, b, place, &h) && h.signs.sum >= CERTAIN;
    int sure = found ? certainty_of(l, b, &h, passed) : 0;
    if (sure > *certainty)
      *certainty = sure;
    if (found && blocks_at(b, h.body)) /* else it may have been cut off */
      layout_note(l, b, place, &h);
    size_t step = found ? h.body : 1;
    place = found                  ? PLACE_HEAD
            : place == PLACE_START ? PLACE_START
                                   : PLACE_BODY;
    passed += step;
    blocks_drop(b, step);
  }
  return status;
}

byline_status layout_learn(layout *l, const char *text, size_t length,
                           int *certainty, byline_error *error) {
  *l = (layout)LAYOUT_INIT;
  *certainty = 0;
  lines_memory m = {text, length};
  blocks b;
  blocks_init(&b, lines_read_memory, &m);
  byline_status status = learn_gap(l, &b, error);
  blocks_free(&b);
  if (status != BYLINE_OK)
    return status;
  m = (lines_memory){text, length};
  blocks_init(&b, lines_read_memory, &m);
  status = learn_heads(l, &b, certainty, error);
  blocks_free(&b);
  return status;
}
