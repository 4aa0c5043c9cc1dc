#include "read/ezine_signs.h"

#include <string.h>

#include "read/date_line.h"
#include "read/edition_marks.h"
#include "read/ezine_marks.h"
#include "read/ezine_masthead.h"
#include "read/shape.h"

enum { USUAL_TITLE = 100 /* characters */ };

/* What a title looks like by itself. */
void ezine_shape_signs(byline_string title, signs *s) {
  shape f;
  shape_measure(title.data, title.length, &f);
  if (f.characters > USUAL_TITLE)
    signs_add(s, -2, "long");
  if (f.end == SHAPE_END_STOP || f.end == SHAPE_END_QUOTED)
    signs_add(s, -3, "a full stop");
  else if (f.end == SHAPE_END_OPEN)
    signs_add(s, -3, "leads on");
  else if (f.characters <= USUAL_TITLE)
    signs_add(s, 1, "short, no full stop");
  if (f.lower)
    signs_add(s, -2, "begins with a small letter");
  if (marks_sentence_inside(title))
    signs_add(s, -4, "a sentence ends in it");
  if (marks_link(title))
    signs_add(s, -5, "an address");
  if (marks_capitals(title))
    signs_add(s, 1, "capitals");
  else if (marks_title_case(title))
    signs_add(s, 1, "capitals of a title");
}

void ezine_mark_signs(const ezine_evidence *e, const ezine_line *l,
                      byline_string title, signs *s) {
  char iso[DATE_ISO_SIZE];
  byline_string whole = ezine_string(l);
  if (*whole.data == '>')
    signs_add(s, -8, "a quotation");
  if (l->letters * 2 < l->marks && title.length == whole.length)
    signs_add(s, -5, "hardly a letter");
  names who;
  names_parse(title.data, title.length, &who);
  if ((who.by && who.shape == NAMES_SURE) || ezine_by_alone(whole))
    signs_add(s, -6, "a byline");
  byline_string value;
  if (ezine_header(whole, &value) != FIELD_NONE)
    signs_add(s, -6, "a field");
  if (l->letters < 3)
    signs_add(s, -6, "no word");
  if (memchr(title.data, '|', title.length))
    signs_add(s, -6, "a row of a table");
  if (whole.length > 2 && memchr("-*+", *whole.data, 3) && whole.data[1] == ' ')
    signs_add(s, -4, "an item of a list");
  if (l->holes > 0)
    signs_add(s, -2, "columns");
  bool numbered = ezine_issue(title);
  if (numbered && ezine_issue_date(whole, &e->words.dates, iso))
    signs_add(s, -20, "the masthead of an issue");
  else if (numbered && (title.data == whole.data || l->holes > 0))
    signs_add(s, -4, "the number of an issue");
  if (date_line_parse(whole.data, whole.length, &e->words.dates, iso) !=
      DATE_NONE)
    signs_add(s, -6, "a date");
  if (ezine_contents_heading(title))
    signs_add(s, -6, "heads a table of contents");
  if (ezine_ending(title))
    signs_add(s, -6, "the end of the issue");
}

/* ---- What is around it ---- */

/* The style of a head, as a number: what is before it, how it is marked. */
unsigned ezine_style_of(const ezine_place *place, const ezine_line *l,
                        unsigned under, bool centred, bool capitals,
                        bool marked, ezine_form form) {
  unsigned before = place->rule ? (unsigned char)place->rule : 0;
  unsigned wide = !before && (l->gap >= 2 || place->page);
  return before | (under & 0x7F) << 8 | (unsigned)centred << 15 |
         (unsigned)capitals << 16 | (unsigned)marked << 17 | wide << 18 |
         (unsigned)(form == FORM_MAIL) << 19;
}

static const ezine_style *find_style(const ezine_evidence *e, unsigned key) {
  for (size_t i = 0; i < e->style_count; i++)
    if (e->styles[i].key == key)
      return &e->styles[i];
  return NULL;
}

static size_t most_of(const ezine_evidence *e) {
  size_t most = 0;
  for (size_t i = 0; i < e->style_count; i++)
    if (e->styles[i].count > most &&
        (e->styles[i].named > 0 || e->styles[i].announced > 0))
      most = e->styles[i].count;
  return most;
}

/* What the other heads that look so say about this one. */
void ezine_style_signs(const ezine_evidence *e, const ezine_head *h, signs *s) {
  const ezine_style *look = find_style(e, h->style);
  if (!look)
    return;
  bool told = e->announced >= 3, signed_ = e->named >= 3;
  if (look->announced >= 2 && look->announced * 2 >= look->count)
    signs_add(s, 3, "looks like titles of the contents");
  else if (told && look->announced == 0 && h->entry < 0)
    signs_add(s, -3, "does not look like titles of the contents");
  if (look->named >= 2 && look->named * 2 >= look->count)
    signs_add(s, 3, "looks like titles with bylines");
  else if (signed_ && look->named == 0 && h->entry < 0 && !h->named)
    signs_add(s, -3, "does not look like titles with bylines");
  else if (!told && !signed_ && look->count >= 3 && (look->key & 0xFF))
    signs_add(s, 2, "looks like others behind rules");
  if (h->entry >= 0)
    return;
  if (!h->named && look->count * 4 < most_of(e))
    signs_add(s, -2, "an unusual look here");
  if (h->form == FORM_MAIL && look->count * 3 < most_of(e))
    signs_add(s, -4, "other heads are no mails");
}

void ezine_before_signs(const ezine_evidence *e, const ezine_place *place,
                        const ezine_line *l, signs *s) {
  if (place->rule)
    signs_add(s, 3, "behind a rule");
  else if (place->page)
    signs_add(s, 2, "on a new page");
  else if (l->gap > e->words.paragraph_gap && l->gap >= 2)
    signs_add(s, 2, "a wide gap before it");
  else if (place->mark)
    signs_add(s, 1, "behind a short rule");
  else if (l->gap == 0 && place->started)
    signs_add(s, -6, "no gap before it");
  if (!place->in_article && e->contents_line > l->number)
    signs_add(s, -6, "above the table of contents");
  if (place->in_article && place->since == 0)
    signs_add(s, -4, "directly behind a head");
}

void ezine_contents_signs(const ezine_evidence *e, const ezine_contents *c,
                          const ezine_head *h, signs *s) {
  if (h->entry >= 0)
    signs_add(s, 6, "in the table of contents");
  else if (e->announced >= 3 && c->count > 0)
    signs_add(s, h->named ? -1 : -3, "not in the table of contents");
}

/* A line that is always there is furniture, unless text follows it: "Letters"
 * may be in every issue. */
static void recurring_signs(const ezine_evidence *e, const ezine_window *w,
                            const ezine_head *h, bool text, signs *s) {
  enum { OFTEN = 3, WORDS = 12 };
  const ezine_line *l = ezine_at(w, h->title);
  if (h->form == FORM_MAIL || h->entry >= 0 || h->named ||
      recur_times(&e->words.lines, ezine_string(l)) < OFTEN)
    return;
  if (!text)
    signs_add(s, -6, "recurs");
  else if (l->letters >= WORDS)
    signs_add(s, -3, "recurs");
}

void ezine_behind_signs(const ezine_evidence *e, const ezine_window *w,
                        const ezine_head *h, signs *s) {
  const ezine_line *l = ezine_at(w, h->body), *next = ezine_at(w, h->body + 1);
  const ezine_line *last = ezine_at(w, h->body - 1);
  if (!l) {
    signs_add(s, -3, "nothing behind it");
    return;
  }
  byline_string text = ezine_string(l);
  shape f;
  shape_measure(text.data, text.length, &f);
  bool several = next && next->gap == 0 && !next->rule;
  bool prose = !l->rule && (several || f.end == SHAPE_END_STOP ||
                            l->width - l->indent >= 50);
  recurring_signs(e, w, h, prose, s);
  if (l->rule)
    signs_add(s, -3, "a rule behind it");
  else if (prose)
    signs_add(s, 2, "text behind it");
  else
    signs_add(s, -1, "a short line behind it");
  if (l->gap == 0 && !last->rule && !h->named && h->form == FORM_TITLE &&
      h->iso[0] == '\0')
    signs_add(s, l->indent > last->indent + 1 && last->indent < 3 ? -2 : -5,
              "the text goes on without a gap");
}

/* ---- Learning ---- */

void ezine_head_note(ezine_evidence *e, const ezine_head *h) {
  size_t i = 0;
  while (i < e->style_count && e->styles[i].key != h->style)
    i++;
  if (i == EZINE_STYLES)
    return;
  if (i == e->style_count)
    e->styles[e->style_count++] = (ezine_style){.key = h->style};
  bool announced = h->entry >= 0;
  e->styles[i].count++;
  e->styles[i].named += h->named;
  e->styles[i].announced += announced;
  e->heads++;
  e->named += h->named;
  e->announced += announced;
  e->mails += h->form == FORM_MAIL;
}
