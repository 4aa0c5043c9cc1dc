#include "index/document.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/whole.h"
#include "base/error.h"
#include "index/collation.h"
#include "index/terms.h"

enum { VALUE_COUNT = 9 };

enum { TOO_MANY_WORDS = -1 }; /* on_token's own */

/* Where lanes begin, and where the last one ends: see types.h. */
static const uint32_t LANE_STARTS[] = {0, BYLINE_WORD_POSITION,
                                       BYLINE_NGRAM_POSITION, UINT32_MAX};
enum { LANE_BASES, LANE_WORDS, LANE_NGRAMS, LANE_COUNT };

/* Positions of a field in a lane: those before it, and the last used so far;
 * last 0: none. */
typedef struct lane {
  uint32_t before, last;
} lane;

struct document_maker {
  analyzer *analyzer;
  collation *collation;
  term_table terms;
  arena memory; /* for terms and values of the finished document */
  buf data, term, whole;
  document_value values[VALUE_COUNT];
  /* The field being analyzed. */
  byline_string prefix, stem_prefix; /* "" for the body */
  bool plain_too;                    /* unprefixed as well */
  uint32_t wdf;                      /* of an unprefixed word */
  lane lanes[LANE_COUNT];
  bool worded;       /* the field has words in their lane */
  byline_token base; /* the last one; only its offsets are used */
};

byline_status document_maker_new(document_maker **maker, byline_error *error) {
  document_maker *m = calloc(1, sizeof *m);
  if (!m)
    return error_no_memory(error);
  byline_status status = collation_new(NULL, &m->collation, error);
  if (status == BYLINE_OK)
    status = analyzer_new(NULL, &m->analyzer, error);
  /* Omega asks for English stems, whatever an article is written in. */
  if (status == BYLINE_OK)
    status = analyzer_add_english(m->analyzer, error);
  if (status != BYLINE_OK) {
    document_maker_free(m);
    return status;
  }
  *maker = m;
  return BYLINE_OK;
}

void document_maker_free(document_maker *maker) {
  if (!maker)
    return;
  analyzer_free(maker->analyzer);
  collation_free(maker->collation);
  term_table_free(&maker->terms);
  arena_free(&maker->memory);
  buf_free(&maker->data);
  buf_free(&maker->term);
  buf_free(&maker->whole);
  free(maker);
}

analyzer *document_maker_analyzer(document_maker *maker) {
  return maker->analyzer;
}

/* ---- Words ------------------------------------------------------------- */

static byline_string str(const char *text) {
  return (byline_string){text, strlen(text)};
}

/* One posting of a token under a prefix; stems and bigrams have no positions,
 * as in Xapian's TermGenerator. */
static bool add_word(document_maker *m, const byline_token *token,
                     byline_string prefix, byline_string stem_prefix,
                     uint32_t wdf, uint32_t position) {
  bool stem = token->kind == BYLINE_TOKEN_STEM;
  byline_string head = stem ? stem_prefix : prefix;
  byline_string term = token->term;
  if (head.length + term.length > SCHEMA_TERM_MAX / 2) {
    buf_clear(&m->term);
    if (!buf_add_str(&m->term, head) || !buf_add_str(&m->term, term))
      return false;
    size_t cut = schema_term_cut(m->term.data, m->term.length);
    term.length = cut > head.length ? cut - head.length : 0;
  }
  bool placed = !stem && token->kind != BYLINE_TOKEN_BIGRAM;
  return term_table_add(&m->terms, head, term, wdf, placed ? position : 0);
}

static size_t lane_of(uint32_t position) {
  size_t number = LANE_BASES;
  while (number + 1 < LANE_COUNT && position > LANE_STARTS[number + 1])
    number++;
  return number;
}

/* Whether a word of a lane has counted already: as a base token, or in the lane
 * of words. */
static bool has_counted(const document_maker *m, const byline_token *token,
                        size_t number) {
  if (token->kind != BYLINE_TOKEN_WORD)
    return false;
  return (number == LANE_NGRAMS && m->worded) ||
         (token->start == m->base.start && token->end == m->base.end);
}

static int on_token(void *user, const byline_token *token) {
  document_maker *m = user;
  size_t number = lane_of(token->position);
  lane *l = &m->lanes[number];
  if ((uint64_t)l->before + token->position >
      LANE_STARTS[number + 1] - SCHEMA_FIELD_GAP)
    return TOO_MANY_WORDS;
  uint32_t position = l->before + token->position;
  if (token->kind != BYLINE_TOKEN_STEM)
    l->last = position;
  if (token->kind == BYLINE_TOKEN_BASE)
    m->base = *token;
  m->worded = m->worded || number == LANE_WORDS;
  bool counted = has_counted(m, token, number);
  if (m->plain_too && !add_word(m, token, str(""), str(PREFIX_STEM),
                                counted ? 0 : m->wdf, position))
    return BYLINE_NO_MEMORY;
  if (m->prefix.length > 0 &&
      !add_word(m, token, m->prefix, m->stem_prefix, counted ? 0 : 1, position))
    return BYLINE_NO_MEMORY;
  return BYLINE_OK;
}

static void start_field(document_maker *m) {
  for (size_t i = 0; i < LANE_COUNT; i++) {
    lane *l = &m->lanes[i];
    l->before = l->last == 0 ? 0 : l->last - LANE_STARTS[i] + SCHEMA_FIELD_GAP;
  }
  m->worded = false;
}

static byline_status add_field(document_maker *m, byline_string text,
                               const char *prefix, const char *stem_prefix,
                               uint32_t wdf, byline_error *error) {
  if (text.length == 0)
    return BYLINE_OK;
  m->prefix = str(prefix);
  m->stem_prefix = str(stem_prefix);
  m->plain_too = true;
  m->wdf = wdf;
  start_field(m);
  byline_status status =
      analyzer_run(m->analyzer, text.data, text.length, on_token, m, error);
  if (status == TOO_MANY_WORDS)
    return error_set(error, BYLINE_INVALID, "the article has too many words");
  if (status == BYLINE_NO_MEMORY)
    error_no_memory(error);
  return status;
}

static byline_status add_words(document_maker *m, const byline_article *article,
                               byline_error *error) {
  memset(m->lanes, 0, sizeof m->lanes);
  byline_status status =
      add_field(m, article->title, PREFIX_TITLE, PREFIX_STEM PREFIX_TITLE,
                SCHEMA_TITLE_WDF, error);
  for (size_t i = 0; status == BYLINE_OK && i < article->deck_count; i++)
    status = add_field(m, article->decks[i], "", "", 1, error);
  for (size_t i = 0; status == BYLINE_OK && i < article->author_count; i++)
    status = add_field(m, article->authors[i], PREFIX_AUTHOR,
                       PREFIX_STEM PREFIX_AUTHOR, 1, error);
  if (status == BYLINE_OK)
    status = add_field(m, article->affiliation, "", "", 1, error);
  if (status == BYLINE_OK)
    status = add_field(m, article->text, "", "", 1, error);
  return status;
}

/* ---- Boolean terms ----------------------------------------------------- */

static bool add_boolean(document_maker *m, const char *prefix,
                        byline_string value, bool unique) {
  if (value.length == 0)
    return true;
  buf_clear(&m->term);
  bool ok = unique ? schema_unique_term(prefix, value, &m->term)
                   : schema_boolean_term(prefix, value, &m->term);
  return ok && term_table_add(&m->terms, str(""), buf_string(&m->term), 0, 0);
}

static bool add_date_terms(document_maker *m, byline_string date) {
  char value[16];
  schema_date_digits(date, value);
  byline_string v = str(value);
  size_t length = v.length;
  bool ok = true;
  if (length >= 8) {
    v.length = 8;
    ok = add_boolean(m, PREFIX_DAY, v, false);
  }
  if (length >= 6) {
    v.length = 6;
    ok = ok && add_boolean(m, PREFIX_MONTH, v, false);
  }
  if (length >= 4) {
    v.length = 4;
    ok = ok && add_boolean(m, PREFIX_YEAR, v, false);
  }
  return ok;
}

static int on_whole(void *user, whole_kind kind, byline_string text) {
  static const char *const prefixes[] = {[WHOLE_HASHTAG] = PREFIX_HASHTAG,
                                         [WHOLE_HANDLE] = PREFIX_HANDLE,
                                         [WHOLE_LINK] = PREFIX_LINK,
                                         [WHOLE_EMAIL] = PREFIX_EMAIL};
  document_maker *m = user;
  buf_clear(&m->whole);
  byline_status status = whole_fold(m->analyzer, kind, text, &m->whole, NULL);
  if (status == BYLINE_OK &&
      !add_boolean(m, prefixes[kind], buf_string(&m->whole), true))
    status = BYLINE_NO_MEMORY;
  return status;
}

static bool add_wholes(document_maker *m, const byline_article *article) {
  bool ok = whole_find(article->title, on_whole, m) == 0 &&
            whole_find(article->text, on_whole, m) == 0;
  for (size_t i = 0; ok && i < article->deck_count; i++)
    ok = whole_find(article->decks[i], on_whole, m) == 0;
  return ok;
}

static bool add_booleans(document_maker *m, const byline_article *article,
                         const byline_string *spellings,
                         const schema_file *file, const char *language) {
  char version[16];
  snprintf(version, sizeof version, "%d", SCHEMA_VERSION);
  bool ok = add_boolean(m, PREFIX_ID, article->id, true) &&
            add_boolean(m, PREFIX_URL, article->url, true) &&
            add_boolean(m, PREFIX_TYPE, article->type, false) &&
            add_boolean(m, PREFIX_LANGUAGE, article->language, false) &&
            add_boolean(m, PREFIX_SOURCE, article->source, true) &&
            add_boolean(m, PREFIX_FILE, file->absolute, true) &&
            add_boolean(m, PREFIX_STEMS, str(language), false) &&
            add_boolean(m, PREFIX_SCHEMA, str(version), false) &&
            add_date_terms(m, article->date) && add_wholes(m, article);
  for (size_t i = 0; ok && i < article->keyword_count; i++)
    ok = add_boolean(m, PREFIX_KEYWORD, article->keywords[i], true);
  for (size_t i = 0; ok && i < article->author_count; i++)
    ok = add_boolean(m, PREFIX_EXACT_AUTHOR, spellings[i], false);
  return ok;
}

/* ---- Values ------------------------------------------------------------ */

static bool set_value(document_maker *m, size_t *count, uint32_t slot,
                      const void *bytes, size_t length) {
  if (length == 0)
    return true;
  document_value *v = &m->values[*count];
  v->slot = slot;
  if (!arena_string(&m->memory, (byline_string){bytes, length}, &v->value))
    return false;
  ++*count;
  return true;
}

/* A name that has nothing to be ordered by has no key. */
static bool set_sort_key(document_maker *m, size_t *count, byline_string name) {
  byline_string key;
  return collation_key(m->collation, name, &key) &&
         set_value(m, count, SLOT_AUTHOR_SORT, key.data, key.length);
}

/* Names with a TAB between, which none of them has: see schema_clean. */
static bool set_list(document_maker *m, size_t *count, uint32_t slot,
                     const byline_string *names, size_t name_count) {
  buf_clear(&m->term);
  for (size_t i = 0; i < name_count; i++)
    if ((i > 0 && !buf_add_char(&m->term, '\t')) ||
        !buf_add_str(&m->term, names[i]))
      return false;
  return set_value(m, count, slot, m->term.data, m->term.length);
}

static bool set_values(document_maker *m, const byline_article *article,
                       const byline_string *spellings, const schema_file *file,
                       const unsigned char *digest, size_t *count) {
  unsigned char modified[4];
  char date[16];
  schema_date_value(article->date, date);
  for (int i = 0; i < 4; i++)
    modified[i] = (unsigned char)(file->modified >> (24 - 8 * i));
  bool known = file->modified >= 0 && file->modified <= UINT32_MAX;
  char size[16];
  size_t size_length =
      xap_sortable_serialise((double)article->text.length, size);
  return set_value(m, count, SLOT_MODIFIED, modified, known ? 4 : 0) &&
         set_value(m, count, SLOT_DIGEST, digest, DIGEST_SIZE) &&
         set_value(m, count, SLOT_SIZE, size, size_length) &&
         set_value(m, count, SLOT_DATE, date, strlen(date)) &&
         set_list(m, count, SLOT_AUTHOR, spellings, article->author_count) &&
         (article->author_count == 0 || set_sort_key(m, count, spellings[0])) &&
         set_value(m, count, SLOT_LANGUAGE, article->language.data,
                   article->language.length) &&
         set_value(m, count, SLOT_SOURCE, article->source.data,
                   article->source.length) &&
         set_list(m, count, SLOT_KEYWORD, article->keywords,
                  article->keyword_count);
}

/* ---- The document ------------------------------------------------------ */

static int by_position(const void *a, const void *b) {
  const uint32_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

/* They rise in each lane, and the lanes take turns. */
static void sort_positions(const term_entry *e) {
  for (size_t i = 1; i < e->position_count; i++)
    if (e->positions[i] < e->positions[i - 1]) {
      qsort(e->positions, e->position_count, sizeof *e->positions, by_position);
      return;
    }
}

static bool set_terms(document_maker *m, document *d) {
  size_t count = m->terms.count;
  document_term *terms = arena_array(&m->memory, count, sizeof *terms);
  if (!terms)
    return false;
  for (size_t i = 0; i < count; i++) {
    const term_entry *e = &m->terms.entries[i];
    sort_positions(e);
    terms[i] =
        (document_term){e->term, e->wdf, e->positions, e->position_count};
  }
  d->terms = terms;
  d->term_count = count;
  return true;
}

static byline_status too_large(size_t bytes, byline_error *error) {
  return error_set(error, BYLINE_INVALID,
                   "the article has %zu MB, more than a Xapian database holds "
                   "in one document; divide it",
                   bytes >> 20);
}

byline_status document_check_text(const byline_article *article,
                                  byline_error *error) {
  return article->text.length <= SCHEMA_TEXT_MAX
             ? BYLINE_OK
             : too_large(article->text.length, error);
}

byline_status
document_make(document_maker *maker, const byline_article *article,
              const schema_file *file, const byline_string *spellings,
              const char *language, const unsigned char digest[DIGEST_SIZE],
              document *d, byline_error *error) {
  term_table_clear(&maker->terms);
  arena_reset(&maker->memory);
  buf_clear(&maker->data);
  memset(d, 0, sizeof *d);
  byline_status status = document_check_text(article, error);
  if (status == BYLINE_OK)
    status = analyzer_set_language(maker->analyzer, language, error);
  if (status == BYLINE_OK)
    status = add_words(maker, article, error);
  if (status != BYLINE_OK)
    return status;
  if (!add_booleans(maker, article, spellings, file, language) ||
      !set_values(maker, article, spellings, file, digest, &d->value_count) ||
      !set_terms(maker, d) || !schema_write_data(article, file, &maker->data))
    return error_no_memory(error);
  if (maker->data.length > SCHEMA_DATA_MAX)
    return too_large(maker->data.length, error);
  d->values = maker->values;
  d->data = buf_string(&maker->data);
  return BYLINE_OK;
}
