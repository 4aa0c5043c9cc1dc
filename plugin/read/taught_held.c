/* Lines that are given out late: behind a text they may belong to the next
 * article. */
#include <string.h>

#include "read/input.h"
#include "read/taught_state.h"

static const char *const kind_names[] = {
    [RULE_SKIP] = "skipped",  [RULE_SEPARATOR] = "separator",
    [RULE_DATE] = "date",     [RULE_TITLE] = "title",
    [RULE_BYLINE] = "byline", [RULE_DECK] = "deck",
    [RULE_FIELD] = "field",   [RULE_TEXT] = "text",
    [RULE_FOOTER] = "footer"};

bool taught_explain_rule(taught *t, const rule *r, const taught_line *l) {
  if (!byline_input_explains(t->input))
    return true;
  buf_clear(&t->why);
  if (!buf_printf(&t->why, "the pattern in %s:%zu", t->input->taught_path,
                  r->line))
    return false;
  byline_input_explain(t->input, l->number, kind_names[r->kind], 0, t->why.data,
                       l->text);
  return true;
}

void taught_explain(taught *t, const char *what, const char *why,
                    const taught_line *l) {
  byline_input_explain(t->input, l->number, what, 0, why, l->text);
}

bool taught_add_text(taught *t, const taught_line *l) {
  t->article.parted = t->article.parted || l->apart;
  return taught_article_text(&t->article, l->text, l);
}

void taught_leave_out(taught *t, const taught_line *l) {
  taught_explain(t, "masthead", "no article has begun", l);
  t->stray.lines++;
  t->stray.bytes += l->text.length;
}

/* A date that stands in the head of its article after all. */
static bool take_own(taught *t, held_line *h) {
  t->article.undated = false;
  rule_line_set(&t->seen, h->line.text);
  return taught_explain_rule(t, h->rule, &h->line) &&
         (rule_match(h->rule, &t->seen) != RULE_YES ||
          taught_article_take(&t->article, h->rule, &t->seen, &h->line));
}

/* No article begins below them: they are text after all, but for a date right
 * below a title. A date behind a text would have been that of all that follow,
 * and must be none, unless nothing follows. */
bool taught_release_held(taught *t) {
  bool ok = true;
  for (size_t i = 0; ok && i < t->held_count; i++) {
    held_line *h = &t->held[i];
    h->line.text = buf_string(&h->text);
    if (h->rule->kind == RULE_SKIP) {
      ok = taught_explain_rule(t, h->rule, &h->line);
    } else if (h->head) {
      ok = take_own(t, h);
    } else if (t->place == PLACE_MASTHEAD) {
      taught_leave_out(t, &h->line);
    } else {
      taught_explain(t, "body", "no title follows", &h->line);
      ok = taught_add_text(t, &h->line);
      if (h->rule->kind == RULE_DATE && t->profile->dates_below && !t->at_end)
        taught_article_forget_date(
            &t->article, &h->line,
            "a date line with text below it, where a title should be: it is "
            "text, and the articles below have no date");
    }
  }
  t->held_count = 0;
  return ok;
}

bool taught_hold(taught *t, rule *r) {
  if (t->held_count == HELD_MOST && !taught_release_held(t))
    return false;
  held_line *h = &t->held[t->held_count++];
  buf_clear(&h->text);
  h->line = t->line;
  h->rule = r;
  h->head = t->place == PLACE_HEAD;
  t->article.undated = t->article.undated || (h->head && r->kind == RULE_DATE);
  return buf_add_str(&h->text, t->line.text);
}

/* They stand above the article that begins now. A date between its title and
 * one that has no text may be of either. */
bool taught_take_held(taught *t) {
  bool ok = true;
  for (size_t i = 0; ok && i < t->held_count; i++) {
    held_line *h = &t->held[i];
    h->line.text = buf_string(&h->text);
    rule_line_set(&t->seen, h->line.text);
    bool either = h->head && h->rule->kind == RULE_DATE;
    if (either)
      taught_article_forget_date(
          &t->article, &h->line,
          "a date between two titles may be of either article: neither has "
          "it, nor have those below (date-for: article gives it to the first)");
    ok = taught_explain_rule(t, h->rule, &h->line) &&
         (h->rule->kind == RULE_SKIP || either ||
          rule_match(h->rule, &t->seen) != RULE_YES ||
          taught_article_take(&t->article, h->rule, &t->seen, &h->line));
  }
  t->held_count = 0;
  return ok;
}
