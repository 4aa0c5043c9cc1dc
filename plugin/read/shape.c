#include "read/shape.h"

#include <string.h>
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "read/words.h"

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Sentence ends of scripts that have their own: Devanagari, Arabic, Armenian,
 * Ethiopic, Khmer, Burmese, CJK. */
static bool is_full_stop(UChar32 c) {
  return c == '.' || c == 0x0964 || c == 0x0965 || c == 0x06D4 || c == 0x0589 ||
         c == 0x1362 || c == 0x17D4 || c == 0x104B || c == 0x3002 ||
         c == 0xFF0E || c == 0xFF61;
}

static bool is_strong(UChar32 c) {
  return c == '?' || c == '!' || c == 0x2026 || c == 0x061F || c == 0xFF1F ||
         c == 0xFF01 || c == 0x203D || c == 0x22EF;
}

static bool is_open(UChar32 c) {
  return c == ':' || c == ',' || c == ';' || c == 0x060C || c == 0x061B ||
         c == 0x3001 || c == 0xFF0C || c == 0xFF1A || c == 0xFF1B;
}

static bool is_closer(UChar32 c) {
  int type = u_charType(c);
  return c == '"' || c == '\'' || type == U_END_PUNCTUATION ||
         type == U_FINAL_PUNCTUATION || c == 0x201D || c == 0x2019;
}

/* Whether the full stop at the end belongs to a shortened word; "no." would
 * have its number behind it. */
static bool ends_shortened(const char *text, size_t length) {
  static const char *const words[] = {
      "inc", "ltd", "co",  "corp", "jr",   "sr",   "st",  "etc",
      "vs",  "dr",  "mr",  "mrs",  "ms",   "prof", "gov", "sen",
      "rep", "gen", "col", "rev",  "dept", "bros", "plc", "al"};
  size_t from = length - 1;
  while (from > 0 && text[from - 1] != ' ')
    from--;
  const char *word = text + from;
  size_t size = length - 1 - from;
  /* U.S. and p.m., but not the "I." of "and so am I." */
  if (size >= 3 && word[size - 2] == '.' && is_letter(word[size - 1]))
    return true;
  return words_contain(words, sizeof words / sizeof *words, word, size);
}

/* Whether the last letter is Greek: a semicolon behind it is a question mark.
 * Its two bytes begin with CE or CF, or with E1 and an accent of old. */
static bool ends_greek(const char *text, size_t length) {
  if (length < 2)
    return false;
  unsigned char lead = (unsigned char)text[length - 2];
  return lead == 0xCE || lead == 0xCF ||
         (length >= 3 && (unsigned char)text[length - 3] == 0xE1 &&
          (lead == 0xBC || lead == 0xBD || lead == 0xBE || lead == 0xBF));
}

static shape_end ending(const char *text, size_t length) {
  bool quoted = false;
  while (length > 0) {
    size_t at = length - 1;
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
      at--;
    size_t next = at;
    uint32_t c = utf8_next(text, length, &next);
    if (c == UTF8_INVALID)
      return SHAPE_END_PLAIN;
    UChar32 point = (UChar32)c;
    if (is_closer(point)) {
      quoted = true;
      length = at;
      continue;
    }
    if (is_full_stop(point)) {
      if (at >= 2 && text[at - 1] == '.' && text[at - 2] == '.')
        return SHAPE_END_STRONG;
      if (point == '.' && ends_shortened(text, length))
        return SHAPE_END_PLAIN;
      return quoted ? SHAPE_END_QUOTED : SHAPE_END_STOP;
    }
    if (point == ';' && ends_greek(text, at))
      return SHAPE_END_STRONG;
    return is_strong(point) ? SHAPE_END_STRONG
           : is_open(point) ? SHAPE_END_OPEN
                            : SHAPE_END_PLAIN;
  }
  return SHAPE_END_PLAIN;
}

/* Words that only a credit has. */
static bool credits_photo(const char *text, size_t length) {
  static const char firsts[] = "pPiIcCfFgGwWsS([\xC2";
  static const char *const marks[] = {
      "photo:",    "photos:",     "photo by",     "photos by",     "(photo",
      "[photo",    "(credit",     "[credit",      "picture:",      "pictures:",
      "image:",    "(image",      "[image",       "(picture",      "credit:",
      "caption:",  "\xC2\xA9",    "photograph:",  "photograph by", "(pic",
      "pic:",      "flickr",      "getty images", "cc by",         "(left)",
      "(right)",   "(above)",     "(centre)",     "(center)",      "pictured",
      "wikimedia", "screenshot:", "file photo"};
  for (size_t at = 0; at < length; at++)
    if ((at > 0 && is_letter(text[at - 1])) ||
        !memchr(firsts, text[at], sizeof firsts - 1))
      continue;
    else
      for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (words_begin(text + at, length - at, marks[i]))
          return true;
  return false;
}

/* Whether text begins with a word for a picture and a colon. */
static bool names_picture(const char *text, size_t length) {
  static const char *const words[] = {
      "foto",       "fotos",  "photo",        "photos",   "bild",
      "imagen",     "imagem", "fotografie",   "fotograf", "fotoğraf",
      "zdjęcie",    "crédit", "crédit photo", "Фото",     "фото",
      "Φωτογραφία", "写真",   "图",           "圖",       "图片",
      "圖片",       "صورة",   "ภาพ",          "फ़ोटो",     "फोटो"};
  static const char *const colons[] = {":", " :", "\xEF\xBC\x9A"};
  if (words_begin(text, length, "fot. "))
    return true;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t size = strlen(words[i]);
    if (words_begin(text, length, words[i]))
      for (size_t j = 0; j < sizeof colons / sizeof *colons; j++)
        if (words_begin(text + size, length - size, colons[j]))
          return true;
  }
  return false;
}

/* The same at the beginning of a text or of a bracket in it. */
static bool credits_elsewhere(const char *text, size_t length) {
  if (names_picture(text, length))
    return true;
  for (size_t at = 0; at < length; at++)
    if ((text[at] == '[' || text[at] == '(') &&
        names_picture(text + at + 1, length - at - 1))
      return true;
  return false;
}

/* "Someone doing something", or a year at the end. */
static bool describes(const char *text, size_t length) {
  size_t at = 0;
  for (size_t count = 0; at < length && count < 5; count++) {
    size_t end = at;
    while (end < length && text[end] != ' ')
      end++;
    if (count > 0 && end - at > 4 && text[at] >= 'a' && text[at] <= 'z' &&
        memcmp(text + end - 3, "ing", 3) == 0)
      return true;
    at = end + 1;
  }
  if (length < 8 || text[length - 5] != ' ')
    return false;
  for (size_t i = length - 4; i < length; i++)
    if (text[i] < '0' || text[i] > '9')
      return false;
  return true;
}

static bool starts_item(const char *text, size_t length) {
  if (length >= 2 && (text[0] == '*' || text[0] == '-' || text[0] == '+') &&
      text[1] == ' ')
    return true;
  return length >= 3 && (memcmp(text, "\xE2\x80\xA2", 3) == 0 ||
                         memcmp(text, "\xE2\x97\xA6", 3) == 0 ||
                         memcmp(text, "\xE2\x96\xAA", 3) == 0);
}

void shape_measure(const char *text, size_t length, shape *out) {
  memset(out, 0, sizeof *out);
  if (length == 0 || length > SHAPE_LONGEST) {
    out->long_ = length > 0;
    return;
  }
  out->characters = utf8_count(text, length);
  for (size_t at = 0; at < length;) {
    uint32_t c = utf8_next(text, length, &at);
    if (c != UTF8_INVALID && u_isalnum((UChar32)c)) {
      out->lower = u_islower((UChar32)c);
      break;
    }
  }
  out->end = ending(text, length);
  out->bullet = starts_item(text, length);
}

shape_caption shape_describes(const char *text, size_t length,
                              const shape *measured) {
  if (measured->long_ || length == 0)
    return CAPTION_NO;
  if (credits_photo(text, length) || credits_elsewhere(text, length))
    return CAPTION_SURE;
  return measured->end == SHAPE_END_PLAIN && describes(text, length)
             ? CAPTION_MAYBE
             : CAPTION_NO;
}

/* The length of a text up to its first dash between spaces; 0 for none soon. */
static size_t before_dash(const char *text, size_t length) {
  static const char *const dashes[] = {" \xE2\x80\x94 ", " \xE2\x80\x93 ",
                                       " - ", " -- ", "\xE2\x80\x94"};
  enum { SOON = 80 };
  for (size_t at = 1; at < length && at < SOON; at++)
    for (size_t i = 0; (text[at] == ' ' || text[at] == '\xE2') &&
                       i < sizeof dashes / sizeof *dashes;
         i++)
      if (words_begin(text + at, length - at, dashes[i]))
        return at;
  return 0;
}

/* ", 20 October" or " (Reuters)": a day, or an agency. */
static bool is_day_or_agency(const char *text, size_t length) {
  size_t digits = 0, letters = 0;
  for (size_t i = 0; i + 1 < length; i++)
    if (text[i] == '(' && text[i + 1] >= 'A' && text[i + 1] <= 'Z')
      return true;
  for (size_t at = 0; at < length;) {
    uint32_t c = utf8_next(text, length, &at);
    digits += c != UTF8_INVALID && u_isdigit((UChar32)c);
    letters += c != UTF8_INVALID && u_isalpha((UChar32)c);
  }
  return digits > 0 && digits <= 6 && letters >= 3;
}

bool shape_dateline(const char *text, size_t length) {
  size_t end = before_dash(text, length), at = 0, capitals = 0;
  while (at < end && text[at] != ',' && text[at] != '(') {
    uint32_t c = utf8_next(text, end, &at);
    if (c == UTF8_INVALID || u_islower((UChar32)c))
      return false;
    capitals += u_isupper((UChar32)c) != 0;
  }
  return capitals >= 3 && is_day_or_agency(text + at, end - at);
}
