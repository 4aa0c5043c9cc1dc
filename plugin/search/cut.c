#include "search/cut.h"

#include "base/utf8.h"

enum { NEAR = 256 }; /* bytes that a border of words is looked for in */

/* A passage that grows. */
typedef struct growth {
  matches *matches;
  sentences *sentences;
  byline_string text;
  stretch free, r;
  size_t size;
  size_t first, behind; /* the first match in r, and the first behind it */
  byline_status status;
  byline_error *error;
} growth;

/* What a passage may grow by, at one of its ends. */
typedef struct side {
  size_t to;   /* its new end */
  int value;   /* 0: there is nothing, or no room for it */
  bool more;   /* there is something */
  bool inside; /* it is of the sentence that the passage is in */
} side;

static bool is_gap(char c) {
  return c == ' ' || c == '\n';
}

static size_t length_of(const growth *w) {
  return w->r.end - w->r.start;
}

static bool has_line_end(const growth *w, size_t from, size_t to) {
  for (size_t i = from; i < to; i++)
    if (w->text.data[i] == '\n')
      return true;
  return false;
}

/* The rest of the sentence first, then matches, then what is in the same
 * paragraph, then what follows. */
static int value_of(bool inside, bool matched, bool paragraph, bool follows) {
  return 1 + follows + 2 * paragraph + 4 * matched + 8 * inside;
}

static byline_status look_behind(growth *w, side *behind) {
  const matches *m = w->matches;
  size_t at = w->r.end;
  stretch sentence;
  *behind = (side){0, 0, false, false};
  while (at < w->free.end && is_gap(w->text.data[at]))
    at++;
  if (at == w->free.end)
    return BYLINE_OK;
  byline_status status = sentences_at(w->sentences, at, &sentence, w->error);
  if (status != BYLINE_OK)
    return status;
  behind->more = true;
  behind->inside = sentence.start < w->r.end && length_of(w) > 0;
  behind->to = sentence.end;
  if (sentence.end > w->free.end || sentence.end - w->r.start > w->size)
    return BYLINE_OK;
  while (w->behind < m->count && m->list[w->behind].start < w->r.end)
    w->behind++;
  bool matched =
      w->behind < m->count && m->list[w->behind].start < sentence.end;
  behind->value =
      value_of(behind->inside, matched, !has_line_end(w, w->r.end, at), true);
  return BYLINE_OK;
}

static byline_status look_before(growth *w, side *before) {
  const matches *m = w->matches;
  size_t at = w->r.start;
  stretch sentence;
  *before = (side){0, 0, false, false};
  while (at > w->free.start && is_gap(w->text.data[at - 1]))
    at--;
  if (at == w->free.start)
    return BYLINE_OK;
  byline_status status =
      sentences_at(w->sentences, at - 1, &sentence, w->error);
  if (status != BYLINE_OK)
    return status;
  before->more = true;
  before->inside = sentence.end > w->r.start && length_of(w) > 0;
  before->to = sentence.start;
  if (sentence.start < w->free.start || w->r.end - sentence.start > w->size)
    return BYLINE_OK;
  while (w->first > 0 && m->list[w->first - 1].start >= w->r.start)
    w->first--;
  bool matched = w->first > 0 && m->list[w->first - 1].start >= sentence.start;
  before->value = value_of(before->inside, matched,
                           !has_line_end(w, at, w->r.start), false);
  return BYLINE_OK;
}

/* ---- Words ------------------------------------------------------------- */

/* Whether a place lies within a word that is marked. */
static bool is_in_match(const growth *w, size_t at) {
  const matches *m = w->matches;
  size_t first = matches_behind(m, at);
  return first < m->count && m->list[first].start < at;
}

static bool can_cut(const growth *w, size_t at) {
  return graphemes_border(&w->matches->graphemes, w->text, at) &&
         !is_in_match(w, at);
}

/* How far from the best place a space is looked for. */
static size_t reach(size_t room) {
  enum { LONG_WORD = 64 };
  return room / 2 > LONG_WORD ? room / 2 : room < LONG_WORD ? room : LONG_WORD;
}

/* Borders of words near the place where a passage is to be cut. */
typedef struct borders {
  growth *growth;
  size_t offset;      /* of what the analyzer has */
  size_t low, high;   /* where it can be cut; these are no borders themselves */
  size_t first, last; /* of those between; high and low if there are none */
} borders;

static void note(borders *b, size_t at) {
  if (at <= b->low || at >= b->high || !can_cut(b->growth, at))
    return;
  if (at < b->first)
    b->first = at;
  if (at > b->last)
    b->last = at;
}

static int on_word(void *user, const byline_token *token) {
  borders *b = user;
  if (token->kind == BYLINE_TOKEN_BASE || token->kind == BYLINE_TOKEN_WORD) {
    note(b, b->offset + token->start);
    note(b, b->offset + token->end);
  }
  return 0;
}

/* In scripts without spaces, words are what the analyzer takes for such; where
 * it finds none, any character's end will do. */
static void find_borders(borders *b) {
  growth *w = b->growth;
  size_t from = b->low > NEAR ? b->low - NEAR : 0;
  size_t to = w->text.length - b->high > NEAR ? b->high + NEAR : w->text.length;
  from = utf8_cut(w->text.data, w->text.length, from);
  to = utf8_cut(w->text.data, w->text.length, to);
  b->offset = from;
  b->first = b->high;
  b->last = b->low;
  byline_status status = analyzer_run(w->matches->analyzer, w->text.data + from,
                                      to - from, on_word, b, w->error);
  if (w->status == BYLINE_OK)
    w->status = status;
  if (b->first < b->high)
    return;
  for (size_t at = b->low + 1; b->first == b->high && at < b->high; at++)
    note(b, at);
  for (size_t at = b->high - 1; b->last <= b->first && at > b->first; at--)
    note(b, at);
}

/* The last place for the passage's end at or before limit. */
static size_t end_at(growth *w, size_t limit) {
  if (limit >= w->free.end)
    return w->free.end;
  size_t floor = limit - reach(limit - w->r.end);
  for (size_t i = limit + 1; i-- > floor;)
    if (is_gap(w->text.data[i]) && (i == w->r.end || can_cut(w, i)))
      return i;
  floor = limit - w->r.end > NEAR ? limit - NEAR : w->r.end;
  borders b = {.growth = w, .low = floor, .high = limit + 1};
  find_borders(&b);
  return b.last > floor ? b.last : w->r.end;
}

/* The first place for its beginning at or behind limit. */
static size_t start_at(growth *w, size_t limit) {
  if (limit <= w->free.start)
    return w->free.start;
  size_t top = limit + reach(w->r.start - limit);
  for (size_t i = limit; i <= top; i++)
    if (is_gap(w->text.data[i - 1]) && (i == w->r.start || can_cut(w, i)))
      return i;
  top = w->r.start - limit > NEAR ? limit + NEAR : w->r.start;
  borders b = {.growth = w, .low = limit - 1, .high = top};
  find_borders(&b);
  return b.first < top ? b.first : w->r.start;
}

/* Fills a passage up with words: around what lies in a long sentence, else
 * behind it. */
static void fill(growth *w, const side *before, const side *behind) {
  bool small = length_of(w) < w->size / 2;
  if (before->inside) {
    size_t room = w->size - length_of(w), half = room / 2;
    size_t rest = behind->inside ? behind->to - w->r.end : 0;
    room -= rest < half ? rest : half;
    size_t limit = w->r.start > room ? w->r.start - room : 0;
    w->r.start = start_at(w, limit > before->to ? limit : before->to);
  }
  if (behind->inside || (small && behind->more))
    w->r.end = end_at(w, w->r.start + w->size);
  if (length_of(w) < w->size / 2 && before->more && !before->inside)
    w->r.start = start_at(w, w->r.end > w->size ? w->r.end - w->size : 0);
}

/* ---- Growing ----------------------------------------------------------- */

/* Leaves out spaces at both ends, and splits no character there. */
static void trim(growth *w) {
  while (w->r.start < w->r.end && is_gap(w->text.data[w->r.start]) &&
         graphemes_border(&w->matches->graphemes, w->text, w->r.start + 1))
    w->r.start++;
  while (w->r.end > w->r.start && is_gap(w->text.data[w->r.end - 1]))
    w->r.end--;
  w->r.start = graphemes_before(&w->matches->graphemes, w->text, w->r.start);
  w->r.end = graphemes_behind(&w->matches->graphemes, w->text, w->r.end);
}

/* One word, or what readers take for a character, may be longer than a passage.
 */
static void make_fit(growth *w) {
  if (length_of(w) > 0 && length_of(w) <= w->size)
    return;
  if (w->r.start + w->size >= w->free.end) {
    w->r.end = w->free.end;
    return;
  }
  size_t end =
      graphemes_before(&w->matches->graphemes, w->text, w->r.start + w->size);
  w->r.end = end > w->r.start ? end
                              : graphemes_behind(&w->matches->graphemes,
                                                 w->text, w->r.start + 1);
}

/* Whether no other sentence fits, or the rest of the one that the passage lies
 * in does not. */
static bool is_full(const growth *w, const side *before, const side *behind) {
  if (before->inside && behind->inside)
    return behind->to - before->to > w->size;
  if (before->inside || behind->inside)
    return (before->inside ? before : behind)->value == 0;
  return before->value == 0 && behind->value == 0;
}

static byline_status grow(growth *w) {
  for (;;) {
    side before, behind;
    byline_status status = look_before(w, &before);
    if (status == BYLINE_OK)
      status = look_behind(w, &behind);
    if (status != BYLINE_OK)
      return status;
    if (is_full(w, &before, &behind)) {
      fill(w, &before, &behind);
      return w->status;
    }
    if (behind.value > before.value)
      w->r.end = behind.to;
    else
      w->r.start = before.to;
  }
}

byline_status cut_passage(matches *m, sentences *s, stretch free, size_t size,
                          stretch *core, byline_error *error) {
  growth w = {.matches = m,
              .sentences = s,
              .text = s->text,
              .free = free,
              .r = *core,
              .size = size > 0 ? size : 1,
              .error = error};
  while (length_of(&w) == 0 && w.r.end < free.end &&
         is_gap(s->text.data[w.r.end]))
    w.r.start = ++w.r.end;
  while (w.first < m->count && m->list[w.first].start < w.r.start)
    w.first++;
  w.behind = w.first;
  byline_status status = length_of(&w) < w.size ? grow(&w) : BYLINE_OK;
  trim(&w);
  make_fit(&w);
  *core = w.r;
  return status;
}
