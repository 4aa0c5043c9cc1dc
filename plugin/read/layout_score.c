#include "read/layout_score.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "read/column.h"
#include "read/name_words.h"
#include "read/person.h"
#include "read/shape.h"

enum { LONGEST_TITLE = 300, LONGEST_SLOT = 100 };

bool layout_mostly(size_t part, size_t whole) {
  return whole > 0 && part * 10 >= whole * 9;
}

bool layout_wide_before(const layout *l, const block *k) {
  return k->gap > l->paragraph_gap;
}

bool layout_wide_after(const layout *l, blocks *b, size_t at) {
  const block *next = blocks_at(b, at + 1);
  return next && layout_wide_before(l, next);
}

bool layout_is_paragraph(block *k) {
  const shape *s = block_shape(k);
  return s->long_ || s->characters > 100 || s->end == SHAPE_END_STOP ||
         s->end == SHAPE_END_QUOTED;
}

/* ---- Words ---- */

int layout_title(const layout *l, block *k) {
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

const names *layout_who(blocks *b, block *k) {
  static const names nobody;
  const date_part *part = block_part(k, b->hints);
  const names *who = block_names(k);
  /* "Berlin, 20 October 2020" is a place, "Financial Times, ..." a paper. */
  if (part && !who->by && who->count == 1 &&
      (person_look(who->authors[0].data, who->authors[0].length) ==
           PERSON_SINGLE ||
       name_is_paper(who->authors[0].data, who->authors[0].length)))
    return &nobody;
  return who;
}

int layout_names(const layout *l, blocks *b, block *k) {
  const names *n = layout_who(b, k);
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
  return title && byline && layout_title(l, title) > 0 &&
         layout_who(b, byline)->shape == NAMES_SURE &&
         !layout_wide_before(l, byline) &&
         (layout_wide_after(l, b, at + 1) || !blocks_at(b, at + 2));
}

/* "3. The goose": an item of a list. */
static bool is_numbered(const block *k) {
  const char *text = k->text.data;
  size_t at = 0;
  while (at < k->text.length && text[at] >= '0' && text[at] <= '9')
    at++;
  return at > 0 && at < k->text.length && (text[at] == '.' || text[at] == ')');
}

/* A sign at the end stands where a sentence has its full stop. */
static bool ends_with_sign(const block *k) {
  size_t at = k->text.length - 1;
  uint32_t c;
  do {
    at = utf8_cut(k->text.data, k->text.length, at);
    size_t next = at;
    c = utf8_next(k->text.data, k->text.length, &next);
  } while (c == 0xFE0F && at-- > 0);
  return c == UTF8_INVALID || u_charType((UChar32)c) == U_OTHER_SYMBOL;
}

bool layout_in_slot(const layout *l, blocks *b, size_t title, size_t last) {
  block *t = blocks_at(b, title), *k = blocks_at(b, last);
  if (!l->slots || last != title + 1 || !layout_wide_after(l, b, last) ||
      layout_wide_before(l, k) || layout_is_paragraph(t) ||
      layout_title(l, t) < 1 || is_numbered(t) || ends_with_sign(t) ||
      (block_names(t)->shape == NAMES_SURE &&
       !layout_is_shouted(buf_string(&t->text))) ||
      (layout_mostly(l->by, l->named) && !layout_who(b, k)->by))
    return false;
  const shape *s = block_shape(k);
  return !layout_is_paragraph(k) && s->characters <= LONGEST_SLOT &&
         s->end == SHAPE_END_PLAIN && block_caption(k) != CAPTION_SURE &&
         layout_names(l, b, k) < 0;
}

bool layout_may_be_title(block *k) {
  const shape *s = block_shape(k);
  return !s->long_ && s->characters <= 200 && s->end != SHAPE_END_STOP &&
         s->end != SHAPE_END_QUOTED && k->date == DATE_NONE;
}

bool layout_is_triple(blocks *b, size_t title) {
  block *t = blocks_at(b, title), *w = blocks_at(b, title + 1);
  block *p = blocks_at(b, title + 2);
  return p && layout_may_be_title(t) && layout_is_paragraph(p) &&
         block_names(t)->shape != NAMES_SURE &&
         layout_who(b, w)->shape == NAMES_SURE && !block_names(w)->by;
}

bool layout_is_shouted(byline_string title) {
  size_t capitals = 0;
  for (size_t at = 0; at < title.length;) {
    uint32_t c = utf8_next(title.data, title.length, &at);
    if (c != UTF8_INVALID && u_islower((UChar32)c))
      return false;
    capitals += c != UTF8_INVALID && u_isupper((UChar32)c);
  }
  return capitals >= 3;
}

/* ---- Dates ---- */

bool layout_is_label(blocks *b, size_t at) {
  block *k = blocks_at(b, at);
  if (!k)
    return false;
  if (k->date == DATE_FOUND)
    return strlen(k->iso) >= 10;
  if (block_is_url(k))
    return true;
  const date_part *part = block_part(k, b->hints);
  if (!part || part->date != DATE_FOUND)
    return false;
  return part->before.length + part->after.length == 0 ||
         (layout_who(b, k)->shape == NAMES_NO && date_part_is_source(part));
}

size_t layout_stamp(blocks *b, size_t title, size_t body) {
  for (size_t i = title + 1; i < body; i++) {
    block *k = blocks_at(b, i);
    const date_part *part = block_part(k, b->hints);
    if (part ? layout_is_label(b, i) || layout_who(b, k)->shape != NAMES_NO
             : k->date == DATE_FOUND && strlen(k->iso) >= 10)
      return i;
  }
  return 0;
}

size_t layout_address(blocks *b, size_t title, size_t body) {
  for (size_t i = title + 1; i < body; i++)
    if (block_is_url(blocks_at(b, i)))
      return i;
  return 0;
}

/* FNV-1a, for telling a few lines apart. */
static uint64_t mix(uint64_t hash, uint32_t c) {
  return (hash ^ c) * 0x100000001B3u;
}

uint64_t layout_form(byline_string text) {
  uint64_t hash = 0xCBF29CE484222325u;
  uint32_t last = 0;
  for (size_t at = 0; at < text.length;) {
    uint32_t c = utf8_next(text.data, text.length, &at);
    if (c != UTF8_INVALID && u_isdigit((UChar32)c))
      c = '0';
    else if (c != UTF8_INVALID &&
             (u_isalpha((UChar32)c) ||
              (U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK) != 0))
      c = 'a';
    if (c != last)
      hash = mix(hash, c);
    last = c;
  }
  return hash | 1;
}

static uint64_t letters_of(uint64_t hash, byline_string s) {
  for (size_t at = 0; at < s.length;) {
    uint32_t c = utf8_next(s.data, s.length, &at);
    if (c != UTF8_INVALID && u_isalpha((UChar32)c))
      hash = mix(hash, c);
  }
  return hash;
}

uint64_t layout_paper(const date_part *part) {
  if (!part)
    return 0;
  return letters_of(mix(letters_of(0xCBF29CE484222325u, part->before), '|'),
                    part->after) |
         1;
}

static long year_of(const char *iso) {
  return strtol(iso, NULL, 10);
}

bool layout_runs_on(const layout *l, block *k) {
  if (!l->date[0] || layout_form(buf_string(&k->text)) != l->date_form)
    return false;
  const char *iso = k->iso;
  if (k->dated)
    iso = k->part.iso;
  return strlen(iso) >= 10 && strcmp(iso, l->date) > 0 &&
         year_of(iso) - year_of(l->date) <= 1;
}

/* ---- Signs ---- */

/* An empty body: the file ends or the next date line follows. */
static bool body_is_empty(const layout *l, blocks *b, size_t at) {
  const block *next = blocks_at(b, at);
  return !next || (next->date != DATE_NONE && plain_head(l, b, at + 1));
}

/* The signs behind the last block of a head. */
static void signs_after(const layout *l, blocks *b, size_t last, signs *s) {
  bool wide = layout_wide_after(l, b, last);
  block *next = blocks_at(b, last + 1);
  if (wide)
    signs_add(s, 3, "a wide gap behind it");
  else if (body_is_empty(l, b, last + 1))
    signs_add(s, 2, "no body");
  else if (layout_mostly(l->wide, l->named))
    signs_add(s, -3, "no wide gap behind it");
  if (wide && layout_mostly(l->wide, l->named))
    signs_add(s, 1, "as in other heads");
  if (next && layout_is_paragraph(next))
    signs_add(s, 1, "a paragraph behind it");
  if (next && shape_dateline(next->text.data, next->text.length))
    signs_add(s, 4, "a dateline behind it");
}

/* The signs before the first block of a head. */
static void signs_before(const layout *l, const block *first,
                         layout_place place, signs *s) {
  if (place == PLACE_START || !layout_mostly(l->apart, l->inner))
    return;
  if (!layout_wide_before(l, first))
    signs_add(s, -2, "no wide gap before it");
  else
    signs_add(s, layout_mostly(l->wide, l->named) ? 1 : 2,
              "a wide gap before it");
}

/* What a date line above the title is worth: less if it names no day, and if
 * an article would start that has no body. */
static void signs_date(const layout *l, blocks *b, const lead *d,
                       layout_place place, signs *s) {
  if (!d->dated)
    return;
  block *k = blocks_at(b, d->date);
  size_t size = strlen(k->iso);
  bool found = k->date == DATE_FOUND;
  signs_add(s,
            found && size < 7    ? 1
            : found && size == 7 ? 2
                                 : 3,
            "a date line above");
  if (layout_runs_on(l, k))
    signs_add(s, 2, "it goes on from the date lines before");
  if (place == PLACE_HEAD)
    signs_add(s, -2, "directly behind a head");
}

/* What a section's heading and a date of the article's own say. */
static void signs_labels(const layout *l, blocks *b, const lead *d, size_t last,
                         signs *s) {
  if (d->sectioned)
    signs_add(s, 1, "the heading of a section above");
  size_t stamp = layout_stamp(b, d->title, last + 1);
  if (layout_address(b, d->title, last + 1) > 0)
    signs_add(s, l->heads > 1 && l->linked * 2 >= l->heads ? 5 : 1,
              "an address below the title");
  if (!stamp)
    return;
  bool usual = l->stamped * 2 >= l->heads;
  if (!usual)
    signs_add(s, -3, "a date below the title, as in no other head");
  else
    signs_add(s, l->heads >= 3 ? 4 : 3, "a date below the title");
}

static bool is_long_sentence(block *k) {
  enum { LONG = 150 };
  const shape *s = block_shape(k);
  return s->characters > LONG &&
         (s->end == SHAPE_END_STOP || s->end == SHAPE_END_QUOTED);
}

bool layout_score_named(const layout *l, blocks *b, const lead *d,
                        size_t byline, size_t last, layout_place place,
                        signs *s) {
  block *t = blocks_at(b, d->title), *w = blocks_at(b, byline);
  int who = layout_names(l, b, w), what = layout_title(l, t);
  if (who < 0)
    return false;
  signs_add(s, who, "the byline's words");
  signs_add(s, what, "the title's words");
  signs_after(l, b, last, s);
  signs_before(l, blocks_at(b, 0), place, s);
  signs_date(l, b, d, place, s);
  signs_labels(l, b, d, last, s);
  if (w->join == JOIN_LINE)
    signs_add(s, 2, "the byline on the line below the title");
  else if (l->narrow && layout_is_triple(b, d->title))
    signs_add(s, 2, "title, name and paragraph, as elsewhere");
  if (layout_wide_before(l, w))
    signs_add(s, -1, "a wide gap before the byline");
  if (byline > d->title + 1 && is_long_sentence(blocks_at(b, byline - 1)) &&
      !layout_wide_after(l, b, last))
    signs_add(s, -3, "rather a signature below a paragraph");
  /* A date line and a title without byline, where there are such titles. */
  if (!d->dated && t->date != DATE_NONE && l->named < l->heads)
    signs_add(s, -3, "a date as title");
  if (what < 1 && plain_head(l, b, byline + 1))
    signs_add(s, -2, "rather a signature above the next title");
  if (layout_mostly(l->by, l->named) && !layout_who(b, w)->by)
    signs_add(s, -2, "other bylines begin with By");
  return true;
}

/* The gap before a head without byline, or what follows it where gaps say
 * nothing. */
static void signs_apart(const layout *l, blocks *b, const lead *d, size_t last,
                        signs *s) {
  const block *first = blocks_at(b, 0);
  if (layout_mostly(l->apart, l->inner))
    signs_add(s, layout_wide_before(l, first) ? 1 : -4, "the gap before it");
  else if (plain_head(l, b, last + 1) && !d->dated)
    signs_add(s, -3, "a head follows directly");
}

/* A title that is a name, or a byline that is none. */
static void signs_nameless(const layout *l, blocks *b, const lead *d,
                           size_t last, bool body, signs *s) {
  block *t = blocks_at(b, d->title);
  bool slot = layout_in_slot(l, b, d->title, last);
  if (slot)
    signs_add(s, 2, "two short blocks, as in other heads");
  if (last > d->title && !body && !slot)
    signs_add(s, -2, "a deck and no paragraph");
  /* A signature, rather; but that stands above a title. */
  if (block_names(t)->shape == NAMES_SURE)
    signs_add(s,
              d->dated                              ? -3
              : body && !plain_head(l, b, last + 1) ? -1
                                                    : -2,
              "a name");
}

/* What sets a head apart that has neither byline nor wide gap. */
static bool is_set_apart(const layout *l, blocks *b, const lead *d, size_t last,
                         signs *s) {
  const block *next = blocks_at(b, last + 1);
  bool apart = layout_wide_after(l, b, last) || layout_is_label(b, last);
  apart = apart || shape_dateline(next->text.data, next->text.length);
  if (!apart)
    signs_add(s, -1, "nothing sets it apart");
  if (!apart && layout_mostly(l->by, l->named) &&
      !layout_mostly(l->wide, l->named) && !d->dated)
    signs_add(s, -2, "the gaps of this file say nothing");
  return apart;
}

bool layout_score_nameless(const layout *l, blocks *b, const lead *d,
                           size_t last, layout_place place, signs *s) {
  block *t = blocks_at(b, d->title), *next = blocks_at(b, last + 1);
  int what = layout_title(l, t);
  if (what < 0 || !next)
    return false;
  bool body = layout_is_paragraph(next);
  signs_add(s, what, "the title's words");
  if (body && last == d->title && column_named(buf_string(&t->text)))
    signs_add(s, 8, "a column's name");
  signs_after(l, b, last, s);
  signs_date(l, b, d, place, s);
  signs_labels(l, b, d, last, s);
  signs_nameless(l, b, d, last, body, s);
  bool apart = is_set_apart(l, b, d, last, s);
  if (d->dated && !apart && place == PLACE_START)
    signs_add(s, 2, "the first of the file");
  else if (d->dated && !apart && body &&
           layout_runs_on(l, blocks_at(b, d->date)))
    signs_add(s, 2, "a paragraph behind date line and title");
  else if (d->dated && !apart && l->heads > 0 && l->named == 0)
    signs_add(s, 1, "no head has a byline");
  if (place == PLACE_HEAD && !d->dated)
    signs_add(s, -2, "directly behind a head");
  signs_apart(l, b, d, last, s);
  return true;
}
