#include "read/ezine_line.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/error.h"
#include "base/utf8.h"

enum {
  TAB = 8,
  FEWEST_AHEAD = 2,     /* lines that are looked at, however long */
  HOLE = 3,             /* spaces that set something apart */
  LONGEST = 400,        /* bytes of a line whose form counts */
  MOST_KINDS = 3,       /* different characters of a rule */
  FEWEST_KINDS_FOR = 10 /* characters of a rule that has several kinds */
};

void ezine_window_init(ezine_window *w, lines_read_fn read, void *user) {
  memset(w, 0, sizeof *w);
  lines_init(&w->input, read, user);
}

void ezine_window_free(ezine_window *w) {
  for (size_t i = 0; i < EZINE_AHEAD; i++)
    buf_free(&w->ring[i].text);
  lines_free(&w->input);
}

const ezine_line *ezine_at(const ezine_window *w, size_t index) {
  return index < w->count ? &w->ring[(w->first + index) % EZINE_AHEAD] : NULL;
}

void ezine_drop(ezine_window *w, size_t count) {
  for (; count > 0 && w->count > 0; count--) {
    buf *text = &w->ring[w->first].text;
    w->bytes -= text->length;
    if (text->capacity > 1 << 16)
      buf_free(text);
    w->first = (w->first + 1) % EZINE_AHEAD;
    w->count--;
  }
}

bool ezine_strong(const ezine_line *l) {
  return l && l->rule && l->width - l->indent >= EZINE_STRONG;
}

byline_string ezine_string(const ezine_line *l) {
  return l ? buf_string(&l->text) : (byline_string){"", 0};
}

/* ---- Measuring ---- */

static bool is_blank(uint32_t c) {
  return c == ' ' || c == 0xA0 || c == 0x3000 || (c < 0x20 && c != '\t');
}

/* Where the line begins and ends, and the holes in it. */
static void measure_columns(ezine_line *l, byline_string raw) {
  size_t column = 0, spaces = 0, words = 0, at_word = 0;
  bool in_word = false;
  l->indent = l->width = l->holes = l->column = 0;
  for (size_t at = 0; at < raw.length;) {
    uint32_t c = utf8_next(raw.data, raw.length, &at);
    if (c == '\t' || is_blank(c)) {
      size_t next = c == '\t' ? column + TAB - column % TAB : column + 1;
      spaces += next - column;
      column = next;
      in_word = false;
      continue;
    }
    if (!in_word) {
      words++;
      if (words == 1)
        l->indent = column;
      else if (spaces >= HOLE) {
        l->holes++;
        at_word = words;
      }
    }
    in_word = true;
    spaces = 0;
    l->width = ++column;
  }
  /* The same word in the cleaned text. */
  words = 1;
  for (size_t i = 0; at_word > 0 && i < l->text.length; i++)
    if (l->text.data[i] == ' ' && ++words == at_word)
      l->column = i + 1;
}

/* Characters of a rule. Brackets and quotes are code, or a picture. */
static bool can_rule(uint32_t c) {
  static const char not [] = "()[]{};'\"`,&%";
  return c >= 0x80 || !memchr(not, (int)c, sizeof not -1);
}

/* "oOoOoOoOo", "^v^v^v^v", "+----o----+": two or three characters again and
 * again, without a space. */
static bool is_pattern(byline_string s) {
  unsigned char kinds[MOST_KINDS];
  size_t count = 0;
  bool mark = false;
  if (s.length < EZINE_STRONG || s.length > LONGEST)
    return false;
  for (size_t i = 0; i < s.length; i++) {
    unsigned char c = (unsigned char)s.data[i];
    if (c <= ' ' || c >= 0x80 || (c >= '0' && c <= '9'))
      return false;
    if (count > 0 && memchr(kinds, c, count))
      continue;
    if (count == MOST_KINDS)
      return false;
    mark = mark || !u_isalpha(c) || c == 'o' || c == 'x';
    kinds[count++] = c;
  }
  return mark;
}

/* "o----o": a box has letters for corners. */
static bool is_box(byline_string s) {
  if (s.length < 4 || s.length > LONGEST || !memchr("oO+x", *s.data, 4) ||
      s.data[s.length - 1] != *s.data)
    return false;
  for (size_t i = 2; i + 1 < s.length; i++)
    if (s.data[i] != s.data[1])
      return false;
  return memchr("-=_~", s.data[1], 4) != NULL;
}

static void measure_marks(ezine_line *l) {
  uint32_t kinds[MOST_KINDS] = {0};
  size_t counts[MOST_KINDS] = {0}, others = 0;
  bool fits = true;
  byline_string s = buf_string(&l->text);
  l->letters = l->marks = 0;
  for (size_t at = 0; at < s.length && at < LONGEST;) {
    uint32_t c = utf8_next(s.data, s.length, &at);
    if (c == ' ')
      continue;
    bool plain = c < 0x80 && ((c | 0x20) - 'a' < 26 || c - '0' < 10);
    if (plain || (c >= 0x80 && c != UTF8_INVALID && u_isalnum((UChar32)c))) {
      l->letters++;
      continue;
    }
    l->marks++;
    fits = fits && can_rule(c);
    size_t i = 0;
    while (i < MOST_KINDS && counts[i] > 0 && kinds[i] != c)
      i++;
    if (i == MOST_KINDS) {
      others++;
      continue;
    }
    kinds[i] = c;
    counts[i]++;
  }
  size_t most = 0;
  for (size_t i = 1; i < MOST_KINDS; i++)
    if (counts[i] > counts[most])
      most = i;
  bool alike = counts[most] * 10 >= l->marks * 7;
  bool pattern = others == 0 && l->marks >= FEWEST_KINDS_FOR;
  l->rule = '\0';
  if (l->letters == 0 && l->holes == 0 && s.length < LONGEST &&
      (alike || pattern) && (fits || l->marks >= EZINE_STRONG))
    l->rule = kinds[most] < 0x80 ? (char)kinds[most] : '\x01';
  else if (is_pattern(s) || is_box(s))
    l->rule = s.data[1];
}

/* ---- The window ---- */

static bool take(ezine_line *to, const line *from, size_t gap, bool page) {
  buf_clear(&to->text);
  to->number = from->number;
  to->gap = gap;
  to->page = page;
  to->continued = from->continued;
  if (!buf_add_str(&to->text, from->text))
    return false;
  measure_columns(to, from->raw);
  measure_marks(to);
  return true;
}

static byline_status read_line(ezine_window *w, byline_error *error) {
  line l;
  bool found, page = false;
  for (size_t gap = 0;; gap++) {
    byline_status status = lines_next(&w->input, &l, &found, error);
    if (status != BYLINE_OK)
      return status;
    if (!found) {
      w->ended = true;
      return BYLINE_OK;
    }
    page = page || memchr(l.raw.data, '\f', l.raw.length) != NULL;
    if (l.text.length == 0)
      continue;
    ezine_line *to = &w->ring[(w->first + w->count) % EZINE_AHEAD];
    if (!take(to, &l, gap, page))
      return error_no_memory(error);
    w->count++;
    w->bytes += to->text.length;
    return BYLINE_OK;
  }
}

byline_status ezine_window_fill(ezine_window *w, byline_error *error) {
  while (w->count < EZINE_AHEAD && !w->ended &&
         (w->count < FEWEST_AHEAD || w->bytes < EZINE_LARGEST)) {
    byline_status status = read_line(w, error);
    /* A file that breaks off is used up to there: the error comes again. */
    if (status != BYLINE_OK)
      return w->count > 0 && status == BYLINE_IO ? BYLINE_OK : status;
  }
  return BYLINE_OK;
}
