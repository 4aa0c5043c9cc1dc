#include "search/snippet.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/graphemes.h"
#include "base/error.h"
#include "base/utf8.h"

/* How far into a text words are looked for: it bounds the time that a hit on
 * a very long article takes. */
enum { SCAN_MAX = 4 << 20 };

static const char ellipsis[] = "\xE2\x80\xA6";

/* A word of the text that one of the terms stands for. */
typedef struct match {
  size_t start, end;
  size_t term;
} match;

typedef struct scan {
  const query_term *terms; /* sorted */
  size_t term_count;
  match *matches; /* starts rising */
  size_t count, capacity;
  byline_string text;
  graphemes graphemes;
  bool no_memory;
} scan;

static int compare(byline_string a, byline_string b) {
  size_t common = a.length < b.length ? a.length : b.length;
  int order = common > 0 ? memcmp(a.data, b.data, common) : 0;
  if (order != 0)
    return order;
  return (a.length > b.length) - (a.length < b.length);
}

/* Compares a token with a query's term: a stem has "Z" before it there. */
static int compare_token(const byline_token *token, byline_string term) {
  if (token->kind != BYLINE_TOKEN_STEM)
    return compare(token->term, term);
  if (term.length == 0 || term.data[0] != 'Z')
    return term.length == 0 || term.data[0] < 'Z' ? 1 : -1;
  return compare(token->term, (byline_string){term.data + 1, term.length - 1});
}

static size_t find_term(const scan *s, const byline_token *token) {
  size_t low = 0, high = s->term_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = compare_token(token, s->terms[middle].term);
    if (order == 0)
      return middle;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return s->term_count;
}

static int on_token(void *user, const byline_token *token) {
  scan *s = user;
  size_t term = find_term(s, token);
  if (term == s->term_count)
    return 0;
  match *last = s->count > 0 ? &s->matches[s->count - 1] : NULL;
  /* A word may end within what readers take for a character. */
  size_t start = graphemes_before(&s->graphemes, s->text, token->start);
  size_t end = graphemes_behind(&s->graphemes, s->text, token->end);
  if (last && start < last->end) {
    if (end > last->end)
      last->end = end;
    return 0;
  }
  if (!s->matches || s->count == s->capacity) {
    size_t capacity = s->capacity ? s->capacity * 2 : 64;
    match *matches = realloc(s->matches, capacity * sizeof *matches);
    if (!matches) {
      s->no_memory = true;
      return -1;
    }
    s->matches = matches;
    s->capacity = capacity;
  }
  s->matches[s->count++] = (match){start, end, term};
  return 0;
}

/* ---- Choosing ---------------------------------------------------------- */

typedef struct range {
  size_t start, end;
} range;

typedef struct window {
  size_t first, last; /* matches, last included */
  double score;
} window;

static bool overlaps(const range *taken, size_t count, size_t start,
                     size_t end) {
  for (size_t i = 0; i < count; i++)
    if (start < taken[i].end && end > taken[i].start)
      return true;
  return false;
}

/* A term counts fully once in a window; repeats add a little. */
static double gain(const scan *s, size_t term, size_t seen) {
  return seen == 0 ? s->terms[term].weight : s->terms[term].weight / 16;
}

/* The window of at most size bytes, free of taken ranges, with the best score;
 * of equals the first. seen has a counter for each term. */
static bool best_window(const scan *s, size_t size, const range *taken,
                        size_t taken_count, size_t *seen, window *best) {
  bool found = false;
  size_t first = 0;
  double score = 0;
  memset(seen, 0, s->term_count * sizeof *seen);
  for (size_t last = 0; last < s->count; last++) {
    score += gain(s, s->matches[last].term, seen[s->matches[last].term]++);
    while (first < last &&
           (s->matches[last].end - s->matches[first].start > size ||
            overlaps(taken, taken_count, s->matches[first].start,
                     s->matches[last].end))) {
      size_t term = s->matches[first].term;
      score -= gain(s, term, --seen[term]);
      first++;
    }
    if (overlaps(taken, taken_count, s->matches[first].start,
                 s->matches[last].end))
      continue;
    if (!found || score > best->score + 1e-9) {
      *best = (window){first, last, score};
      found = true;
    }
  }
  return found;
}

/* ---- Cutting ----------------------------------------------------------- */

static bool is_gap(char c) {
  return c == ' ' || c == '\n';
}

static bool ends_sentence(byline_string text, size_t gap) {
  if (text.data[gap] == '\n')
    return true;
  char before = gap > 0 ? text.data[gap - 1] : ' ';
  return before == '.' || before == '!' || before == '?';
}

/* Where a passage that must hold start can begin, at most room bytes before
 * it: at the start of its sentence or else of a word. */
static size_t passage_start(graphemes *g, byline_string text, size_t start,
                            size_t room) {
  size_t floor = start > room ? start - room : 0;
  size_t word = start;
  for (size_t i = start; i > floor; i--) {
    if (!is_gap(text.data[i - 1]) || !graphemes_border(g, text, i))
      continue;
    word = i;
    if (ends_sentence(text, i - 1))
      return i;
  }
  return floor == 0 ? 0 : word;
}

static size_t passage_end(graphemes *g, byline_string text, size_t start,
                          size_t end, size_t size) {
  size_t limit = text.length - start > size ? start + size : text.length;
  if (limit <= end)
    return end;
  if (limit == text.length)
    return limit;
  for (size_t i = limit + 1; i-- > end;)
    if (is_gap(text.data[i]))
      return i;
  /* A script without spaces: any character's end will do. */
  size_t cut = graphemes_before(g, text, limit);
  return cut > end ? cut : end;
}

/* The stretch around [start, end) that no passage has taken. */
static range free_stretch(const range *taken, size_t count, size_t start,
                          size_t end, size_t length) {
  range r = {0, length};
  for (size_t i = 0; i < count; i++) {
    if (taken[i].end <= start && taken[i].end > r.start)
      r.start = taken[i].end;
    if (taken[i].start >= end && taken[i].start < r.end)
      r.end = taken[i].start;
  }
  return r;
}

/* A passage that holds [start, end) and stays within a stretch. */
static range cut_passage(graphemes *g, byline_string text, range within,
                         size_t start, size_t end, size_t size) {
  size_t length = end - start;
  size_t room = length < size ? (size - length) / 2 : 0;
  byline_string stretch = {text.data + within.start, within.end - within.start};
  range r;
  r.start = passage_start(g, stretch, start - within.start, room);
  r.end = passage_end(g, stretch, r.start, end - within.start, size);
  r.start += within.start;
  r.end += within.start;
  while (r.start < start && is_gap(text.data[r.start]))
    r.start++;
  while (r.end > end && is_gap(text.data[r.end - 1]))
    r.end--;
  return r;
}

/* ---- Writing ----------------------------------------------------------- */

static bool write_passage(const scan *s, byline_string text, range r,
                          arena *memory, byline_snippet *snippet) {
  size_t hits = 0;
  for (size_t i = 0; i < s->count; i++)
    hits += s->matches[i].start >= r.start && s->matches[i].end <= r.end;
  byline_highlight *highlights = arena_array(memory, hits, sizeof *highlights);
  size_t room = r.end - r.start + 2 * sizeof ellipsis;
  char *out = arena_alloc(memory, room);
  if (!highlights || !out)
    return false;
  size_t n = 0, next = 0, done = 0;
  while (next < s->count && s->matches[next].start < r.start)
    next++;
  bool cut_before = r.start > 0 && text.data[r.start - 1] != '\n';
  bool cut_after = r.end < text.length && text.data[r.end] != '\n';
  if (cut_before)
    for (size_t i = 0; ellipsis[i]; i++)
      out[n++] = ellipsis[i];
  for (size_t i = r.start; i < r.end; i++) {
    if (done < hits && next < s->count && i == s->matches[next].start)
      highlights[done].start = n;
    if (text.data[i] != '\n')
      out[n++] = text.data[i];
    else if (n > 0 && out[n - 1] != ' ')
      out[n++] = ' ';
    if (done < hits && next < s->count && i + 1 == s->matches[next].end) {
      highlights[done++].end = n;
      next++;
    }
  }
  if (cut_after)
    for (size_t i = 0; ellipsis[i]; i++)
      out[n++] = ellipsis[i];
  *snippet = (byline_snippet){{out, n}, highlights, done};
  return true;
}

static byline_status choose(scan *s, byline_string text, size_t count,
                            size_t size, arena *memory,
                            const byline_snippet **snippets,
                            size_t *snippet_count, byline_error *error) {
  byline_snippet *list = arena_array(memory, count, sizeof *list);
  range *taken = arena_array(memory, count, sizeof *taken);
  size_t *seen = arena_array(memory, s->term_count, sizeof *seen);
  if (!list || !taken || !seen)
    return error_no_memory(error);
  size_t made = 0;
  window best = {0, 0, 0};
  while (made < count && best_window(s, size, taken, made, seen, &best)) {
    size_t start = s->matches[best.first].start;
    size_t end = s->matches[best.last].end;
    range within = free_stretch(taken, made, start, end, text.length);
    taken[made] = cut_passage(&s->graphemes, text, within, start, end, size);
    if (!write_passage(s, text, taken[made], memory, &list[made]))
      return error_no_memory(error);
    made++;
  }
  if (made == 0 && count > 0 && text.length > 0) {
    range r = {0, passage_end(&s->graphemes, text, 0, 0, size)};
    if (!write_passage(s, text, r, memory, &list[0]))
      return error_no_memory(error);
    made = 1;
  }
  *snippets = list;
  *snippet_count = made;
  return BYLINE_OK;
}

static int by_term(const void *a, const void *b) {
  return compare(((const query_term *)a)->term, ((const query_term *)b)->term);
}

byline_status snippet_make(analyzer *a, byline_string text,
                           const query_term *terms, size_t term_count,
                           size_t count, size_t size, arena *memory,
                           const byline_snippet **snippets,
                           size_t *snippet_count, byline_error *error) {
  query_term *sorted = arena_array(memory, term_count, sizeof *sorted);
  if (!sorted)
    return error_no_memory(error);
  if (term_count > 0) {
    memcpy(sorted, terms, term_count * sizeof *sorted);
    qsort(sorted, term_count, sizeof *sorted, by_term);
  }
  scan s = {.terms = sorted, .term_count = term_count, .text = text};
  size_t scanned = utf8_cut(text.data, text.length, SCAN_MAX);
  byline_status status = BYLINE_OK;
  if (term_count > 0)
    status = analyzer_run(a, text.data, scanned, on_token, &s, error);
  if (s.no_memory)
    status = error_no_memory(error);
  if (status == BYLINE_OK)
    status =
        choose(&s, text, count, size, memory, snippets, snippet_count, error);
  free(s.matches);
  graphemes_close(&s.graphemes);
  return status;
}
