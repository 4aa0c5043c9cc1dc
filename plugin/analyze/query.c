/* What a person typed, or copied from an article, for Xapian's QueryParser.
 *
 * A word may only be folded where QueryParser then still sees one token there,
 * so that a copied phrase asks for the positions its words were indexed at. */
#include <string.h>
#include <unicode/uchar.h>

#include "analyze/query.h"
#include "base/error.h"
#include "base/utf8.h"

enum { FULL_WIDTH_FIRST = 0xFF01, FULL_WIDTH_LAST = 0xFF5E };

static UChar32 first_of(byline_string term) {
  size_t at = 0;
  return (UChar32)utf8_next(term.data, term.length, &at);
}

/* The last character before the suffix. */
static UChar32 last_of(byline_string term) {
  size_t end = term.length;
  while (end > 1 && char_is_suffix(term.data[end - 1]))
    end--;
  size_t at = end - 1;
  while (at > 0 && ((unsigned char)term.data[at] & 0xC0) == 0x80)
    at--;
  return (UChar32)utf8_next(term.data, end, &at);
}

static bool second_is_word(byline_string term) {
  size_t at = 0;
  utf8_next(term.data, term.length, &at);
  return at < term.length &&
         char_is_word((UChar32)utf8_next(term.data, term.length, &at));
}

/* Whether putting folded for term leaves the tokens around it as they are:
 * what joins two digits is not what joins two letters. */
static bool is_safe(byline_string term, byline_string folded) {
  return char_is_digit(first_of(term)) == char_is_digit(first_of(folded)) &&
         char_is_digit(last_of(term)) == char_is_digit(last_of(folded));
}

static bool add_char(buf *out, UChar32 ch) {
  char bytes[4];
  return buf_add(out, bytes, utf8_put((uint32_t)ch, bytes));
}

/* The word as it was typed, but for apostrophes and zero-width characters. */
static bool add_typed(buf *out, byline_string source) {
  for (size_t at = 0; at < source.length;) {
    size_t start = at;
    UChar32 ch = (UChar32)utf8_next(source.data, source.length, &at);
    bool added = true;
    if (char_is_curly_apostrophe(ch))
      added = buf_add_char(out, '\'');
    else if (!char_is_zero_width(ch))
      added = buf_add(out, source.data + start, at - start);
    if (!added)
      return false;
  }
  return true;
}

static bool is_full_width(byline_string source) {
  for (size_t at = 0; at < source.length;) {
    UChar32 ch = (UChar32)utf8_next(source.data, source.length, &at);
    if (ch >= 0x80 && (ch < FULL_WIDTH_FIRST || ch > FULL_WIDTH_LAST))
      return false;
  }
  return true;
}

/* Letter for letter, capitals too: they may be an operator. */
static bool add_narrow(buf *out, byline_string source) {
  for (size_t at = 0; at < source.length;) {
    UChar32 ch = (UChar32)utf8_next(source.data, source.length, &at);
    if (!buf_add_char(out, mark_narrow(ch)))
      return false;
  }
  return true;
}

/* QueryParser does not stem a word with a capital; so it keeps that, unless a
 * lone capital could become part of an acronym. */
static bool add_folded(buf *out, byline_string source, byline_string folded) {
  UChar32 first = first_of(folded);
  UChar32 upper = u_toupper(first);
  bool capital = u_charType(first_of(source)) == U_UPPERCASE_LETTER &&
                 second_is_word(folded) && u_tolower(upper) == first &&
                 char_is_word(upper);
  if (!capital)
    return buf_add_str(out, folded);
  if (is_full_width(source))
    return add_narrow(out, source);
  size_t at = 0;
  utf8_next(folded.data, folded.length, &at);
  return add_char(out, upper) &&
         buf_add(out, folded.data + at, folded.length - at);
}

/* What is to be looked for instead of a term; room may be used for it. What is
 * not folded, marks alone say, is at least composed. */
static bool find_folded(analyzer *a, byline_string source, byline_string term,
                        char room[ANALYZER_WORD_MAX], byline_string *folded) {
  if (!a->exact_accents)
    return fold_word(&a->fold, term, a->own->kept, folded) ||
           fold_composed(&a->fold, term, folded);
  /* A capital I is that of a dotless i, which no folding shows here. */
  size_t read = a->own->dotless ? own_letters_read(a->own, source, term, room,
                                                   ANALYZER_WORD_MAX)
                                : 0;
  if (read > 0)
    term = (byline_string){room, read};
  return fold_exact(&a->fold, term, a->own->kept, folded) ||
         fold_composed(&a->fold, term, folded);
}

bool query_add_word(reading *r, const base_token *token) {
  analyzer *a = r->a;
  buf *out = r->out;
  byline_string source = {r->text + token->start, token->end - token->start};
  byline_string term = base_term(token), folded;
  char room[ANALYZER_WORD_MAX];
  bool fold = !token->ascii && find_folded(a, source, term, room, &folded) &&
              is_safe(term, folded);
  if (token->cut)
    return buf_add_str(out, fold ? folded : term);
  if (!fold || (folded.length == term.length &&
                memcmp(folded.data, term.data, term.length) == 0))
    return add_typed(out, source);
  return add_folded(out, source, folded);
}

/* ---- What a token is ---- */

bool query_in_quotes(const reading *r) {
  const marks *m = &r->marks;
  return m->quoted || (m->close != MARKS_NO_PAIR && m->closer == '"');
}

/* Whether the name before a colon is one of the fields. */
static bool names_value(const reading *r, size_t colon) {
  size_t start = colon;
  while (start > 0 && ((r->text[start - 1] | 32) >= 'a') &&
         (r->text[start - 1] | 32) <= 'z')
    start--;
  for (const char *const *field = r->fields; *field; field++)
    if (strlen(*field) == colon - start &&
        memcmp(*field, r->text + start, colon - start) == 0)
      return true;
  return false;
}

/* Whether the token is the value of a field, or part of one in quotes. */
static bool is_value(reading *r, const base_token *token) {
  size_t at = token->start;
  if (!query_in_quotes(r))
    r->value = false;
  if (at > 1 && r->text[at - 1] == '"' && r->text[at - 2] == ':' &&
      query_in_quotes(r))
    r->value = names_value(r, at - 2);
  return r->value ||
         (at > 0 && r->text[at - 1] == ':' && names_value(r, at - 1));
}

/* NEAR and ADJ take single words only. */
static bool is_near(const char *text, size_t length) {
  return length >= 4 &&
         (memcmp(text, "NEAR", 4) == 0 || memcmp(text, "ADJ", 3) == 0);
}

static bool is_beside_near(const reading *r, const base_token *token) {
  size_t after = token->end, before = token->start;
  while (after < r->length && r->text[after] == ' ')
    after++;
  while (before > 0 && r->text[before - 1] == ' ')
    before--;
  while (before > 0 && r->text[before - 1] != ' ')
    before--;
  return (after > token->end && is_near(r->text + after, r->length - after)) ||
         (before < token->start &&
          is_near(r->text + before, token->start - before));
}

/* Whether it must stay one term. */
static bool is_operand(const reading *r, const base_token *token) {
  char before = token->start > 0 ? r->text[token->start - 1] : ' ';
  bool wild = token->end < r->length && r->text[token->end] == '*';
  return !query_in_quotes(r) &&
         (wild || before == '~' || is_beside_near(r, token));
}

static byline_status add_token(reading *r, const base_token *token,
                               byline_error *error) {
  byline_string source = {r->text + token->start, token->end - token->start};
  bool added;
  if (is_value(r, token))
    added = add_typed(r->out, source);
  else if (words_are_in(source.data, source.length) && !is_operand(r, token))
    return query_add_run(r, token, error);
  else
    added = query_add_word(r, token);
  return added ? BYLINE_OK : error_no_memory(error);
}

static bool needs_work(const char *text, size_t length) {
  if (length > ANALYZER_WORD_MAX)
    return true;
  for (size_t i = 0; i < length; i++)
    if ((unsigned char)text[i] >= 0x80)
      return true;
  return false;
}

static byline_status add_all(reading *r, byline_error *error) {
  base_token *token = &r->a->tokens[0];
  scanner s = {r->text, r->length, 0};
  for (size_t at = 0;; at = token->end) {
    bool more = scan_next(&s, token);
    byline_status status =
        query_add_marks(r, at, more ? token->start : r->length, error);
    if (status == BYLINE_OK && more)
      status = add_token(r, token, error);
    if (status != BYLINE_OK || !more)
      return status;
  }
}

void analyzer_set_exact_accents(analyzer *a, bool wanted) {
  a->exact_accents = wanted;
}

byline_status analyzer_query(analyzer *a, const char *text, size_t length,
                             const char *const *fields, buf *out,
                             byline_error *error) {
  if (!needs_work(text, length))
    return buf_add(out, text, length) ? BYLINE_OK : error_no_memory(error);
  reading r = {
      .a = a, .text = text, .length = length, .fields = fields, .out = out};
  marks_start(&r.marks, text, length);
  byline_status status = add_all(&r, error);
  buf_free(&r.first.others);
  buf_free(&r.last.others);
  return status;
}
