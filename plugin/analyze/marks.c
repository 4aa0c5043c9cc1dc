#include "analyze/marks.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

enum {
  FULL_WIDTH_QUOTE = 0xFF02,
  FULL_WIDTH_OPEN = 0xFF08,
  FULL_WIDTH_CLOSE = 0xFF09,
  FULL_WIDTH_FIRST = 0xFF01,
  FULL_WIDTH_LAST = 0xFF5E,
  FULL_WIDTH_SPACE = 0x3000,
  DOUBLE_PRIME = 0x2033,
  WORD = 'A' /* stands for a word before a mark */
};

void marks_start(marks *m, const char *text, size_t length) {
  *m = (marks){.text = text,
               .length = length,
               .close = MARKS_NO_PAIR,
               .closed = MARKS_NO_PAIR};
}

char mark_narrow(UChar32 ch) {
  return (char)(ch < 0x80 ? ch : ch - (FULL_WIDTH_FIRST - '!'));
}

static bool is_full_width(UChar32 ch) {
  return ch >= FULL_WIDTH_FIRST && ch <= FULL_WIDTH_LAST;
}

static bool is_double_quote(UChar32 ch) {
  return ch == '"' || ch == FULL_WIDTH_QUOTE ||
         (ch >= 0x201C && ch <= 0x201F) || ch == 0xAB || ch == 0xBB;
}

/* Whether close ends what open begins, in any of the usual styles. */
static bool is_pair(UChar32 open, UChar32 close) {
  switch (open) {
  case 0x201C: /* “a” ”a” */
  case 0x201D:
    return close == 0x201D;
  case 0x201E: /* „a“ „a” */
  case 0x201F:
    return close == 0x201C || close == 0x201D;
  case 0xAB: /* «a» */
    return close == 0xBB;
  case 0xBB: /* »a« */
    return close == 0xAB;
  default:
    return close == open;
  }
}

/* Where the quotes that open begins end: the next one must be that which closes
 * them, and a word must be between. Moves at behind it if it is. */
static size_t find_close(const marks *m, size_t *at, UChar32 open) {
  bool word = false;
  for (size_t next = *at, start = next; next < m->length; start = next) {
    UChar32 ch = (UChar32)utf8_next(m->text, m->length, &next);
    if (ch == (UChar32)UTF8_INVALID)
      continue;
    if (is_double_quote(ch)) {
      if (!word || !is_pair(open, ch))
        return MARKS_NO_PAIR;
      *at = next;
      return start;
    }
    word = word || char_is_word(ch);
  }
  return MARKS_NO_PAIR;
}

/* Whether a bracket is closed that opens before at, with a word in it. There
 * may be others, and quotes, in which brackets are nothing to QueryParser. */
static bool is_closed(const marks *m, size_t at) {
  enum { DEEPEST = 10 }; /* or the time could grow with the square */
  bool word = false;
  for (size_t depth = 1; at < m->length && depth <= DEEPEST;) {
    UChar32 ch = (UChar32)utf8_next(m->text, m->length, &at);
    if (ch == (UChar32)UTF8_INVALID)
      continue;
    word = word || char_is_word(ch) ||
           (is_double_quote(ch) && find_close(m, &at, ch) != MARKS_NO_PAIR);
    depth += ch == FULL_WIDTH_OPEN;
    depth -= ch == FULL_WIDTH_CLOSE;
    if (depth == 0)
      return word;
  }
  return false;
}

static bool in_quotes(const marks *m) {
  return m->quoted || m->close != MARKS_NO_PAIR;
}

/* Whether ch may begin a pair here. ” and » end one more often, and
 * QueryParser takes a bracket only behind these characters. */
static bool may_open(const marks *m, UChar32 ch) {
  if (in_quotes(m))
    return false;
  UChar32 before = m->before;
  bool begins = before == 0 || u_isUWhiteSpace(before) || before == ':' ||
                before == '+' || before == '-' || before == '(';
  return begins || (ch != FULL_WIDTH_OPEN && ch != 0x201D && ch != 0xBB);
}

static bool add_char(buf *out, UChar32 ch) {
  char bytes[4];
  return buf_add(out, bytes, utf8_put((uint32_t)ch, bytes));
}

/* Remembers that a quote is put next: is it the end of a phrase? */
static void see_quote(marks *m, bool ends, const buf *out) {
  if (!ends)
    m->opened = out->length;
  else if (m->closed == MARKS_NO_PAIR)
    m->closed = out->length + 1;
}

/* A quote; at is behind it. QueryParser would let “ and ” open phrases; those
 * without a partner become a mark it ignores. */
static bool put_quote(marks *m, size_t at, UChar32 ch, buf *out) {
  size_t close = may_open(m, ch) ? find_close(m, &at, ch) : MARKS_NO_PAIR;
  if (close == MARKS_NO_PAIR)
    return add_char(out, ch == 0x201C || ch == 0x201D ? DOUBLE_PRIME : ch);
  m->close = close;
  see_quote(m, false, out);
  return buf_add_char(out, '"');
}

static bool put_bracket(marks *m, size_t at, UChar32 ch, buf *out) {
  bool open = ch == FULL_WIDTH_OPEN && may_open(m, ch) && is_closed(m, at);
  bool close = ch == FULL_WIDTH_CLOSE && m->open > 0 && !in_quotes(m);
  m->open += open;
  m->open -= close;
  if (open || close)
    return buf_add_char(out, open ? '(' : ')');
  return add_char(out, ch);
}

/* Whether the ASCII form of a full-width mark would not join the words beside
 * it, which the mark itself does not. */
static bool may_narrow(const marks *m, size_t at, char narrow) {
  if (m->before != WORD)
    return true;
  if (char_is_suffix(narrow))
    return false;
  if (!char_joins_letters(narrow) && !char_joins_digits(narrow))
    return true;
  return at >= m->length ||
         !char_is_word((UChar32)utf8_next(m->text, m->length, &at));
}

static bool put_other(marks *m, size_t at, UChar32 ch, buf *out) {
  if (ch == FULL_WIDTH_SPACE)
    return buf_add_char(out, ' ');
  if (is_full_width(ch) && may_narrow(m, at, mark_narrow(ch)))
    return buf_add_char(out, mark_narrow(ch));
  return add_char(out, ch);
}

bool marks_copy(marks *m, size_t from, size_t to, buf *out) {
  m->closed = MARKS_NO_PAIR;
  if (from > 0)
    m->before = WORD;
  for (size_t at = from; at < to;) {
    size_t start = at;
    bool added;
    UChar32 ch = (UChar32)utf8_next(m->text, m->length, &at);
    if (ch == (UChar32)UTF8_INVALID)
      ch = 0xFFFD;
    if (start == m->close) {
      m->close = MARKS_NO_PAIR;
      see_quote(m, true, out);
      added = buf_add_char(out, '"');
    } else if (ch == '"') {
      see_quote(m, m->quoted, out);
      m->quoted = !m->quoted;
      added = buf_add_char(out, '"');
    } else if (is_double_quote(ch)) {
      added = put_quote(m, at, ch, out);
    } else if (ch == FULL_WIDTH_OPEN || ch == FULL_WIDTH_CLOSE) {
      added = put_bracket(m, at, ch, out);
    } else {
      added = put_other(m, at, ch, out);
    }
    if (!added)
      return false;
    m->before = is_full_width(ch) ? mark_narrow(ch) : ch;
  }
  return true;
}
