#include "search/spelling.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/error.h"
#include "base/utf8.h"
#include "index/schema.h"
#include "index/word_counts.h"
#include "search/query.h"

enum {
  WORDS_MAX = 32, /* of a query are looked at */
  LONG_WORD = 6,  /* characters from which on two edits are likely */
  PART_MIN = 2,   /* letters of each word where one is parted */
  /* Archives have misspelled words, too: one that is so many times rarer than
   * its neighbour is taken for one. */
  RARER = 100,
  /* Looking for neighbours takes time, and is left undone for words that more
   * than one of so many articles have; but not for those that a handful has. */
  SEEN_SELDOM = 1000,
  HANDFUL = 3
};

typedef struct word {
  size_t start, end; /* in the query */
  bool quoted;
  bool joined;            /* it is part of the other's */
  uint32_t frequency;     /* articles that have it, in a form that is found */
  byline_string composed; /* in lower case */
  byline_string folded;
  byline_string instead; /* in lower case; empty: it stays */
} word;

typedef struct speller {
  const byline_database *db;
  const byline_search_request *request;
  arena memory;
  word words[WORDS_MAX];
  size_t count;
  word *current;
  uint32_t rare; /* more articles than this have words that are right */
  buf scratch;
  byline_error *error;
} speller;

static byline_string nothing(void) {
  return (byline_string){"", 0};
}

static bool equal(byline_string a, byline_string b) {
  return a.length == b.length &&
         (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* ---- The words of the query -------------------------------------------- */

static int take_word(void *user, size_t start, size_t end, bool quoted) {
  speller *s = user;
  if (s->count < WORDS_MAX)
    s->words[s->count++] = (word){.start = start, .end = end, .quoted = quoted};
  return BYLINE_OK;
}

static byline_status frequency_of(const speller *s, byline_string term,
                                  uint32_t *frequency) {
  return xap_database_term_frequency(s->db->database, term, frequency,
                                     s->error);
}

static bool keep(speller *s, byline_string from, byline_string *to) {
  return arena_string(&s->memory, from, to) != 0;
}

/* Notes the word's forms, and how many documents have one of them. */
static int look_at_form(void *user, const byline_token *token) {
  speller *s = user;
  word *w = s->current;
  bool stem = token->kind == BYLINE_TOKEN_STEM;
  byline_string term = token->term;
  bool kept = true;
  if (token->kind == BYLINE_TOKEN_BASE || token->kind == BYLINE_TOKEN_NFC)
    kept = keep(s, term, &w->composed);
  if (token->kind == BYLINE_TOKEN_BASE || token->kind == BYLINE_TOKEN_FOLDED)
    kept = kept && keep(s, term, &w->folded);
  if (stem && w->quoted)
    return kept ? BYLINE_OK : BYLINE_NO_MEMORY;
  buf_clear(&s->scratch);
  if (!kept || (stem && !buf_add_string(&s->scratch, PREFIX_STEM)) ||
      !buf_add_str(&s->scratch, term))
    return BYLINE_NO_MEMORY;
  uint32_t frequency = 0;
  byline_status status = frequency_of(s, buf_string(&s->scratch), &frequency);
  if (frequency > w->frequency)
    w->frequency = frequency;
  return status;
}

/* Looks for the words as a language has them. */
static int look_in(void *user, byline_string language, uint32_t count) {
  (void)count;
  speller *s = user;
  char name[DATABASE_LANGUAGE_SIZE];
  if (language.length >= sizeof name)
    return BYLINE_OK;
  memcpy(name, language.data, language.length);
  name[language.length] = '\0';
  byline_status status = analyzer_set_language(s->db->analyzer, name, s->error);
  if (status == BYLINE_INVALID)
    return BYLINE_OK; /* of a later version */
  for (size_t i = 0; status == BYLINE_OK && i < s->count; i++) {
    s->current = &s->words[i];
    status = analyzer_run(
        s->db->analyzer, s->request->query.data + s->current->start,
        s->current->end - s->current->start, look_at_form, s, s->error);
  }
  return status;
}

/* Whether some word may be wrong. */
static bool is_doubtful(const speller *s) {
  for (size_t i = 0; i < s->count; i++)
    if (s->words[i].frequency <= s->rare)
      return true;
  return false;
}

static byline_status find_words(speller *s, const char *language) {
  byline_string query = s->request->query;
  byline_string english = {"en", 2}, given = {language, strlen(language)};
  byline_status status =
      analyzer_query_words(s->db->analyzer, query.data, query.length,
                           SCHEMA_VALUE_FIELDS, take_word, s, s->error);
  if (status == BYLINE_OK)
    status = look_in(s, given.length > 0 ? given : english, 0);
  if (status == BYLINE_OK && given.length == 0 && is_doubtful(s))
    status = schema_languages(s->db->database, look_in, s, s->error);
  return status == BYLINE_NO_MEMORY ? error_no_memory(s->error) : status;
}

/* ---- Other words ------------------------------------------------------- */

static size_t characters(byline_string text) {
  size_t count = 0;
  for (size_t at = 0; at < text.length; count++)
    utf8_next(text.data, text.length, &at);
  return count;
}

static int take_text(void *user, byline_string text) {
  return buf_add_str(user, text) ? BYLINE_OK : BYLINE_NO_MEMORY;
}

static byline_status ask(speller *s, byline_string term, unsigned edits,
                         byline_string *near) {
  *near = nothing();
  buf_clear(&s->scratch);
  byline_status status = xap_database_spelling(
      s->db->database, term, edits, take_text, &s->scratch, s->error);
  if (status == BYLINE_OK && !keep(s, buf_string(&s->scratch), near))
    status = BYLINE_NO_MEMORY;
  return status;
}

/* Accents do not count as edits, but are kept where they lead to the same. */
static byline_status find_near(speller *s, word *w, unsigned edits) {
  byline_string accented = nothing(), plain = nothing();
  byline_status status = ask(s, w->folded, edits, &plain);
  if (status == BYLINE_OK && !equal(w->composed, w->folded))
    status = ask(s, w->composed, edits, &accented);
  if (status != BYLINE_OK)
    return status;
  w->instead = plain;
  if (accented.length == 0)
    return BYLINE_OK;
  buf_clear(&s->scratch);
  status = analyzer_fold(s->db->analyzer, accented.data, accented.length,
                         &s->scratch, s->error);
  if (status == BYLINE_OK &&
      (plain.length == 0 || equal(buf_string(&s->scratch), plain)))
    w->instead = accented;
  return status;
}

/* Whether a query has a match. */
static byline_status has_match(const speller *s, const xap_query *query,
                               bool *found) {
  xap_enquire *enquire = NULL;
  xap_matches *matches = NULL;
  byline_status status = xap_enquire_new(s->db->database, &enquire, s->error);
  if (status == BYLINE_OK)
    status = xap_enquire_set_query(enquire, query, s->error);
  if (status == BYLINE_OK)
    status = xap_enquire_matches(enquire, 0, 1, 0, &matches, s->error);
  *found = status == BYLINE_OK && xap_matches_count(matches) > 0;
  xap_matches_free(matches);
  xap_enquire_free(enquire);
  return status;
}

/* Whether two words stand side by side somewhere. */
static byline_status is_phrase(const speller *s, const byline_string parts[2],
                               bool *found) {
  xap_query *words[2] = {NULL, NULL}, *phrase = NULL;
  byline_status status = BYLINE_OK;
  for (uint32_t i = 0; status == BYLINE_OK && i < 2; i++)
    status = xap_query_term(parts[i], 1, i + 1, &words[i], s->error);
  const xap_query *both[] = {words[0], words[1]};
  if (status == BYLINE_OK)
    status = xap_query_combine(XAP_PHRASE, both, 2, 2, &phrase, s->error);
  if (status == BYLINE_OK)
    status = has_match(s, phrase, found);
  xap_query_free(words[0]);
  xap_query_free(words[1]);
  xap_query_free(phrase);
  return status;
}

/* "newyork" is "new york": the parts of which even the rarer is common. */
static byline_status part(speller *s, word *w) {
  byline_string text = w->folded;
  uint32_t best = 0;
  size_t count = characters(text), at = 0;
  byline_status status = BYLINE_OK;
  for (size_t n = 1; status == BYLINE_OK && n + PART_MIN <= count; n++) {
    utf8_next(text.data, text.length, &at);
    const byline_string parts[2] = {{text.data, at},
                                    {text.data + at, text.length - at}};
    uint32_t left = 0, right = 0;
    bool found = false;
    if (n < PART_MIN)
      continue;
    status = frequency_of(s, parts[0], &left);
    if (status == BYLINE_OK && left > best)
      status = frequency_of(s, parts[1], &right);
    if (status == BYLINE_OK && right > best && left > best)
      status = is_phrase(s, parts, &found);
    if (status != BYLINE_OK || !found)
      continue;
    best = left < right ? left : right;
    buf_clear(&s->scratch);
    if (!buf_add_str(&s->scratch, parts[0]) ||
        !buf_add_char(&s->scratch, ' ') ||
        !buf_add_str(&s->scratch, parts[1]) ||
        !keep(s, buf_string(&s->scratch), &w->instead))
      return BYLINE_NO_MEMORY;
  }
  return status;
}

/* "foot ball" is "football", if only a space is between them. */
static byline_status join(speller *s, word *left, word *right) {
  uint32_t frequency = 0;
  if (left->joined || right->joined || left->instead.length > 0 ||
      right->start != left->end + 1 || s->request->query.data[left->end] != ' ')
    return BYLINE_OK;
  buf_clear(&s->scratch);
  if (!buf_add_str(&s->scratch, left->folded) ||
      !buf_add_str(&s->scratch, right->folded))
    return BYLINE_NO_MEMORY;
  byline_status status = frequency_of(s, buf_string(&s->scratch), &frequency);
  if (status != BYLINE_OK || frequency == 0)
    return status;
  if (!keep(s, buf_string(&s->scratch), &left->instead))
    return BYLINE_NO_MEMORY;
  left->end = right->end;
  left->joined = right->joined = true;
  right->start = right->end;
  return BYLINE_OK;
}

/* Takes back a word that is not so much commoner than the one typed. */
static byline_status compare(speller *s, word *w) {
  uint32_t frequency = 0;
  if (w->instead.length == 0 || w->frequency == 0)
    return BYLINE_OK;
  byline_status status = frequency_of(s, w->instead, &frequency);
  if (frequency / RARER < w->frequency)
    w->instead = nothing();
  return status;
}

static byline_status find_instead(speller *s, size_t index) {
  word *w = &s->words[index];
  byline_status status = BYLINE_OK;
  if (w->frequency == 0 && index > 0)
    status = join(s, w - 1, w);
  if (status == BYLINE_OK && w->frequency == 0 && index + 1 < s->count)
    status = join(s, w, w + 1);
  if (status != BYLINE_OK || w->joined || !word_counts_wants(w->folded))
    return status;
  if (w->frequency > s->rare)
    return status;
  status = find_near(s, w, 1);
  if (status == BYLINE_OK)
    status = compare(s, w);
  if (w->frequency > 0)
    return status;
  if (status == BYLINE_OK && w->instead.length == 0)
    status = part(s, w);
  if (status == BYLINE_OK && w->instead.length == 0 &&
      characters(w->folded) >= LONG_WORD)
    status = find_near(s, w, 2);
  return status;
}

/* ---- The new query ----------------------------------------------------- */

static bool is_upper(uint32_t ch) {
  return u_tolower((UChar32)ch) != (UChar32)ch;
}

/* In capitals, or with one, as the word that was typed. */
static bool add_cased(buf *out, byline_string typed, byline_string instead) {
  size_t at = 0, count = 0, capitals = 0;
  bool first = false;
  for (; at < typed.length; count++) {
    bool upper = is_upper(utf8_next(typed.data, typed.length, &at));
    first = first || (upper && count == 0);
    capitals += upper;
  }
  bool all = count > 1 && capitals == count;
  for (at = 0; at < instead.length;) {
    bool begins = at == 0 || instead.data[at - 1] == ' ';
    uint32_t ch = utf8_next(instead.data, instead.length, &at);
    char bytes[4];
    if (all || (first && begins))
      ch = (uint32_t)u_toupper((UChar32)ch);
    if (!buf_add(out, bytes, utf8_put(ch, bytes)))
      return false;
  }
  return true;
}

/* *changed: whether it is another query. */
static bool add_query(const speller *s, buf *out, bool *changed) {
  byline_string query = s->request->query;
  size_t at = 0;
  *changed = false;
  for (size_t i = 0; i < s->count; i++) {
    const word *w = &s->words[i];
    byline_string typed = {query.data + w->start, w->end - w->start};
    if (w->instead.length == 0)
      continue;
    *changed = true;
    if (!buf_add(out, query.data + at, w->start - at) ||
        !add_cased(out, typed, w->instead))
      return false;
    at = w->end;
  }
  return buf_add(out, query.data + at, query.length - at);
}

static byline_status check(const speller *s, const char *language,
                           byline_string query, bool *found) {
  byline_search_request other = *s->request;
  xap_query *made = NULL;
  *found = false;
  other.query = query;
  byline_status status = query_make(s->db, &other, language, &made, s->error);
  if (status == BYLINE_OK)
    status = has_match(s, made, found);
  else if (status == BYLINE_BAD_QUERY || status == BYLINE_NOT_FOUND)
    status = BYLINE_OK;
  xap_query_free(made);
  return status;
}

static byline_status correct(speller *s, const char *language, buf *corrected) {
  bool changed = false, found = false;
  size_t start = corrected->length;
  xap_statistics statistics = {0};
  byline_status status =
      xap_database_statistics(s->db->database, &statistics, s->error);
  s->rare = statistics.documents / SEEN_SELDOM;
  if (s->rare < HANDFUL)
    s->rare = HANDFUL;
  if (s->rare > statistics.documents / RARER)
    s->rare = statistics.documents / RARER;
  if (status == BYLINE_OK)
    status = find_words(s, language);
  for (size_t i = 0; status == BYLINE_OK && i < s->count; i++)
    status = find_instead(s, i);
  if (status == BYLINE_OK && !add_query(s, corrected, &changed))
    status = BYLINE_NO_MEMORY;
  if (status == BYLINE_OK && changed) {
    byline_string query = {corrected->data + start, corrected->length - start};
    status = check(s, language, query, &found);
  }
  if (!found)
    corrected->length = start;
  return status == BYLINE_NO_MEMORY ? error_no_memory(s->error) : status;
}

byline_status spelling_correct(const byline_database *db,
                               const byline_search_request *request,
                               const char *language, buf *corrected,
                               byline_error *error) {
  speller s = {.db = db, .request = request, .error = error};
  byline_status status = correct(&s, language, corrected);
  arena_free(&s.memory);
  buf_free(&s.scratch);
  return status;
}
