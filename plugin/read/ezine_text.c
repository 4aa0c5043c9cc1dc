#include "read/ezine_text.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "read/ezine_marks.h"

enum {
  NARROW = 7,       /* tenths of the width of the text */
  FEWEST = 4,       /* lines that show a narrow column */
  FIRST_INDENT = 12 /* no first line is indented further */
};

void ezine_run_free(ezine_run *r) {
  buf_free(&r->bytes);
  free(r->rows);
  *r = (ezine_run){0};
}

void ezine_run_clear(ezine_run *r) {
  if (r->bytes.capacity > 1 << 20)
    buf_free(&r->bytes);
  buf_clear(&r->bytes);
  r->count = 0;
}

bool ezine_run_add(ezine_run *r, const ezine_line *l) {
  if (r->count == r->capacity) {
    size_t capacity = r->capacity ? r->capacity * 2 : 32;
    ezine_row *rows = realloc(r->rows, capacity * sizeof *rows);
    if (!rows)
      return false;
    r->rows = rows;
    r->capacity = capacity;
  }
  r->rows[r->count++] =
      (ezine_row){r->bytes.length, l->text.length, l->indent,   l->width,
                  l->holes,        l->number,      l->continued};
  return buf_add_str(&r->bytes, ezine_string(l));
}

byline_string ezine_run_line(const ezine_run *r, size_t index) {
  const ezine_row *row = &r->rows[index];
  return (byline_string){r->bytes.data + row->at, row->length};
}

/* ---- Looking at rows ---- */

static size_t first_word(const ezine_run *r, size_t i) {
  byline_string s = ezine_run_line(r, i);
  size_t columns = 0;
  for (size_t at = 0; at < s.length && s.data[at] != ' '; at++)
    columns += ((unsigned char)s.data[at] & 0xC0) != 0x80;
  return columns;
}

static bool ends_sentence(byline_string s) {
  while (s.length > 0 && memchr("\"')]", s.data[s.length - 1], 4))
    s.length--;
  return s.length > 0 && memchr(".?!:", s.data[s.length - 1], 4);
}

static bool begins_small(byline_string s) {
  size_t at = 0;
  return s.length > 0 && u_islower((UChar32)utf8_next(s.data, s.length, &at));
}

static bool is_quoted(byline_string s) {
  return s.length > 0 && (*s.data == '>' || *s.data == '|');
}

typedef struct span {
  size_t from, to; /* rows */
} span;

static size_t widest(const ezine_run *r, span s) {
  size_t most = 0;
  for (size_t i = s.from; i < s.to; i++)
    if (r->rows[i].width > most)
      most = r->rows[i].width;
  return most;
}

/* Rows whose line could have taken the next word, of all but the last. */
static size_t unfilled(const ezine_run *r, span s, size_t target,
                       size_t slack) {
  size_t count = 0;
  for (size_t i = s.from; i + 1 < s.to; i++)
    count += r->rows[i].width + 1 + first_word(r, i + 1) + slack <= target;
  return count;
}

/* Columns in most lines, whose right edge is no straight one. */
static bool is_table(const ezine_run *r, span s, size_t target) {
  size_t with_holes = 0, straight = 0;
  for (size_t i = s.from; i < s.to; i++) {
    with_holes += r->rows[i].holes > 0;
    straight += r->rows[i].width + 1 >= target;
  }
  size_t rows = s.to - s.from;
  return with_holes * 10 >= rows * 9 ||
         (with_holes * 2 >= rows && straight * 10 < (rows - 1) * 7);
}

static bool is_code_line(byline_string s) {
  if (s.length == 0)
    return false;
  char last = s.data[s.length - 1];
  return memchr(";{}", last, 3) != NULL || *s.data == '#' ||
         (s.length > 1 &&
          (memcmp(s.data, "//", 2) == 0 || memcmp(s.data, "/*", 2) == 0));
}

/* Every line begins with a capital, though no sentence ended before it; or
 * every line ends with a mark. */
static bool is_verse(const ezine_run *r, span s) {
  size_t inside = 0, small = 0, marked = 0;
  for (size_t i = s.from; i < s.to; i++) {
    byline_string text = ezine_run_line(r, i);
    marked += memchr(",.;:!?-", text.data[text.length - 1], 7) != NULL;
    if (i == s.from)
      continue;
    small += begins_small(text);
    inside += !ends_sentence(ezine_run_line(r, i - 1));
  }
  size_t rows = s.to - s.from;
  return rows >= FEWEST &&
         (marked * 10 >= rows * 9 || (small == 0 && inside * 2 >= rows));
}

/* Whether the lines of a span were wrapped, and are a paragraph. */
static bool is_paragraph(const ezine_run *r, span s, size_t width) {
  size_t rows = s.to - s.from, target = widest(r, s), base = SIZE_MAX, code = 0;
  if (rows < 2)
    return true;
  for (size_t i = s.from; i < s.to; i++) {
    byline_string text = ezine_run_line(r, i);
    if (is_quoted(text))
      return false;
    if (r->rows[i].indent < base)
      base = r->rows[i].indent;
    code += is_code_line(text);
  }
  if (code * 2 > rows || is_table(r, s, target))
    return false;
  bool narrow = (target - base) * 10 < width * NARROW;
  if (!narrow)
    return unfilled(r, s, target, target / 5) * 2 <= rows - 1;
  if (rows < FEWEST)
    return false;
  return !is_verse(r, s) && unfilled(r, s, target, 2) * 4 <= rows - 1;
}

/* ---- Parting a run ---- */

/* The column that most rows but the first begin at. */
static size_t base_of(const ezine_run *r) {
  size_t base = SIZE_MAX;
  for (size_t i = r->count > 1; i < r->count; i++)
    if (r->rows[i].indent < base)
      base = r->rows[i].indent;
  return base;
}

/* Whether first lines are indented in this run: the others all begin at the
 * base, and no row follows two columns further in. */
static bool indents_first(const ezine_run *r, size_t base) {
  size_t in = 0, twice = 0;
  for (size_t i = 0; i < r->count; i++) {
    bool here = r->rows[i].indent > base + 1;
    if (here && r->rows[i].indent > base + FIRST_INDENT)
      return false;
    in += here;
    twice += here && i + 1 < r->count && r->rows[i + 1].indent > base + 1;
  }
  return in > 0 && twice * 2 <= in && in < r->count;
}

/* Whether a hanging indent sets the items of the run apart. */
static bool hangs(const ezine_run *r, size_t base) {
  size_t out = 0;
  if (r->count < 3 || r->rows[0].indent > base)
    return false;
  for (size_t i = 0; i < r->count; i++)
    out += r->rows[i].indent <= base + 1;
  return out >= 2 && out * 2 <= r->count;
}

static bool is_item_at(const ezine_run *r, size_t i, size_t width) {
  if (!ezine_item(ezine_run_line(r, i)))
    return false;
  if (i == 0)
    return true;
  byline_string before = ezine_run_line(r, i - 1);
  return ends_sentence(before) || ezine_item(before) ||
         r->rows[i].indent != r->rows[i - 1].indent ||
         r->rows[i - 1].width + 1 + first_word(r, i) <= width * 9 / 10;
}

/* How the paragraphs of a run begin. */
typedef struct manner {
  size_t base;   /* the column of the other lines */
  bool first_in; /* with an indented line */
  bool hanging;  /* with a line that is not indented */
} manner;

/* Whether a paragraph begins with row i; the one before began with from. */
static bool begins(const ezine_run *r, size_t i, size_t from, const manner *m,
                   size_t width) {
  const ezine_row *row = &r->rows[i];
  if (row->continued)
    return false;
  if (is_item_at(r, i, width))
    return true;
  if (is_quoted(ezine_run_line(r, i)) != is_quoted(ezine_run_line(r, i - 1)))
    return true;
  if (is_item_at(r, from, width) && row->indent > r->rows[from].indent)
    return false;
  if (m->first_in)
    return row->indent > m->base + 1 ||
           (ezine_item(ezine_run_line(r, i - 1)) && row->indent <= m->base);
  return m->hanging && row->indent <= m->base + 1;
}

/* ---- Writing ---- */

static bool add_joined(ezine_run *r, span s, block_join join, const hyphens *h,
                       story *out) {
  for (size_t i = s.from; i < s.to; i++) {
    byline_string text = ezine_run_line(r, i);
    if (i > s.from && !r->rows[i].continued)
      switch (hyphens_between(h, buf_string(&out->text), text)) {
      case HYPHENS_APART:
        join = JOIN_LINE;
        break;
      case HYPHENS_REMOVE:
        out->text.data[--out->text.length] = '\0';
        join = JOIN_DIRECT;
        break;
      case HYPHENS_KEEP:
        join = JOIN_DIRECT;
        break;
      }
    else if (i > s.from || r->rows[i].continued)
      join = JOIN_DIRECT;
    if (!story_add_text(out, text, join))
      return false;
  }
  return true;
}

static bool add_lines(ezine_run *r, span s, block_join join, story *out) {
  for (size_t i = s.from; i < s.to; i++) {
    if (!story_add_text(out, ezine_run_line(r, i),
                        r->rows[i].continued ? JOIN_DIRECT : join))
      return false;
    join = JOIN_PARAGRAPH;
  }
  return true;
}

static bool add_span(ezine_run *r, span s, bool listed, size_t width,
                     const hyphens *h, story *out) {
  bool on = r->goes_on && s.from == 0 && out->text.length > 0 &&
            !ends_sentence(buf_string(&out->text)) &&
            begins_small(ezine_run_line(r, 0));
  block_join join = on ? JOIN_LINE : JOIN_PARAGRAPH;
  return listed || is_paragraph(r, s, width) ? add_joined(r, s, join, h, out)
                                             : add_lines(r, s, join, out);
}

bool ezine_run_finish(ezine_run *r, size_t width, hyphens *h, story *s) {
  span part = {0, 0};
  bool ok = true;
  if (r->count == 0)
    return true;
  manner m = {.base = base_of(r)};
  m.first_in = indents_first(r, m.base);
  m.hanging = !m.first_in && hangs(r, m.base);
  for (size_t i = 0; i < r->count; i++) {
    byline_string text = ezine_run_line(r, i);
    hyphens_add(h, text.data, text.length);
  }
  for (size_t i = 1; ok && i <= r->count; i++) {
    if (i < r->count && !begins(r, i, part.from, &m, width))
      continue;
    part.to = i;
    bool listed = is_item_at(r, part.from, width) ||
                  (m.hanging && part.to - part.from > 1);
    ok = add_span(r, part, listed, width, h, s);
    part.from = i;
  }
  r->goes_on = false;
  ezine_run_clear(r);
  return ok;
}
