#include "analyze/scan.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"

/* A character, its class and where the next begins. */
typedef struct sight {
  UChar32 ch; /* U+FFFD for a broken sequence */
  unsigned class;
  size_t next;
} sight;

static inline sight look(const scanner *s, size_t at) {
  if (at >= s->length)
    return (sight){0, 0, at};
  unsigned char byte = (unsigned char)s->text[at];
  if (byte < 0x80)
    return (sight){byte, char_class_ascii(byte), at + 1};
  uint32_t ch = utf8_next_inline(s->text, s->length, &at);
  if (ch == UTF8_INVALID)
    return (sight){0xFFFD, 0, at};
  return (sight){(UChar32)ch, char_class((UChar32)ch), at};
}

static bool word_at(const scanner *s, size_t at) {
  return (look(s, at).class & CHAR_WORD) != 0;
}

static bool upper_at(const scanner *s, size_t at) {
  return at < s->length && char_is_upper_ascii(s->text[at]);
}

static bool dot_at(const scanner *s, size_t at) {
  return at < s->length && s->text[at] == '.';
}

/* Moves to the next word character. */
static bool find_word(scanner *s) {
  while (s->at < s->length) {
    sight seen = look(s, s->at);
    if (seen.class & CHAR_WORD)
      return true;
    s->at = seen.next;
  }
  return false;
}

/* Initials with dots, as U.S.; a word character behind them makes them
 * something else. */
static bool take_acronym(scanner *s, base_token *token) {
  size_t at = s->at, end;
  if (!dot_at(s, at + 1) || !upper_at(s, at) || !upper_at(s, at + 2))
    return false;
  do {
    end = ++at;
  } while (dot_at(s, at) && upper_at(s, ++at));
  if (word_at(s, at))
    return false;
  for (at = s->at; at < end && token->length < ANALYZER_WORD_MAX; at += 2)
    token->term[token->length++] = (char)(s->text[at] + ('a' - 'A'));
  token->cut = at < end;
  s->at = end;
  return true;
}

/* ---- Eight bytes at a time: no branch for each of them ---- */

#define EACH(byte) (0x0101010101010101u * (uint64_t)(byte))

/* The high bit of each byte that is first to last, which are ASCII; bytes that
 * are not have their high bit set. */
static inline uint64_t between(uint64_t bytes, unsigned char first,
                               unsigned char last) {
  uint64_t low = bytes & EACH(0x7F);
  uint64_t from_first = low + EACH(0x80 - first);
  uint64_t beyond_last = low + EACH(0x7F - last);
  return from_first & ~beyond_last & ~bytes & EACH(0x80);
}

/* How many letters and digits of ASCII eight bytes begin with; makes the
 * letters small. */
static inline size_t take8(uint64_t *bytes) {
  uint64_t letters = between(*bytes | EACH(0x20), 'a', 'z');
  uint64_t others = EACH(0x80) & ~(letters | between(*bytes, '0', '9'));
  *bytes |= letters >> 2; /* 0x20 for each of them */
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  return others ? (size_t)__builtin_clzll(others) / 8 : sizeof others;
#else
  return others ? (size_t)__builtin_ctzll(others) / 8 : sizeof others;
#endif
}

/* ASCII word characters while there are any and room for them. */
static inline size_t take_ascii(const scanner *s, size_t at,
                                base_token *token) {
  size_t length = token->length, taken = sizeof(uint64_t);
  while (taken == sizeof(uint64_t) && s->length - at >= taken &&
         ANALYZER_WORD_MAX - length >= taken) {
    uint64_t bytes;
    memcpy(&bytes, s->text + at, sizeof bytes);
    taken = take8(&bytes);
    memcpy(token->term + length, &bytes, sizeof bytes);
    length += taken;
    at += taken;
  }
  /* The last few bytes, and underlines. */
  char letter;
  while (at < s->length && length < ANALYZER_WORD_MAX &&
         (letter = CHAR_PLAIN[(unsigned char)s->text[at]]) != 0) {
    token->term[length++] = letter;
    at++;
  }
  token->length = length;
  return at;
}

/* Letters and marks that are not ASCII and no capitals, while there are any
 * and room for them: base_take for each, without its questions. */
static size_t take_others(const scanner *s, size_t at, base_token *token) {
  size_t from = at, room = ANALYZER_WORD_MAX - token->length;
  while (at < s->length && (unsigned char)s->text[at] >= 0x80) {
    size_t next = at;
    uint32_t ch = utf8_next_inline(s->text, s->length, &next);
    unsigned class = ch == UTF8_INVALID ? 0 : char_class((UChar32)ch);
    if ((class & (CHAR_WORD | CHAR_CAPITAL | CHAR_DIGIT)) != CHAR_WORD ||
        next - from > room)
      break;
    if (!(class & CHAR_STABLE))
      token->stable =
          token->stable && chars_stay_stable(token->last, (UChar32)ch, class);
    token->last = (UChar32)ch;
    at = next;
  }
  if (at > from) {
    memcpy(token->term + token->length, s->text + from, at - from);
    token->length += at - from;
    token->ascii = false;
  }
  return at;
}

/* Whether what was seen stands between two word characters and makes one word
 * of them; digit: the one before it is a digit. */
static bool joins(const scanner *s, bool digit, const sight *seen) {
  unsigned kinds = CHAR_JOINS_LETTERS | CHAR_JOINS_DIGITS | CHAR_ZERO_WIDTH;
  if (!(seen->class & kinds))
    return false;
  sight after = look(s, seen->next);
  if (!(after.class & CHAR_WORD))
    return false;
  kinds = digit && (after.class & CHAR_DIGIT) ? CHAR_JOINS_DIGITS
                                              : CHAR_JOINS_LETTERS;
  return (seen->class & (kinds | CHAR_ZERO_WIDTH)) != 0;
}

static void take_word(scanner *s, base_token *token) {
  size_t at = s->at;
  bool digit = false; /* the last word character is one */
  for (;;) {
    size_t from = at;
    if (!token->cut && at < s->length && (unsigned char)s->text[at] < 0x80) {
      at = take_ascii(s, at, token);
      if (at > from) {
        token->last = 0;
        digit = s->text[at - 1] >= '0' && s->text[at - 1] <= '9';
      }
    } else if (!token->cut) {
      at = take_others(s, at, token);
      digit = digit && at == from;
    }
    sight seen = look(s, at);
    if (seen.class & CHAR_WORD)
      digit = (seen.class & CHAR_DIGIT) != 0;
    else if (!joins(s, digit, &seen))
      break;
    if (seen.class & CHAR_ZERO_WIDTH)
      token->stable = token->stable && token->cut;
    else if (!token->cut)
      base_take(token, char_is_curly_apostrophe(seen.ch) ? '\'' : seen.ch,
                seen.class);
    at = seen.next;
  }
  s->at = at;
}

static void take_suffix(scanner *s, base_token *token) {
  size_t at = s->at;
  while (at < s->length && char_is_suffix(s->text[at]))
    at++;
  size_t length = at - s->at;
  if (length == 0 || length > BASE_SUFFIX_MAX || word_at(s, at))
    return;
  base_take_suffix(token, s->text + s->at, length);
  s->at = at;
}

/* Of an ASCII character; that of others, and of the end, is no use here. */
static unsigned ascii_class(const scanner *s, size_t at) {
  unsigned char byte = at < s->length ? (unsigned char)s->text[at] : 0x80;
  return byte < 0x80 ? char_class_ascii(byte) : CHAR_WORD;
}

/* Most words: ASCII, and a character behind them that belongs to none, or a
 * full stop or the like and such a character. */
static bool take_plain(scanner *s, base_token *token) {
  size_t at = take_ascii(s, s->at, token);
  unsigned class = ascii_class(s, at);
  if ((class & ~(unsigned)(CHAR_JOINS_LETTERS | CHAR_JOINS_DIGITS)) != 0 ||
      (class != 0 && ascii_class(s, at + 1) != 0)) {
    token->length = 0;
    return false;
  }
  s->at = at;
  return token->length > 0;
}

bool scan_next(scanner *s, base_token *token) {
  if (!find_word(s))
    return false;
  token->length = 0;
  token->start = s->at;
  token->ascii = token->stable = true;
  token->last = 0;
  token->joined = token->cut = token->hyphen_after = false;
  bool ascii = (unsigned char)s->text[s->at] < 0x80;
  if (ascii && take_plain(s, token)) {
    token->end = s->at;
    return true;
  }
  if (!ascii || !take_acronym(s, token)) {
    take_word(s, token);
    if (token->cut)
      base_trim(token);
    take_suffix(s, token);
  }
  token->end = s->at;
  sight after = look(s, s->at);
  token->hyphen_after =
      (after.class & CHAR_HYPHEN) != 0 && word_at(s, after.next);
  return true;
}
