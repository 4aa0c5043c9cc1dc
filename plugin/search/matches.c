#include "search/matches.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/stopwords.h"
#include "base/error.h"

enum { KEPT = 1024 }; /* of the list, for the next text */

void matches_free(matches *m) {
  graphemes_close(&m->graphemes);
  free(m->list);
  free(m->terms);
  memset(m, 0, sizeof *m);
}

/* ---- Terms ------------------------------------------------------------- */

static int by_term(const void *a, const void *b) {
  return phrases_compare(((const matched_term *)a)->term,
                         ((const matched_term *)b)->term);
}

static void note_first(matches *m, byline_string term) {
  bool stem = term.length > 1 && *term.data == 'Z';
  bool *first = stem ? m->stem_first : m->word_first;
  if (term.length > 0)
    first[(unsigned char)term.data[stem ? 1 : 0]] = true;
}

static bool make_room(matches *m, size_t count) {
  if (count <= m->term_capacity)
    return true;
  matched_term *terms = realloc(m->terms, count * sizeof *terms);
  if (!terms)
    return false;
  m->terms = terms;
  m->term_capacity = count;
  return true;
}

/* A word may be asked for in titles and anywhere. */
static void join_equal(matches *m) {
  size_t kept = 0;
  for (size_t i = 0; i < m->term_count; i++) {
    const matched_term *t = &m->terms[i];
    matched_term *last = kept > 0 ? &m->terms[kept - 1] : NULL;
    if (last && phrases_compare(last->term, t->term) == 0) {
      last->phrase |= t->phrase;
      last->alone = last->alone || t->alone;
      continue;
    }
    m->terms[kept] = *t;
    m->terms[kept].same = kept;
    kept++;
  }
  m->term_count = kept;
}

byline_status matches_begin(matches *m, analyzer *a, const query_term *terms,
                            size_t count, bool titles, const phrases *p,
                            const char *code, byline_error *error) {
  if (m->capacity > KEPT) {
    free(m->list);
    m->list = NULL;
    m->capacity = 0;
  }
  m->count = m->term_count = 0;
  m->phrases = p && p->count > 0 ? p : NULL;
  m->no_memory = false;
  m->analyzer = a;
  m->stop_bit = stopwords_bit(code);
  memset(m->stem_first, 0, sizeof m->stem_first);
  memset(m->word_first, 0, sizeof m->word_first);
  if (!make_room(m, count))
    return error_no_memory(error);
  for (size_t i = 0; i < count; i++) {
    if (terms[i].in_title && !titles)
      continue;
    matched_term *t = &m->terms[m->term_count++];
    *t = (matched_term){.term = terms[i].term, .weight = terms[i].weight};
    t->phrase = m->phrases ? phrases_of(p, t->term, terms[i].in_title) : 0;
    t->alone = t->phrase == 0 || phrases_leave(p, t->term);
    note_first(m, t->term);
  }
  if (m->term_count > 1)
    qsort(m->terms, m->term_count, sizeof *m->terms, by_term);
  join_equal(m);
  return BYLINE_OK;
}

/* Compares a token with a query's term: a stem has "Z" before it there. */
static int compare_token(const byline_token *token, byline_string term) {
  if (token->kind != BYLINE_TOKEN_STEM)
    return phrases_compare(token->term, term);
  if (term.length == 0 || term.data[0] != 'Z')
    return term.length == 0 || term.data[0] < 'Z' ? 1 : -1;
  term.data++;
  term.length--;
  return phrases_compare(token->term, term);
}

static size_t find_term(const matches *m, const byline_token *token) {
  const bool *first =
      token->kind == BYLINE_TOKEN_STEM ? m->stem_first : m->word_first;
  if (token->term.length == 0 || !first[(unsigned char)*token->term.data])
    return m->term_count;
  size_t low = 0, high = m->term_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = compare_token(token, m->terms[middle].term);
    if (order == 0)
      return middle;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return m->term_count;
}

static size_t root(const matches *m, size_t term) {
  while (m->terms[term].same != term)
    term = m->terms[term].same;
  return term;
}

size_t matches_term(const matches *m, const match *found) {
  return root(m, found->term);
}

size_t matches_behind(const matches *m, size_t at) {
  size_t low = 0, high = m->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (m->list[middle].end <= at)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void unite(matches *m, size_t one, size_t other) {
  one = root(m, one);
  other = root(m, other);
  if (one == other)
    return;
  size_t low = one < other ? one : other, high = one < other ? other : one;
  matched_term *kept = &m->terms[low], *gone = &m->terms[high];
  gone->same = low;
  kept->stop = kept->stop && gone->stop;
  if (gone->weight > kept->weight)
    kept->weight = gone->weight;
}

/* ---- Phrases ----------------------------------------------------------- */

static phrase_lane *lane_of(matches *m, uint32_t position) {
  return &m->lanes[position > BYLINE_NGRAM_POSITION  ? 2
                   : position > BYLINE_WORD_POSITION ? 1
                                                     : 0];
}

static size_t phrase_length(const phrases *p, size_t last) {
  size_t length = 1;
  for (size_t i = last; i > 0 && !(p->starts >> i & 1); i--)
    length++;
  return length;
}

/* Moves the lane of a token on by it; marks the phrases that end there. */
static void follow(matches *m, const byline_token *token, uint64_t words) {
  const phrases *p = m->phrases;
  phrase_lane *l = lane_of(m, token->position);
  if (token->position != l->position) {
    l->before = token->position == l->position + 1 ? l->now : 0;
    l->now = 0;
    l->position = token->position;
  }
  l->starts[token->position % PHRASES_WORDS] = m->offset + token->start;
  l->now |= (l->before << 1 | p->starts) & words;
  for (size_t i = 0; i < p->count; i++) {
    if (!((l->now & words & p->ends) >> i & 1))
      continue;
    uint32_t first = token->position - (uint32_t)phrase_length(p, i) + 1;
    size_t from = l->starts[first % PHRASES_WORDS];
    for (size_t k = m->count; k > 0 && m->list[k - 1].end > from; k--)
      m->list[k - 1].in_phrase = true;
  }
}

void matches_end(matches *m) {
  bool any = false;
  for (size_t i = 0; i < m->count; i++)
    any = any || m->list[i].in_phrase || m->list[i].alone;
  /* Words without spaces may be divided otherwise in a phrase. */
  if (!m->phrases || (!any && m->phrases->unspaced))
    return;
  size_t kept = 0;
  for (size_t i = 0; i < m->count; i++)
    if (m->list[i].in_phrase || m->list[i].alone)
      m->list[kept++] = m->list[i];
  m->count = kept;
}

/* ---- Finding ----------------------------------------------------------- */

static bool is_stop(const matches *m, const byline_token *token) {
  char word[32];
  size_t length = token->end - token->start;
  if (m->stop_bit == 0 || length > sizeof word)
    return false;
  const char *text = m->text.data + m->offset + token->start;
  for (size_t i = 0; i < length; i++)
    word[i] = text[i] >= 'A' && text[i] <= 'Z' ? (char)(text[i] + 32) : text[i];
  return (stopwords_languages((byline_string){word, length}) & m->stop_bit) !=
         0;
}

static bool add(matches *m, size_t start, size_t end, size_t term) {
  if (!m->list || m->count == m->capacity) {
    size_t capacity = m->capacity ? m->capacity * 2 : 64;
    match *list = realloc(m->list, capacity * sizeof *list);
    if (!list)
      return false;
    m->list = list;
    m->capacity = capacity;
  }
  m->list[m->count++] = (match){.start = start, .end = end, .term = term};
  return true;
}

static int on_token(void *user, const byline_token *token) {
  matches *m = user;
  size_t term = find_term(m, token);
  if (term == m->term_count || token->position == 0)
    return 0;
  /* A word may end within what readers take for a character. */
  size_t start =
      graphemes_before(&m->graphemes, m->text, m->offset + token->start);
  size_t end = graphemes_behind(&m->graphemes, m->text, m->offset + token->end);
  match *last = m->count > 0 ? &m->list[m->count - 1] : NULL;
  matched_term *t = &m->terms[term];
  if (!t->seen)
    t->stop = is_stop(m, token);
  t->seen = true;
  if (last && start < last->end) {
    if (start == last->start && end == last->end)
      unite(m, last->term, term);
    else if (end > last->end)
      last->end = end;
  } else {
    if (!add(m, start, end, term)) {
      m->no_memory = true;
      return -1;
    }
    last = &m->list[m->count - 1];
  }
  if (t->alone)
    last->alone = true;
  if (t->phrase)
    follow(m, token, t->phrase);
  return 0;
}

byline_status matches_find(matches *m, byline_string text, size_t from,
                           size_t to, byline_error *error) {
  if (m->term_count == 0 || from >= to)
    return BYLINE_OK;
  m->text = text;
  m->offset = from;
  memset(m->lanes, 0, sizeof m->lanes);
  byline_status status = analyzer_run(m->analyzer, text.data + from, to - from,
                                      on_token, m, error);
  return m->no_memory ? error_no_memory(error) : status;
}
