#include "read/taught_article.h"

#include <string.h>

#include "read/date_line.h"
#include "read/input.h"
#include "read/url_template.h"

void taught_article_free(taught_article *a) {
  draft_free(&a->draft);
  story_free(&a->story);
  hyphens_free(&a->hyphens);
  buf_free(&a->title);
  buf_free(&a->value);
}

void taught_article_reset(taught_article *a) {
  draft_reset(&a->draft);
  story_start(&a->story, a->input, 0);
  buf_clear(&a->title);
  a->line = a->title_line = a->above_title = 0;
  a->wraps = a->undated = a->parted = false;
}

/* The article has something of this line. */
static void note_line(taught_article *a, const taught_line *l) {
  if (a->line == 0)
    a->line = l->number;
}

/* ---- Dates ---- */

/* above: it holds for all that follow. The first of an article counts. */
static void set_date(taught_article *a, byline_string text,
                     const taught_line *l, bool above) {
  char iso[DATE_ISO_SIZE] = "";
  date_result result = date_line_parse(text.data, text.length, a->hints, iso);
  if (result != DATE_FOUND) {
    iso[0] = '\0';
    story_tell_unclear_date(text, l->number, above, a->input);
  }
  if (above) {
    memcpy(a->above, iso, sizeof iso);
    return;
  }
  note_line(a, l);
  if (a->draft.date[0] || a->undated)
    return;
  memcpy(a->draft.date, iso, sizeof iso);
  a->undated = result != DATE_FOUND;
}

void taught_article_forget_date(taught_article *a, const taught_line *l,
                                const char *why) {
  byline_input_count_unclear_date(a->input);
  byline_input_notice(a->input, BYLINE_NOTICE_REPAIRED, l->number, why);
  if (a->title_line > 0 && !a->draft.date[0] && !a->undated)
    memcpy(a->draft.date, a->above, sizeof a->above);
  a->above[0] = '\0';
}

bool taught_article_date(taught_article *a, byline_string text,
                         const taught_line *l) {
  set_date(a, text, l, false);
  return true;
}

/* "2017", "11", "5" as 2017-11-05; with a month in letters "5 NAME 2017". */
static bool join_parts(buf *out, const buf *year, const buf *month,
                       const buf *day) {
  if (month->length == 0 || day->length > 2)
    return buf_add_str(out, buf_string(year));
  if ((unsigned char)month->data[0] > '9')
    return buf_printf(out, "%s %s %s", day->data, month->data, year->data);
  return buf_printf(out, "%s-%s%s", year->data, month->length < 2 ? "0" : "",
                    month->data) &&
         (day->length == 0 ||
          buf_printf(out, "-%s%s", day->length < 2 ? "0" : "", day->data));
}

static bool parts_text(const rule *r, const rule_line *seen, buf *text,
                       bool *ok) {
  buf year = BUF_INIT, month = BUF_INIT, day = BUF_INIT;
  bool enough, there = rule_text(r, GROUP_YEAR, seen, &year, &enough);
  *ok = enough;
  if (there) {
    rule_text(r, GROUP_MONTH, seen, &month, &enough);
    *ok = *ok && enough;
    rule_text(r, GROUP_DAY, seen, &day, &enough);
    *ok = *ok && enough;
    if (*ok) {
      buf_clear(text);
      *ok = join_parts(text, &year, &month, &day);
    }
  }
  buf_free(&year);
  buf_free(&month);
  buf_free(&day);
  return there && *ok;
}

bool taught_date_text(const rule *r, const rule_line *seen,
                      const taught_line *l, buf *text, bool *ok) {
  if (rule_text(r, GROUP_DATE, seen, text, ok))
    return text->length > 0;
  if (*ok && parts_text(r, seen, text, ok))
    return text->length > 0;
  if (!*ok || r->kind != RULE_DATE)
    return false;
  buf_clear(text);
  *ok = buf_add_str(text, l->text);
  return *ok;
}

/* ---- Fields ---- */

bool taught_article_byline(taught_article *a, const taught_line *l) {
  note_line(a, l);
  return draft_add_byline(&a->draft, l->text.data, l->text.length);
}

bool taught_article_title(taught_article *a, byline_string text,
                          const taught_line *l) {
  note_line(a, l);
  if (a->title_line == 0) {
    a->title_line = l->number;
    a->above_title = a->story.text.length;
  }
  return (a->title.length == 0 || buf_add_char(&a->title, ' ')) &&
         buf_add_str(&a->title, text);
}

static bool set_group(taught_article *a, rule_group group, byline_string text,
                      const taught_line *l) {
  draft *d = &a->draft;
  switch (group) {
  case GROUP_TITLE:
    return taught_article_title(a, text, l);
  case GROUP_AUTHOR:
    return draft_add_byline(d, text.data, text.length);
  case GROUP_AFFILIATION:
    return draft_set_plain(d, &d->affiliation, text.data, text.length);
  case GROUP_DECK:
    return draft_add_plain(d, &d->decks, text.data, text.length);
  case GROUP_SECTION:
    return draft_set_plain(d, &d->section, text.data, text.length);
  case GROUP_KEYWORDS:
    return draft_add_parts(d, &d->keywords, text.data, text.length);
  case GROUP_LANGUAGE:
    return draft_set_language(d, text.data, text.length);
  case GROUP_URL:
    return !draft_is_url(text) || draft_set_url(d, text.data, text.length);
  case GROUP_ID:
    return draft_set_plain(d, &d->id, text.data, text.length);
  case GROUP_TEXT:
    return taught_article_text(a, text, l);
  default:
    return true; /* dates are put together from several */
  }
}

/* The group that stands for the whole line of a rule, if it is not named. */
static rule_group whole_group(rule_kind kind) {
  return kind == RULE_TITLE    ? GROUP_TITLE
         : kind == RULE_BYLINE ? GROUP_AUTHOR
         : kind == RULE_DECK   ? GROUP_DECK
                               : GROUP_COUNT;
}

static bool take_date(taught_article *a, const rule *r, const rule_line *seen,
                      const taught_line *l) {
  bool ok;
  if (!taught_date_text(r, seen, l, &a->value, &ok))
    return ok;
  bool above = r->kind == RULE_DATE && a->profile->dates_below &&
               a->title_line == 0 && r->groups[GROUP_TITLE] == 0;
  set_date(a, buf_string(&a->value), l, above);
  return true;
}

bool taught_article_take(taught_article *a, const rule *r,
                         const rule_line *seen, const taught_line *l) {
  rule_group whole = whole_group(r->kind);
  bool ok = true;
  if (whole < GROUP_COUNT && r->groups[whole] == 0 &&
      !set_group(a, whole, l->text, l))
    return false;
  if (!take_date(a, r, seen, l))
    return false;
  for (int i = 0; i < GROUP_COUNT; i++) {
    if (!rule_text(r, (rule_group)i, seen, &a->value, &ok)) {
      if (!ok)
        return false;
      continue;
    }
    if (a->value.length == 0)
      continue;
    if (i != GROUP_DATE && i != GROUP_YEAR && i != GROUP_MONTH &&
        i != GROUP_DAY)
      note_line(a, l);
    if (!set_group(a, (rule_group)i, buf_string(&a->value), l))
      return false;
  }
  return true;
}

/* ---- Text ---- */

/* How a line goes on from the one before: the hyphen of a word that was cut in
 * two is taken off. */
static block_join join_lines(taught_article *a, byline_string text) {
  buf *before = &a->story.text;
  switch (hyphens_between(&a->hyphens, buf_string(before), text)) {
  case HYPHENS_APART:
    return JOIN_LINE;
  case HYPHENS_REMOVE:
    before->data[--before->length] = '\0';
    return JOIN_DIRECT;
  default:
    return JOIN_DIRECT;
  }
}

bool taught_article_text(taught_article *a, byline_string text,
                         const taught_line *l) {
  block_join join = l->continued                               ? JOIN_DIRECT
                    : a->parted || a->profile->line_paragraphs ? JOIN_PARAGRAPH
                                                               : JOIN_LINE;
  a->parted = false;
  note_line(a, l);
  if (join == JOIN_LINE && a->story.text.length > 0)
    join = join_lines(a, text);
  return story_add_text(&a->story, text, join);
}

/* ---- The end ---- */

static bool set_defaults(taught_article *a) {
  const profile *p = a->profile;
  draft *d = &a->draft;
  if (!d->date[0] && !a->undated)
    memcpy(d->date, a->above, sizeof a->above);
  bool named = d->authors.count > 0;
  for (size_t i = 0; !named && i < p->author_count; i++)
    if (!draft_add_plain(d, &d->authors, p->authors[i].data,
                         p->authors[i].length))
      return false;
  return draft_set_plain(d, &d->section, p->section.data, p->section.length) &&
         draft_set_plain(d, &d->language, p->language.data, p->language.length);
}

static bool set_url(taught_article *a, size_t number) {
  draft *d = &a->draft;
  if (a->profile->url.length == 0 || d->url.length > 0)
    return true;
  url_values values = {.date = {d->date, strlen(d->date)},
                       .title = d->title,
                       .path = byline_input_path(a->input),
                       .line = number,
                       .number = a->number + 1};
  return url_template_fill(a->profile->url, &values, &a->value) &&
         draft_set_url(d, a->value.data, a->value.length);
}

/* Tells of what is no article, or not a whole one; false if it is none. */
static bool check(taught_article *a) {
  if (a->story.too_long) {
    a->story.article.line = a->line;
    story_tell_too_long(&a->story, a->input);
    return false;
  }
  bool none = a->title.length == 0 && a->story.text.length == 0;
  if (a->title.length > 0)
    return true;
  byline_input_notice(a->input, BYLINE_NOTICE_REPAIRED, a->line,
                      none ? "what stands here has no title and no text: it "
                             "is no article"
                           : "the article has no title: no pattern of the "
                             "layout gives one");
  return !none;
}

bool taught_article_finish(taught_article *a, const byline_article **article) {
  *article = NULL;
  size_t number = a->title_line ? a->title_line : a->line;
  draft *d = &a->draft;
  if (!check(a))
    return true;
  if (!draft_set_plain(d, &d->title, a->title.data, a->title.length) ||
      !set_defaults(a) || !set_url(a, number))
    return false;
  draft_finish(d, number, "text/plain");
  draft_report(d, a->input);
  d->article.text = buf_string(&a->story.text);
  a->number++;
  *article = &d->article;
  return true;
}
