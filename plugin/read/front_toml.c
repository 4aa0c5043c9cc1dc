/* TOML 1.0 as front matter uses it; no library for C is packaged. Values that
 * are no strings (dates, numbers) are given as they are written. */
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "read/front.h"
#include "read/limits.h"

static const char TOO_DEEP[] =
    "lists are nested too deep: the limit \"nesting\"";
static const char TOO_MANY[] = "too many values";

typedef struct toml {
  const char *text;
  size_t length, at, line;
  front_maker *maker;
  front_fault *fault;
  buf key, value; /* the last that were read */
} toml;

static byline_status broken(toml *t, const char *message) {
  return front_broken(t->fault, t->line, message);
}

/* The character ahead; 0 at the end. */
static char peek(const toml *t, size_t ahead) {
  return ahead < t->length - t->at ? t->text[t->at + ahead] : '\0';
}

static void skip_blanks(toml *t) {
  while (peek(t, 0) == ' ' || peek(t, 0) == '\t' || peek(t, 0) == '\r')
    t->at++;
}

/* Goes to the next line that has something, or in a list to the next item. */
static void skip_lines(toml *t) {
  for (;;) {
    skip_blanks(t);
    if (peek(t, 0) == '#')
      while (t->at < t->length && t->text[t->at] != '\n')
        t->at++;
    if (peek(t, 0) != '\n')
      return;
    t->at++;
    t->line++;
  }
}

/* ---- Strings ---- */

static bool add_escaped_character(toml *t, size_t digits, buf *out) {
  uint32_t c = 0;
  char bytes[4];
  for (size_t i = 0; i < digits; i++) {
    char h = peek(t, i);
    uint32_t value = h >= '0' && h <= '9'   ? (uint32_t)(h - '0')
                     : h >= 'a' && h <= 'f' ? (uint32_t)(h - 'a') + 10
                     : h >= 'A' && h <= 'F' ? (uint32_t)(h - 'A') + 10
                                            : 16;
    if (value == 16)
      return false;
    c = c << 4 | value;
  }
  t->at += digits;
  if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
    return false;
  return buf_add(out, bytes, utf8_put(c, bytes));
}

/* What stands behind a backslash; false if it is no escape. */
static bool add_escaped(toml *t, bool multi, buf *out) {
  static const char names[] = "btnfre\"\\", values[] = "\b\t\n\f\r\x1B\"\\";
  char c = peek(t, 0);
  if (c == '\0')
    return false;
  t->at++;
  const char *found = strchr(names, c);
  if (found)
    return buf_add_char(out, values[found - names]);
  if (c == 'u' || c == 'U')
    return add_escaped_character(t, c == 'u' ? 4 : 8, out);
  if (!multi || (c != '\n' && c != ' ' && c != '\t' && c != '\r'))
    return false;
  t->at--;
  while (peek(t, 0) != '\0' && strchr(" \t\r\n", peek(t, 0)))
    t->line += t->text[t->at++] == '\n';
  return true;
}

static bool at_quotes(const toml *t, char quote) {
  return peek(t, 0) == quote && peek(t, 1) == quote && peek(t, 2) == quote;
}

/* The string that begins here, into out. */
static byline_status read_string(toml *t, buf *out) {
  char quote = peek(t, 0);
  bool multi = at_quotes(t, quote);
  buf_clear(out);
  t->at += multi ? 3 : 1;
  if (multi && peek(t, peek(t, 0) == '\r') == '\n') {
    t->at += peek(t, 0) == '\r' ? 2 : 1;
    t->line++;
  }
  while (t->at < t->length) {
    char c = t->text[t->at];
    if (multi ? at_quotes(t, quote) && peek(t, 3) != quote : c == quote) {
      t->at += multi ? 3 : 1;
      return BYLINE_OK;
    }
    if (c == '\n' && !multi)
      break;
    t->line += c == '\n';
    t->at++;
    if (c == '\\' && quote == '"') {
      if (!add_escaped(t, multi, out))
        return broken(t, "a backslash with nothing known behind it");
    } else if (!buf_add_char(out, c)) {
      t->maker->no_memory = true;
      return BYLINE_NO_MEMORY;
    }
  }
  return broken(t, "a string has no end");
}

/* ---- Keys ---- */

static bool is_bare(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '-' || (c & 0x80);
}

/* One part of a key, into t->key. */
static byline_status read_key_part(toml *t) {
  skip_blanks(t);
  if (peek(t, 0) == '"' || peek(t, 0) == '\'')
    return read_string(t, &t->key);
  buf_clear(&t->key);
  size_t start = t->at;
  while (is_bare(peek(t, 0)))
    t->at++;
  if (t->at == start)
    return broken(t, "a key is missing");
  return buf_add(&t->key, t->text + start, t->at - start) ? BYLINE_OK
                                                          : BYLINE_NO_MEMORY;
}

/* The map with this name below a map, made if there is none; of a list of
 * maps, the last. NULL when it can't be had. */
static front_node *step_into(toml *t, front_node *map, bool as_list) {
  byline_string none = {NULL, 0}, key = buf_string(&t->key);
  front_node *found = NULL;
  for (front_node *f = map->first; f; f = f->next)
    if (f->key.length == key.length &&
        (key.length == 0 || memcmp(f->key.data, key.data, key.length) == 0))
      found = f;
  if (!found)
    found =
        front_add(t->maker, map, as_list ? FRONT_LIST : FRONT_MAP, key, none);
  if (found && as_list && found->kind == FRONT_LIST)
    found = front_add(t->maker, found, FRONT_MAP, none, none);
  else if (found && found->kind == FRONT_LIST)
    found = found->last;
  return found && found->kind == FRONT_MAP &&
                 !front_is_too_deep(t->maker, found)
             ? found
             : NULL;
}

/* What step_into returned NULL for. */
static byline_status no_step(toml *t) {
  const front_maker *m = t->maker;
  return broken(t, m->too_deep   ? TOO_DEEP
                   : m->too_many ? TOO_MANY
                                 : "a key stands for two things");
}

/* "a.b.c": *into becomes the map of c, t->key c itself. */
static byline_status read_key(toml *t, front_node **into) {
  byline_status status = read_key_part(t);
  for (skip_blanks(t); status == BYLINE_OK && peek(t, 0) == '.';
       skip_blanks(t)) {
    *into = step_into(t, *into, false);
    if (!*into)
      return no_step(t);
    t->at++;
    status = read_key_part(t);
  }
  return status;
}

/* ---- Values ---- */

/* Anything that is no string, list or map. */
static byline_status read_bare(toml *t, front_node *into, byline_string key) {
  size_t start = t->at;
  while (t->at < t->length && !strchr(",]}#\n", t->text[t->at]))
    t->at++;
  size_t end = t->at;
  while (end > start && strchr(" \t\r", t->text[end - 1]))
    end--;
  if (end == start)
    return broken(t, "a value is missing");
  front_add(t->maker, into, FRONT_TEXT, key,
            (byline_string){t->text + start, end - start});
  return BYLINE_OK;
}

/* The value that begins here. Of a list or a map, which is then in *opened,
 * only the bracket. */
static byline_status read_value(toml *t, front_node *into, byline_string key,
                                front_node **opened) {
  byline_string none = {NULL, 0};
  char c = peek(t, 0);
  *opened = NULL;
  if (c == '"' || c == '\'') {
    byline_status status = read_string(t, &t->value);
    if (status == BYLINE_OK)
      front_add(t->maker, into, FRONT_TEXT, key, buf_string(&t->value));
    return status;
  }
  if (c != '[' && c != '{')
    return read_bare(t, into, key);
  t->at++;
  *opened =
      front_add(t->maker, into, c == '[' ? FRONT_LIST : FRONT_MAP, key, none);
  return *opened ? BYLINE_OK : broken(t, TOO_MANY);
}

/* "key =", if into is a map. */
static byline_status read_name(toml *t, front_node **into, byline_string *key) {
  *key = (byline_string){NULL, 0};
  if ((*into)->kind != FRONT_MAP)
    return BYLINE_OK;
  byline_status status = read_key(t, into);
  if (status != BYLINE_OK)
    return status;
  if (peek(t, 0) != '=')
    return broken(t, "= is missing");
  t->at++;
  skip_blanks(t);
  *key = buf_string(&t->key);
  return BYLINE_OK;
}

/* "key = value" with all that is in the value. */
static byline_status read_pair(toml *t, front_node *into) {
  front_node *stack[LIMITS_DEEPEST];
  size_t depth = 0;
  do {
    byline_string key;
    front_node *parent = depth > 0 ? stack[depth - 1] : into, *opened;
    if (depth > 0) {
      skip_lines(t);
      while (peek(t, 0) == ',') {
        t->at++;
        skip_lines(t);
      }
      if (peek(t, 0) == (parent->kind == FRONT_LIST ? ']' : '}')) {
        t->at++;
        depth--;
        continue;
      }
    }
    byline_status status = read_name(t, &parent, &key);
    if (status == BYLINE_OK)
      status = read_value(t, parent, key, &opened);
    if (status != BYLINE_OK)
      return status;
    if (opened && front_is_too_deep(t->maker, opened))
      return broken(t, TOO_DEEP);
    if (opened)
      stack[depth++] = opened;
  } while (depth > 0);
  return BYLINE_OK;
}

/* "[a.b]" and "[[a.b]]": *table becomes that map. */
static byline_status read_header(toml *t, front_node *root,
                                 front_node **table) {
  bool list = peek(t, 1) == '[';
  front_node *into = root;
  t->at += list ? 2 : 1;
  byline_status status = read_key(t, &into);
  if (status != BYLINE_OK)
    return status;
  if (peek(t, 0) != ']' || (list && peek(t, 1) != ']'))
    return broken(t, "] is missing");
  t->at += list ? 2 : 1;
  *table = step_into(t, into, list);
  return *table ? BYLINE_OK : no_step(t);
}

byline_status front_parse_toml(const char *text, size_t length, front_maker *m,
                               front_node *root, front_fault *fault) {
  toml t = {text, length, 0, 1, m, fault, BUF_INIT, BUF_INIT};
  front_node *table = root;
  byline_status status = BYLINE_OK;
  for (skip_lines(&t); status == BYLINE_OK && t.at < length; skip_lines(&t)) {
    if (peek(&t, 0) == '[')
      status = read_header(&t, root, &table);
    else
      status = read_pair(&t, table);
    if (status == BYLINE_OK) {
      skip_blanks(&t);
      if (t.at < length && peek(&t, 0) != '#' && peek(&t, 0) != '\n')
        status = broken(&t, "something stands behind a value");
    }
  }
  buf_free(&t.key);
  buf_free(&t.value);
  return status;
}
