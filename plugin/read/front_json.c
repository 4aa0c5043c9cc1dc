/* JSON through jansson. */
#include <jansson.h>

#include "read/front.h"
#include "read/limits.h"

static json_t *load(const char *text, size_t length, json_error_t *error) {
  return json_loadb(text, length, JSON_DISABLE_EOF_CHECK, error);
}

size_t front_json_length(const char *text, size_t length) {
  json_error_t error;
  json_t *value = load(text, length, &error);
  size_t used =
      json_is_object(value) && error.position > 0 ? (size_t)error.position : 0;
  json_decref(value);
  return used;
}

/* An object or array whose items are being added. */
typedef struct level {
  json_t *value;
  void *at; /* in an object */
  size_t index;
  front_node *made;
} level;

static json_t *next_item(level *l, byline_string *key) {
  *key = (byline_string){NULL, 0};
  if (json_is_array(l->value))
    return json_array_get(l->value, l->index++);
  l->at = l->index++ == 0 ? json_object_iter(l->value)
                          : json_object_iter_next(l->value, l->at);
  if (!l->at)
    return NULL;
  *key = (byline_string){json_object_iter_key(l->at),
                         json_object_iter_key_len(l->at)};
  return json_object_iter_value(l->at);
}

static front_node *add(front_maker *m, front_node *parent, byline_string key,
                       const json_t *item) {
  byline_string text = {NULL, 0};
  front_kind kind = json_is_array(item)    ? FRONT_LIST
                    : json_is_object(item) ? FRONT_MAP
                                           : FRONT_TEXT;
  char number[32];
  if (json_is_string(item))
    text = (byline_string){json_string_value(item), json_string_length(item)};
  else if (json_is_integer(item))
    text = (byline_string){number, (size_t)snprintf(number, sizeof number,
                                                    "%" JSON_INTEGER_FORMAT,
                                                    json_integer_value(item))};
  else if (json_is_boolean(item))
    text = (byline_string){json_is_true(item) ? "true" : "false",
                           json_is_true(item) ? 4 : 5};
  return front_add(m, parent, kind, key, text);
}

byline_status front_parse_json(const char *text, size_t length, front_maker *m,
                               front_node *root, front_fault *fault) {
  json_error_t error;
  json_t *value = load(text, length, &error);
  level stack[LIMITS_DEEPEST];
  size_t depth = 1;
  if (!value && json_error_code(&error) == json_error_out_of_memory)
    return BYLINE_NO_MEMORY;
  if (value && !json_is_object(value)) {
    json_decref(value);
    return front_broken(fault, 1, "not an object");
  }
  if (!value) {
    return front_broken(fault, error.line > 0 ? (size_t)error.line : 1,
                        error.text);
  }
  stack[0] = (level){value, NULL, 0, root};
  while (depth > 0) {
    byline_string key;
    level *top = &stack[depth - 1];
    json_t *item = next_item(top, &key);
    if (!item) {
      depth--;
      continue;
    }
    front_node *made = add(m, top->made, key, item);
    if (!made)
      break;
    if (made->kind != FRONT_TEXT && !front_is_too_deep(m, made))
      stack[depth++] = (level){item, NULL, 0, made};
  }
  json_decref(value);
  return BYLINE_OK;
}
