/* The character set of a text that does not say: ICU's detector, doubted. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/ucsdet.h>

#include "base/utf8.h"
#include "read/charset.h"
#include "read/decoder.h"

enum {
  SAMPLE = 8000,   /* ICU looks at 8192 bytes */
  AROUND = 48,     /* of what is ASCII, kept beside what is not */
  FLOOR = 20,      /* of ICU's confidence, 0 to 100 */
  FLOOR_WIDE = 50, /* the same for character sets of the Far East: the right one
                      usually has 100, wrong ones up to 80 */
  MARGIN = 10      /* by which it must be ahead of the next */
};

/* ---- Names ---- */

typedef struct pair {
  const char *name, *superset;
} pair;

const char *charset_superset(const char *name) {
  /* As the Encoding standard for the web has them. */
  static const pair pairs[] = {{"iso-8859-1", "windows-1252"},
                               {"iso8859-1", "windows-1252"},
                               {"latin1", "windows-1252"},
                               {"us-ascii", "windows-1252"},
                               {"ascii", "windows-1252"},
                               {"iso-8859-8-i", "windows-1255"},
                               {"iso-8859-8", "windows-1255"},
                               {"iso-8859-9", "windows-1254"},
                               {"iso8859-9", "windows-1254"},
                               {"latin5", "windows-1254"},
                               {"iso-8859-11", "windows-874"},
                               {"tis-620", "windows-874"},
                               {"gb2312", "gb18030"},
                               {"gbk", "gb18030"},
                               {"x-gbk", "gb18030"},
                               {"euc-kr", "windows-949"},
                               {"ks_c_5601-1987", "windows-949"}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    if (strcasecmp(pairs[i].name, name) == 0)
      return pairs[i].superset;
  return NULL;
}

static bool is_wide(const char *name) {
  return strcmp(name, "GB18030") == 0 || strcmp(name, "Big5") == 0 ||
         strcmp(name, "Shift_JIS") == 0 || strncmp(name, "EUC-", 4) == 0;
}

/* Text in a set that ASCII is part of. */
static bool is_wanted(const char *name) {
  return strncmp(name, "UTF-", 4) != 0 && strncmp(name, "IBM", 3) != 0;
}

/* KOI8-R has signs for frames where KOI8-U has Ukrainian letters. */
static bool has_ukrainian(const char *text, size_t length) {
  static const char letters[] = "\xA4\xA6\xA7\xAD\xB4\xB6\xB7\xBD";
  for (size_t i = 0; i < length; i++)
    if (text[i] && strchr(letters, text[i]))
      return true;
  return false;
}

/* Where windows-1253 has signs that no word begins with. */
static bool has_iso_greek(const char *text, size_t length) {
  return memchr(text, '\xB6', length) || memchr(text, '\xA1', length);
}

static const char *decode_as(const char *name, const char *text,
                             size_t length) {
  const char *superset = charset_superset(name);
  if (strcmp(name, "ISO-8859-7") == 0 && !has_iso_greek(text, length))
    return "windows-1253";
  if (strcmp(name, "KOI8-R") == 0 && has_ukrainian(text, length))
    return "KOI8-U";
  return superset ? superset : name;
}

/* ---- The sample ---- */

static bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static bool is_plain(char c) {
  return (unsigned char)c < 0x80 && c != 0x1B;
}

/* What tells: the words that are not ASCII and some around them. No set that
 * is looked for has blanks as part of a character. */
static size_t take_sample(const char *text, size_t length, char *sample) {
  size_t taken = 0;
  for (size_t at = 0, done = 0; at < length && taken < SAMPLE; at++) {
    if (is_plain(text[at]))
      continue;
    size_t start = at > done + AROUND ? at - AROUND : done;
    while (start > done && !is_blank(text[start - 1]))
      start--;
    size_t stop = at;
    for (size_t plain = 0; stop < length; stop++) {
      plain = is_plain(text[stop]) ? plain + 1 : 0;
      if (plain > AROUND && is_blank(text[stop]))
        break;
    }
    size_t size = stop - start < SAMPLE - taken ? stop - start : SAMPLE - taken;
    memcpy(sample + taken, text + start, size);
    taken += size;
    done = at = stop;
  }
  return taken;
}

/* ---- Doubts ---- */

static bool is_cased(uint32_t c) {
  return c != UTF8_INVALID &&
         (u_isULowercase((UChar32)c) || u_isUUppercase((UChar32)c));
}

/* Signs that may stand between two letters. */
static bool joins_letters(uint32_t c) {
  return c == 0x2018 || c == 0x2019 || c == 0x2026 || c == 0xB7 || c == 0xAD ||
         c == 0xAA || c == 0xBA || u_charType((UChar32)c) == U_DASH_PUNCTUATION;
}

/* A character that no text has where it stands, or almost none: 0xFF is more
 * often a broken byte than a y with dots. */
static bool is_odd(uint32_t before, uint32_t c, uint32_t after) {
  int8_t type = u_charType((UChar32)c);
  if (c == 0xFFFD || c == 0xFF || type == U_UNASSIGNED ||
      type == U_PRIVATE_USE_CHAR || (type == U_CONTROL_CHAR && c >= 0x7F))
    return true;
  if (c < 0x80 || !is_cased(before))
    return false;
  if (u_isUUppercase((UChar32)c))
    return u_isULowercase((UChar32)before);
  return is_cased(after) && !u_isalpha((UChar32)c) && !joins_letters(c);
}

/* Whether a text that was decoded is one: letters of a wrong set come as
 * capitals and signs in the middle of words. */
static bool makes_sense(const char *text, size_t length) {
  size_t others = 0, odd = 0;
  uint32_t before = UTF8_INVALID, c = UTF8_INVALID;
  for (size_t at = 0; at < length || c != UTF8_INVALID;) {
    uint32_t after = at < length ? utf8_next(text, length, &at) : UTF8_INVALID;
    if (c != UTF8_INVALID) {
      others += c >= 0x80;
      odd += is_odd(before, c, after);
    }
    before = c;
    c = after;
  }
  return odd * 10 <= others;
}

static bool check(const char *name, const char *text, size_t length,
                  bool *sense) {
  enum { ROOM = SAMPLE * 3 + 16 };
  decoder *d;
  size_t got;
  const char *at = text;
  byline_status status = decoder_new(name, &d, NULL);
  *sense = false;
  if (status != BYLINE_OK)
    return status != BYLINE_NO_MEMORY;
  char *out = malloc(ROOM);
  if (out)
    status = decoder_run(d, &at, text + length, false, out, ROOM, &got, NULL);
  if (out && status == BYLINE_OK)
    *sense = makes_sense(out, got);
  decoder_free(d);
  free(out);
  return out && status != BYLINE_NO_MEMORY;
}

/* ---- The choice ---- */

static const char *choose(const UCharsetMatch **matches, int32_t count,
                          const char *text, size_t length, UErrorCode *code) {
  const char *best = NULL;
  int32_t most = 0;
  bool alone = true;
  for (int32_t i = 0; i < count && U_SUCCESS(*code); i++) {
    const char *name = ucsdet_getName(matches[i], code);
    int32_t sure = ucsdet_getConfidence(matches[i], code);
    if (U_FAILURE(*code) || !is_wanted(name))
      continue;
    if (sure < (is_wide(name) ? FLOOR_WIDE : FLOOR) || sure + MARGIN <= most)
      break;
    name = decode_as(name, text, length);
    if (best && strcmp(name, best) != 0)
      alone = false;
    /* Languages that ICU does not know are most often western ones. */
    if (!best || strcmp(name, "windows-1252") == 0)
      best = name;
    if (most == 0)
      most = sure;
  }
  return alone || (best && strcmp(best, "windows-1252") == 0) ? best : NULL;
}

static bool ask(UCharsetDetector *detector, const char *text, size_t length,
                charset *c) {
  UErrorCode code = U_ZERO_ERROR;
  int32_t count = 0;
  bool sense = false, ok = true;
  ucsdet_setText(detector, text, (int32_t)length, &code);
  const UCharsetMatch **matches = ucsdet_detectAll(detector, &count, &code);
  const char *name =
      U_SUCCESS(code) ? choose(matches, count, text, length, &code) : NULL;
  if (name)
    ok = check(name, text, length, &sense);
  if (sense) {
    c->origin = CHARSET_GUESSED;
    memcpy(c->name, name, strlen(name) + 1);
  }
  return ok && code != U_MEMORY_ALLOCATION_ERROR;
}

bool charset_guess(const char *text, size_t length, charset *c) {
  UErrorCode code = U_ZERO_ERROR;
  c->origin = CHARSET_UNCLEAR;
  char *sample = malloc(SAMPLE);
  UCharsetDetector *detector = ucsdet_open(&code);
  bool ok = sample && U_SUCCESS(code) &&
            ask(detector, sample, take_sample(text, length, sample), c);
  ucsdet_close(detector);
  free(sample);
  return ok;
}
