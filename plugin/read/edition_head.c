#include "read/edition_head.h"

#include "read/edition_around.h"
#include "read/edition_marks.h"
#include "read/edition_phrases.h"

enum {
  LONGEST_TITLE = 180, /* characters */
  USUAL_TITLE = 120,
  MOST_LINES = 3,
  FEW_WORDS = 3,
  MANY_WORDS = 5,
  LONGEST_DECK = 250,
  LONGEST_FURNITURE = 100,
  RECURS = 3,
  RECURS_LONG = 2
};

bool edition_short(block *k) {
  return !evidence_paragraph(k) && k->lines <= 3;
}

bool edition_in_contents(const evidence *e, const block *k) {
  return recur_in_contents(&e->lines, k->line) ||
         recur_in_contents(&e->lines, k->line + k->lines - 1);
}

static byline_string text_of(const block *k) {
  return buf_string(&k->text);
}

/* ---- Page furniture ---- */

bool edition_boilerplate(const evidence *e, blocks *b, size_t at, bool pair) {
  block *k = blocks_at(b, at), *next = blocks_at(b, at + 1);
  if (!k || k->lines > 1 || k->text.length > LONGEST_FURNITURE)
    return false;
  byline_string text = text_of(k);
  if (marks_rule(text) || marks_page(text))
    return true;
  if (recur_announced(&e->lines, text, k->line))
    return false;
  size_t times = recur_times(&e->lines, text);
  if (pair || (times > 1 && next && next->text.length <= LONGEST_FURNITURE &&
               recur_pair(&e->lines, text, text_of(next)) > 1))
    return true;
  /* Cross-heads of a few words may come again by chance. */
  size_t words = marks_words(text);
  return words >= 2 && times >= (words > FEW_WORDS ? RECURS_LONG : RECURS) &&
         block_shape(k)->end == SHAPE_END_PLAIN &&
         block_names(k)->shape != NAMES_SURE;
}

/* ---- The title ---- */

/* What is known of the first block before any form of a head is tried. */
typedef struct title_look {
  signs signs; /* that count for every form */
  size_t words;
  bool announced, boilerplate, letters, programme, capitals;
  edition_signature name;
} title_look;

/* What is no title in any form: sentences, items, what leads on. Titles with a
 * full stop must have a byline that says so. A paper may begin with "Dear
 * readers,". */
static bool can_be_title(const evidence *e, blocks *b, bool in_article) {
  block *t = blocks_at(b, 0), *next = blocks_at(b, 1);
  const shape *f = block_shape(t);
  return !f->long_ && f->characters <= LONGEST_TITLE && !f->bullet &&
         (f->end != SHAPE_END_OPEN ||
          (!in_article && edition_salutation(b, 0))) &&
         t->lines <= MOST_LINES &&
         ((f->end != SHAPE_END_STOP && f->end != SHAPE_END_QUOTED) ||
          (f->characters <= USUAL_TITLE && next && block_names(next)->by)) &&
         !edition_in_contents(e, t);
}

static void shape_signs(const evidence *e, block *t, signs *s) {
  const shape *f = block_shape(t);
  if (f->characters > USUAL_TITLE)
    signs_add(s, -2, "long");
  else if (f->end != SHAPE_END_QUOTED && f->end != SHAPE_END_STOP)
    signs_add(s, 1, "short, no full stop");
  if (f->end == SHAPE_END_STOP)
    signs_add(s, -2, "a full stop");
  if (f->end == SHAPE_END_QUOTED)
    signs_add(s, -3, "the end of a quoted sentence");
  if (f->lower)
    signs_add(s, -3, "begins with a small letter");
  if (marks_sentence_inside(text_of(t)))
    signs_add(s, -4, "a sentence ends in it");
  if (marks_rubric(text_of(t)))
    signs_add(s, 1, "a rubric before a colon");
  if (edition_list(e, t))
    signs_add(s, -3, "lines that do not run on");
  if (marks_data(text_of(t)))
    signs_add(s, -4, "a price or a length");
  shape_caption caption = block_caption(t);
  signs_add(s,
            caption == CAPTION_SURE    ? -5
            : caption == CAPTION_MAYBE ? -1
                                       : 0,
            "a caption");
  if (edition_introduces(text_of(t)))
    signs_add(s, -4, "says who somebody is");
  if (phrases_figure(text_of(t)))
    signs_add(s, -5, "the number of a figure");
}

static void look_at_title(const evidence *e, blocks *b, size_t at,
                          const edition_place *place, title_look *out) {
  block *t = blocks_at(b, at);
  byline_string text = text_of(t);
  const habits *h = &e->habits;
  signs *s = &out->signs;
  signs_clear(s);
  shape_signs(e, t, s);
  out->words = marks_words(text);
  if (out->words >= MANY_WORDS)
    signs_add(s, 1, "many words");
  if (marks_masthead(text) || t->date != DATE_NONE ||
      (at == 0 && place->first && marks_dash(text)))
    signs_add(s, -5, "numbers or addresses of a masthead");
  if (marks_turn(text))
    signs_add(s, -3, "begins with a dash, as speech does");
  if (marks_speaker(text, false))
    signs_add(s, place->interview ? -6 : -2, "a speaker's initials");
  if (marks_speech(text))
    signs_add(s, -3, "what somebody said");
  out->capitals =
      evidence_mostly(h->capitals, h->heads) && marks_capitals(text);
  if (out->capitals)
    signs_add(s, 3, "capitals as in other titles");
  else if (h->heads >= 3 && evidence_mostly(h->capitals, h->heads))
    signs_add(s, -3, "no capitals as in other titles");
  out->announced = recur_announced(&e->lines, text, t->line);
  if (out->announced)
    signs_add(s, 6, "in the table of contents");
  out->boilerplate = edition_boilerplate(e, b, at, at == 0 && place->pair);
  out->letters = phrases_letters(text);
  out->programme = phrases_programme(text);
  out->name = edition_signed(e, t);
}

/* What it says that a title is not in the table of contents: less where other
 * titles are missing there. */
static int missing_points(const evidence *e) {
  const habits *h = &e->habits;
  if (e->lines.contents_last == 0)
    return 0;
  return h->named < 2 || evidence_mostly(h->announced, h->named) ? -2
         : h->announced * 2 >= h->named                          ? -1
                                                                 : 0;
}

/* A name might be a signature, or a caption. */
static int name_points(const title_look *t, size_t decks, bool named) {
  if (t->capitals)
    return -4;
  if (!named || decks > 0)
    return -8;
  return t->name == SIGNATURE_SURE ? -6 : -3;
}

/* What the title is worth in a head of this form. */
static void form_signs(const evidence *e, const title_look *t, size_t decks,
                       bool named, signs *s) {
  if (!named) {
    if (t->words <= FEW_WORDS && !t->letters)
      signs_add(s, -1, "few words");
    if (t->programme)
      signs_add(s, 4, "a programme");
    if (t->letters)
      signs_add(s, 4, "a page of letters");
    if (!t->announced)
      signs_add(s, missing_points(e), "not in the table of contents");
  }
  if (t->boilerplate)
    signs_add(s, named && decks == 0 ? -3 : -8, "recurs");
  if (t->name != SIGNATURE_NO && !t->announced)
    signs_add(s, name_points(t, decks, named), "a name");
}

/* ---- Decks ---- */

/* A sentence is a deck only where a byline follows it. */
static bool can_be_deck(const evidence *e, blocks *b, size_t at) {
  block *k = blocks_at(b, at), *next = blocks_at(b, at + 1);
  if (!k || !next || block_shape(k)->long_ || k->lines > MOST_LINES ||
      block_shape(k)->characters > LONGEST_DECK || block_shape(k)->bullet ||
      k->date != DATE_NONE || (at > 1 && evidence_wide(e, k)))
    return false;
  if (evidence_paragraph(k) &&
      (evidence_paragraph(next) || block_names(next)->shape == NAMES_NO))
    return false;
  return !marks_speaker(text_of(k), true) &&
         !recur_announced(&e->lines, text_of(k), k->line);
}

/* "The Anvil", right above a title: less than half as long as titles are,
 * above a line that is not. */
static bool may_be_masthead(const evidence *e, blocks *b) {
  size_t half = evidence_usual(e) / 2;
  byline_string name = text_of(blocks_at(b, 0));
  return block_shape(blocks_at(b, 0))->characters < half &&
         block_shape(blocks_at(b, 1))->characters >= half && marks_name(name);
}

/* How usual a number of decks is in this text. */
static void number_signs(const evidence *e, size_t decks,
                         const edition_place *place, signs *s) {
  const habits *h = &e->habits;
  bool known = h->heads >= 3;
  size_t like = h->decked[decks];
  if ((known && like * 3 >= h->heads) || (decks > 1 && like > 0))
    return;
  signs_add(s, known && like > 0 ? -1 : -(int)decks,
            "decks that are not usual here");
  if (!place->in_article && known)
    /* The first head may have taught itself. */
    signs_add(s, h->decked[0] + 1 >= h->heads ? -6 : -2, "a masthead, rather");
}

/* What a deck says that is as long as a paragraph. Without a full stop it may
 * well be a deck where a byline follows. */
static int sentence_points(block *k, bool named, bool by) {
  if (!named)
    return -6;
  return by || block_shape(k)->end == SHAPE_END_PLAIN ? -1 : -3;
}

/* What the decks say: one of them may be the title. looks has all of them, as
 * titles, behind the title itself. */
static void deck_signs(const evidence *e, blocks *b, const title_look *looks,
                       size_t decks, bool named, const edition_place *place,
                       signs *s) {
  if (decks == 0)
    return;
  if (!place->in_article && may_be_masthead(e, b))
    signs_add(s, -8, "a masthead, rather: shorter than other titles");
  else
    number_signs(e, decks, place, s);
  bool by = named && block_names(blocks_at(b, decks + 1))->by;
  for (size_t i = 1; i <= decks; i++) {
    block *k = blocks_at(b, i);
    if (block_names(k)->shape == NAMES_SURE && !evidence_common(e, text_of(k)))
      signs_add(s, -4, "a name among the decks");
    if (evidence_paragraph(k) && block_caption(k) != CAPTION_SURE)
      signs_add(s, sentence_points(k, named, by), "a sentence as deck");
    else if (looks[i].signs.sum >= looks->signs.sum + 3)
      signs_add(s, -8, "the deck would be the better title");
  }
  if (looks->words == 1 && !looks->letters)
    signs_add(s, -4, "a word above a title");
}

/* ---- Heads ---- */

static void keep_better(edition_head *best, const edition_head *h) {
  if (best->body == 0 || h->signs.sum > best->signs.sum)
    *best = *h;
}

static void try_head(const evidence *e, blocks *b, const edition_place *place,
                     const title_look *looks, size_t decks, bool named,
                     edition_head *best) {
  edition_head h;
  h.named = named;
  h.letter = h.dated = false;
  h.decks = decks;
  h.byline = h.date = 0;
  h.body = decks + 1;
  signs_copy(&h.signs, &looks->signs);
  if (named) {
    h.byline = decks + 1;
    block *k = blocks_at(b, h.byline);
    if (!k || recur_announced(&e->lines, text_of(k), k->line) ||
        !edition_byline(e, k, &h.signs))
      return;
    h.body++;
  }
  form_signs(e, looks, decks, named, &h.signs);
  edition_before(e, blocks_at(b, 0), place, &h.signs);
  deck_signs(e, b, looks, decks, named, place, &h.signs);
  if (decks == 1 && !named && looks[1].name == SIGNATURE_NO)
    edition_pair(e, b, place, &h.signs);
  block *next = blocks_at(b, h.body);
  if (next && next->date == DATE_FOUND) {
    h.dated = true;
    h.date = h.body++;
    signs_add(&h.signs, 2, "a date line behind it");
  }
  bool unclear = next && next->date == DATE_UNCLEAR; /* it stays in the body */
  if (unclear)
    signs_add(&h.signs, 2, "a date line behind it that is not certain");
  edition_behind(e, b, h.body - 1 + unclear, named,
                 looks->letters || looks->programme, place, &h.signs);
  next = blocks_at(b, h.body);
  enum { REPORTERS = 3 };
  names who;
  if (best->body > 0 && h.signs.sum + REPORTERS <= best->signs.sum)
    return;
  if (!named && next && edition_reporters(e, text_of(next), &who))
    signs_add(&h.signs, REPORTERS, "a sentence behind it names its authors");
  keep_better(best, &h);
}

/* "Must every title on your front page end with an exclamation mark?" */
static bool is_exclamation(block *k) {
  return block_shape(k)->end == SHAPE_END_STRONG &&
         marks_words(text_of(k)) > MANY_WORDS;
}

/* A letter: a short title, paragraphs, a signature. */
static bool signed_below(const evidence *e, blocks *b, size_t title) {
  size_t paragraphs = 0;
  for (size_t at = title + 1; at < BLOCKS_AHEAD; at++) {
    block *k = blocks_at(b, at);
    if (!k)
      return false;
    if (evidence_paragraph(k) || is_exclamation(k)) {
      paragraphs++;
      continue;
    }
    if (paragraphs > 0 && edition_signed(e, k) != SIGNATURE_NO)
      return true;
    if (block_shape(k)->end != SHAPE_END_STRONG)
      return false;
  }
  return false;
}

static void try_letter(const evidence *e, blocks *b, const edition_place *place,
                       const title_look *t, edition_head *best) {
  block *k = blocks_at(b, 0);
  bool behind = place->last == LAST_SIGNATURE;
  bool label = place->last == LAST_LABEL;
  if ((!behind && !label && !place->letters) || !edition_short(k) ||
      t->words > 2 * MANY_WORDS || block_shape(k)->lower || t->boilerplate ||
      t->name != SIGNATURE_NO || marks_speaker(text_of(k), false) ||
      !signed_below(e, b, 0))
    return;
  edition_head h = {.letter = true, .body = 1};
  signs_add(&h.signs, 1, "short, no full stop");
  signs_add(&h.signs, label ? 1 : 3,
            label    ? "behind the name of a section"
            : behind ? "behind a signature"
                     : "on a page of letters");
  signs_add(&h.signs, 4, "a letter that is signed");
  keep_better(best, &h);
}

bool edition_opens_letters(const evidence *e, blocks *b) {
  block *k = blocks_at(b, 0), *next = blocks_at(b, 1);
  return k && next && edition_short(k) && phrases_letters(text_of(k)) &&
         edition_short(next) && !edition_question(next) &&
         edition_signed(e, next) == SIGNATURE_NO && signed_below(e, b, 1);
}

bool edition_head_find(const evidence *e, blocks *b, const edition_place *place,
                       edition_head *out) {
  block *first = blocks_at(b, 0);
  title_look looks[EVIDENCE_DECKS + 1];
  out->body = 0;
  signs_clear(&out->signs);
  if (!first || !can_be_title(e, b, place->in_article) ||
      edition_opens_letters(e, b))
    return false;
  for (size_t decks = 0; decks <= EVIDENCE_DECKS; decks++) {
    if (decks > 0 && !can_be_deck(e, b, decks))
      break;
    look_at_title(e, b, decks, place, &looks[decks]);
    try_head(e, b, place, looks, decks, true, out);
    try_head(e, b, place, looks, decks, false, out);
  }
  try_letter(e, b, place, looks, out);
  if (out->body > 0 && place->last == LAST_SIGNATURE && !out->named)
    out->letter = true;
  return out->body > 0 && out->signs.sum >= EDITION_ENOUGH;
}

/* ---- Learning ---- */

bool edition_head_note(evidence *e, blocks *b, const edition_place *place,
                       const edition_head *h) {
  habits *a = &e->habits;
  block *t = blocks_at(b, 0);
  a->heads++;
  if (place->in_article) {
    a->inner++;
    a->apart += evidence_wide(e, t);
  }
  a->capitals += marks_capitals(text_of(t));
  a->title_case += marks_title_case(text_of(t)) != 0;
  a->decked[h->decks]++;
  size_t length = block_shape(t)->characters / EVIDENCE_LENGTH;
  a->lengths[length < EVIDENCE_LENGTHS ? length : EVIDENCE_LENGTHS - 1]++;
  if (!h->named)
    return true;
  names who;
  edition_block_names(e, blocks_at(b, h->byline), &who);
  const block *next = blocks_at(b, h->body);
  a->named++;
  a->announced += recur_announced(&e->lines, text_of(t), t->line);
  a->by += who.by;
  a->wide += next && evidence_wide(e, next);
  a->affiliated +=
      who.affiliation.length > 0 && who.affiliation.data[-1] != '(';
  a->listed += who.count > 2;
  return who.affiliation.length == 0 ||
         recur_add(&e->tails, edition_tail(who.affiliation), 0);
}
