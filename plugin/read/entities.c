#include "read/entities.h"

#include <stdint.h>
#include <string.h>

#include <libxml/HTMLparser.h>

#include "base/utf8.h"

enum { FEWEST = 3, MANY = 10, FEW_ALONE = 4 };

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* ---- One entity ---- */

/* What pages mean by the numbers that Windows-1252 has characters for. */
static uint32_t character_of(uint32_t number) {
  enum { FIRST = 0x80 };
  static const uint16_t windows[] = {
      0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
      0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
      0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
      0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
  if (number >= FIRST && number < FIRST + sizeof windows / sizeof *windows)
    return windows[number - FIRST];
  return number < ' ' || number == 0x7F ? ' ' : number;
}

static bool is_scalar(uint32_t c) {
  return c > 0 && c <= 0x10FFFF && !(c >= 0xD800 && c <= 0xDFFF);
}

/* "#8217", "#x2019" */
static uint32_t number_of(const char *name) {
  bool hex = (name[1] | 0x20) == 'x';
  uint32_t value = 0;
  for (const char *c = name + (hex ? 2 : 1); *c; c++) {
    unsigned digit = is_digit(*c)           ? (unsigned)(*c - '0')
                     : hex && is_letter(*c) ? (unsigned)((*c | 0x20) - 'a') + 10
                                            : 99;
    if (digit >= (hex ? 16u : 10u) || value > 0x10FFFF)
      return 0;
    value = value * (hex ? 16 : 10) + digit;
  }
  return value;
}

static uint32_t named(const char *name) {
  if (strcmp(name, "apos") == 0)
    return '\'';
  const htmlEntityDesc *e = htmlEntityLookup((const xmlChar *)name);
  return e ? e->value : 0;
}

typedef enum found { FOUND, FOUND_NONE, FOUND_CUT } found;

/* Looks at an "&" at the beginning of a text, which may end within. */
static found look(const char *text, size_t length, uint32_t *value,
                  size_t *size) {
  char name[ENTITIES_LONGEST];
  size_t used = 0, at = 1;
  for (; at < length && used < sizeof name - 1 && text[at] != ';'; at++) {
    if (!is_letter(text[at]) && !is_digit(text[at]) &&
        !(text[at] == '#' && at == 1))
      return FOUND_NONE;
    name[used++] = text[at];
  }
  if (at == length && used < sizeof name - 1)
    return FOUND_CUT;
  name[used] = '\0';
  if (used < 2 || at == length || text[at] != ';')
    return FOUND_NONE;
  *value = *name == '#' ? number_of(name) : named(name);
  *size = at + 1;
  return is_scalar(*value) ? FOUND : FOUND_NONE;
}

/* ---- What a text shows ---- */

typedef enum use { USE_PROSE, USE_ALONE, USE_CITED } use;

static bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_quote(char c) {
  return c == '"' || c == '`' || c == '\'';
}

/* How the entity at [from, end) stands in its text. */
static use look_around(const char *text, size_t length, size_t from, size_t end,
                       uint32_t value) {
  char before = from > 0 ? text[from - 1] : ' ';
  char after = end < length ? text[end] : ' ';
  if (is_quote(before) && is_quote(after))
    return USE_CITED;
  if (!is_blank(before) || !is_blank(after))
    return USE_PROSE;
  if (value == '&') { /* "Roe &amp; Doe" */
    while (from > 1 && !is_blank(text[from - 2]))
      from--;
    bool capitals = from > 0 && text[from - 1] >= 'A' && text[from - 1] <= 'Z';
    char next = end + 1 < length ? text[end + 1] : ' ';
    return capitals && next >= 'A' && next <= 'Z' ? USE_PROSE : USE_ALONE;
  }
  return value > 0xA0 ? USE_PROSE : USE_ALONE; /* "peace &mdash; at last" */
}

/* A tag that ends is none of a mail's or the web's address. */
static bool has_tags(const char *text, size_t length) {
  const char *end = text + length, *at = text;
  while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
    at++;
    if (end - at > 1 && *at == '/' && is_letter(at[1]))
      return true;
  }
  return false;
}

bool entities_shown(const char *text, size_t length) {
  size_t uses[3] = {0}, bare = 0, size;
  uint32_t value;
  for (size_t at = 0; at < length;) {
    const char *mark = memchr(text + at, '&', length - at);
    if (!mark)
      break;
    at = (size_t)(mark - text);
    found what = look(mark, length - at, &value, &size);
    if (what == FOUND) {
      uses[look_around(text, length, at, at + size, value)]++;
      at += size;
    } else {
      bare += what == FOUND_NONE;
      at++;
    }
  }
  return uses[USE_PROSE] >= FEWEST && uses[USE_PROSE] >= bare * MANY &&
         uses[USE_PROSE] >= uses[USE_ALONE] * FEW_ALONE &&
         uses[USE_CITED] == 0 && !has_tags(text, length);
}

/* ---- Decoding ---- */

size_t entities_decode(char *text, size_t length, bool last, size_t *rest,
                       size_t *count) {
  size_t to = 0, size;
  uint32_t value;
  *rest = 0;
  for (size_t at = 0; at < length;) {
    const char *mark = memchr(text + at, '&', length - at);
    size_t stop = mark ? (size_t)(mark - text) : length;
    memmove(text + to, text + at, stop - at);
    to += stop - at;
    at = stop;
    if (!mark)
      break;
    found what = look(text + at, length - at, &value, &size);
    if (what == FOUND) {
      to += utf8_put(character_of(value), text + to);
      at += size;
      ++*count;
    } else if (what == FOUND_CUT && !last) {
      *rest = length - at;
      memmove(text + to, text + at, *rest);
      break;
    } else {
      text[to++] = text[at++];
    }
  }
  return to;
}
