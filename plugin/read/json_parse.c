/* jansson takes a string byte by byte, twice. So it gets an outline of the
 * value, in which each long string is replaced by where it is in the text, and
 * those are decoded here. Where there is anything unusual, it gets the text. */
#include "read/json_parse.h"

#include <stdlib.h>
#include <string.h>

#include "read/json_text.h"

enum {
  LONG = 40,    /* bytes of a string, more than stand in for it */
  MARK = '\x01' /* these begin with it, and no other string has one */
};

static const char MARK_ESCAPE[] = "\\u0001";

void json_parser_free(json_parser *p) {
  buf_free(&p->outline);
  buf_free(&p->decoded);
}

/* Moves *at to the quotation mark that ends a string. False if there is none,
 * or a mark in the string. */
static bool find_end(const char *text, size_t length, size_t *at) {
  enum { SIZE = sizeof MARK_ESCAPE - 1 };
  for (;;) {
    *at = json_text_run(text, length, *at);
    if (length - *at < 2 || text[*at] != '\\')
      return *at < length && text[*at] == '"';
    if (length - *at >= SIZE && memcmp(text + *at, MARK_ESCAPE, SIZE) == 0)
      return false;
    *at += 2;
  }
}

/* Whether a string that ends before at is the name of a member. */
static bool is_key(const char *text, size_t length, size_t at) {
  while (at < length && (text[at] == ' ' || text[at] == '\t' ||
                         text[at] == '\n' || text[at] == '\r'))
    at++;
  return at < length && text[at] == ':';
}

/* False if jansson shall get the text instead. */
static bool make_outline(json_parser *p, const char *text, size_t length) {
  buf *outline = &p->outline;
  const char *quote;
  size_t end, copied = 0;
  bool ok = true;
  buf_clear(outline);
  p->waiting = 0;
  for (size_t at = 0;
       ok && at < length && (quote = memchr(text + at, '"', length - at));
       at = end + 1) {
    size_t start = end = (size_t)(quote - text) + 1;
    if (!find_end(text, length, &end))
      return false;
    if (end - start < LONG || is_key(text, length, end + 1))
      continue;
    ok = buf_add(outline, text + copied, start - copied) &&
         buf_printf(outline, "%s%zx %zx", MARK_ESCAPE, start, end - start);
    copied = end;
    p->waiting++;
  }
  return ok && copied > 0 && buf_add(outline, text + copied, length - copied);
}

/* Gives a string that stands for another its value. */
static bool complete_string(json_parser *p, const char *text, json_t *string) {
  buf *decoded = &p->decoded;
  const char *mark = json_string_value(string);
  char *behind;
  if (*mark != MARK)
    return true;
  size_t start = strtoull(mark + 1, &behind, 16);
  size_t length = strtoull(behind, NULL, 16);
  buf_clear(decoded);
  p->waiting--;
  return json_text_decode(text + start, length, decoded) &&
         json_string_setn_nocheck(string, decoded->data, decoded->length) == 0;
}

/* It goes no deeper than jansson went. */
static bool complete(json_parser *p, const char *text, json_t *value) {
  const char *key;
  json_t *item;
  size_t i;
  bool ok = true;
  if (json_is_string(value))
    return complete_string(p, text, value);
  json_array_foreach(value, i, item) {
    ok = ok && complete(p, text, item);
  }
  json_object_foreach(value, key, item) {
    ok = ok && complete(p, text, item);
  }
  return ok;
}

json_t *json_parse(json_parser *p, const char *text, size_t length,
                   json_error_t *error) {
  if (make_outline(p, text, length)) {
    json_t *value =
        json_loadb(p->outline.data, p->outline.length, JSON_ALLOW_NUL, error);
    /* One that waits still was the value of a name that came again. */
    if (value && complete(p, text, value) && p->waiting == 0)
      return value;
    json_decref(value);
  }
  return json_loadb(text, length, JSON_ALLOW_NUL, error);
}
