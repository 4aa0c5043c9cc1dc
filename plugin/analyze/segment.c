#include "analyze/segment.h"

#include <stdlib.h>
#include <string.h>

#include "analyze/utf16.h"
#include "base/error.h"
#include "base/utf8.h"

/* Xapian's tokenizer as break rules: one joining character stays in a word
 * when the characters at its sides allow it. Status 200 marks words. */
static const char RULES[] =
    "!!chain; !!quoted_literals_only;"
    "$W=[[\\p{L}\\p{M}\\p{N}\\p{Pc}]&[:age=9.0:]-[\\U000111C9]];"
    "$Nd=[\\p{Nd}&[:age=9.0:]]; $NW=[$W-$Nd];"
    "$Z=[\\u200B-\\u200D\\u2060\\uFEFF];"
    "$ML=[\\u0027\\u0026\\u00B7\\u05F4\\u2027\\u2019\\u201B];"
    "$MN=[\\u002C.\\u003B\\u037E\\u0589\\u060D\\u07F8\\u2044\\uFE10\\uFE13"
    "\\uFE14];"
    "$W{200}; $W $W{200}; $NW ($ML|$Z) $W{200};"
    "$Nd ($ML|$Z) $NW{200}; $Nd ($MN|$Z) $Nd{200};"
    "[^$W]; [^$W] [^$W];";

enum { STATUS_WORD = 200, MAX_UNITS_OF_CHARACTER = 2 };

static byline_status icu_error(UErrorCode code, byline_error *error) {
  if (code == U_MEMORY_ALLOCATION_ERROR)
    return error_no_memory(error);
  return error_set(error, BYLINE_INTERNAL, "ICU cannot find words: %s",
                   u_errorName(code));
}

byline_status segmenter_open(segmenter *s, byline_error *error) {
  memset(s, 0, sizeof *s);
  s->units = malloc(SEGMENT_CHUNK * sizeof *s->units);
  s->offsets = malloc((SEGMENT_CHUNK + 1) * sizeof *s->offsets);
  if (!s->units || !s->offsets) {
    segmenter_close(s);
    return error_no_memory(error);
  }
  UChar rules[sizeof RULES];
  for (size_t i = 0; i < sizeof RULES; i++)
    rules[i] = (UChar)RULES[i];
  UErrorCode code = U_ZERO_ERROR;
  s->iterator = ubrk_openRules(rules, sizeof RULES - 1, NULL, 0, NULL, &code);
  if (U_SUCCESS(code))
    return BYLINE_OK;
  segmenter_close(s);
  return icu_error(code, error);
}

void segmenter_close(segmenter *s) {
  if (s->iterator)
    ubrk_close(s->iterator);
  free(s->units);
  free(s->offsets);
  memset(s, 0, sizeof *s);
}

void segmenter_start(segmenter *s, const char *text, size_t length) {
  s->text = text;
  s->length = length;
  s->chunk_start = s->chunk_end = 0;
  s->count = s->begin = s->end = s->at = 0;
  s->split = false;
}

/* Converts from chunk_start on until the buffer or the text is full. */
static void convert(segmenter *s) {
  const char *text = s->text;
  size_t at = s->chunk_start;
  int32_t n = 0;
  while (at < s->length && n <= SEGMENT_CHUNK - MAX_UNITS_OF_CHARACTER) {
    uint32_t offset = (uint32_t)(at - s->chunk_start);
    s->offsets[n] = offset;
    unsigned char c = (unsigned char)text[at];
    if (c < 0x80) {
      s->units[n++] = c;
      at++;
      continue;
    }
    uint32_t ch = utf8_next(text, s->length, &at);
    if (ch == UTF8_INVALID)
      ch = 0xFFFD;
    s->offsets[n + 1] = offset;
    n = utf16_put(s->units, n, (UChar32)ch);
  }
  s->offsets[n] = (uint32_t)(at - s->chunk_start);
  s->count = n;
  s->chunk_end = at;
}

static void end_chunk(segmenter *s, int32_t at) {
  s->count = at;
  s->chunk_end = s->chunk_start + s->offsets[at];
}

/* Cuts a chunk without any border inside its last run of four word characters,
 * where neither an acronym nor a joining character is near. Without such a run
 * it stays as it is, and a token may fall apart. */
static void split(segmenter *s) {
  int32_t run = 0, end = 0;
  for (int32_t at = s->count; at > 0 && run < 4;) {
    if (!char_is_word(utf16_previous(s->units, &at)))
      run = 0;
    else if (++run == 1)
      end = at;
  }
  if (run == 4) {
    end_chunk(s, end);
    s->split = true;
  }
}

/* Shortens a chunk behind which there is more text to its last border. */
static void cut(segmenter *s) {
  int32_t at = s->count;
  while (at > 0) {
    int32_t before = at;
    UChar32 ch = utf16_previous(s->units, &before);
    if (!char_can_join(ch)) {
      end_chunk(s, at);
      return;
    }
    at = before;
  }
  split(s);
}

static byline_status load(segmenter *s, byline_error *error) {
  s->chunk_start = s->chunk_end;
  convert(s);
  s->split = false;
  if (s->chunk_end < s->length)
    cut(s);
  s->begin = s->end = s->at = 0;
  UErrorCode code = U_ZERO_ERROR;
  ubrk_setText(s->iterator, s->units, s->count, &code);
  return U_SUCCESS(code) ? BYLINE_OK : icu_error(code, error);
}

byline_status segmenter_next(segmenter *s, bool *more, byline_error *error) {
  *more = true;
  for (;;) {
    while (s->end < s->count) {
      s->begin = s->end;
      s->end = ubrk_next(s->iterator);
      if (s->end == UBRK_DONE)
        return error_set(error, BYLINE_INTERNAL, "ICU lost its place");
      if (ubrk_getRuleStatus(s->iterator) == STATUS_WORD)
        return BYLINE_OK;
    }
    if (s->chunk_end >= s->length) {
      *more = false;
      return BYLINE_OK;
    }
    byline_status status = load(s, error);
    if (status != BYLINE_OK)
      return status;
  }
}
