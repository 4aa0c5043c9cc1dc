#include "analyze/divide.h"

#include "analyze/words.h"
#include "base/utf8.h"

enum {
  CHARS_MAX = 48,
  TERM_CHARS = 16, /* of a term: longer ones are not looked for */
  TERMS_MAX = DIVIDE_WORDS + 3,
  STEPS_MAX = 20000 /* of the search: terms of one letter make many ways */
};

typedef struct division {
  byline_string text;
  size_t at[CHARS_MAX + 1]; /* where its characters begin, and its end */
  size_t chars;
  analyzer_has_fn has;
  void *user;
  signed char known[CHARS_MAX][TERM_CHARS]; /* 0: not asked yet; else 1, -1 */
  size_t ends[TERMS_MAX]; /* of the terms so far, as characters */
  size_t count, found, steps;
  buf *out;
  bool no_memory;
} division;

bool divide_wanted(byline_string text) {
  for (size_t at = 0; at < text.length;) {
    uint32_t ch = utf8_next(text.data, text.length, &at);
    if (!words_is_complex(ch))
      return false;
  }
  return true;
}

/* Whether the characters [from, to) are a term. */
static bool is_term(division *d, size_t from, size_t to) {
  signed char *known = &d->known[from][to - from - 1];
  if (*known == 0) {
    byline_string term = {d->text.data + d->at[from], d->at[to] - d->at[from]};
    *known = d->has(d->user, term) ? 1 : -1;
  }
  return *known > 0;
}

static void put(division *d) {
  size_t start = 0;
  for (size_t i = 0; i < d->count && !d->no_memory; start = d->ends[i++])
    d->no_memory = (i > 0 && !buf_add_char(d->out, ' ')) ||
                   !buf_add(d->out, d->text.data + d->at[start],
                            d->at[d->ends[i]] - d->at[start]);
  d->no_memory = d->no_memory || !buf_add_char(d->out, '\n');
  d->found++;
}

/* Divides what is behind from, at least as many characters, into this many
 * terms. */
static void search(division *d, size_t from, size_t terms) {
  size_t last = d->chars - (terms - 1);
  size_t to = terms == 1 ? last : from + 1;
  for (; to <= last && to - from <= TERM_CHARS; to++) {
    if (d->found == DIVIDE_MAX || d->no_memory || d->steps++ == STEPS_MAX)
      return;
    if (!is_term(d, from, to))
      continue;
    d->ends[d->count++] = to;
    if (terms == 1)
      put(d);
    else
      search(d, to, terms - 1);
    d->count--;
  }
}

bool divide(byline_string text, analyzer_has_fn has, void *user, buf *out) {
  division d = {.text = text, .has = has, .user = user, .out = out};
  for (size_t at = 0; at < text.length;) {
    if (d.chars == CHARS_MAX)
      return true;
    d.at[d.chars++] = at;
    utf8_next(text.data, text.length, &at);
  }
  d.at[d.chars] = text.length;
  for (size_t terms = 1; terms <= TERMS_MAX && terms <= d.chars; terms++) {
    d.steps = 0;
    search(&d, 0, terms);
  }
  return !d.no_memory;
}
