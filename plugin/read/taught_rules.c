/* Which pattern takes a line, and what the dates of a file say of each other.
 */
#include <stdio.h>

#include "base/error.h"
#include "read/date_line.h"
#include "read/input.h"
#include "read/taught_state.h"

enum {
  HEAD_SIZE = 64 << 10, /* of which the dates are learned from */
  DATES_SIZE = 4 << 20, /* the same where dates are unclear */
  MOST_TICKS = 1000,    /* of rule.h, in a short file; and in a longer one: */
  BYTES_A_TICK = 1 << 10
};

bool taught_gives_title(const rule *r) {
  return r->kind == RULE_TITLE ||
         (r->kind != RULE_SEPARATOR && r->groups[GROUP_TITLE] > 0);
}

/* Whether a rule is looked at here. */
static bool applies(const taught *t, const rule *r) {
  const profile *p = t->profile;
  bool titled = t->article.title_line > 0;
  bool body = t->place == PLACE_BODY;
  if (r->kind == RULE_SKIP || r->kind == RULE_SEPARATOR)
    return true;
  if (r->kind == RULE_FOOTER && r->groups[GROUP_TITLE] == 0)
    return titled || body;
  if (taught_gives_title(r))
    return !p->separated || (!body && !titled);
  if (r->kind == RULE_DATE)
    return !body || !p->separated || p->dates_below;
  if (r->kind == RULE_FIELD)
    return !body || !p->separated;
  return t->place == PLACE_HEAD;
}

static void tell_tired(taught *t, const rule *r) {
  char message[512];
  snprintf(message, sizeof message,
           "the pattern in %s:%zu takes too long here: make it simpler, with "
           "fewer * and + in one another; the rest of the file is not read",
           t->input->taught_path, r->line);
  byline_input_notice(t->input, BYLINE_NOTICE_FAILED, t->line.number, message);
  t->tired = true;
}

/* Whether a rule takes the line at hand. Each match is cheap enough, or tires;
 * so must all of them be together, however many lines there are. */
static bool matches(taught *t, rule *r) {
  rule_result result = rule_match(r, &t->seen);
  t->ticks += (size_t)r->ticks;
  if (result == RULE_TIRED || t->ticks > MOST_TICKS + t->passed / BYTES_A_TICK)
    tell_tired(t, r);
  return result == RULE_YES;
}

rule *taught_find_rule(taught *t) {
  rule_line_set(&t->seen, t->line.text);
  t->passed += t->line.text.length;
  if (t->line.continued || t->seen.length < 0)
    return NULL;
  for (size_t i = 0; i < t->profile->rule_count && !t->tired; i++) {
    rule *r = &t->profile->rules[i];
    if (applies(t, r) && matches(t, r) && !t->tired)
      return r;
  }
  return NULL;
}

void taught_match_again(taught *t, rule *r) {
  rule_line_set(&t->seen, t->line.text);
  if (r)
    rule_match(r, &t->seen);
}

/* ---- Learning how dates are written ---- */

/* What the dates of a line say of the others; *unclear: of themselves they say
 * too little. False when memory runs out. */
static bool learn_line(taught *t, bool *unclear) {
  char iso[DATE_ISO_SIZE];
  bool ok = true;
  rule_line_set(&t->seen, t->line.text);
  t->passed += t->line.text.length;
  for (size_t i = 0; ok && !t->tired && i < t->profile->rule_count; i++) {
    rule *r = &t->profile->rules[i];
    if (r->kind != RULE_DATE && r->groups[GROUP_DATE] == 0)
      continue;
    if (!matches(t, r) ||
        !taught_date_text(r, &t->seen, &t->line, &t->text, &ok))
      continue;
    date_line_learn(&t->hints, t->text.data, t->text.length);
    *unclear = *unclear || date_line_parse(t->text.data, t->text.length,
                                           &t->hints, iso) == DATE_UNCLEAR;
  }
  if (t->profile->finds_dates)
    date_line_learn(&t->hints, t->line.text.data, t->line.text.length);
  return ok;
}

static byline_status learn(taught *t, bool *unclear, byline_error *error) {
  size_t whole = t->head.length; /* the last line may be cut off */
  while (t->head.length >= HEAD_SIZE && whole > 0 &&
         t->head.bytes[whole - 1] != '\n')
    whole--;
  lines_memory memory = {t->head.bytes, whole};
  lines head;
  line l;
  bool found = true;
  *unclear = false;
  lines_init(&head, lines_read_memory, &memory);
  byline_status status = BYLINE_OK;
  while (status == BYLINE_OK && found && !t->tired) {
    status = lines_next(&head, &l, &found, error);
    t->line = (taught_line){.text = l.text, .number = l.number};
    if (status == BYLINE_OK && found && l.text.length > 0 &&
        !learn_line(t, unclear))
      status = error_no_memory(error);
  }
  lines_free(&head);
  return status;
}

byline_status taught_learn_dates(taught *t, byline_error *error) {
  bool unclear;
  t->hints = (date_hints)DATE_HINTS_NONE;
  t->hints.stated = input_date_order(t->input);
  if (t->hints.stated == DATE_ORDER_UNKNOWN)
    t->hints.stated = t->profile->order;
  byline_status status = ahead_fill(&t->head, HEAD_SIZE, error);
  if (status == BYLINE_OK)
    status = learn(t, &unclear, error);
  if (status != BYLINE_OK || !unclear || t->head.length < HEAD_SIZE)
    return status;
  status = ahead_fill(&t->head, DATES_SIZE, error);
  return status == BYLINE_OK ? learn(t, &unclear, error) : status;
}
