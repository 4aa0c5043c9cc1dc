#include "analyze/variants.h"

#include <string.h>

/* What French, Italian and Catalan write before an apostrophe. */
static const char *const ARTICLES[] = {
    "l",     "d",     "j",      "m",      "n",      "s",      "t",      "c",
    "qu",    "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu", "un",
    "gl",    "dell",  "all",    "nell",   "sull",   "dall",   "coll",   "bell",
    "quell", "quest", "sant",   "senz",   "degl",   "agl",    "negl",   "dagl",
};

bool variants_add(variants *v, byline_token_kind kind, byline_string term,
                  size_t start, size_t end) {
  if (v->count == VARIANTS_MAX || term.length == 0 ||
      term.length > ANALYZER_WORD_MAX)
    return false;
  for (size_t i = 0; i < v->count; i++)
    if (v->list[i].length == term.length &&
        memcmp(v->list[i].term, term.data, term.length) == 0)
      return false;
  variant *new = &v->list[v->count++];
  memcpy(new->term, term.data, term.length);
  new->length = term.length;
  new->start = start;
  new->end = end;
  new->kind = kind;
  return true;
}

static void derive(variants *v, const variant *from, byline_token_kind kind,
                   const char *data, size_t length) {
  variants_add(v, kind, (byline_string){data, length}, from->start, from->end);
}

static bool is_ascii(byline_string term) {
  for (size_t i = 0; i < term.length; i++)
    if ((unsigned char)term.data[i] >= 0x80)
      return false;
  return true;
}

/* A term with its composed, folded and spelled forms, of one kind each. */
static void add_spellings(variants *v, folder *f, const own_letters *own,
                          const byline_token_kind *kind, byline_string term,
                          size_t start, size_t end) {
  variants_add(v, kind[0], term, start, end);
  if (is_ascii(term))
    return;
  byline_string other;
  if (fold_composed(f, term, &other))
    variants_add(v, kind[1], other, start, end);
  if (fold_word(f, term, own->kept, &other))
    variants_add(v, kind[2], other, start, end);
  if (own->spelled && fold_word(f, term, own->spelled, &other))
    variants_add(v, kind[3], other, start, end);
}

/* What it is when its digraphs stand for one letter each. */
static void add_read(variants *v, folder *f, const own_letters *own,
                     byline_string source, const base_token *token) {
  char read[ANALYZER_WORD_MAX];
  size_t length =
      own_letters_read(own, source, base_term(token), read, sizeof read);
  byline_string term = {read, length}, folded;
  variants_add(v, BYLINE_TOKEN_SPELLED, term, token->start, token->end);
  if (own->dotless && length > 0 && fold_word(f, term, own->kept, &folded))
    variants_add(v, BYLINE_TOKEN_SPELLED, folded, token->start, token->end);
}

static void add_bare(variants *v, const variant *from) {
  size_t length = from->length;
  while (length > 0 && char_is_suffix(from->term[length - 1]))
    length--;
  if (length < from->length)
    derive(v, from, BYLINE_TOKEN_BARE, from->term, length);
}

static bool is_article(const char *word, size_t length) {
  for (size_t i = 0; i < sizeof ARTICLES / sizeof ARTICLES[0]; i++)
    if (strlen(ARTICLES[i]) == length && memcmp(ARTICLES[i], word, length) == 0)
      return true;
  return false;
}

static void add_possessive(variants *v, const variant *from) {
  size_t length = from->length;
  if (length > 2 && memcmp(from->term + length - 2, "'s", 2) == 0)
    derive(v, from, BYLINE_TOKEN_POSSESSIVE, from->term, length - 2);
  const char *mark = memchr(from->term, '\'', length);
  if (!mark)
    return;
  size_t before = (size_t)(mark - from->term);
  size_t behind = length - before - 1;
  /* One byte is what an apostrophe cut off, not what it was put before. */
  if (behind > 1 && is_article(from->term, before))
    derive(v, from, BYLINE_TOKEN_POSSESSIVE, mark + 1, behind);
}

static size_t count_digits(const char *text, size_t length) {
  size_t n = 0;
  while (n < length && text[n] >= '0' && text[n] <= '9')
    n++;
  return n;
}

/* 42,021 and 1.234.567,89 and 1,00,000: up to three digits, then groups of
 * two or three, the last of three; after another mark a fraction. */
static void add_digits(variants *v, const variant *from) {
  const char *text = from->term;
  size_t length = from->length;
  size_t at = count_digits(text, length);
  if (at == 0 || at > 3 || at == length || (text[at] != ',' && text[at] != '.'))
    return;
  char mark = text[at];
  char out[ANALYZER_WORD_MAX];
  memcpy(out, text, at);
  size_t n = at, group = 0;
  while (at < length && text[at] == mark) {
    group = count_digits(text + at + 1, length - at - 1);
    if (group < 2 || group > 3)
      return;
    memcpy(out + n, text + at + 1, group);
    n += group;
    at += group + 1;
  }
  if (group != 3)
    return;
  size_t rest = length - at;
  if (rest > 0 && ((text[at] != ',' && text[at] != '.') ||
                   count_digits(text + at + 1, rest - 1) != rest - 1))
    return;
  memcpy(out + n, text + at, rest);
  derive(v, from, BYLINE_TOKEN_DIGITS, out, n + rest);
}

static bool ends_in_digit(const base_token *token) {
  char last = token->term[token->length - 1];
  return last >= '0' && last <= '9';
}

static bool begins_with_digit(const base_token *token) {
  return token->term[0] >= '0' && token->term[0] <= '9';
}

/* A pair of just two: not each half of state-of-the-art, and no date. */
static void add_solid(variants *v, folder *f, const own_letters *own,
                      const base_token *left, const base_token *right) {
  static const byline_token_kind kinds[] = {
      BYLINE_TOKEN_SOLID, BYLINE_TOKEN_SOLID, BYLINE_TOKEN_SOLID,
      BYLINE_TOKEN_SOLID};
  if (!left || !right || !left->hyphen_after || left->hyphen_before ||
      right->hyphen_after || (ends_in_digit(left) && begins_with_digit(right)))
    return;
  char both[2 * ANALYZER_WORD_MAX];
  size_t length = left->length + right->length;
  memcpy(both, left->term, left->length);
  memcpy(both + left->length, right->term, right->length);
  byline_string term = {both, length};
  if (length <= ANALYZER_WORD_MAX && chars_are_token(term))
    add_spellings(v, f, own, kinds, term, left->start, right->end);
}

void variants_make(variants *v, folder *f, const own_letters *own,
                   byline_string source, const base_token *previous,
                   const base_token *token, const base_token *next) {
  static const byline_token_kind kinds[] = {BYLINE_TOKEN_BASE, BYLINE_TOKEN_NFC,
                                            BYLINE_TOKEN_FOLDED,
                                            BYLINE_TOKEN_SPELLED};
  v->count = 0;
  add_spellings(v, f, own, kinds, base_term(token), token->start, token->end);
  add_read(v, f, own, source, token);
  add_solid(v, f, own, previous, token);
  add_solid(v, f, own, token, next);
  /* Each form is derived from as well: l'Oréal's gives oréal. Every derived
   * form is shorter, so this ends. */
  for (size_t i = 0; i < v->count; i++) {
    add_bare(v, &v->list[i]);
    add_possessive(v, &v->list[i]);
    add_digits(v, &v->list[i]);
  }
}
