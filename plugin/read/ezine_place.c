#include "read/ezine_place.h"

#include <string.h>

#include "read/edition_marks.h"
#include "read/ezine_marks.h"
#include "read/ezine_masthead.h"
#include "read/shape.h"

enum {
  MASTHEAD = 8,        /* lines that the number of an issue may be down */
  MASTHEAD_DATES = 30, /* lines of a masthead that may name the day */
  FEWEST_MARKS = 3,    /* of a rule that something may begin behind */
  SHORT = 64,          /* bytes of what may be page furniture */
  NOTICE = 6,          /* lines in which boilerplate says so */
  TITLE_LIKE = 3,      /* points of a rubric as a title */
  RECURRING = 20       /* letters of a line that does not recur by chance */
};

/* ---- The day of an issue ---- */

static void add_day(ezine_day *day, const char *iso) {
  size_t known = strlen(day->iso), length = strlen(iso);
  size_t both = known < length ? known : length;
  if (known > 0 && memcmp(day->iso, iso, both) != 0)
    day->several = true;
  else if (length > known)
    memcpy(day->iso, iso, length + 1);
}

const char *ezine_issue_day(const ezine_place *place) {
  const ezine_day *day =
      place->numbered.iso[0] != '\0' ? &place->numbered : &place->plain;
  return day->several ? "" : day->iso;
}

static void read_day(const ezine_evidence *e, const ezine_line *l,
                     ezine_place *place) {
  char iso[DATE_ISO_SIZE];
  byline_string s = ezine_string(l);
  shape f;
  shape_measure(s.data, s.length, &f);
  if (place->lines > MASTHEAD_DATES || marks_words(s) > 14 ||
      (f.end == SHAPE_END_STOP && marks_words(s) > 8 && !ezine_issue(s)) ||
      !ezine_issue_date(s, &e->words.dates, iso))
    return;
  add_day(ezine_issue(s) ? &place->numbered : &place->plain, iso);
}

/* ---- Mastheads ---- */

/* Something new may begin here. */
static bool is_break(const ezine_line *l, const ezine_place *place) {
  return l->gap > 0 || place->rule || place->mark || place->page || l->page ||
         !place->started;
}

static bool is_wide_break(const ezine_line *l, const ezine_place *place) {
  return l->gap >= 2 || place->rule || place->page || l->page;
}

/* Lines that were wrapped, or end a sentence. */
static bool is_prose(const ezine_evidence *e, const ezine_window *w,
                     size_t at) {
  const ezine_line *l = ezine_at(w, at), *next = ezine_at(w, at + 1);
  byline_string s = ezine_string(l);
  shape f;
  shape_measure(s.data, s.length, &f);
  return !l->rule && l->holes == 0 && l->letters > 4 * l->marks &&
         (f.end == SHAPE_END_STOP || l->width * 4 >= e->width * 3) && next &&
         next->gap == 0 && !next->rule;
}

/* Whether the masthead of another issue begins here: a few short lines, one of
 * which has a number and another day than this issue's. */
static bool is_new_issue(const ezine_evidence *e, const ezine_window *w,
                         const ezine_place *place) {
  const ezine_line *l = ezine_at(w, 0);
  const char *today = ezine_issue_day(place);
  if (!place->in_article || !is_wide_break(l, place) || *today == '\0')
    return false;
  for (size_t i = 0; i < MASTHEAD && (l = ezine_at(w, i)); i++) {
    char iso[DATE_ISO_SIZE];
    byline_string s = ezine_string(l), value;
    if (ezine_header(s, &value) != FIELD_NONE || ezine_by(&s) || s.length > 120)
      return false;
    if (ezine_issue(s) && ezine_issue_date(s, &e->words.dates, iso))
      return strcmp(iso, today) != 0;
    if (is_prose(e, w, i))
      return false;
  }
  return false;
}

/* An entry of a table that has no heading: it comes again further down. */
static bool is_loose_entry(const ezine_evidence *e, const ezine_line *l) {
  byline_string title = ezine_contents_title(l);
  return !ezine_issue(title) &&
         (ezine_item(ezine_string(l)) || l->column > 0 || l->indent > 0 ||
          title.length < l->text.length) &&
         marks_words(title) >= 2 && title.length < l->text.length + 1 &&
         recur_times(&e->words.lines, title) == 2;
}

/* ---- Furniture ---- */

static bool is_page_number(byline_string s) {
  size_t digits = 0;
  for (size_t i = 0; i < s.length; i++) {
    digits += s.data[i] >= '0' && s.data[i] <= '9';
    if (!memchr("0123456789 -[]()/.", s.data[i], 18))
      return false;
  }
  return digits > 0 && digits <= 4;
}

/* What a page has at its top or its bottom. */
static bool is_furniture(const ezine_evidence *e, const ezine_window *w,
                         const ezine_place *place) {
  const ezine_line *l = ezine_at(w, 0), *next = ezine_at(w, 1);
  byline_string s = ezine_string(l);
  bool edge = l->page || !next || next->page;
  if ((place->rule || place->page) && l->text.length <= SHORT &&
      ezine_issue(s) && (!next || next->gap > 0 || next->rule))
    return true;
  bool alone = (l->gap > 0 || l->page || place->rule || place->mark) &&
               (!next || next->gap > 0 || next->rule);
  if (!edge || !alone || s.length > SHORT)
    return false;
  return is_page_number(s) || marks_page(s) ||
         recur_times(&e->words.lines, s) >= 3;
}

/* The head of every page or part. */
static bool recurs(const ezine_evidence *e, const ezine_window *w,
                   const ezine_place *place) {
  enum { OFTEN = 3 };
  const ezine_line *l = ezine_at(w, 0), *next = ezine_at(w, 1);
  return (place->rule || place->page) && l->text.length <= SHORT && next &&
         (next->gap > 0 || next->rule) &&
         recur_times(&e->words.lines, ezine_string(l)) >= OFTEN;
}

/* Whether the issue ends within a few lines. */
static bool issue_ends(const ezine_evidence *e, const ezine_window *w) {
  enum { LONGEST_NOTICE = 40 };
  const ezine_line *l;
  for (size_t i = 0; i < LONGEST_NOTICE; i++) {
    char iso[DATE_ISO_SIZE];
    if (!(l = ezine_at(w, i)))
      return true;
    byline_string s = ezine_string(l);
    if (ezine_ending(s) ||
        (ezine_issue(s) && ezine_issue_date(s, &e->words.dates, iso)))
      return true;
  }
  return false;
}

/* The end of the issue, or a notice there: behind a rule, or in every issue. */
static bool begins_boilerplate(const ezine_evidence *e, const ezine_window *w,
                               const ezine_place *place) {
  const ezine_line *l = ezine_at(w, 0);
  if ((l->gap > 0 || place->rule) && ezine_ending(ezine_string(l)))
    return true;
  bool again = l->gap > 0 && l->letters >= RECURRING &&
               recur_times(&e->words.lines, ezine_string(l)) >= 2;
  if ((!place->rule && !again) || place->since == 0)
    return false;
  for (size_t i = 0; i < NOTICE && (l = ezine_at(w, i)) && !l->rule; i++)
    if (ezine_boilerplate(ezine_string(l)))
      return issue_ends(e, w);
  return false;
}

/* ---- Steps ---- */

/* A head that stands behind this one right away. */
static bool head_behind(const ezine_evidence *e, const ezine_contents *c,
                        const ezine_window *w, size_t at) {
  ezine_place place = {.started = true, .in_article = true, .since = 1};
  const ezine_line *l;
  ezine_head h;
  for (; (l = ezine_at(w, at)); at++) {
    if (ezine_strong(l))
      place.rule = l->rule;
    else if (l->rule)
      place.mark = l->rule;
    else if (!ezine_issue(ezine_string(l)) || l->text.length > SHORT)
      break;
  }
  return l && is_break(l, &place) && ezine_head_find(e, c, w, at, &place, &h) &&
         h.signs.sum >= EZINE_CERTAIN && (h.named || h.entry >= 0);
}

/* The name of a section: a title above titles. */
static bool is_rubric(const ezine_evidence *e, const ezine_contents *c,
                      const ezine_window *w, const ezine_place *place,
                      const ezine_head *h) {
  const ezine_line *l = ezine_at(w, 0), *next = ezine_at(w, 1);
  if (h->body == 0 || h->signs.sum < TITLE_LIKE || h->entry >= 0 || h->named ||
      h->form == FORM_MAIL || !next || !is_wide_break(l, place) ||
      l->text.length > SHORT || (next->gap == 0 && !next->rule))
    return false;
  return head_behind(e, c, w, h->body);
}

static void decide(const ezine_evidence *e, const ezine_contents *c,
                   const ezine_window *w, const ezine_place *place,
                   ezine_step *s) {
  const ezine_line *l = ezine_at(w, 0);
  bool found =
      is_break(l, place) && ezine_head_find(e, c, w, 0, place, &s->head);
  s->lines = 1;
  if (is_break(l, place) && is_rubric(e, c, w, place, &s->head)) {
    s->kind = EZINE_BOILERPLATE;
    s->why = "a heading above titles";
    s->furniture = true;
  } else if (found) {
    s->kind = EZINE_HEAD;
    s->lines = s->head.body;
  } else if (!place->in_article) {
    s->kind = is_loose_entry(e, l) ? EZINE_CONTENTS : EZINE_MASTHEAD;
    s->why = s->kind == EZINE_CONTENTS ? "comes again as a title"
                                       : "before the first article";
  } else if (is_furniture(e, w, place)) {
    s->kind = EZINE_BOILERPLATE;
    s->why = "page furniture";
    s->furniture = true;
  } else if (place->skipping || begins_boilerplate(e, w, place)) {
    s->kind = EZINE_BOILERPLATE;
    s->why = "a notice of the publisher";
    s->notice = true;
  } else if (recurs(e, w, place)) {
    s->kind = EZINE_BOILERPLATE;
    s->why = "recurs";
    s->furniture = true;
  } else {
    s->kind = EZINE_TEXT;
    s->why = "lines of the text";
  }
}

/* Whether most of what the contents announce was found: a further table of
 * contents is another issue's, and not an article's own. */
static bool is_done(const ezine_contents *c, const ezine_place *place) {
  return c->count > 0 && place->articles >= 2 && c->used * 3 >= c->count * 2;
}

bool ezine_look(const ezine_evidence *e, ezine_contents *c,
                const ezine_window *w, const ezine_place *place,
                ezine_step *out) {
  const ezine_line *l = ezine_at(w, 0);
  bool fits = true;
  out->head.body = 0;
  out->furniture = out->notice = false;
  signs_clear(&out->head.signs);
  out->why = "";
  if (l->rule) {
    out->kind = EZINE_RULE;
    out->lines = 1;
    out->why = "a rule";
    return true;
  }
  out->issue = place->in_article && is_done(c, place) && is_break(l, place) &&
               ezine_contents_take(NULL, w, 0, false, &fits) > 0;
  if (out->issue)
    ezine_contents_clear(c);
  if (!place->in_article || out->issue ||
      (c->count == 0 && place->articles <= 1)) {
    out->lines = ezine_contents_take(c, w, 0, !place->in_article, &fits);
    if (out->lines > 0) {
      out->kind = EZINE_CONTENTS;
      out->why = "a table of contents";
      return fits;
    }
  }
  if (is_new_issue(e, w, place)) {
    out->kind = EZINE_ISSUE;
    out->lines = 0;
    return fits;
  }
  decide(e, c, w, place, out);
  if (out->kind == EZINE_CONTENTS)
    fits = ezine_contents_add(c, l);
  return fits;
}

static void pass_rule(const ezine_line *l, ezine_place *place) {
  if (ezine_strong(l)) {
    place->rule = l->rule;
    place->skipping = false;
  } else if (l->marks >= FEWEST_MARKS) {
    place->mark = l->rule;
  }
  place->page = place->page || l->page;
  place->started = true;
}

static void use_entry(ezine_contents *c, const ezine_head *h) {
  if (h->entry < 0)
    return;
  c->used += !c->entries[h->entry].used;
  c->entries[h->entry].used = true;
}

void ezine_pass(const ezine_evidence *e, ezine_contents *c,
                const ezine_window *w, const ezine_step *s,
                ezine_place *place) {
  const ezine_line *l = ezine_at(w, 0);
  switch (s->kind) {
  case EZINE_RULE:
    pass_rule(l, place);
    return;
  case EZINE_ISSUE:
    ezine_contents_clear(c);
    *place = (ezine_place){.rule = place->rule, .page = place->page};
    return;
  case EZINE_HEAD:
    use_entry(c, &s->head);
    place->in_article = true;
    place->articles++;
    place->since = 0;
    place->skipping = false;
    break;
  case EZINE_MASTHEAD:
    place->lines++;
    read_day(e, l, place);
    break;
  case EZINE_CONTENTS:
    if (s->issue) /* its masthead was not seen: its day is unknown */
      *place = (ezine_place){.started = true};
    break;
  case EZINE_BOILERPLATE:
    place->skipping = place->skipping || s->notice;
    place->page = place->page || l->page;
    if (s->furniture)
      return;
    break;
  case EZINE_TEXT:
    place->since++;
    break;
  }
  const ezine_line *last = ezine_at(w, s->lines - 1);
  place->rule = ezine_strong(last) ? last->rule : '\0';
  place->mark = last->rule && !place->rule ? last->rule : '\0';
  place->page = false;
  place->started = true;
}
