#include "read/front.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

front_node *front_add(front_maker *m, front_node *parent, front_kind kind,
                      byline_string key, byline_string text) {
  if (m->nodes == FRONT_NODES) {
    m->too_many = true;
    return NULL;
  }
  front_node *made = arena_alloc(m->memory, sizeof *made);
  if (!made) {
    m->no_memory = true;
    return NULL;
  }
  *made = (front_node){.kind = kind, .level = parent ? parent->level + 1 : 1};
  if (!arena_string(m->memory, key, &made->key) ||
      !arena_string(m->memory, text, &made->text)) {
    m->no_memory = true;
    return NULL;
  }
  m->nodes++;
  if (parent && parent->last)
    parent->last->next = made;
  else if (parent)
    parent->first = made;
  if (parent)
    parent->last = made;
  return made;
}

bool front_is_too_deep(front_maker *m, const front_node *node) {
  bool deep = node->kind != FRONT_TEXT && node->level > m->deepest;
  m->too_deep = m->too_deep || deep;
  return deep;
}

front_node *front_find(const front_node *map, const char *name) {
  front_node *found = NULL;
  size_t length = strlen(name);
  if (map && map->kind == FRONT_MAP)
    for (front_node *f = map->first; f; f = f->next)
      if (f->key.length == length &&
          strncasecmp(f->key.data, name, length) == 0)
        found = f;
  return found;
}

byline_status front_broken(front_fault *fault, size_t line,
                           const char *message) {
  fault->line = line;
  snprintf(fault->message, sizeof fault->message, "%s", message);
  return BYLINE_INVALID;
}

/* ---- Lines ---- */

static byline_string trim(const char *text, size_t length) {
  while (length > 0 && (*text == ' ' || *text == '\t')) {
    text++;
    length--;
  }
  while (length > 0 && strchr(" \t\r", text[length - 1]))
    length--;
  return (byline_string){text, length};
}

static byline_string unquote(byline_string s) {
  if (s.length >= 2 && (*s.data == '"' || *s.data == '\'') &&
      s.data[s.length - 1] == *s.data) {
    s.data++;
    s.length -= 2;
  }
  return s;
}

/* Takes from each line that begins with a key its value; the rest is let go.
 */
static byline_status parse_lines(const char *text, size_t length,
                                 front_maker *m, front_node *root) {
  while (length > 0) {
    const char *end = memchr(text, '\n', length);
    size_t size = end ? (size_t)(end - text) : length;
    const char *colon = memchr(text, ':', size);
    if (colon && colon > text && !strchr(" \t#-", *text)) {
      size_t key = (size_t)(colon - text);
      front_add(m, root, FRONT_TEXT, unquote(trim(text, key)),
                unquote(trim(colon + 1, size - key - 1)));
    }
    size += end ? 1 : 0;
    text += size;
    length -= size;
  }
  return BYLINE_OK;
}

byline_status front_parse(front_syntax syntax, const char *text, size_t length,
                          front_maker *m, front_node **root,
                          front_fault *fault) {
  byline_string none = {NULL, 0};
  byline_status status = BYLINE_OK;
  *m = (front_maker){.memory = m->memory, .deepest = m->deepest};
  *root = front_add(m, NULL, FRONT_MAP, none, none);
  if (!*root)
    return BYLINE_NO_MEMORY;
  if (syntax == FRONT_YAML)
    status = front_parse_yaml(text, length, m, *root, fault);
  else if (syntax == FRONT_TOML)
    status = front_parse_toml(text, length, m, *root, fault);
  else if (syntax == FRONT_JSON)
    status = front_parse_json(text, length, m, *root, fault);
  else if (syntax == FRONT_LINES)
    status = parse_lines(text, length, m, *root);
  return m->no_memory ? BYLINE_NO_MEMORY : status;
}
