#include "search/sentences.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "analyze/utf16.h"
#include "base/error.h"
#include "base/utf8.h"

enum {
  BACK = 2048,  /* bytes that a line's beginning is looked for in */
  ENOUGH = 1024 /* units: a chunk can end at a line's end */
};

static byline_status icu_error(UErrorCode code, byline_error *error) {
  if (code == U_MEMORY_ALLOCATION_ERROR)
    return error_no_memory(error);
  return error_set(error, BYLINE_INTERNAL,
                   "ICU cannot divide text into sentences: %s; is its data "
                   "installed?",
                   u_errorName(code));
}

/* ---- Opening ----------------------------------------------------------- */

void sentences_close(sentences *s) {
  for (size_t i = 0; i < SENTENCES_LANGUAGES; i++)
    if (s->rules[i].iterator)
      ubrk_close(s->rules[i].iterator);
  free(s->units);
  free(s->offsets);
  memset(s, 0, sizeof *s);
}

/* With CLDR's lists of abbreviations, where a language has one: "Mr. Smith" is
 * one sentence. */
static byline_status open_rules(sentences *s, const char *code,
                                byline_error *error) {
  static const char abbreviations[] = "@ss=standard";
  char locale[SENTENCES_CODE_SIZE + sizeof abbreviations];
  sentence_rules *r = &s->rules[s->next];
  size_t length = strlen(code);
  memcpy(locale, code, length);
  memcpy(locale + length, abbreviations, sizeof abbreviations);
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *iterator = ubrk_open(UBRK_SENTENCE, locale, NULL, 0, &status);
  if (U_FAILURE(status))
    return icu_error(status, error);
  if (r->iterator)
    ubrk_close(r->iterator);
  memcpy(r->code, code, length + 1);
  r->iterator = s->iterator = iterator;
  s->next = (s->next + 1) % SENTENCES_LANGUAGES;
  return BYLINE_OK;
}

static byline_status open_buffers(sentences *s, byline_error *error) {
  if (!s->units)
    s->units = malloc(SENTENCES_CHUNK * sizeof *s->units);
  if (!s->offsets)
    s->offsets = malloc((SENTENCES_CHUNK + 1) * sizeof *s->offsets);
  return s->units && s->offsets ? BYLINE_OK : error_no_memory(error);
}

byline_status sentences_begin(sentences *s, byline_string text,
                              const char *code, byline_error *error) {
  s->text = text;
  s->start = s->end = s->borders = 0;
  s->iterator = NULL;
  for (size_t i = 0; i < SENTENCES_LANGUAGES && !s->iterator; i++)
    if (s->rules[i].iterator && strcmp(s->rules[i].code, code) == 0)
      s->iterator = s->rules[i].iterator;
  byline_status status = open_buffers(s, error);
  if (status == BYLINE_OK && !s->iterator)
    status = open_rules(s, code, error);
  return status;
}

/* ---- Looking ----------------------------------------------------------- */

static bool is_gap(char c) {
  return c == ' ' || c == '\n';
}

static bool is_inside(byline_string text, size_t at) {
  return ((unsigned char)text.data[at] & 0xC0) == 0x80;
}

/* Where to begin to look for a sentence: at a line's beginning, or else behind
 * a space, or else anywhere. */
static size_t begin_before(byline_string text, size_t at) {
  size_t floor = at > BACK ? at - BACK : 0, space = at;
  for (size_t i = at; i > floor; i--) {
    if (text.data[i - 1] == '\n')
      return i;
    if (text.data[i - 1] == ' ')
      space = i;
  }
  if (floor == 0)
    return 0;
  if (space == at)
    for (space = floor; space < at && is_inside(text, space);)
      space++;
  return space;
}

/* Converts from start on until the buffer or the text ends, or a line of some
 * length, or short ones together; returns the units. */
static int32_t convert(sentences *s) {
  const char *text = s->text.data;
  size_t at = s->start;
  int32_t n = 0;
  s->whole = false;
  while (at < s->text.length && n <= SENTENCES_CHUNK - 2 && !s->whole) {
    s->offsets[n] = (uint32_t)(at - s->start);
    s->offsets[n + 1] = s->offsets[n];
    s->whole = text[at] == '\n' && n >= ENOUGH;
    uint32_t ch = utf8_next_inline(text, s->text.length, &at);
    n = utf16_put(s->units, n, ch == UTF8_INVALID ? 0xFFFD : (UChar32)ch);
  }
  s->offsets[n] = (uint32_t)(at - s->start);
  s->end = at;
  s->whole = s->whole || at == s->text.length;
  return n;
}

/* Whether what ends at a unit ends with one letter and a full stop: "z. B.",
 * "J. S. Bach". To ICU any full stop before a capital ends a sentence. */
static bool ends_with_initial(const sentences *s, int32_t at) {
  while (at > 0 && s->units[at - 1] == ' ')
    at--;
  if (at < 2 || s->units[at - 1] != '.')
    return false;
  at--;
  bool letter = u_isalpha(utf16_previous(s->units, &at));
  return letter && (at == 0 || !u_isalnum(utf16_previous(s->units, &at)));
}

/* Finds the borders of what lies behind from. */
static byline_status load(sentences *s, size_t from, byline_error *error) {
  UErrorCode code = U_ZERO_ERROR;
  s->start = from;
  s->borders = 0;
  int32_t count = convert(s), at = 0;
  uint32_t end = s->offsets[count];
  ubrk_setText(s->iterator, s->units, count, &code);
  if (U_FAILURE(code))
    return icu_error(code, error);
  /* There are no more borders than units: the offsets give way to them. */
  for (; at != UBRK_DONE && at < count; at = ubrk_next(s->iterator))
    if (s->borders == 0 || (s->offsets[at] > s->offsets[s->borders - 1] &&
                            !ends_with_initial(s, at)))
      s->offsets[s->borders++] = s->offsets[at];
  s->offsets[s->borders++] = end;
  return BYLINE_OK;
}

/* Which of the borders the sentence at a byte begins with. */
static size_t border_before(const sentences *s, size_t at) {
  size_t low = 0, high = s->borders - 1;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (s->offsets[middle] <= at - s->start)
      low = middle;
    else
      high = middle;
  }
  return low;
}

byline_status sentences_at(sentences *s, size_t at, stretch *sentence,
                           byline_error *error) {
  byline_status status = BYLINE_OK;
  *sentence = (stretch){at, at + 1};
  if (s->text.data[at] == '\n')
    return BYLINE_OK;
  if (at < s->start || at >= s->end)
    status = load(s, begin_before(s->text, at), error);
  if (status != BYLINE_OK)
    return status;
  size_t border = border_before(s, at);
  if (border + 2 == s->borders && border > 0 && !s->whole) {
    status = load(s, s->start + s->offsets[border], error);
    if (status != BYLINE_OK)
      return status;
    border = border_before(s, at);
  }
  sentence->start = s->start + s->offsets[border];
  sentence->end = s->start + s->offsets[border + 1];
  while (sentence->end > at + 1 && is_gap(s->text.data[sentence->end - 1]))
    sentence->end--;
  return BYLINE_OK;
}
