#include "read/ezine_head.h"

#include <string.h>

#include "read/column.h"
#include "read/date_line.h"
#include "read/edition_marks.h"
#include "read/ezine_marks.h"
#include "read/ezine_signs.h"
#include "read/person.h"
#include "read/shape.h"
#include "read/words.h"

enum {
  MOST_LINES = 3,      /* of a title */
  LONGEST_TITLE = 180, /* bytes */
  USUAL_TITLE = 100,
  LONGEST_BYLINE = 120,
  LONGEST_HANDLE = 32,
  LONGEST_DECK = 200,
  MOST_FIELDS = 24, /* lines of a mail's header */
  CENTRED = 6,      /* columns of indent */
  UNDERLINE = 5     /* columns that an underline may be off */
};

/* ---- Small parts ---- */

bool ezine_right(const ezine_evidence *e, const ezine_line *l) {
  return e->width > 0 && l->indent * 5 >= e->width * 2 &&
         l->width + 12 >= e->width && l->width <= e->width + 8;
}

static bool is_centred(const ezine_evidence *e, const ezine_line *l) {
  size_t right = l->width < e->width ? e->width - l->width : 0;
  size_t off = right > l->indent ? right - l->indent : l->indent - right;
  return l->indent >= CENTRED && off <= 4 + e->width / 12;
}

byline_string ezine_head_title(const ezine_line *l, bool first) {
  bool framed;
  byline_string s = ezine_bare(ezine_string(l), &framed);
  return first ? ezine_bare(ezine_unnumbered(s), &framed) : s;
}

/* Without the address behind a name, or the marks around it. */
static byline_string without_address(byline_string s) {
  bool framed;
  const char *at = memchr(s.data, '@', s.length);
  if (at) {
    size_t from = (size_t)(at - s.data);
    while (from > 0 && s.data[from - 1] != ' ')
      from--;
    if (from > 1)
      s.length = from;
  }
  while (s.length > 0 && memchr(" <([,-", s.data[s.length - 1], 6))
    s.length--;
  return ezine_bare(words_trim(s), &framed);
}

/* Whether a name that nothing else shows to be one is beyond doubt: a few words
 * none of which the text has in small letters, nor all in capitals. */
static bool is_plain_name(const ezine_evidence *e, const names *n) {
  enum { MOST_WORDS = 4, SHORTEST = 4 };
  for (size_t i = 0; i < n->count; i++) {
    byline_string s = n->authors[i];
    if (marks_words(s) > MOST_WORDS || marks_capitals(s))
      return false;
    for (size_t at = 0, end; at < s.length; at = end + 1) {
      const char *space = memchr(s.data + at, ' ', s.length - at);
      end = space ? (size_t)(space - s.data) : s.length;
      if (end - at >= SHORTEST &&
          evidence_common(&e->words, (byline_string){s.data + at, end - at}))
        return false;
    }
  }
  return n->count > 0;
}

/* "by Kraken", "by The Tide Crew": a handle is what By says it is. */
static bool take_handle(byline_string s, names *out) {
  size_t words = marks_words(s);
  if (s.length == 0 || s.length > LONGEST_HANDLE || words > 3 ||
      memchr(s.data, '.', s.length) || memchr(s.data, ',', s.length) ||
      memchr(s.data, ':', s.length) || memchr(s.data, '?', s.length) ||
      memchr(s.data, '(', s.length))
    return false;
  for (size_t i = 0; i < s.length; i++)
    if ((i == 0 || s.data[i - 1] == ' ') && s.data[i] >= 'a' &&
        s.data[i] <= 'z' && words > 1)
      return false;
  *out = (names){.shape = NAMES_MAYBE, .by = true, .count = 1};
  out->authors[0] = s;
  return true;
}

bool ezine_head_names(const ezine_evidence *e, byline_string from, bool by,
                      names *out) {
  byline_string s = from;
  bool framed;
  s = ezine_bare(s, &framed);
  by = ezine_by(&s) || by;
  out->count = 0;
  if (from.length > LONGEST_BYLINE)
    return false;
  s = without_address(s);
  if (s.length == 0)
    return false;
  names_parse(s.data, s.length, out);
  out->by = by || out->by;
  bool sure = out->count > 0 && out->shape == NAMES_SURE;
  if (out->by)
    return sure ||
           (out->count > 0 && out->shape == NAMES_MAYBE &&
            person_look(out->authors[0].data, out->authors[0].length) !=
                PERSON_NOT) ||
           take_handle(s, out);
  return sure && is_plain_name(e, out) && out->affiliation.length == 0;
}

/* ---- The title ---- */

/* Whether a title may end with this line: what follows is something else. */
static bool ends_title(const ezine_evidence *e, const ezine_line *next) {
  names who;
  char iso[DATE_ISO_SIZE];
  byline_string s = ezine_string(next);
  if (!next || next->gap > 0 || next->rule)
    return true;
  if (ezine_by_alone(s) ||
      (ezine_head_names(e, s, false, &who) && (who.by || ezine_right(e, next))))
    return true;
  return date_line_parse(s.data, s.length, &e->words.dates, iso) == DATE_FOUND;
}

static bool is_underline(const ezine_line *title, const ezine_line *rule) {
  if (!rule || !rule->rule || rule->gap > 0)
    return false;
  size_t a = title->width - title->indent, b = rule->width - rule->indent;
  return a <= b + UNDERLINE && b <= a + UNDERLINE && b >= 3;
}

/* ---- Behind the title ---- */

typedef struct reach {
  size_t at; /* the next line */
  bool rule; /* there was one */
} reach;

/* Whether there is a date line at at. */
static bool take_date(const ezine_evidence *e, const ezine_window *w,
                      ezine_head *h, size_t *at) {
  char iso[DATE_ISO_SIZE];
  const ezine_line *l = ezine_at(w, *at);
  byline_string s = ezine_string(l);
  if (!l || l->gap > 1 || h->iso[0] != '\0')
    return false;
  date_result result = date_line_parse(s.data, s.length, &e->words.dates, iso);
  if (result == DATE_UNCLEAR)
    h->unclear = *at + 1;
  if (result != DATE_FOUND)
    return false;
  memcpy(h->iso, iso, sizeof iso);
  h->date = (*at)++;
  return true;
}

static int byline_points(const names *who, bool right) {
  bool sure = who->shape == NAMES_SURE;
  return who->by ? (sure ? 5 : 4) : right ? 4 : 3;
}

/* Wide enough to be no further name. */
static bool is_text(const ezine_line *l) {
  enum { WIDE = 40 };
  return l && (l->rule || l->width - l->indent >= WIDE);
}

static bool take_byline(const ezine_evidence *e, const ezine_window *w,
                        ezine_head *h, size_t *at) {
  const ezine_line *l = ezine_at(w, *at);
  names who;
  byline_string value;
  h->by = l && l->gap <= 3 && ezine_by_alone(ezine_string(l));
  if (h->by)
    l = ezine_at(w, ++*at);
  if (!l || l->gap > 3 || l->rule || l->text.length > LONGEST_BYLINE ||
      *l->text.data == '>' || l->holes > 0 ||
      !ezine_head_names(e, ezine_string(l), h->by, &who)) {
    *at -= h->by;
    return false;
  }
  const ezine_line *next = ezine_at(w, *at + 1);
  bool right = ezine_right(e, l);
  ezine_field field = ezine_header(ezine_string(l), &value);
  /* The text may begin with a name. */
  bool alone = next && (next->gap > 0 || next->rule || right ||
                        next->indent > l->indent + 1);
  byline_string after = ezine_string(next);
  bool address = next && memchr(after.data, '@', after.length) &&
                 after.length <= LONGEST_BYLINE && next->gap == 0;
  char iso[DATE_ISO_SIZE];
  bool dated = next && date_line_parse(after.data, after.length,
                                       &e->words.dates, iso) == DATE_FOUND;
  const ezine_line *text = ezine_at(w, *at + 1 + address);
  bool plain = !who.by && !right && field == FIELD_NONE;
  if ((!alone && !address && !dated && !(who.by && who.shape == NAMES_SURE)) ||
      (plain && (l->gap > 1 || !is_text(text)))) {
    *at -= h->by;
    return false;
  }
  h->strong = !plain;
  h->named = true;
  h->byline = (*at)++;
  signs_add(&h->signs, byline_points(&who, right),
            who.by  ? "a name behind By"
            : right ? "a name at the right"
                    : "a name");
  if (address && !next->rule && marks_words(after) <= 6)
    (*at)++;
  return true;
}

/* One line or two in front of a byline. */
static bool take_deck(const ezine_evidence *e, const ezine_contents *c,
                      const ezine_window *w, ezine_head *h, size_t *at) {
  const ezine_line *l = ezine_at(w, *at);
  size_t count = 0, length = 0;
  if (!l || l->rule || l->gap == 0 || l->gap > 2)
    return false;
  for (; (l = ezine_at(w, *at + count)) && !l->rule &&
         (count == 0 || l->gap == 0);
       count++)
    length += l->text.length;
  if (count > 2 || length > LONGEST_DECK ||
      ezine_contents_find(c, ezine_head_title(ezine_at(w, *at), true)) >= 0)
    return false;
  ezine_head behind = *h;
  size_t next = *at + count;
  signs_clear(&behind.signs);
  if (!take_byline(e, w, &behind, &next))
    return false;
  names who;
  l = ezine_at(w, behind.byline);
  byline_string last = ezine_string(ezine_at(w, *at + count - 1));
  shape f;
  shape_measure(last.data, last.length, &f);
  bool sentence = f.end == SHAPE_END_STOP || f.end == SHAPE_END_QUOTED;
  if (!ezine_head_names(e, ezine_string(l), behind.by, &who) ||
      !(who.by || (ezine_right(e, l) && !sentence)))
    return false;
  h->deck = *at;
  h->deck_lines = count;
  *at += count;
  signs_add(&h->signs, -1, "a deck");
  return true;
}

/* Everything from behind the title to the body. */
static void take_rest(const ezine_evidence *e, const ezine_contents *c,
                      const ezine_window *w, ezine_head *h, bool boxed) {
  size_t at = h->body;
  bool more = true;
  for (int i = 0; i < 3 && more; i++) {
    more = take_date(e, w, h, &at);
    if (!h->named && take_byline(e, w, h, &at))
      more = true;
  }
  if (!boxed && !h->named && h->iso[0] == '\0' && take_deck(e, c, w, h, &at)) {
    take_byline(e, w, h, &at);
    take_date(e, w, h, &at);
  }
  if (h->iso[0] != '\0')
    signs_add(&h->signs, 2, "a date");
  const ezine_line *l = ezine_at(w, at);
  if (l && l->rule && l->gap <= 1 && (boxed || h->named) && ezine_at(w, at + 1))
    at++;
  h->body = at;
}

/* ---- Forms ---- */

/* "A wet night by Jane Doe": where the title ends; 0: there is no name. */
static size_t find_cut(const ezine_evidence *e, byline_string title) {
  byline_string name;
  size_t at;
  names who;
  if (!ezine_by_inside(title, &at, &name))
    return 0;
  names_parse(name.data, name.length, &who);
  return who.shape == NAMES_SURE && is_plain_name(e, &who) &&
                 who.affiliation.length == 0
             ? at
             : 0;
}

/* The title of so many lines, with the mark of its underline if it has one. */
static void try_title(const ezine_evidence *e, const ezine_contents *c,
                      const ezine_window *w, size_t at,
                      const ezine_place *place, size_t count,
                      ezine_head *best) {
  const ezine_line *first = ezine_at(w, at),
                   *last = ezine_at(w, at + count - 1);
  const ezine_line *next = ezine_at(w, at + count);
  ezine_head h = {.form = FORM_TITLE, .title = at, .title_lines = count};
  char text[LONGEST_TITLE + MOST_LINES];
  byline_string title = {text, 0};
  for (size_t i = 0; i < count; i++) {
    byline_string part = ezine_head_title(ezine_at(w, at + i), i == 0);
    if (title.length + part.length > LONGEST_TITLE)
      return;
    if (i > 0)
      text[title.length++] = ' ';
    memcpy(text + title.length, part.data, part.length);
    title.length += part.length;
  }
  if (title.length == 0)
    return;
  byline_string whole = ezine_string(first);
  bool framed, numbered;
  byline_string bare = ezine_bare(whole, &framed);
  numbered = ezine_unnumbered(bare).data != bare.data;
  bool under = is_underline(last, next);
  bool boxed = next && ezine_strong(next) && next->gap <= 1 &&
               (place->rule || place->mark);
  bool below = !under && !boxed && next && next->rule && next->gap == 0;
  bool centred = is_centred(e, first);
  h.cut = count == 1 ? find_cut(e, title) : 0;
  if (h.cut > 0) {
    title.length = h.cut;
    h.named = h.strong = true;
    signs_add(&h.signs, 4, "a name behind By in it");
  }
  h.entry = ezine_contents_find(c, title);
  h.body = at + count + (under || boxed || below);
  ezine_shape_signs(title, &h.signs);
  for (size_t i = 0; i < count; i++)
    ezine_mark_signs(e, ezine_at(w, at + i),
                     ezine_head_title(ezine_at(w, at + i), i == 0), &h.signs);
  ezine_before_signs(e, place, first, &h.signs);
  signs_add(&h.signs,
            boxed   ? 3
            : under ? 3
            : below ? 1
                    : 0,
            boxed   ? "between rules"
            : under ? "underlined"
                    : "a rule below it");
  signs_add(&h.signs, framed ? 2 : 0, "marks around it");
  signs_add(&h.signs, centred ? 1 : 0, "centred");
  signs_add(&h.signs, numbered ? 1 : 0, "numbered");
  if (count > 1)
    signs_add(&h.signs, -(int)count + 1 + (under || boxed), "several lines");
  h.style = ezine_style_of(
      place, first, under || boxed || below ? (unsigned char)next->rule : 0,
      centred, marks_capitals(title) != 0, framed || numbered, FORM_TITLE);
  take_rest(e, c, w, &h, boxed || under);
  ezine_behind_signs(e, w, &h, &h.signs);
  if (h.entry < 0 && !h.named && column_named(title)) {
    /* It need not be in the contents, nor look like titles with bylines. */
    signs_add(&h.signs, 5, "a column's name");
  } else {
    ezine_contents_signs(e, c, &h, &h.signs);
    ezine_style_signs(e, &h, &h.signs);
  }
  if (best->body == 0 || h.signs.sum > best->signs.sum)
    *best = h;
}

/* The header of a mail. */
static bool try_mail(const ezine_evidence *e, const ezine_contents *c,
                     const ezine_window *w, size_t at, const ezine_place *place,
                     ezine_head *out) {
  ezine_head h = {.form = FORM_MAIL, .entry = CONTENTS_NONE};
  const ezine_line *l = ezine_at(w, at), *first = l;
  byline_string value, subject = {"", 0};
  size_t fields = 0, i = at;
  bool open = false;
  for (; i < at + MOST_FIELDS && (l = ezine_at(w, i)); i++) {
    ezine_field field = ezine_header(ezine_string(l), &value);
    if ((i > at && l->gap > 0) || l->rule)
      break;
    if (field == FIELD_NONE || l->indent > first->indent + 1) {
      if (i == at || l->indent <= first->indent)
        break;
      h.title_lines += open;
      continue;
    }
    fields++;
    open = field == FIELD_SUBJECT && value.length > 0 && h.title_lines == 0;
    if (open) {
      h.title = i;
      h.title_lines = 1;
      subject = value;
    } else if (field == FIELD_FROM && !h.named) {
      h.named = h.strong = true;
      h.byline = i;
    } else if (field == FIELD_DATE && h.iso[0] == '\0') {
      date_result result =
          date_line_parse(value.data, value.length, &e->words.dates, h.iso);
      h.date = i;
      h.unclear = result == DATE_UNCLEAR ? i + 1 : h.unclear;
    }
  }
  if (fields < 2 || h.title_lines == 0 || !h.named)
    return false;
  h.body = i;
  h.entry = ezine_contents_find(c, subject);
  signs_add(&h.signs, 6, "the header of a mail");
  ezine_before_signs(e, place, first, &h.signs);
  if (first->indent > 2)
    signs_add(&h.signs, -6, "indented");
  if (place->in_article && !place->rule && !place->page)
    signs_add(&h.signs, -5, "no rule before it");
  h.style = ezine_style_of(place, first, 0, false, false, false, FORM_MAIL);
  ezine_contents_signs(e, c, &h, &h.signs);
  ezine_behind_signs(e, w, &h, &h.signs);
  ezine_style_signs(e, &h, &h.signs);
  *out = h;
  return true;
}

/* Several wrapped lines one below another, which nothing announces: prose. No
 * title is that long. */
static bool is_paragraph(const ezine_evidence *e, const ezine_contents *c,
                         const ezine_window *w, size_t at) {
  const ezine_line *l;
  byline_string value;
  for (size_t i = 0; i <= MOST_LINES; i++)
    if (!(l = ezine_at(w, at + i)) || l->rule || l->holes > 0 ||
        (i > 0 && l->gap > 0) || l->width * 4 < e->width * 3 ||
        l->letters <= 4 * l->marks)
      return false;
  l = ezine_at(w, at);
  return ezine_header(ezine_string(l), &value) == FIELD_NONE &&
         (c->count == 0 ||
          ezine_contents_find(c, ezine_head_title(l, true)) < 0);
}

bool ezine_head_find(const ezine_evidence *e, const ezine_contents *c,
                     const ezine_window *w, size_t at, const ezine_place *place,
                     ezine_head *out) {
  const ezine_line *l = ezine_at(w, at);
  out->body = 0;
  out->entry = CONTENTS_NONE;
  signs_clear(&out->signs);
  if (!l || l->rule || l->continued || is_paragraph(e, c, w, at))
    return false;
  if (try_mail(e, c, w, at, place, out))
    return out->signs.sum >= EZINE_ENOUGH;
  for (size_t count = 1; count <= MOST_LINES; count++) {
    l = ezine_at(w, at + count - 1);
    if (!l || l->rule || (count > 1 && l->gap > 0))
      break;
    if (ends_title(e, ezine_at(w, at + count)) || count == 1)
      try_title(e, c, w, at, place, count, out);
    if (ends_title(e, ezine_at(w, at + count)))
      break;
  }
  return out->body > 0 && out->signs.sum >= EZINE_ENOUGH;
}
