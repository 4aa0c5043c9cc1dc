#include "read/json_rich.h"

#include <string.h>

#include "base/error.h"
#include "read/limits.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What stands below a node: a list, or NULL. */
static const json_t *below(const json_t *node) {
  static const char *const keys[] = {"content", "children", "blocks", "nodes"};
  if (json_is_array(node))
    return node;
  for (size_t i = 0; i < COUNT(keys); i++) {
    const json_t *list = json_object_get(node, keys[i]);
    if (json_is_array(list))
      return list;
  }
  return NULL;
}

/* The words of a node without others below it; NULL: it has none. */
static const json_t *words(const json_t *node) {
  static const char *const keys[] = {"text", "value", "content"};
  const json_t *data = json_object_get(node, "data"); /* Editor.js */
  for (size_t i = 0; i < COUNT(keys); i++) {
    const json_t *text = json_object_get(node, keys[i]);
    if (!json_is_string(text))
      text = json_object_get(data, keys[i]);
    if (json_is_string(text))
      return text;
  }
  return NULL;
}

/* Whether the nodes of a list are pieces of one line. */
static bool is_line(const json_t *list) {
  static const char *const types[] = {"text",      "span",      "hard_break",
                                      "hardBreak", "hyperlink", "link"};
  const json_t *node = json_array_get(list, 0);
  const char *type = json_string_value(json_object_get(node, "type"));
  if (!type)
    type = json_string_value(json_object_get(node, "_type"));
  if (!type)
    type = json_string_value(json_object_get(node, "nodeType"));
  for (size_t i = 0; type && i < COUNT(types); i++)
    if (strcmp(type, types[i]) == 0)
      return true;
  return !type && json_is_string(json_object_get(node, "text"));
}

bool json_rich_is(const json_t *value) {
  if (json_is_object(value))
    return below(value) != NULL && !words(value);
  const json_t *first = json_array_get(value, 0);
  return json_is_object(first) && below(first) != NULL;
}

static bool add_line(const json_t *node, int depth, buf *line) {
  const json_t *list = below(node), *text = words(node);
  bool ok = true;
  if (!list)
    return text ? buf_add(line, json_string_value(text),
                          json_string_length(text))
                : buf_add_char(line, ' ');
  for (size_t i = 0; ok && depth < LIMITS_DEEPEST && i < json_array_size(list);
       i++)
    ok = add_line(json_array_get(list, i), depth + 1, line);
  return ok;
}

static byline_status add_node(const json_t *node, int depth, draft *d,
                              byline_error *error) {
  const json_t *list = below(node), *text = words(node);
  byline_status status = BYLINE_OK;
  if (!list)
    return text ? draft_add_text(d, json_string_value(text),
                                 json_string_length(text), false, error)
                : BYLINE_OK;
  if (is_line(list)) {
    buf line = BUF_INIT;
    bool ok = add_line(node, depth, &line) &&
              draft_add_paragraph(d, line.data, line.length);
    buf_free(&line);
    return ok ? BYLINE_OK : error_no_memory(error);
  }
  for (size_t i = 0; status == BYLINE_OK && depth < LIMITS_DEEPEST &&
                     i < json_array_size(list);
       i++)
    status = add_node(json_array_get(list, i), depth + 1, d, error);
  return status;
}

byline_status json_rich_add(const json_t *value, draft *d,
                            byline_error *error) {
  return add_node(value, 0, d, error);
}
