/* Runs without spaces in a query. */
#include <string.h>

#include "analyze/divide.h"
#include "analyze/query.h"
#include "base/error.h"
#include "base/utf8.h"

static bool is_word_before(const reading *r, size_t at) {
  size_t start = at;
  while (start > 0 && at - start < 4 &&
         ((unsigned char)r->text[--start] & 0xC0) == 0x80)
    ;
  return start < at &&
         char_is_word((UChar32)utf8_next(r->text, r->length, &start));
}

/* "C++" and "U.S." are words before a quote, but not before a letter, as which
 * they stand before a run in the index. */
static bool is_attached(const reading *r, const base_token *token) {
  const char *text = r->text;
  size_t start = token->start, at = start;
  if (start > 2 && text[start - 1] == '.' && text[start - 3] == '.' &&
      char_is_upper_ascii(text[start - 2]))
    return true;
  while (at > 0 && char_is_suffix(text[at - 1]))
    at--;
  return at < start && is_word_before(r, at);
}

static bool insert(buf *out, size_t at, const char *text) {
  size_t length = strlen(text), behind = out->length - at;
  if (!buf_add(out, text, length))
    return false;
  memmove(out->data + at + length, out->data + at, behind);
  memcpy(out->data + at, text, length);
  return true;
}

/* ---- What else its last words may be ---- */

/* No more runs are looked up for a query: each costs a thousand lookups at
 * most. */
enum { ASKED_MAX = 100 };

/* The last words of out that are divided by looking ahead. */
static size_t find_last(const buf *out, size_t start) {
  size_t from = out->length;
  for (int count = 0; from > start && count < DIVIDE_WORDS; count++) {
    size_t word = from - (from < out->length);
    while (word > start && out->data[word - 1] != ' ')
      word--;
    byline_string text = {out->data + word, from - word};
    if (from < out->length)
      text.length--;
    if (!divide_wanted(text))
      break;
    from = word;
  }
  return from;
}

static bool add_other(choice *c, const buf *out, const char *other,
                      size_t length) {
  if (length == c->end - c->start &&
      memcmp(other, out->data + c->start, length) == 0)
    return true;
  return buf_add(&c->others, other, length) && buf_add_char(&c->others, '\n');
}

/* What else the end of a run may be that begins at start. */
static bool find_others(reading *r, choice *c, size_t start) {
  c->start = find_last(r->out, start);
  c->end = r->out->length;
  buf_clear(&c->others);
  if (!r->a->has || c->start == c->end || r->asked++ >= ASKED_MAX)
    return true;
  buf text = BUF_INIT, ways = BUF_INIT;
  bool ok = true;
  for (size_t i = c->start; ok && i < c->end; i++)
    if (r->out->data[i] != ' ')
      ok = buf_add_char(&text, r->out->data[i]);
  ok = ok && divide(buf_string(&text), r->a->has, r->a->has_user, &ways);
  for (size_t at = 0, n; ok && at < ways.length; at += n + 1) {
    n = strcspn(ways.data + at, "\n");
    ok = add_other(c, r->out, ways.data + at, n);
  }
  buf_free(&text);
  buf_free(&ways);
  return ok;
}

static bool add_within(buf *out, size_t start, size_t end) {
  return buf_reserve(out, end - start) &&
         buf_add(out, out->data + start, end - start);
}

/* Appends what out has from at to the choice, and then the line of others that
 * begins at other; NULL: what out has there. Moves at behind it. */
static bool add_choice(buf *out, const choice *c, const char *other,
                       size_t *at) {
  size_t start = *at, end = other ? c->start : c->end;
  *at = c->end;
  return add_within(out, start, end) &&
         (!other || buf_add(out, other, strcspn(other, "\n")));
}

/* Appends OR and the phrase [start, end) with others. */
static bool add_phrase(reading *r, size_t start, size_t end, const char *first,
                       const char *last) {
  size_t at = start;
  return buf_add_string(r->out, " OR \"") &&
         add_choice(r->out, &r->first, first, &at) &&
         (r->runs < 2 || add_choice(r->out, &r->last, last, &at)) &&
         add_within(r->out, at, end) && buf_add_char(r->out, '"');
}

/* The line behind one; the first behind NULL; NULL behind the last. */
static const char *next_line(const choice *c, const char *line) {
  const char *next = line ? line + strcspn(line, "\n") + 1 : c->others.data;
  return next && *next != '\0' ? next : NULL;
}

/* QueryParser takes a bracket only behind these. */
static bool may_open(const buf *out, size_t at) {
  return at == 0 || strchr(" \t\r\n:+-(", out->data[at - 1]) != NULL;
}

/* Out ends in a phrase, at whose beginning open is, and whose words are
 * [start, end): it becomes a choice of all that it may be. */
static bool add_phrases(reading *r, size_t open, size_t start, size_t end) {
  bool ok = true, any = false;
  const char *first = NULL, *last;
  do {
    last = NULL;
    do {
      if (first || last)
        ok = any = add_phrase(r, start, end, first, last);
      last = r->runs > 1 ? next_line(&r->last, last) : NULL;
    } while (ok && last);
    first = next_line(&r->first, first);
  } while (ok && first);
  if (!ok || !any)
    return ok;
  return buf_add_char(r->out, ')') &&
         insert(r->out, open, may_open(r->out, open) ? "(" : " (");
}

/* ---- Runs ---- */

static bool add_words(reading *r, const base_token *token, char between,
                      size_t *count, byline_status *status,
                      byline_error *error) {
  words *w = &r->a->dictionary;
  base_token *word = &r->a->word;
  bool more = true, added = true;
  *count = 0;
  *status = words_start(w, r->text, token, error);
  while (*status == BYLINE_OK && added) {
    *status = words_next(w, word, &more, error);
    if (*status != BYLINE_OK || !more)
      break;
    if ((*count)++ > 0)
      added = buf_add_char(r->out, between);
    /* A capital alone could become part of an acronym. */
    if (added && word->length == 1)
      added = buf_add_str(r->out, base_term(word));
    else
      added = added && query_add_word(r, word);
  }
  return added;
}

/* A run that is no part of a phrase: its words are one. */
static bool add_as_phrase(reading *r, size_t start, size_t count) {
  choice *c = &r->first;
  size_t open = start, end = r->out->length;
  r->runs = 1;
  if (!find_others(r, c, start))
    return false;
  if (count > 1) {
    if (!insert(r->out, start, "\"") || !buf_add_char(r->out, '"'))
      return false;
    start++, end++, c->start++, c->end++;
  }
  bool ok = add_phrases(r, open, start, end);
  r->runs = 0;
  return ok;
}

byline_status query_add_run(reading *r, const base_token *token,
                            byline_error *error) {
  bool quoted = query_in_quotes(r);
  bool attached = !quoted && is_attached(r, token);
  size_t start = r->out->length, count;
  byline_status status;
  /* Words with hyphens between them are a phrase as well. */
  bool ok = add_words(r, token, attached ? '-' : ' ', &count, &status, error);
  if (status != BYLINE_OK)
    return status;
  if (ok && quoted)
    ok = find_others(r, r->runs++ == 0 ? &r->first : &r->last, start);
  else if (ok && !attached)
    ok = add_as_phrase(r, start, count);
  return ok ? BYLINE_OK : error_no_memory(error);
}

/* The phrase in quotes that has just been closed, its last word ending at end:
 * what is behind the quote goes aside meanwhile. */
static bool add_quoted(reading *r, size_t opened, size_t end) {
  size_t closed = r->marks.closed, behind = r->out->length - closed;
  buf rest = BUF_INIT;
  bool ok = buf_add(&rest, r->out->data + closed, behind);
  r->out->length = closed;
  ok = ok && add_phrases(r, opened, opened + 1, end);
  if (r->marks.opened != opened)
    r->marks.opened += r->out->length - closed;
  ok = ok && buf_add_str(r->out, buf_string(&rest));
  buf_free(&rest);
  return ok;
}

byline_status query_add_marks(reading *r, size_t from, size_t to,
                              byline_error *error) {
  size_t opened = r->marks.opened, end = r->out->length;
  bool ok = marks_copy(&r->marks, from, to, r->out);
  if (ok && r->marks.closed != MARKS_NO_PAIR) {
    ok = r->runs == 0 || add_quoted(r, opened, end);
    r->runs = 0;
  }
  return ok ? BYLINE_OK : error_no_memory(error);
}
