#include "read/charset.h"

#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>

#include "base/error.h"
#include "base/utf8.h"
#include "read/sniff.h"

/* How far into a text a declaration is looked for. */
enum { DECLARATION = 4096 };

static void set(charset *c, charset_origin origin, const char *name) {
  c->origin = origin;
  size_t length = strlen(name);
  if (length >= CHARSET_NAME)
    length = CHARSET_NAME - 1;
  memcpy(c->name, name, length);
  c->name[length] = '\0';
}

/* ---- Marks ---- */

static bool find_mark(const char *head, size_t length, charset *c) {
  static const struct {
    const char *bytes;
    size_t length;
    const char *name;
  } marks[] = {
      {"\xFF\xFE\0\0", 4, "UTF-32LE"},
      {"\0\0\xFE\xFF", 4, "UTF-32BE"},
      {"\xFF\xFE", 2, "UTF-16LE"},
      {"\xFE\xFF", 2, "UTF-16BE"},
  };
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    if (length < marks[i].length ||
        memcmp(head, marks[i].bytes, marks[i].length) != 0)
      continue;
    set(c, CHARSET_MARKED, marks[i].name);
    c->mark = marks[i].length;
    return true;
  }
  return false;
}

/* ---- Declarations ---- */

typedef struct span {
  const char *at, *end;
} span;

static bool skip_to(span *s, const char *word) {
  size_t length = strlen(word);
  for (; (size_t)(s->end - s->at) >= length; s->at++)
    if (strncasecmp(s->at, word, length) == 0) {
      s->at += length;
      return true;
    }
  return false;
}

static void skip_spaces(span *s) {
  while (s->at < s->end && (unsigned char)*s->at <= ' ')
    s->at++;
}

static bool is_name_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
         (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == ':' || c == '.';
}

/* Reads what stands behind "encoding" or "charset": = "NAME". */
static bool read_name(span *s, char name[CHARSET_NAME]) {
  size_t length = 0;
  skip_spaces(s);
  if (s->at == s->end || *s->at++ != '=')
    return false;
  skip_spaces(s);
  if (s->at < s->end && (*s->at == '"' || *s->at == '\''))
    s->at++;
  while (s->at < s->end && is_name_char(*s->at)) {
    if (length == CHARSET_NAME - 1)
      return false;
    name[length++] = *s->at++;
  }
  name[length] = '\0';
  return length > 0 && s->at < s->end;
}

static bool declared_in_xml(span s, char name[CHARSET_NAME]) {
  if (s.end - s.at < 5 || memcmp(s.at, "<?xml", 5) != 0)
    return false;
  const char *close = memchr(s.at, '>', (size_t)(s.end - s.at));
  if (close)
    s.end = close;
  return skip_to(&s, "encoding") && read_name(&s, name);
}

static bool declared_in_html(span s, char name[CHARSET_NAME]) {
  while (skip_to(&s, "<meta")) {
    const char *close = memchr(s.at, '>', (size_t)(s.end - s.at));
    span element = {s.at, close ? close + 1 : s.end};
    while (skip_to(&element, "charset"))
      if (read_name(&element, name))
        return true;
  }
  return false;
}

bool charset_declared(const char *head, size_t length,
                      char name[CHARSET_NAME]) {
  span s = {head, head + (length < DECLARATION ? length : DECLARATION)};
  if (length >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0)
    s.at += 3;
  skip_spaces(&s);
  if (s.at == s.end || *s.at != '<')
    return false;
  return declared_in_xml(s, name) || declared_in_html(s, name);
}

/* ---- Names ---- */

byline_status charset_find(const char *name, char found[CHARSET_NAME],
                           byline_error *error) {
  UErrorCode code = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &code);
  ucnv_close(converter);
  if (code == U_MEMORY_ALLOCATION_ERROR)
    return error_no_memory(error);
  if (U_FAILURE(code) || !*name || strlen(name) >= CHARSET_NAME)
    return error_set(error, BYLINE_INVALID,
                     "there is no character set \"%.60s\": name one as in "
                     "windows-1252, koi8-r or shift_jis",
                     name);
  const char *superset = charset_superset(name);
  memcpy(found, superset ? superset : name,
         strlen(superset ? superset : name) + 1);
  return BYLINE_OK;
}

/* A declaration that can be true of bytes in which ASCII is readable. */
static bool use_declared(const char *head, size_t length, charset *c) {
  char name[CHARSET_NAME], found[CHARSET_NAME];
  if (!charset_declared(head, length, name) ||
      strncasecmp(name, "utf", 3) == 0 || strncasecmp(name, "ucs", 3) == 0 ||
      charset_find(name, found, NULL) != BYLINE_OK)
    return false;
  set(c, CHARSET_DECLARED, found);
  return true;
}

/* ---- UTF-8 or not ---- */

/* The length of a sequence that is built as in UTF-8, though it may stand for
 * no character: surrogates, overlong and endless ones; else 0. */
static size_t built_length(const char *text, size_t length) {
  unsigned char lead = (unsigned char)*text;
  size_t size = 0;
  while (size < 7 && lead & 0x80u >> size)
    size++;
  if (size < 2 || size > 6 || size > length)
    return 0;
  for (size_t i = 1; i < size; i++)
    if (((unsigned char)text[i] & 0xC0) != 0x80)
      return 0;
  return size;
}

/* A sequence that the end of the text cuts off counts for nothing. */
static charset_origin look_at(const char *text, size_t length, bool whole) {
  size_t good = 0, broken = 0;
  for (size_t at = 0; (at = utf8_ascii_end(text, length, at)) < length;) {
    size_t start = at;
    bool valid = utf8_next(text, length, &at) != UTF8_INVALID;
    size_t built = valid ? 0 : built_length(text + start, length - start);
    if (built > 0)
      at = start + built;
    if (valid || built > 0)
      good++;
    else if (whole || at < length || at - start > 3)
      broken++;
  }
  if (good + broken == 0)
    return CHARSET_ASCII;
  return good > broken ? CHARSET_UTF8 : CHARSET_UNCLEAR;
}

/* ISO 2022 is ASCII to look at, but for its escapes. */
static bool has_escapes(const char *text, size_t length) {
  const char *end = text + length;
  while ((text = memchr(text, 0x1B, (size_t)(end - text)))) {
    if (end - text > 2 && text[1] == '$')
      return true;
    text++;
  }
  return false;
}

bool charset_of_part(const char *text, size_t length, bool whole, charset *c) {
  *c = (charset){.origin = look_at(text, length, whole)};
  return c->origin != CHARSET_UNCLEAR || charset_guess(text, length, c);
}

bool charset_of_head(const char *head, size_t length, bool whole,
                     const char *named, charset *c) {
  *c = (charset){.origin = CHARSET_UTF8};
  if (find_mark(head, length, c) ||
      (length >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0))
    return true;
  const char *wide = sniff_utf16(head, length);
  if (named || wide) {
    if (!named || ucnv_compareNames(named, "UTF-8") != 0)
      set(c, named ? CHARSET_NAMED : CHARSET_MARKED, named ? named : wide);
    return true;
  }
  c->origin = look_at(head, length, whole);
  if (c->origin == CHARSET_UTF8 || use_declared(head, length, c) ||
      sniff_fault(head, length))
    return true;
  if (c->origin == CHARSET_ASCII && !has_escapes(head, length))
    return true;
  charset_origin before = c->origin;
  bool ok = charset_guess(head, length, c);
  if (c->origin == CHARSET_UNCLEAR)
    c->origin = before;
  return ok;
}
