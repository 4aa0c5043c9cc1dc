#include "search/phrases.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

typedef struct reading {
  analyzer *analyzer;
  arena *memory;
  phrases *phrases;
  uint32_t position; /* of the last word of the phrase */
  size_t first;      /* of its words */
  bool full;
} reading;

int phrases_compare(byline_string a, byline_string b) {
  size_t common = a.length < b.length ? a.length : b.length;
  int order = common > 0 ? memcmp(a.data, b.data, common) : 0;
  if (order != 0)
    return order;
  return (a.length > b.length) - (a.length < b.length);
}

static int by_bytes(const void *a, const void *b) {
  return phrases_compare(*(const byline_string *)a, *(const byline_string *)b);
}

/* ---- Reading ----------------------------------------------------------- */

/* Takes the first term at each position. Where there are words without spaces
 * those are the phrase, and the runs that they stand in are not. */
static int add_word(void *user, const byline_token *token) {
  reading *r = user;
  phrases *p = r->phrases;
  if (token->position == 0 || token->position > BYLINE_NGRAM_POSITION)
    return 0;
  bool word = token->position > BYLINE_WORD_POSITION;
  if (word && r->position <= BYLINE_WORD_POSITION) {
    p->count = r->first;
    p->unspaced = true;
  } else if (token->position <= r->position) {
    return 0;
  }
  r->position = token->position;
  if (p->count == PHRASES_WORDS) {
    r->full = true;
    return -1;
  }
  return arena_string(r->memory, token->term, &p->words[p->count++])
             ? 0
             : BYLINE_NO_MEMORY;
}

/* Terms as the database has them: a stem begins with "Z". */
static int add_alone(void *user, const byline_token *token) {
  reading *r = user;
  phrases *p = r->phrases;
  if (p->alone_count == p->alone_capacity) {
    size_t capacity = p->alone_capacity ? p->alone_capacity * 2 : 16;
    byline_string *alone = arena_array(r->memory, capacity, sizeof *alone);
    if (!alone)
      return BYLINE_NO_MEMORY;
    if (p->alone_count > 0)
      memcpy(alone, p->alone, p->alone_count * sizeof *alone);
    p->alone = alone;
    p->alone_capacity = capacity;
  }
  if (token->kind == BYLINE_TOKEN_STEM)
    return 0; /* phrases have none */
  return arena_string(r->memory, token->term, &p->alone[p->alone_count++])
             ? 0
             : BYLINE_NO_MEMORY;
}

static byline_status read_phrase(reading *r, byline_string text, bool titles,
                                 byline_error *error) {
  phrases *p = r->phrases;
  r->first = p->count;
  r->position = 0;
  r->full = false;
  int status =
      analyzer_run(r->analyzer, text.data, text.length, add_word, r, error);
  if (r->full) {
    p->count = r->first;
    return BYLINE_OK;
  }
  if (status == BYLINE_OK && p->count > r->first) {
    p->starts |= UINT64_C(1) << r->first;
    p->ends |= UINT64_C(1) << (p->count - 1);
    for (size_t i = r->first; titles && i < p->count; i++)
      p->titles |= UINT64_C(1) << i;
  }
  return status;
}

/* Which field a phrase is of, by what stands before its quote. */
typedef enum field { FIELD_NONE, FIELD_TITLE, FIELD_OTHER } field;

static field field_of(byline_string before) {
  static const char title[] = "title:";
  size_t length = sizeof title - 1;
  if (before.length == 0 || before.data[before.length - 1] != ':')
    return FIELD_NONE;
  if (before.length < length ||
      memcmp(before.data + before.length - length, title, length) != 0)
    return FIELD_OTHER;
  return before.length == length ||
                 strchr(" (+-", before.data[before.length - length - 1])
             ? FIELD_TITLE
             : FIELD_OTHER;
}

byline_status phrases_read(analyzer *a, byline_string text, arena *memory,
                           phrases *p, byline_error *error) {
  reading r = {.analyzer = a, .memory = memory, .phrases = p};
  byline_status status = BYLINE_OK;
  memset(p, 0, sizeof *p);
  if (text.length == 0 || !memchr(text.data, '"', text.length))
    return BYLINE_OK;
  bool quoted = false;
  field of = FIELD_NONE;
  for (size_t at = 0, end; status == BYLINE_OK && at <= text.length;
       at = end + 1, quoted = !quoted) {
    const char *quote = memchr(text.data + at, '"', text.length - at);
    end = quote ? (size_t)(quote - text.data) : text.length;
    byline_string part = {text.data + at, end - at};
    if (!quoted)
      status = analyzer_run(a, part.data, part.length, add_alone, &r, error);
    else if (of != FIELD_OTHER)
      status = read_phrase(&r, part, of == FIELD_TITLE, error);
    of = field_of(part);
  }
  if (p->alone_count > 1)
    qsort(p->alone, p->alone_count, sizeof *p->alone, by_bytes);
  return status == BYLINE_NO_MEMORY ? error_no_memory(error) : status;
}

/* ---- Asking ------------------------------------------------------------ */

uint64_t phrases_of(const phrases *p, byline_string term, bool titles) {
  uint64_t bits = 0;
  for (size_t i = 0; i < p->count; i++)
    if (phrases_compare(p->words[i], term) == 0)
      bits |= UINT64_C(1) << i;
  return titles ? bits & p->titles : bits & ~p->titles;
}

bool phrases_leave(const phrases *p, byline_string term) {
  return p->alone_count > 0 && bsearch(&term, p->alone, p->alone_count,
                                       sizeof *p->alone, by_bytes) != NULL;
}
