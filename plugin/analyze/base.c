#include "analyze/base.h"

#include <unicode/uchar.h>

#include "analyze/utf16.h"
#include "base/utf8.h"

static UChar32 char_at(const segmenter *s, int32_t at) {
  return at < s->count ? utf16_next(s->units, s->count, &at) : 0;
}

static bool word_at(const segmenter *s, int32_t at) {
  return at < s->count && char_is_word(char_at(s, at));
}

static bool upper_at(const segmenter *s, int32_t at) {
  return at < s->count && char_is_upper_ascii(s->units[at]);
}

/* Moves s->at to the next word character; segments are where such are. */
static byline_status find_word(segmenter *s, bool *more, byline_error *error) {
  *more = true;
  for (;;) {
    for (; s->at < s->end; s->at += U16_LENGTH(char_at(s, s->at)))
      if (word_at(s, s->at))
        return BYLINE_OK;
    byline_status status = segmenter_next(s, more, error);
    if (status != BYLINE_OK || !*more)
      return status;
    if (s->at < s->begin)
      s->at = s->begin;
  }
}

/* Initials with dots, as U.S.; they may end inside a segment (U.S's). A word
 * character behind them makes them something else. */
static bool take_acronym(segmenter *s, base_token *token) {
  int32_t at = s->at, end;
  if (!upper_at(s, at) || at + 2 >= s->count || s->units[at + 1] != '.' ||
      !upper_at(s, at + 2))
    return false;
  for (;;) {
    end = ++at;
    if (at >= s->count || s->units[at] != '.')
      break;
    if (!upper_at(s, ++at))
      break;
  }
  if (word_at(s, at))
    return false;
  for (at = s->at; at < end && token->length < ANALYZER_WORD_MAX; at += 2)
    token->term[token->length++] = (char)(s->units[at] + ('a' - 'A'));
  token->cut = at < end;
  s->at = end;
  return true;
}

/* False when the term has no room for it. */
static bool put(base_token *token, UChar32 ch) {
  /* There is room behind what counts. */
  size_t length = utf8_put((uint32_t)ch, token->term + token->length);
  if (length > ANALYZER_WORD_MAX - token->length)
    return false;
  token->length += length;
  return true;
}

void base_trim(base_token *token) {
  size_t last = token->length - 1;
  while (((unsigned char)token->term[last] & 0xC0) == 0x80)
    last--;
  size_t at = last;
  UChar32 ch = (UChar32)utf8_next(token->term, token->length, &at);
  if (!char_is_word(ch))
    token->length = last;
}

void base_take(base_token *token, UChar32 ch, unsigned class) {
  token->ascii = token->ascii && ch < 0x80;
  token->stable = token->stable && chars_stay_stable(token->last, ch, class);
  token->last = ch < 0x80 ? 0 : ch;
  if (!(class & CHAR_WORD))
    token->joined = true;
  if (!put(token, class & CHAR_CAPITAL ? u_tolower(ch) : ch))
    token->cut = true;
}

void base_take_suffix(base_token *token, const char *suffix, size_t length) {
  if (!token->cut && length <= ANALYZER_WORD_MAX - token->length)
    for (size_t i = 0; i < length; i++)
      token->term[token->length++] = suffix[i];
  else
    token->cut = true;
  token->joined = true;
}

/* From s->at to the end of the segment. */
static void take_segment(segmenter *s, base_token *token) {
  while (s->at < s->end && !token->cut) {
    UChar unit = s->units[s->at];
    UChar lower = unit >= 'A' && unit <= 'Z' ? (UChar)(unit + 32) : unit;
    bool plain = (lower >= 'a' && lower <= 'z') || (unit >= '0' && unit <= '9');
    if (plain && token->length < ANALYZER_WORD_MAX) {
      token->term[token->length++] = (char)lower;
      token->last = 0;
      s->at++;
      continue;
    }
    UChar32 ch = utf16_next(s->units, s->end, &s->at);
    if (char_is_curly_apostrophe(ch))
      ch = '\'';
    if (char_is_zero_width(ch))
      token->stable = false;
    else
      base_take(token, ch, char_class(ch));
  }
  s->at = s->end;
}

static void take_suffix(segmenter *s, base_token *token) {
  int32_t at = s->at;
  char suffix[BASE_SUFFIX_MAX] = {0};
  for (; at < s->count && char_is_suffix(s->units[at]); at++)
    if (at - s->at < BASE_SUFFIX_MAX)
      suffix[at - s->at] = (char)s->units[at];
  int32_t length = at - s->at;
  if (length == 0 || length > BASE_SUFFIX_MAX || word_at(s, at))
    return;
  base_take_suffix(token, suffix, (size_t)length);
  s->at = at;
}

static byline_status take_word(segmenter *s, base_token *token,
                               byline_error *error) {
  take_segment(s, token);
  while (s->split && s->at == s->count) {
    bool more;
    byline_status status = segmenter_next(s, &more, error);
    if (status != BYLINE_OK)
      return status;
    take_segment(s, token);
  }
  if (token->cut)
    base_trim(token);
  take_suffix(s, token);
  return BYLINE_OK;
}

byline_status base_next(segmenter *s, base_token *token, bool *more,
                        byline_error *error) {
  byline_status status = find_word(s, more, error);
  if (status != BYLINE_OK || !*more)
    return status;
  token->length = 0;
  token->start = segmenter_offset(s, s->at);
  token->ascii = token->stable = true;
  token->last = 0;
  token->joined = token->cut = false;
  if (!take_acronym(s, token)) {
    status = take_word(s, token, error);
    if (status != BYLINE_OK)
      return status;
  }
  token->end = segmenter_offset(s, s->at);
  UChar32 ch = char_at(s, s->at);
  token->hyphen_after = s->at < s->count && char_is_hyphen(ch) &&
                        word_at(s, s->at + U16_LENGTH(ch));
  return BYLINE_OK;
}
