#include "read/edition_around.h"

#include "read/edition_marks.h"
#include "read/edition_phrases.h"

enum { MOST_LINES = 3, FEW_WORDS = 3, MANY_WORDS = 5, QUESTIONS_AHEAD = 8 };

static byline_string text_of(const block *k) {
  return buf_string(&k->text);
}

/* Lines under each other: of a text that is not wrapped, or with a first line
 * that is shorter than the others. */
bool edition_list(const evidence *e, const block *t) {
  return t->lines > 1 &&
         (evidence_unwrapped(e) ||
          t->first * t->lines < t->text.length * 3 / 4 + t->lines);
}

/* Whether the heads of this text have wide gaps before them. */
static bool apart_is_known(const evidence *e) {
  const habits *h = &e->habits;
  return h->inner >= 3 && evidence_mostly(h->apart, h->inner);
}

static void gap_signs(const evidence *e, const block *t, signs *s) {
  bool wide = evidence_wide(e, t);
  if (apart_is_known(e))
    signs_add(s, wide ? 3 : -4, "the gap before it");
  else if (wide)
    signs_add(s, 1, "a wide gap before it");
}

void edition_before(const evidence *e, block *t, const edition_place *place,
                    signs *s) {
  static const struct {
    int points;
    const char *why;
  } table[] = {[LAST_PARAGRAPH] = {1, "behind a paragraph"},
               [LAST_OPEN] = {-3, "what is before it leads on"},
               [LAST_FAREWELL] = {-3, "what is before it leads on"},
               [LAST_SHORT] = {-1, "behind a short line"},
               [LAST_LABEL] = {1, "behind the name of a section"},
               [LAST_NAME] = {1, "behind a name"},
               [LAST_SIGNATURE] = {3, "behind a signature"},
               [LAST_FOOTER] = {4, "behind a footer"},
               [LAST_BOILERPLATE] = {2, "behind page furniture"}};
  if (!place->in_article)
    signs_add(s, 1, "at the beginning of the text");
  else if (place->empty)
    signs_add(s, -4, "directly behind a head");
  else
    signs_add(s, table[place->last].points, table[place->last].why);
  if (place->letter && place->last <= LAST_SHORT &&
      !phrases_programme(text_of(t)))
    signs_add(s, -2, "a letter that is not signed yet");
  if (place->in_article)
    gap_signs(e, t, s);
}

/* Adds what the gap behind the head says; false if that is nothing. */
static bool wide_signs(const evidence *e, const block *next, bool named,
                       signs *s) {
  const habits *h = &e->habits;
  bool wide = evidence_wide(e, next);
  bool known = h->named >= 3 && evidence_mostly(h->wide, h->named);
  if (known)
    signs_add(s, wide ? (named ? 2 : 3) : (named ? -4 : -3),
              named ? "the gap behind the byline" : "the gap behind the head");
  else if (wide)
    signs_add(s, 1, "a wide gap behind it");
  return known;
}

bool edition_question(const block *k) {
  return k->text.length > 0 && k->text.data[k->text.length - 1] == '?';
}

static void question_signs(blocks *b, const block *next,
                           const edition_place *place, signs *s) {
  if (!edition_question(blocks_at(b, 0)))
    return;
  if (marks_speaker(text_of(next), true))
    signs_add(s, -6, "a question that a speaker answers");
  else
    signs_add(s, place->interview ? -6 : -2, "a question");
}

/* "Why not?", an answer, "Where, then?": a question that is not the last. */
static void questions_signs(blocks *b, const edition_place *place, signs *s) {
  if (!place->in_article || !edition_question(blocks_at(b, 0)))
    return;
  for (size_t at = 1; at < QUESTIONS_AHEAD; at++) {
    block *k = blocks_at(b, at);
    if (k && edition_short(k)) {
      if (edition_question(k))
        signs_add(s, -3, "another question behind it");
      return;
    }
  }
}

/* Where neither gaps nor what is before tell titles from cross-heads and
 * captions, their length has to. */
static void thin_signs(const evidence *e, block *t, const edition_place *place,
                       signs *s) {
  if (!place->in_article || place->last > LAST_SHORT || evidence_wide(e, t))
    return;
  size_t length = block_shape(t)->characters, usual = evidence_usual(e);
  if (length < evidence_shortest(e))
    signs_add(s, -2, "shorter than other titles");
  else if (length * 5 < usual * 3)
    signs_add(s, -1, "shorter than most titles");
  else if (length * 4 > usual * 3 && length < usual * 2)
    signs_add(s, 1, "as long as other titles");
}

/* A short line with a paragraph behind it, which may be a title. */
static bool may_be_title(blocks *b, size_t at, bool interview) {
  block *k = blocks_at(b, at), *next = blocks_at(b, at + 1);
  return k && next && edition_short(k) && k->date == DATE_NONE &&
         block_names(k)->shape != NAMES_SURE && !block_shape(k)->bullet &&
         !(interview && marks_speaker(text_of(k), false)) &&
         evidence_paragraph(next);
}

/* The data of a book, and a paragraph. */
static bool is_data(blocks *b, size_t at) {
  block *k = blocks_at(b, at), *next = blocks_at(b, at + 1);
  return k && next && k->lines == 1 && !block_shape(k)->long_ &&
         marks_data(text_of(k)) && evidence_paragraph(next);
}

/* "Dear friends," and a paragraph. */
bool edition_salutation(blocks *b, size_t at) {
  block *k = blocks_at(b, at), *next = blocks_at(b, at + 1);
  return k && next && k->lines == 1 && edition_short(k) &&
         k->text.data[k->text.length - 1] == ',' &&
         marks_words(text_of(k)) <= MANY_WORDS && evidence_paragraph(next);
}

/* A cross-head has its text behind it; a title may have a deck. */
void edition_pair(const evidence *e, blocks *b, const edition_place *place,
                  signs *s) {
  block *deck = blocks_at(b, 1), *next = blocks_at(b, 2);
  if (place->in_article &&
      (marks_words(text_of(blocks_at(b, 0))) > FEW_WORDS ||
       marks_rubric(text_of(blocks_at(b, 0)))) &&
      edition_short(deck) && !edition_list(e, deck) &&
      !edition_list(e, blocks_at(b, 0)) &&
      block_caption(deck) != CAPTION_SURE && !marks_data(text_of(deck)) &&
      next && !evidence_wide(e, deck) &&
      ((evidence_paragraph(next) && place->last != LAST_SHORT &&
        place->last != LAST_OPEN) ||
       is_data(b, 2)))
    signs_add(s, 2, "two short lines above a paragraph");
}

void edition_behind(const evidence *e, blocks *b, size_t last, bool named,
                    bool part, const edition_place *place, signs *s) {
  block *next = blocks_at(b, last + 1);
  if (!next) {
    signs_add(s, -2, "nothing behind it");
    return;
  }
  bool told = wide_signs(e, next, named, s);
  told = told || (place->in_article && apart_is_known(e));
  if (named && place->interview && edition_question(blocks_at(b, 0)) &&
      !block_names(blocks_at(b, last))->by)
    signs_add(s, -6, "a question in an interview");
  if (!named && !told) {
    question_signs(b, next, place, s);
    if (!part)
      thin_signs(e, blocks_at(b, 0), place, s);
    questions_signs(b, place, s);
  }
  bool contents = edition_in_contents(e, next);
  if (evidence_paragraph(next) && !contents)
    signs_add(s, 2, "a paragraph behind it");
  else if (edition_salutation(b, last + 1))
    signs_add(s, 2, "a salutation behind it");
  else if (is_data(b, last + 1))
    signs_add(s, 4, "what is reviewed behind it");
  else if (next->lines > MOST_LINES)
    signs_add(s, 1, "some lines behind it");
  else
    signs_add(s, -1, "a short line behind it");
  if ((evidence_paragraph(next) || edition_salutation(b, last + 1)) &&
      !place->in_article && !contents)
    signs_add(s, 2, "the first paragraph must have a title");
  if (named && may_be_title(b, last + 1, place->interview) &&
      (place->letter || !evidence_wide(e, next)) &&
      !block_names(blocks_at(b, last))->by)
    signs_add(s, place->letter ? -6 : -3, "rather a signature above a title");
}
