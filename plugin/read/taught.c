/* A layout that was taught: what a line is, the patterns of a profile say, and
 * what none of them takes is text. byline(1), "Layouts", has the rules. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "read/date_line.h"
#include "read/input.h"
#include "read/reader.h"
#include "read/taught_state.h"

enum {
  KEPT_LINE = 1 << 20, /* of the memory for a line */
  LONGEST_TITLE = 900, /* bytes, of one that no pattern takes */
  LONGEST_BYLINE = 200
};

/* ---- Opening ---- */

static int taught_probe(const char *head, size_t length, bool whole,
                        const char *path) {
  (void)head;
  (void)length;
  (void)whole;
  (void)path;
  return 0;
}

static void taught_close(void *state) {
  taught *t = state;
  ahead_free(&t->head);
  lines_free(&t->lines);
  buf_free(&t->text);
  buf_free(&t->why);
  for (size_t i = 0; i < HELD_MOST; i++)
    buf_free(&t->held[i].text);
  taught_article_free(&t->article);
  free(t);
}

static byline_status taught_open(byline_input *input, void **state,
                                 byline_error *error) {
  taught *t = calloc(1, sizeof *t);
  if (!t)
    return error_no_memory(error);
  t->input = t->head.input = t->article.input = input;
  t->profile = t->article.profile = input->taught;
  t->article.hints = &t->hints;
  t->first = true;
  t->place = t->profile->separated ? PLACE_HEAD : PLACE_MASTHEAD;
  taught_article_reset(&t->article);
  lines_init(&t->lines, ahead_read, &t->head);
  t->lines.longest = (size_t)input_limits(input)->line;
  byline_status status = taught_learn_dates(t, error);
  if (status == BYLINE_OK)
    status = hyphens_learn(&t->article.hyphens, &t->head, error);
  if (status != BYLINE_OK) {
    taught_close(t);
    return status;
  }
  *state = t;
  return BYLINE_OK;
}

/* ---- Lines ---- */

static byline_status read_next(taught *t, byline_error *error) {
  bool found = true;
  byline_status status = lines_next(&t->lines, &t->next, &found, error);
  t->has_next = status == BYLINE_OK && found;
  t->at_end = status == BYLINE_OK && !found;
  return status;
}

/* Makes the next line that is not blank the one at hand. */
static byline_status read_line(taught *t, byline_error *error) {
  byline_status status = BYLINE_OK;
  bool apart = false;
  if (!t->has_next && !t->at_end)
    status = read_next(t, error);
  while (status == BYLINE_OK && t->has_next && t->next.text.length == 0) {
    apart = true;
    status = read_next(t, error);
  }
  if (status != BYLINE_OK || t->at_end)
    return status;
  if (t->text.capacity > KEPT_LINE)
    buf_free(&t->text);
  buf_clear(&t->text);
  if (!buf_add_str(&t->text, t->next.text))
    return error_no_memory(error);
  t->line = (taught_line){.text = buf_string(&t->text),
                          .number = t->next.number,
                          .apart = apart,
                          .continued = t->next.continued};
  t->has_line = true;
  hyphens_add(&t->article.hyphens, t->text.data, t->text.length);
  status = read_next(t, error);
  t->line.alone = t->at_end || (t->has_next && t->next.text.length == 0);
  return status;
}

/* ---- One line ---- */

/* A date or a byline right above or below the title that no pattern takes;
 * *taken tells whether the line is one. */
static bool take_found(taught *t, bool *taken) {
  const profile *p = t->profile;
  const taught_line *l = &t->line;
  taught_article *a = &t->article;
  char iso[DATE_ISO_SIZE];
  names who;
  *taken = true;
  date_result date =
      p->finds_dates && !a->draft.date[0] && !a->undated
          ? date_line_parse(l->text.data, l->text.length, &t->hints, iso)
          : DATE_NONE;
  /* A year alone may well be a title, or a number in a text. */
  if (date == DATE_UNCLEAR || (date == DATE_FOUND && strlen(iso) > 4)) {
    taught_explain(t, "date", "a date at the title, and nothing else", l);
    return taught_article_date(a, l->text, l);
  }
  *taken = false;
  if (!p->finds_bylines || a->title_line == 0 || a->draft.authors.count > 0 ||
      l->text.length > LONGEST_BYLINE)
    return true;
  names_parse(l->text.data, l->text.length, &who);
  if (who.shape != NAMES_SURE || (!who.by && !l->alone))
    return true;
  *taken = true;
  taught_explain(t, "byline", "names right below the title", l);
  return taught_article_byline(a, l);
}

/* The line that no pattern takes in a head. */
static bool take_head_line(taught *t, bool *taken) {
  taught_article *a = &t->article;
  const taught_line *l = &t->line;
  bool titled = a->title_line > 0;
  *taken = true;
  if (titled && a->wraps && t->profile->wrapped_titles && !l->apart &&
      a->title.length + l->text.length <= LONGEST_TITLE) {
    taught_explain(t, "title", "directly below it", l);
    return taught_article_title(a, l->text, l);
  }
  a->wraps = false;
  *taken = false;
  if (a->story.text.length > a->above_title)
    return true;
  bool ok = take_found(t, taken);
  if (*taken || titled || t->profile->titled || l->continued ||
      l->text.length > LONGEST_TITLE)
    return ok;
  *taken = a->wraps = true;
  taught_explain(t, "title", "the first line of its article", l);
  return taught_article_title(a, l->text, l);
}

/* A line that no pattern takes. */
static bool take_line(taught *t) {
  bool taken = false;
  if (t->held_count > 0 && t->held[0].head && !taught_release_held(t))
    return false;
  if (t->place == PLACE_HEAD && !take_head_line(t, &taken))
    return false;
  if (taken)
    return true;
  bool titled = t->article.title_line > 0;
  if (!titled &&
      (t->place == PLACE_MASTHEAD || (t->first && t->profile->titled))) {
    bool ok = taught_release_held(t);
    taught_leave_out(t, &t->line);
    return ok;
  }
  if (!taught_release_held(t))
    return false;
  /* Where a pattern says where the text begins, the head goes on up to it. */
  if (titled && !t->profile->marked)
    t->place = PLACE_BODY;
  taught_explain(t, "body", "no pattern takes it", &t->line);
  return taught_add_text(t, &t->line);
}

/* Whether a line may belong to the next article. */
static bool may_be_above(const taught *t, const rule *r) {
  bool below = t->profile->dates_below;
  bool field = r->kind == RULE_FIELD;
  bool date = r->kind == RULE_DATE;
  if (r->kind == RULE_SKIP)
    return t->held_count > 0;
  if (taught_gives_title(r))
    return false;
  if (t->place == PLACE_BODY)
    return date || field;
  if (t->place == PLACE_MASTHEAD)
    return field || (date && !below);
  return date && below && t->article.title_line > 0 &&
         t->article.story.text.length == 0;
}

/* A line that a pattern takes. */
static bool take_rule(taught *t, rule *r) {
  taught_article *a = &t->article;
  if (may_be_above(t, r))
    return taught_hold(t, r);
  if (t->held_count > 0) {
    if (!taught_release_held(t))
      return false;
    taught_match_again(t, r);
  }
  if (r->kind == RULE_SKIP) {
    a->parted = a->parted || t->line.apart;
    return taught_explain_rule(t, r, &t->line);
  }
  a->parted = true;
  a->wraps = taught_gives_title(r);
  if (r->kind == RULE_SEPARATOR) {
    t->first = false;
    t->place = PLACE_HEAD;
  }
  if (r->kind == RULE_TEXT)
    t->place = PLACE_BODY;
  else if (taught_gives_title(r))
    t->place = PLACE_HEAD;
  return taught_explain_rule(t, r, &t->line) &&
         taught_article_take(a, r, &t->seen, &t->line);
}

/* ---- Articles ---- */

/* Whether a line begins an article, or ends one. */
static bool is_border(const taught *t, const rule *r) {
  return r && (r->kind == RULE_SEPARATOR ||
               (!t->profile->separated && taught_gives_title(r)));
}

/* What there is up to a border, or the end; *article may stay NULL. */
static byline_status give(taught *t, const byline_article **article,
                          byline_error *error) {
  taught_article *a = &t->article;
  bool masthead = t->first && t->profile->titled && a->title_line == 0;
  if (a->line == 0 || masthead)
    return BYLINE_OK;
  return taught_article_finish(a, article) ? BYLINE_OK : error_no_memory(error);
}

/* One step: to the next line, or to an article. */
static byline_status step(taught *t, const byline_article **article,
                          byline_error *error) {
  byline_status status = t->has_line ? BYLINE_OK : read_line(t, error);
  if (status != BYLINE_OK)
    return status;
  if (!t->has_line) {
    t->finished = true;
    return taught_release_held(t) ? give(t, article, error)
                                  : error_no_memory(error);
  }
  rule *r = taught_find_rule(t);
  if (t->tired) {
    t->finished = true;
    return BYLINE_OK;
  }
  if (is_border(t, r)) {
    if (t->article.line > 0) {
      status = give(t, article, error);
      /* It lives on until the next call, which finds the same border. */
      if (status != BYLINE_OK || *article)
        return status;
      taught_article_reset(&t->article);
    }
    if (!taught_take_held(t))
      return error_no_memory(error);
    taught_match_again(t, r);
  }
  t->has_line = false;
  return (r ? take_rule(t, r) : take_line(t)) ? BYLINE_OK
                                              : error_no_memory(error);
}

/* What can only be said at the end of the file. */
static void tell_summary(taught *t) {
  char message[512];
  if (t->told)
    return;
  t->told = true;
  if (t->article.number == 0 && !t->tired) {
    snprintf(message, sizeof message,
             "no article found by the layout in %s:%zu: read --explain shows "
             "what its patterns take",
             t->input->taught_path, t->profile->line);
    byline_input_notice(t->input, BYLINE_NOTICE_FAILED, 0, message);
  }
  story_tell_lines(&t->lines, t->input);
}

static byline_status taught_next(void *state, const byline_article **article,
                                 byline_error *error) {
  taught *t = state;
  byline_status status = BYLINE_OK;
  *article = NULL;
  if (t->tired)
    t->finished = true;
  taught_article_reset(&t->article);
  while (status == BYLINE_OK && !*article && !t->finished)
    status = step(t, article, error);
  if (*article && t->article.number == 1 && t->stray.lines > 0) {
    story_tell_stray(&t->stray, t->input);
    t->stray = (story_stray){0, 0};
  }
  if (status == BYLINE_OK && t->finished && !*article)
    tell_summary(t);
  return status;
}

const byline_reader taught_reader = {
    BYLINE_READER_ABI_VERSION,
    "taught",
    "plain text in a layout that a profile describes",
    taught_probe,
    taught_open,
    taught_next,
    taught_close,
    BYLINE_READER_PLAIN_TEXT};
