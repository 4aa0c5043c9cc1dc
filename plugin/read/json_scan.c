#include "read/json_scan.h"

#include <string.h>

#include "read/json_text.h"

enum {
  AT_VALUE,
  AT_FIRST_ITEM, /* a value or ] */
  AT_FIRST_KEY,  /* a key or } */
  AT_KEY,
  AT_COLON,
  AT_NEXT /* a comma or the end of what is open */
};

void json_scan_start(json_scan *s) {
  memset(s, 0, sizeof *s);
}

void json_scan_resume(json_scan *s) {
  json_scan_start(s);
  s->depth = 1;
  s->objects[0] = 1;
  s->state = AT_NEXT;
}

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A character of a number, true, false or null. */
static bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z') || c == '-' || c == '+' || c == '.';
}

static bool in_object(const json_scan *s) {
  size_t top = s->depth - 1;
  return top < JSON_SCAN_DEEPEST && (s->objects[top / 64] >> top % 64 & 1) != 0;
}

static void push(json_scan *s, bool object) {
  size_t top = s->depth++;
  if (s->deepest < s->depth)
    s->deepest = s->depth;
  if (top >= JSON_SCAN_DEEPEST)
    return;
  uint64_t bit = UINT64_C(1) << top % 64;
  s->objects[top / 64] =
      object ? s->objects[top / 64] | bit : s->objects[top / 64] & ~bit;
}

/* Whether brackets are all that is looked at here. */
static bool is_loose(const json_scan *s) {
  return s->loose || s->depth > JSON_SCAN_DEEPEST;
}

static void end_string(json_scan *s, size_t offset) {
  s->in_string = false;
  if (s->state == AT_KEY) {
    if (s->depth == 1)
      s->key_end = offset;
    s->state = AT_COLON;
  } else {
    s->state = AT_NEXT;
  }
}

/* In a string. False at a line end or another control character, which JSON
 * has only as escapes: the string was never closed. */
static bool scan_string(json_scan *s, const char *text, size_t length,
                        size_t *at, size_t base) {
  while (*at < length) {
    if (s->escaped) {
      s->escaped = false;
      if ((unsigned char)text[*at] < 0x20)
        return false;
      ++*at;
      continue;
    }
    *at = json_text_run(text, length, *at);
    if (*at == length)
      return true;
    char c = text[*at];
    if (c == '"') {
      end_string(s, base + *at);
      ++*at;
      return true;
    }
    if (c != '\\')
      return false;
    s->escaped = true;
    ++*at;
  }
  return true;
}

static void start_string(json_scan *s, size_t offset) {
  s->in_string = true;
  if (s->state == AT_FIRST_KEY)
    s->state = AT_KEY;
  if (s->state == AT_KEY && s->depth == 1)
    s->key_start = offset + 1;
  s->values += s->state != AT_KEY;
}

/* A bracket closes, in any state if loose. */
static bool close_bracket(json_scan *s, char c) {
  if (s->depth == 0)
    return false;
  if (!is_loose(s)) {
    bool object = in_object(s);
    int empty = object ? AT_FIRST_KEY : AT_FIRST_ITEM;
    if (object != (c == '}') || (s->state != AT_NEXT && s->state != empty))
      return false;
  }
  s->depth--;
  s->state = AT_NEXT;
  return true;
}

/* A bracket opens where a value may stand. */
static void open_bracket(json_scan *s, char c) {
  push(s, c == '{');
  s->values++;
  s->state = c == '{' ? AT_FIRST_KEY : AT_FIRST_ITEM;
}

static bool scan_loose(json_scan *s, char c, size_t offset) {
  if (c == '{' || c == '[')
    open_bracket(s, c);
  else if (c == '}' || c == ']')
    return close_bracket(s, c);
  else if (c == '"')
    start_string(s, offset);
  return true;
}

/* One byte that is no space and in no string or word. */
static bool scan_byte(json_scan *s, char c, size_t offset) {
  bool value = s->state == AT_VALUE || s->state == AT_FIRST_ITEM;
  if (c == '}' || c == ']')
    return close_bracket(s, c);
  if (c == '"') {
    if (!value && s->state != AT_FIRST_KEY && s->state != AT_KEY)
      return false;
    start_string(s, offset);
    return true;
  }
  if (c == ':' && s->state == AT_COLON) {
    s->state = AT_VALUE;
    return true;
  }
  if (c == ',' && s->state == AT_NEXT) {
    s->state = in_object(s) ? AT_KEY : AT_VALUE;
    return true;
  }
  if (!value)
    return false;
  if (c == '{' || c == '[') {
    open_bracket(s, c);
    return true;
  }
  s->in_word = is_word(c);
  s->values += s->in_word;
  return s->in_word;
}

/* Something that may be an archive in itself: the caller decides. */
static bool is_news(json_scan *s, char c) {
  bool news = (c == '{' || c == '[') && s->depth == 1 && in_object(s) &&
              s->state == AT_VALUE && !s->told && !s->loose;
  s->told = news;
  return news;
}

static json_scan_result scan(json_scan *s, const char *text, size_t length,
                             size_t *at, size_t base) {
  while (*at < length) {
    char c = text[*at];
    if (s->in_string) {
      if (!scan_string(s, text, length, at, base))
        return JSON_SCAN_MISTAKE;
    } else if (s->in_word && is_word(c)) {
      ++*at;
    } else if (s->in_word) {
      s->in_word = false;
      s->state = AT_NEXT;
    } else if (is_space(c)) {
      ++*at;
    } else if (is_news(s, c)) {
      return JSON_SCAN_OPEN;
    } else {
      if (!(is_loose(s) ? scan_loose(s, c, base + *at)
                        : scan_byte(s, c, base + *at)))
        return JSON_SCAN_MISTAKE;
      ++*at;
    }
    if (s->depth == 0 && s->state == AT_NEXT && !s->in_string && !s->in_word)
      return JSON_SCAN_WHOLE;
  }
  return JSON_SCAN_MORE;
}

json_scan_result json_scan_run(json_scan *s, const char *text, size_t length,
                               size_t *at) {
  size_t from = *at;
  json_scan_result result = scan(s, text, length, at, s->offset - from);
  s->offset += *at - from;
  return result;
}

void json_scan_loosen(json_scan *s) {
  s->loose = true;
  s->in_word = false;
}
