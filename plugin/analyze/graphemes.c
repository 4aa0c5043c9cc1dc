#include "analyze/graphemes.h"

#include <unicode/uchar.h>

#include "analyze/utf16.h"
#include "base/utf8.h"

enum { NEAR = 64 };

void graphemes_close(graphemes *g) {
  if (g->iterator)
    ubrk_close(g->iterator);
  g->iterator = NULL;
}

static bool is_inside(byline_string text, size_t at) {
  return ((unsigned char)text.data[at] & 0xC0) == 0x80;
}

static size_t previous(byline_string text, size_t at) {
  size_t start = at - 1;
  while (start > 0 && at - start < 4 && is_inside(text, start))
    start--;
  return start;
}

static UChar32 char_at(byline_string text, size_t at) {
  uint32_t ch = utf8_next(text.data, text.length, &at);
  return ch == UTF8_INVALID ? 0xFFFD : (UChar32)ch;
}

static int32_t break_class(UChar32 ch) {
  return u_getIntPropertyValue(ch, UCHAR_GRAPHEME_CLUSTER_BREAK);
}

/* Whether most of what is written can be cut there: no need for ICU's rules. */
static bool is_plain_border(UChar32 before, UChar32 behind) {
  if (before < 0x80 && behind < 0x80)
    return before != '\r' || behind != '\n';
  int32_t class = break_class(before);
  return break_class(behind) == U_GCB_OTHER && class != U_GCB_ZWJ &&
         class != U_GCB_PREPEND;
}

static bool ask_icu(graphemes *g, byline_string text, size_t at) {
  UChar units[2 * NEAR + 2];
  UErrorCode code = U_ZERO_ERROR;
  int32_t n = 0, border;
  size_t from = at;
  for (int i = 0; i < NEAR && from > 0; i++)
    from = previous(text, from);
  for (size_t next = from; next < at;) {
    uint32_t ch = utf8_next(text.data, text.length, &next);
    if (n <= 2 * NEAR - 2)
      n = utf16_put(units, n, ch == UTF8_INVALID ? 0xFFFD : (UChar32)ch);
  }
  border = n;
  n = utf16_put(units, n, char_at(text, at));
  if (!g->iterator)
    g->iterator = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &code);
  ubrk_setText(g->iterator, units, n, &code);
  return U_FAILURE(code) || ubrk_isBoundary(g->iterator, border);
}

bool graphemes_border(graphemes *g, byline_string text, size_t at) {
  if (at == 0 || at >= text.length)
    return true;
  if (is_inside(text, at))
    return false;
  return is_plain_border(char_at(text, previous(text, at)),
                         char_at(text, at)) ||
         ask_icu(g, text, at);
}

size_t graphemes_before(graphemes *g, byline_string text, size_t at) {
  size_t border = at;
  for (int i = 0; i < NEAR && !graphemes_border(g, text, border); i++)
    border = previous(text, border);
  return border;
}

size_t graphemes_behind(graphemes *g, byline_string text, size_t at) {
  size_t border = at;
  for (int i = 0; i < NEAR && !graphemes_border(g, text, border); i++)
    utf8_next(text.data, text.length, &border);
  return border;
}
