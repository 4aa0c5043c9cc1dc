/* E-zines and newsletters: wrapped lines, with rules, tables of contents,
 * centred or underlined titles and headers of mails. ezine_head.h says how
 * heads are found, ezine_text.h how lines become paragraphs. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "read/ezine_learn.h"
#include "read/ezine_marks.h"
#include "read/ezine_place.h"
#include "read/ezine_text.h"
#include "read/input.h"
#include "read/person.h"
#include "read/reader.h"
#include "read/text_reader.h"

enum { HEAD_SIZE = 4 << 20 /* what is learned from */ };

typedef struct ezine {
  text_reader base;
  ezine_window window;
  ezine_evidence evidence;
  ezine_contents contents;
  ezine_place place;
  ezine_step step;           /* at the front of the window, if it is a head */
  char issue[DATE_ISO_SIZE]; /* the day of the issue that the article is in */
  buf held; /* a signature, until it is known whether the article ends there */
  size_t signatures;
  ezine_run run;
  buf why, line;
} ezine;

/* ---- Learning ---- */

static byline_status learn(void *state, byline_error *error) {
  ezine *d = state;
  const ahead *head = &d->base.head;
  if (!ezine_evidence_init(&d->evidence))
    return error_no_memory(error);
  d->evidence.words.dates.stated = input_date_order(d->base.input);
  return ezine_learn(&d->evidence, head->bytes, head->length, NULL, error);
}

static int ezine_probe(const char *head, size_t length, bool whole,
                       const char *path) {
  (void)whole;
  (void)path;
  ezine_evidence e;
  int certainty = 0;
  if (ezine_evidence_init(&e))
    ezine_learn(&e, head, length, &certainty, NULL);
  ezine_evidence_free(&e);
  return certainty;
}

/* ---- Explaining ---- */

static void explain(ezine *d, size_t number, const char *what, int score,
                    const char *why, byline_string text) {
  byline_input_explain(d->base.input, number, what, score, why, text);
}

static bool write_signs(ezine *d, const char *before) {
  const signs *s = &d->step.head.signs;
  buf_clear(&d->why);
  return buf_add_string(&d->why, before) &&
         (s->count == 0 || *before == '\0' ||
          buf_add_string(&d->why, "; as a title: ")) &&
         (s->count == 0 || signs_write(s, &d->why));
}

static bool explain_head(ezine *d) {
  const ezine_head *h = &d->step.head;
  if (!byline_input_explains(d->base.input))
    return true;
  if (!write_signs(d, ""))
    return false;
  for (size_t i = 0; i < h->body; i++) {
    const ezine_line *l = ezine_at(&d->window, i);
    bool title = i >= h->title && i < h->title + h->title_lines;
    const char *what = title                                       ? "title"
                       : h->named && i == h->byline && h->cut == 0 ? "byline"
                       : h->iso[0] && i == h->date                 ? "date"
                       : i >= h->deck && i < h->deck + h->deck_lines
                           ? "deck"
                           : "boilerplate";
    if (title && i > h->title)
      continue;
    explain(d, l->number, what, h->signs.sum,
            title ? d->why.data : "see the title", ezine_string(l));
  }
  return true;
}

/* The signs of the best head that a line might have begun say why it does
 * not. */
static bool explain_lines(ezine *d) {
  static const char *const kinds[] = {
      [EZINE_RULE] = "boilerplate",  [EZINE_MASTHEAD] = "masthead",
      [EZINE_CONTENTS] = "contents", [EZINE_BOILERPLATE] = "boilerplate",
      [EZINE_HEAD] = "title",        [EZINE_TEXT] = "body",
      [EZINE_ISSUE] = "masthead"};
  const ezine_step *s = &d->step;
  if (!byline_input_explains(d->base.input))
    return true;
  if (!write_signs(d, s->why))
    return false;
  for (size_t i = 0; i < s->lines; i++) {
    const ezine_line *l = ezine_at(&d->window, i);
    explain(d, l->number, kinds[s->kind], i == 0 ? s->head.signs.sum : 0,
            i == 0 ? d->why.data : s->why, ezine_string(l));
  }
  return true;
}

/* ---- Text ---- */

/* The names in "-- Jane Doe", or at the right; else false. */
static bool read_signature(const ezine *d, size_t row, names *who) {
  byline_string s = ezine_run_line(&d->run, row);
  const ezine_row *r = &d->run.rows[row];
  const ezine_line at = {.indent = r->indent, .width = r->width};
  bool dashes = (s.length > 3 && memcmp(s.data, "-- ", 3) == 0) ||
                (s.length > 4 && memcmp(s.data, "\xE2\x80\x94", 3) == 0);
  if ((!dashes && !ezine_right(&d->evidence, &at)) || r->holes > 0)
    return false;
  return ezine_head_names(&d->evidence, s, false, who) &&
         who->shape == NAMES_SURE;
}

/* A signature that something follows is a line of the text. */
static bool release(ezine *d) {
  byline_string text = buf_string(&d->held);
  bool fits =
      text.length == 0 || story_add_text(&d->base.story, text, JOIN_PARAGRAPH);
  buf_clear(&d->held);
  return fits;
}

/* Ends the lines that are a run; the last of them may be a signature. */
static bool finish_run(ezine *d) {
  names who;
  size_t count = d->run.count;
  if (count == 0)
    return true;
  if (!release(d))
    return false;
  if (read_signature(d, count - 1, &who) &&
      (count == 1 ||
       d->run.rows[count - 1].indent != d->run.rows[count - 2].indent)) {
    if (!buf_add_str(&d->held, ezine_run_line(&d->run, count - 1)))
      return false;
    d->run.count--;
    d->signatures++;
  }
  bool fits = ezine_run_finish(&d->run, d->evidence.width, &d->base.hyphens,
                               &d->base.story);
  ezine_run_clear(&d->run);
  return fits;
}

/* Where exactly one signature ends an article that has no byline, it is the
 * author's. */
static bool settle_signature(ezine *d) {
  names who;
  if (d->held.length == 0 || d->signatures != 1 ||
      d->base.story.article.author_count > 0 ||
      !ezine_head_names(&d->evidence, buf_string(&d->held), false, &who))
    return release(d);
  return story_authors(&d->base.story, &who);
}

static bool take_text(ezine *d) {
  const ezine_line *l = ezine_at(&d->window, 0);
  bool parted =
      !l->continued && (l->gap > 0 || d->place.mark || d->place.rule ||
                        d->run.count > EZINE_RUN_MOST);
  if ((parted || d->run.bytes.length > EZINE_LARGEST) && !finish_run(d))
    return false;
  d->run.goes_on = d->run.goes_on || l->page || d->place.page;
  return ezine_run_add(&d->run, l);
}

/* ---- Heads ---- */

static bool join_lines(ezine *d, size_t from, size_t count, bool title,
                       byline_string *out) {
  buf_clear(&d->line);
  for (size_t i = 0; i < count; i++) {
    const ezine_line *l = ezine_at(&d->window, from + i);
    byline_string part = title ? ezine_head_title(l, i == 0) : ezine_string(l);
    hyphens_join how =
        hyphens_between(&d->base.hyphens, buf_string(&d->line), part);
    if (how == HYPHENS_REMOVE)
      d->line.data[--d->line.length] = '\0';
    if ((how == HYPHENS_APART && i > 0 && !buf_add_char(&d->line, ' ')) ||
        !buf_add_str(&d->line, part))
      return false;
  }
  return story_copy(&d->base.story, buf_string(&d->line), out);
}

/* A title that names its author parts in two. */
static bool take_title(ezine *d, byline_string *out) {
  const ezine_head *h = &d->step.head;
  byline_string whole, name;
  names who;
  size_t at;
  if (!join_lines(d, h->title, h->title_lines, true, &whole))
    return false;
  *out = whole;
  if (h->cut == 0 || !ezine_by_inside(whole, &at, &name))
    return true;
  out->length = at;
  names_parse(name.data, name.length, &who);
  return story_authors(&d->base.story, &who);
}

/* The subject of a mail, over several lines if it was folded. */
static bool take_subject(ezine *d, byline_string *out) {
  const ezine_head *h = &d->step.head;
  byline_string value;
  ezine_header(ezine_string(ezine_at(&d->window, h->title)), &value);
  buf_clear(&d->line);
  if (!buf_add_str(&d->line, value))
    return false;
  for (size_t i = 1; i < h->title_lines; i++)
    if (!buf_add_char(&d->line, ' ') ||
        !buf_add_str(&d->line,
                     ezine_string(ezine_at(&d->window, h->title + i))))
      return false;
  return story_copy(&d->base.story, buf_string(&d->line), out);
}

static bool take_sender(ezine *d, byline_string from) {
  names who;
  byline_string value;
  ezine_header(from, &value);
  return !ezine_head_names(&d->evidence, ezine_sender(value), true, &who) ||
         story_authors(&d->base.story, &who);
}

static bool take_authors(ezine *d) {
  const ezine_head *h = &d->step.head;
  names who = {.count = 0};
  if (h->cut > 0)
    return true;
  if (h->named) {
    byline_string from = ezine_string(ezine_at(&d->window, h->byline));
    if (h->form == FORM_MAIL)
      return take_sender(d, from);
    return !ezine_head_names(&d->evidence, from, h->by, &who) ||
           story_authors(&d->base.story, &who);
  }
  byline_string author = ezine_contents_author(&d->contents, h->entry);
  if (author.length == 0)
    return true;
  names_parse(author.data, author.length, &who);
  return who.count == 0 || who.shape != NAMES_SURE ||
         story_authors(&d->base.story, &who);
}

/* The article's own day, or that of its issue; none where its own is unclear.
 */
static void take_date(ezine *d) {
  const ezine_head *h = &d->step.head;
  memcpy(d->issue, ezine_issue_day(&d->place),
         strlen(ezine_issue_day(&d->place)) + 1);
  memcpy(d->base.date, h->iso[0] ? h->iso : d->issue, sizeof d->base.date);
  if (h->iso[0] || h->unclear == 0)
    return;
  const ezine_line *l = ezine_at(&d->window, h->unclear - 1);
  d->base.date[0] = '\0';
  story_tell_unclear_date(ezine_string(l), l->number, false, d->base.input);
}

static bool take_head(void *state) {
  ezine *d = state;
  const ezine_head *h = &d->step.head;
  byline_article *a = &d->base.story.article;
  story_start(&d->base.story, d->base.input,
              ezine_at(&d->window, h->title)->number);
  buf_clear(&d->held);
  d->signatures = 0;
  take_date(d);
  if (!explain_head(d) || !(h->form == FORM_MAIL ? take_subject(d, &a->title)
                                                 : take_title(d, &a->title)))
    return false;
  if (h->deck_lines > 0) {
    byline_string *decks = arena_array(&d->base.story.memory, 1, sizeof *decks);
    if (!decks || !join_lines(d, h->deck, h->deck_lines, false, decks))
      return false;
    a->decks = decks;
    a->deck_count = 1;
  }
  if (!take_authors(d))
    return false;
  ezine_pass(&d->evidence, &d->contents, &d->window, &d->step, &d->place);
  ezine_drop(&d->window, h->body);
  return true;
}

/* Mastheads are large; what is worth a word is text. */
static bool is_prose(const ezine_line *l) {
  enum { WIDE = 50 };
  return l->width - l->indent >= WIDE && l->letters > 4 * l->marks;
}

/* Takes the lines at the front, which begin no article. */
static bool take_lines(ezine *d) {
  const ezine_step *s = &d->step;
  const ezine_line *l = ezine_at(&d->window, 0);
  bool fits = true;
  if (!explain_lines(d))
    return false;
  if (!d->place.in_article) {
    if (s->kind == EZINE_MASTHEAD && is_prose(l)) {
      d->base.stray.lines++;
      d->base.stray.bytes += l->text.length;
    }
  } else if (s->kind == EZINE_TEXT) {
    fits = take_text(d);
  } else {
    fits = finish_run(d);
  }
  ezine_pass(&d->evidence, &d->contents, &d->window, s, &d->place);
  ezine_drop(&d->window, s->lines);
  return fits;
}

static byline_status find_head(void *state, byline_error *error) {
  ezine *d = state;
  byline_status status;
  while ((status = ezine_window_fill(&d->window, error)) == BYLINE_OK &&
         ezine_at(&d->window, 0)) {
    if (!ezine_look(&d->evidence, &d->contents, &d->window, &d->place,
                    &d->step))
      return error_no_memory(error);
    d->base.has_next = d->step.kind == EZINE_HEAD;
    if (d->base.has_next)
      return BYLINE_OK;
    if (!take_lines(d))
      return error_no_memory(error);
  }
  return status;
}

static bool end_article(void *state) {
  ezine *d = state;
  return finish_run(d) && settle_signature(d);
}

/* ---- The reader ---- */

static const text_format format = {
    .learned_from = HEAD_SIZE,
    .learn = learn,
    .find_head = find_head,
    .take_head = take_head,
    .finish = end_article,
    .no_article = "no article found: titles must stand in lines of their own, "
                  "behind rules or blank lines"};

static void ezine_close(void *state) {
  ezine *d = state;
  text_reader_free(&d->base);
  ezine_window_free(&d->window);
  ezine_evidence_free(&d->evidence);
  ezine_contents_free(&d->contents);
  ezine_run_free(&d->run);
  buf_free(&d->held);
  buf_free(&d->why);
  buf_free(&d->line);
  free(d);
}

static byline_status ezine_open(byline_input *input, void **state,
                                byline_error *error) {
  ezine *d = calloc(1, sizeof *d);
  if (!d)
    return error_no_memory(error);
  ezine_window_init(&d->window, ahead_read, &d->base.head);
  byline_status status =
      text_reader_open(&d->base, &format, input, &d->window.input, error);
  if (status != BYLINE_OK) {
    ezine_close(d);
    return status;
  }
  *state = d;
  return BYLINE_OK;
}

const byline_reader ezine_reader = {
    BYLINE_READER_ABI_VERSION,
    "ezine",
    "plain text: an e-zine or newsletter, wrapped, with rules or contents",
    ezine_probe,
    ezine_open,
    text_reader_next,
    ezine_close,
    BYLINE_READER_PLAIN_TEXT};
