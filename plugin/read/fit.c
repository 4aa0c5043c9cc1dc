#include "read/fit.h"

#include <stdio.h>

#include "base/utf8.h"

void fit_free(fit *f) {
  arena_free(&f->memory);
}

static bool fits(const fit *f, byline_string s) {
  return s.length <= f->limits->field;
}

static void cut(fit *f, byline_string *s, size_t line) {
  if (fits(f, *s))
    return;
  s->length = utf8_cut(s->data, s->length, (size_t)f->limits->field);
  tally_add(&f->cut, 1, line);
}

static void leave_out(fit *f, byline_string *s, size_t line) {
  if (fits(f, *s))
    return;
  *s = (byline_string){NULL, 0};
  tally_add(&f->left_out, 1, line);
}

/* Items that are left out are gone from the list. */
static bool fit_list(fit *f, const byline_string **list, size_t *count,
                     size_t line,
                     void (*mend)(fit *, byline_string *, size_t)) {
  bool all = true;
  for (size_t i = 0; i < *count && all; i++)
    all = fits(f, (*list)[i]);
  if (all)
    return true;
  byline_string *made = arena_array(&f->memory, *count, sizeof *made);
  if (!made)
    return false;
  size_t kept = 0;
  for (size_t i = 0; i < *count; i++) {
    made[kept] = (*list)[i];
    mend(f, &made[kept], line);
    kept += made[kept].length > 0;
  }
  *list = made;
  *count = kept;
  return true;
}

bool fit_article(fit *f, byline_article *a) {
  byline_string *const others[] = {&a->id, &a->affiliation, &a->language,
                                   &a->section, &a->url};
  arena_reset(&f->memory);
  cut(f, &a->title, a->line);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    leave_out(f, others[i], a->line);
  return fit_list(f, &a->decks, &a->deck_count, a->line, cut) &&
         fit_list(f, &a->authors, &a->author_count, a->line, leave_out) &&
         fit_list(f, &a->keywords, &a->keyword_count, a->line, leave_out);
}

void fit_tell(const fit *f, byline_input *input) {
  char message[160], size[LIMITS_SIZE];
  limits_words(f->limits->field, size);
  if (f->cut.count > 0) {
    snprintf(message, sizeof message,
             "%zu title%s or deck%s cut to %s: the limit \"field\"",
             f->cut.count, f->cut.count == 1 ? "" : "s",
             f->cut.count == 1 ? "" : "s", size);
    byline_input_notice(input, BYLINE_NOTICE_REPAIRED, f->cut.line, message);
  }
  if (f->left_out.count > 0) {
    snprintf(message, sizeof message,
             "%zu field%s of more than %s left out: the limit \"field\"",
             f->left_out.count, f->left_out.count == 1 ? "" : "s", size);
    byline_input_notice(input, BYLINE_NOTICE_REPAIRED, f->left_out.line,
                        message);
  }
}
