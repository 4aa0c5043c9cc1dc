#include "analyze/ngrams.h"

#include <string.h>
#include <unicode/uchar.h>

#include "analyze/lane.h"
#include "analyze/ranges.h"
#include "base/utf8.h"

/* Xapian 1.4's CJK::codepoint_is_cjk, but for what is no word character. */
static bool is_ngram(uint32_t ch) {
  static const char_range ranges[] = {
      {0x2E80, 0x2EFF},   /* radicals */
      {0x3000, 0x9FFF},   /* kana, bopomofo, ideographs */
      {0xA700, 0xA71F},   /* tone letters */
      {0xAC00, 0xD7AF},   /* Hangul */
      {0xF900, 0xFAFF},   /* ideographs */
      {0xFE30, 0xFE4F},   /* compatibility forms */
      {0xFF00, 0xFFEF},   /* full and half width */
      {0x20000, 0x2A6DF}, /* ideographs */
      {0x2F800, 0x2FA1F}, /* ideographs */
  };
  return ranges_have(ranges, sizeof ranges / sizeof *ranges, ch) &&
         char_is_word((UChar32)ch);
}

bool ngrams_are_in(const char *text, size_t length) {
  enum { FIRST_BYTE = 0xE2 }; /* of U+2E80 */
  return ranges_in_text(text, length, FIRST_BYTE, is_ngram);
}

/* Two characters that stand together; the last one's bytes. */
typedef struct pair {
  char term[8];
  size_t first, second; /* lengths; first 0: there is none */
  size_t start;         /* of the first in the text */
} pair;

static byline_status give_character(analysis *r, pair *p, uint32_t ch,
                                    size_t start, size_t end) {
  byline_status status = lane_next(r, &r->ngrams);
  if (status != BYLINE_OK)
    return status;
  p->second = utf8_put((uint32_t)u_tolower((UChar32)ch), p->term + p->first);
  byline_string character = {p->term + p->first, p->second};
  status =
      lane_give(r, &r->ngrams, BYLINE_TOKEN_CHARACTER, character, start, end);
  if (status == BYLINE_OK && p->first > 0)
    status = lane_give(r, &r->ngrams, BYLINE_TOKEN_BIGRAM,
                       (byline_string){p->term, p->first + p->second}, p->start,
                       end);
  memmove(p->term, p->term + p->first, p->second);
  p->first = p->second;
  p->start = start;
  return status;
}

static UChar32 last_of(const base_token *word) {
  size_t at = word->length - 1;
  while (at > 0 && ((unsigned char)word->term[at] & 0xC0) == 0x80)
    at--;
  return (UChar32)utf8_next(word->term, word->length, &at);
}

/* QueryParser takes the apostrophe of l'東京 to the word before it: whatever
 * would join that with a word behind. */
static byline_status give_joined(analysis *r, const base_token *word,
                                 size_t end, uint32_t behind) {
  char term[ANALYZER_WORD_MAX + 4];
  size_t at = word->end;
  if (at == end || word->cut)
    return BYLINE_OK;
  uint32_t ch = utf8_next(r->text, end, &at);
  bool digits = char_is_digit(last_of(word)) && char_is_digit((UChar32)behind);
  if (at != end || !(digits ? char_joins_digits((UChar32)ch)
                            : char_joins_letters((UChar32)ch)))
    return BYLINE_OK;
  if (char_is_curly_apostrophe((UChar32)ch))
    ch = '\'';
  memcpy(term, word->term, word->length);
  size_t length = word->length + utf8_put(ch, term + word->length);
  return lane_give(r, &r->ngrams, BYLINE_TOKEN_WORD,
                   (byline_string){term, length}, word->start, end);
}

/* Words of other scripts; behind is the character after them, or 0. */
static byline_status give_between(analysis *r, size_t start, size_t end,
                                  uint32_t behind) {
  base_token *word = &r->a->word;
  scanner s = {r->text, end, start};
  byline_status status = BYLINE_OK;
  bool any = false;
  while (status == BYLINE_OK && scan_next(&s, word)) {
    any = true;
    status = lane_give_word(r, &r->ngrams, word);
  }
  return status == BYLINE_OK && any ? give_joined(r, word, end, behind)
                                    : status;
}

byline_status ngrams_give(analysis *r, const base_token *token,
                          const variants *forms) {
  const char *source = r->text + token->start;
  if (token->ascii || !ngrams_are_in(source, token->end - token->start))
    return lane_give_again(r, &r->ngrams, token, forms);
  pair p = {.first = 0};
  byline_status status = BYLINE_OK;
  size_t done = token->start;
  for (size_t at = done; status == BYLINE_OK && at < token->end;) {
    size_t start = at;
    uint32_t ch = utf8_next_inline(r->text, token->end, &at);
    if (ch == UTF8_INVALID || !is_ngram(ch))
      continue;
    if (done < start) {
      p.first = 0;
      status = give_between(r, done, start, ch);
    }
    if (status == BYLINE_OK)
      status = give_character(r, &p, ch, start, at);
    done = at;
  }
  return status == BYLINE_OK && done < token->end
             ? give_between(r, done, token->end, 0)
             : status;
}
