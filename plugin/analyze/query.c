/* What a person typed, or copied from an article, for Xapian's QueryParser.
 *
 * A word may only be folded where QueryParser then still sees one token there,
 * so that a copied phrase asks for the positions its words were indexed at. */
#include <string.h>
#include <unicode/uchar.h>

#include "analyze/query.h"
#include "base/error.h"
#include "base/utf8.h"

enum {
  FULL_WIDTH_FIRST = 0xFF01,
  FULL_WIDTH_LAST = 0xFF5E,
  FULL_WIDTH_SPACE = 0x3000,
  NEAR_MAX = 25 /* bytes of NEAR/n */
};

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
static bool add_typed(buf *out, byline_string source, bool lower) {
  for (size_t at = 0; at < source.length;) {
    size_t start = at;
    UChar32 ch = (UChar32)utf8_next(source.data, source.length, &at);
    UChar32 small = lower ? u_tolower(ch) : ch;
    bool added = true;
    if (char_is_curly_apostrophe(ch))
      added = buf_add_char(out, '\'');
    else if (small != ch)
      added = add_char(out, small);
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

/* A word that is to keep its capital does so, unless a lone one could become
 * part of an acronym. */
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
  const own_letters *own = a->own;
  size_t read = own->dotless ? own_letters_read(own, source, term, room,
                                                ANALYZER_WORD_MAX)
                             : 0;
  if (read > 0)
    term = (byline_string){room, read};
  return (a->exact_accents ? fold_exact(&a->fold, term, own->kept, folded)
                           : fold_word(&a->fold, term, own->kept, folded)) ||
         fold_composed(&a->fold, term, folded);
}

/* QueryParser stems no word that begins with a capital. People write names and
 * the first word of a sentence so, and want their other forms as well: it gets
 * them in lower case. What is in quotes is asked for as it stands; operators,
 * initials (U.S.) and what may look like a field with a colon stay. */
static bool is_lowered(const reading *r, const base_token *token,
                       byline_string source) {
  if (query_in_quotes(r) || (!r->sentence && query_is_operator(source)))
    return false;
  if (token->end < r->length && r->text[token->end] == ':')
    return false;
  return source.length < 3 || source.data[1] != '.';
}

bool query_add_word(reading *r, const base_token *token) {
  analyzer *a = r->a;
  buf *out = r->out;
  byline_string source = {r->text + token->start, token->end - token->start};
  byline_string term = base_term(token), folded;
  char room[ANALYZER_WORD_MAX];
  bool fold = !token->ascii && find_folded(a, source, term, room, &folded) &&
              is_safe(term, folded);
  if (token->cut) /* what is behind it must not become part of it */
    return buf_add_str(out, fold ? folded : term) &&
           (char_is_digit(last_of(source)) == char_is_digit(last_of(term)) ||
            buf_add_char(out, ' '));
  bool lower = is_lowered(r, token, source);
  if (!fold || (folded.length == term.length &&
                memcmp(folded.data, term.data, term.length) == 0))
    return add_typed(out, source, lower);
  return lower ? buf_add_str(out, folded) : add_folded(out, source, folded);
}

/* ---- What a token is ---- */

bool query_in_quotes(const reading *r) {
  return r->marks.quoted || r->marks.close != MARKS_NO_PAIR;
}

/* What has been put before the token, back bytes from its end; ' ' at the
 * beginning. Marks and operators of full width are ASCII there. */
static char put_before(const reading *r, size_t back) {
  size_t length = r->out->length - r->begin;
  return back <= length ? r->out->data[r->out->length - back] : ' ';
}

/* Whether the name before a colon, back bytes from the end, is a field's. */
static bool names_value(const reading *r, size_t back) {
  size_t length = 0;
  while ((put_before(r, back + length + 1) | 32) >= 'a' &&
         (put_before(r, back + length + 1) | 32) <= 'z')
    length++;
  const char *name = r->out->data + r->out->length - back - length;
  for (const char *const *field = r->fields; *field; field++)
    if (strlen(*field) == length && memcmp(*field, name, length) == 0)
      return true;
  return false;
}

/* Whether the token is the value of a field, or part of one in quotes. */
static bool is_value(reading *r) {
  char before = put_before(r, 1);
  if (!query_in_quotes(r))
    r->value = false;
  if (before == '"' && put_before(r, 2) == ':' && query_in_quotes(r))
    r->value = names_value(r, 2);
  return r->value || (before == ':' && names_value(r, 1));
}

/* The character at a place of the text, and moves behind it. */
static UChar32 next_mark(const reading *r, size_t *at) {
  if (*at >= r->length)
    return 0;
  UChar32 ch = (UChar32)utf8_next(r->text, r->length, at);
  if (ch == FULL_WIDTH_SPACE)
    return ' ';
  bool wide = ch >= FULL_WIDTH_FIRST && ch <= FULL_WIDTH_LAST;
  return wide ? mark_narrow(ch) : ch;
}

/* NEAR and ADJ take single words only. */
static bool is_near(const char word[5]) {
  return memcmp(word, "NEAR", 4) == 0 || memcmp(word, "ADJ", 3) == 0;
}

static bool is_before_near(const reading *r, size_t at) {
  char word[5] = "";
  UChar32 ch = next_mark(r, &at);
  bool space = ch == ' ';
  while (ch == ' ')
    ch = next_mark(r, &at);
  for (size_t n = 0; n < 4 && ch > 0 && ch < 0x80; n++) {
    word[n] = (char)ch;
    ch = next_mark(r, &at);
  }
  return space && is_near(word);
}

static bool is_behind_near(const reading *r) {
  char word[5] = "";
  size_t length = r->out->length - r->begin, end = 1, start;
  while (end <= length && put_before(r, end) == ' ')
    end++;
  for (start = end; start <= length && start - end < NEAR_MAX &&
                    put_before(r, start) != ' ';)
    start++;
  for (size_t n = 0; n < 4 && start - n > end; n++)
    word[n] = put_before(r, start - n - 1);
  return end > 1 && is_near(word);
}

/* Whether it must stay one term. */
static bool is_operand(const reading *r, const base_token *token) {
  size_t behind = token->end;
  return !query_in_quotes(r) &&
         (next_mark(r, &behind) == '*' || put_before(r, 1) == '~' ||
          is_before_near(r, token->end) || is_behind_near(r));
}

/* Gives it to who wants words, unless it is an operator, the name of a field or
 * part of a wildcard. */
static byline_status give_word(const reading *r, const base_token *token) {
  byline_string source = {r->text + token->start, token->end - token->start};
  bool quoted = query_in_quotes(r);
  size_t behind = token->end;
  UChar32 next = next_mark(r, &behind);
  bool named = next == ':' && next_mark(r, &behind) > ' ';
  if (!quoted && (named || next == '*' || put_before(r, 1) == '*' ||
                  (!r->sentence && query_is_operator(source))))
    return BYLINE_OK;
  return r->a->query_word(r->a->query_word_user, token->start, token->end,
                          quoted);
}

static byline_status add_token(reading *r, const base_token *token,
                               byline_error *error) {
  byline_string source = {r->text + token->start, token->end - token->start};
  byline_status status;
  bool added;
  if (is_value(r))
    added = add_typed(r->out, source, false);
  else if (words_are_in(source.data, source.length) && !is_operand(r, token))
    return query_add_run(r, token, error);
  else if (r->a->query_word && (status = give_word(r, token)) != BYLINE_OK)
    return status;
  else
    added = query_add_word(r, token);
  return added ? BYLINE_OK : error_no_memory(error);
}

static bool needs_work(const analyzer *a, const char *text, size_t length) {
  if (length > ANALYZER_WORD_MAX || a->query_word)
    return true;
  for (size_t i = 0; i < length; i++)
    if ((unsigned char)text[i] >= 0x80 || char_is_upper_ascii(text[i]) ||
        (a->any && (text[i] == '-' || text[i] == '/')))
      return true;
  return false;
}

static byline_status add_all(reading *r, byline_error *error) {
  base_token *token = &r->a->tokens[0];
  scanner s = {r->text, r->length, 0};
  for (size_t at = 0;; at = token->end) {
    bool more = scan_next(&s, token);
    byline_status status;
    if (more && query_parts_word(r, at, token->start))
      status = buf_add_char(r->out, ' ') ? BYLINE_OK : error_no_memory(error);
    else
      status = query_add_marks(r, at, more ? token->start : r->length, error);
    if (status == BYLINE_OK && more)
      status = add_token(r, token, error);
    if (status != BYLINE_OK || !more)
      return status;
  }
}

void analyzer_set_any(analyzer *a, bool any) {
  a->any = any;
}

void analyzer_set_exact_accents(analyzer *a, bool wanted) {
  a->exact_accents = wanted;
}

byline_status analyzer_query(analyzer *a, const char *text, size_t length,
                             const char *const *fields, buf *out,
                             byline_error *error) {
  if (!needs_work(a, text, length))
    return buf_add(out, text, length) ? BYLINE_OK : error_no_memory(error);
  reading r = {.a = a,
               .text = text,
               .length = length,
               .fields = fields,
               .out = out,
               .begin = out->length};
  marks_start(&r.marks, text, length);
  if (a->any)
    query_look(&r);
  byline_status status = add_all(&r, error);
  buf_free(&r.first.others);
  buf_free(&r.last.others);
  return status;
}

byline_status analyzer_query_words(analyzer *a, const char *text, size_t length,
                                   const char *const *fields,
                                   analyzer_word_fn fn, void *user,
                                   byline_error *error) {
  buf query = BUF_INIT;
  a->query_word = fn;
  a->query_word_user = user;
  byline_status status = analyzer_query(a, text, length, fields, &query, error);
  a->query_word = NULL;
  buf_free(&query);
  return status;
}
