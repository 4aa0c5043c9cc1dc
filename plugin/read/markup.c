#include "read/markup.h"

#include <string.h>

#include <libxml/HTMLparser.h>

#include "base/utf8.h"
#include "read/html_elements.h"
#include "read/words.h"

/* Inline elements that text in fields has; blocks are in html_elements. */
static const char *const inlines[] = {
    "b",   "i",   "em",  "strong", "span",   "u",    "s",    "sub",
    "sup", "br",  "img", "a",      "font",   "cite", "code", "small",
    "q",   "del", "ins", "mark",   "strike", "abbr", "time", "big"};

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* ---- Tags ---- */

enum { NAME_SIZE = 12 };

/* The lower-case name at the beginning of text; its length, 0 for none. */
static size_t take_name(const char *text, size_t length, char *name) {
  size_t size = 0;
  while (size < length && (is_letter(text[size]) || is_digit(text[size]))) {
    if (size == NAME_SIZE - 1)
      return 0;
    name[size] = is_digit(text[size]) ? text[size] : (char)(text[size] | 0x20);
    size++;
  }
  name[size] = '\0';
  return size;
}

static bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/* "<br>" has no end tag; " class=x" or "/>" shows that a tag is one. */
static bool is_certain(const char *name, const char *rest, size_t length) {
  size_t at = 0;
  if (length > 0 && rest[0] == '>')
    return strcmp(name, "br") == 0 || strcmp(name, "hr") == 0;
  while (at < length && is_space(rest[at]))
    at++;
  if (length - at >= 2 && rest[at] == '/' && rest[at + 1] == '>')
    return true;
  size_t from = at;
  while (at < length && (is_letter(rest[at]) || rest[at] == '-'))
    at++;
  return from > 0 && at > from && at < length && rest[at] == '=';
}

/* text begins behind a "<"; first: nothing stands before that. */
static void look_at_tag(const char *text, size_t length, bool first,
                        markup *m) {
  char name[NAME_SIZE];
  bool closing = length > 0 && text[0] == '/';
  if (length > 2 && memcmp(text, "!--", 3) == 0) {
    m->tags = true;
    return;
  }
  text += closing;
  length -= closing;
  size_t size = take_name(text, length, name);
  if (size == 0 || size == length ||
      !(text[size] == '>' || text[size] == '/' || is_space(text[size])))
    return;
  unsigned flags = html_element_find(name)->flags;
  if (flags == 0 &&
      !words_contain(inlines, sizeof inlines / sizeof *inlines, name, size))
    return;
  if ((closing && text[size] == '>') || (first && text[size] == '>') ||
      is_certain(name, text + size, length - size)) {
    m->tags = true;
    m->blocks = m->blocks || (flags & (HTML_BLOCK | HTML_BREAK)) != 0;
  }
}

static void find_tags(const char *text, size_t length, markup *m) {
  const char *end = text + length, *at = text;
  bool first = true;
  while (first && at < end && is_space(*at))
    at++;
  while (at < end && (at = memchr(at, '<', (size_t)(end - at))) != NULL) {
    size_t before = (size_t)(at - text);
    while (first && before > 0 && is_space(text[before - 1]))
      before--;
    at++;
    look_at_tag(at, (size_t)(end - at), first && before == 0, m);
    first = false;
    if (m->blocks)
      return;
  }
}

/* ---- Entities ---- */

enum { LONGEST_ENTITY = 12 };

/* Whether text, behind a "&", is "name;" or "#number;": how long it is. */
static size_t entity_at(const char *text, size_t length, uint32_t *value) {
  char name[LONGEST_ENTITY];
  size_t size = 0;
  while (size < length && size < sizeof name - 1 && text[size] != ';') {
    if (!is_letter(text[size]) && !is_digit(text[size]) && text[size] != '#')
      return 0;
    name[size] = text[size];
    size++;
  }
  if (size < 2 || size == length || text[size] != ';')
    return 0;
  name[size] = '\0';
  if (name[0] != '#') {
    const htmlEntityDesc *e = htmlEntityLookup((const xmlChar *)name);
    *value = e ? e->value : 0;
    return e ? size + 1 : 0;
  }
  bool hex = (name[1] | 0x20) == 'x';
  *value = 0;
  for (const char *c = name + (hex ? 2 : 1); *c; c++) {
    unsigned digit = is_digit(*c)           ? (unsigned)(*c - '0')
                     : hex && is_letter(*c) ? (unsigned)((*c | 0x20) - 'a') + 10
                                            : 99;
    if (digit >= (hex ? 16u : 10u) || *value > 0x10FFFF)
      return 0;
    *value = *value * (hex ? 16 : 10) + digit;
  }
  return hex && size == 2 ? 0 : size + 1;
}

static bool find_entity(const char *text, size_t length) {
  const char *end = text + length, *at = text;
  uint32_t value;
  while (at < end && (at = memchr(at, '&', (size_t)(end - at))) != NULL) {
    at++;
    if (entity_at(at, (size_t)(end - at), &value) > 0)
      return true;
  }
  return false;
}

markup markup_look(const char *text, size_t length) {
  markup m = {false, false, false};
  if (length == 0)
    return m;
  find_tags(text, length, &m);
  m.entities = find_entity(text, length);
  return m;
}

bool markup_decode(const char *text, size_t length, buf *out) {
  for (size_t at = 0; at < length;) {
    const char *mark = memchr(text + at, '&', length - at);
    size_t end = mark ? (size_t)(mark - text) : length;
    uint32_t value = 0;
    char bytes[4];
    if (!buf_add(out, text + at, end - at))
      return false;
    if (!mark)
      break;
    size_t size = entity_at(mark + 1, length - end - 1, &value);
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
      value = 0xFFFD;
    if (!(size > 0 ? buf_add(out, bytes, utf8_put(value, bytes))
                   : buf_add_char(out, '&')))
      return false;
    at = end + 1 + size;
  }
  return true;
}
