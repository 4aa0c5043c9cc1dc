#include "read/edition_place.h"

#include <string.h>

#include "base/error.h"
#include "read/edition_marks.h"
#include "read/edition_phrases.h"

/* How much must be there for a text to be a paper, and how much of it must be
 * paragraphs. Dated digests are surer of theirs (layout.h). */
enum { FEW_WORDS = 3 };

enum {
  FEWEST_NAMED = 3,
  FEWER_NAMED = 2, /* with more that is announced or signed */
  FEWEST_FIRM = 4,
  FEWEST_PARAGRAPHS = 1, /* for each head */
  LEAST_PROSE = 60,      /* per cent of the bytes */
  CERTAINTY = 25
};

static bool is_signature(const evidence *e, blocks *b,
                         const edition_place *place) {
  block *k = blocks_at(b, 0);
  if (place->last != LAST_PARAGRAPH && place->last != LAST_SHORT &&
      place->last != LAST_FAREWELL)
    return false;
  edition_signature how = edition_signed(e, k);
  if (place->last == LAST_FAREWELL)
    return how == SIGNATURE_NAME || how == SIGNATURE_SURE;
  if (how == SIGNATURE_SURE)
    return true;
  /* A name alone is a caption as well as a signature; at the end of a letter,
   * or of an article that has no byline, it may be the latter. */
  block *next = blocks_at(b, 1);
  bool ends = !next || edition_short(next);
  return (how == SIGNATURE_NAME && ends && (place->letter || !place->named)) ||
         (how == SIGNATURE_ANONYMOUS && ends);
}

void edition_classify(const evidence *e, blocks *b, const edition_place *place,
                      edition_block *out) {
  block *k = blocks_at(b, 0);
  byline_string text = buf_string(&k->text);
  *out = (edition_block){.kind = KIND_PARAGRAPH, .why = "a paragraph"};
  if (edition_in_contents(e, k)) {
    out->kind = KIND_CONTENTS;
    out->why = "its lines come again as titles";
  } else if (place->in_article && marks_footer(text, &e->dates, out->iso)) {
    out->kind = KIND_FOOTER;
    out->why = "says when the article first appeared";
  } else if (edition_opens_letters(e, b)) {
    out->kind = KIND_BOILERPLATE;
    out->letters = true;
    out->why = "opens a page of letters";
  } else if (edition_boilerplate(e, b, 0, place->pair)) {
    out->kind = KIND_BOILERPLATE;
    out->why = marks_rule(text) ? "a rule" : "recurs";
  } else if (!evidence_paragraph(k) && block_caption(k) == CAPTION_SURE) {
    out->kind = KIND_CAPTION;
    out->why = "credits a picture";
  } else if (!evidence_paragraph(k) && marks_data(text)) {
    out->why = "a price or a length";
  } else if (is_signature(e, b, place)) {
    out->kind = KIND_SIGNATURE;
    out->why = "a name behind a paragraph";
  } else if (edition_short(k) && k->lines == 1 && !block_shape(k)->bullet &&
             block_shape(k)->end != SHAPE_END_OPEN &&
             !marks_speaker(text, false) && !marks_turn(text)) {
    out->kind = KIND_CROSS_HEAD;
    out->why = "short, with too few signs of a title";
  } else if (!evidence_paragraph(k)) {
    out->why = "lines of the text";
  }
}

/* "Yours sincerely,": short, behind a paragraph. */
static bool is_farewell(block *k, const edition_place *place) {
  return k->lines == 1 && k->text.data[k->text.length - 1] == ',' &&
         place->in_article && place->last == LAST_PARAGRAPH && !place->empty &&
         edition_short(k) && marks_words(buf_string(&k->text)) <= FEW_WORDS + 1;
}

/* "Books": a word or two behind a paragraph, above another short line. */
static bool is_label(const evidence *e, block *k, block *next,
                     const edition_place *place) {
  return next && k->lines == 1 && place->in_article && !place->empty &&
         place->last == LAST_PARAGRAPH && edition_short(k) &&
         edition_short(next) && marks_words(buf_string(&k->text)) < FEW_WORDS &&
         block_shape(k)->end == SHAPE_END_PLAIN && !block_shape(next)->bullet &&
         next->lines == 1 && edition_signed(e, k) == SIGNATURE_NO;
}

static edition_last last_of(block *k) {
  if (!evidence_paragraph(k) && marks_data(buf_string(&k->text)))
    return LAST_PARAGRAPH;
  if (!evidence_paragraph(k) && block_shape(k)->end != SHAPE_END_STRONG)
    return block_shape(k)->end == SHAPE_END_OPEN ? LAST_OPEN : LAST_SHORT;
  return block_shape(k)->end == SHAPE_END_OPEN ? LAST_OPEN : LAST_PARAGRAPH;
}

void edition_pass(const evidence *e, blocks *b, const edition_block *k,
                  edition_place *place) {
  block *here = blocks_at(b, 0), *next = blocks_at(b, 1);
  byline_string text = buf_string(&here->text);
  place->pair = k->kind == KIND_BOILERPLATE && next &&
                recur_pair(&e->lines, text, buf_string(&next->text)) > 1;
  switch (k->kind) {
  case KIND_CONTENTS:
    return;
  case KIND_BOILERPLATE:
    place->letters = place->letters || k->letters;
    if (!marks_rule(text)) /* a box has rules as well */
      place->last = LAST_BOILERPLATE;
    return;
  case KIND_FOOTER:
    place->last = LAST_FOOTER;
    break;
  case KIND_SIGNATURE:
    place->last = place->letter || place->last == LAST_FAREWELL ||
                          edition_signed(e, here) != SIGNATURE_NAME
                      ? LAST_SIGNATURE
                      : LAST_NAME;
    break;
  default:
    place->last = is_farewell(here, place)         ? LAST_FAREWELL
                  : is_label(e, here, next, place) ? LAST_LABEL
                                                   : last_of(here);
  }
  place->empty = place->first = false;
  if (marks_speaker(text, place->last == LAST_PARAGRAPH))
    place->interview = true;
}

void edition_pass_head(blocks *b, const edition_head *h, edition_place *place) {
  byline_string title = buf_string(&blocks_at(b, 0)->text);
  *place = (edition_place){.last = LAST_SHORT,
                           .in_article = true,
                           .empty = true,
                           .named = h->named,
                           .letter = h->letter,
                           .interview = phrases_interview(title),
                           .letters = !h->named && phrases_letters(title)};
}

/* ---- Learning ---- */

/* What was found in the first part of a text. */
typedef struct survey {
  size_t heads;
  size_t firm;  /* certain ones, and signed letters */
  size_t named; /* certain ones with a byline */
  size_t footers;
} survey;

static bool is_lesson(const evidence *e, blocks *b, const edition_head *h) {
  const block *t = blocks_at(b, 0);
  bool by = h->named && block_names(blocks_at(b, h->byline))->by;
  return (h->signs.sum >= EDITION_CERTAIN || by) && blocks_at(b, h->body) &&
         (h->named ||
          recur_announced(&e->lines, buf_string(&t->text), t->line));
}

static byline_status learn_heads(evidence *e, lines_memory memory, bool note,
                                 survey *found, byline_error *error) {
  byline_status status;
  edition_place place = {.first = true};
  blocks b;
  blocks_init(&b, lines_read_memory, &memory);
  b.hints = &e->dates;
  while ((status = blocks_fill(&b, error)) == BYLINE_OK && blocks_at(&b, 0)) {
    edition_head h;
    size_t step = 1;
    if (edition_head_find(e, &b, &place, &h)) {
      bool lesson = is_lesson(e, &b, &h);
      found->heads++;
      found->firm += lesson || h.letter;
      found->named += lesson && h.named;
      if (note && lesson && !edition_head_note(e, &b, &place, &h))
        break;
      edition_pass_head(&b, &h, &place);
      step = h.body;
    } else {
      edition_block k;
      edition_classify(e, &b, &place, &k);
      found->footers += k.kind == KIND_FOOTER;
      edition_pass(e, &b, &k, &place);
    }
    blocks_drop(&b, step);
  }
  if (status == BYLINE_OK && blocks_at(&b, 0))
    status = error_no_memory(error);
  blocks_free(&b);
  return status;
}

byline_status edition_learn(evidence *e, const char *text, size_t length,
                            int *certainty, byline_error *error) {
  lines_memory memory = {text, length};
  survey first = {0}, second = {0};
  byline_status status = evidence_gather(e, text, length, error);
  if (status == BYLINE_OK)
    status = learn_heads(e, memory, true, &first, error);
  if (!certainty || status != BYLINE_OK)
    return status;
  *certainty = 0;
  status = learn_heads(e, memory, false, &second, error);
  bool firm = second.named >= FEWEST_NAMED ||
              (second.named >= FEWER_NAMED &&
               second.firm + second.footers >= FEWEST_FIRM);
  if (status == BYLINE_OK && firm && second.firm * 3 >= second.heads &&
      e->paragraphs >= second.heads * FEWEST_PARAGRAPHS &&
      e->paragraph_bytes * 100 >= e->bytes * LEAST_PROSE)
    *certainty = CERTAINTY;
  return status;
}
