/* YAML through libyaml's documents: aliases are numbers of nodes there, and
 * only what the limits of front.h allow is followed. */
#include <string.h>
#include <yaml.h>

#include "read/front.h"
#include "read/limits.h"

/* A list or map whose items are being added. */
typedef struct level {
  const yaml_node_t *node;
  size_t at;
  front_node *made;
} level;

static byline_string scalar(const yaml_node_t *node) {
  static const char *const nulls[] = {"~", "null", "Null", "NULL"};
  byline_string s = {(const char *)node->data.scalar.value,
                     node->data.scalar.length};
  if (node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++)
      if (s.length == strlen(nulls[i]) &&
          memcmp(s.data, nulls[i], s.length) == 0)
        s.length = 0;
  return s;
}

/* The next item of a list or map; NULL at its end. */
static const yaml_node_t *next_item(yaml_document_t *document, level *l,
                                    byline_string *key) {
  *key = (byline_string){NULL, 0};
  if (l->node->type == YAML_SEQUENCE_NODE) {
    const yaml_node_item_t *item = l->node->data.sequence.items.start + l->at;
    if (item >= l->node->data.sequence.items.top)
      return NULL;
    l->at++;
    return yaml_document_get_node(document, *item);
  }
  const yaml_node_pair_t *pair = l->node->data.mapping.pairs.start + l->at;
  if (pair >= l->node->data.mapping.pairs.top)
    return NULL;
  l->at++;
  const yaml_node_t *name = yaml_document_get_node(document, pair->key);
  if (name && name->type == YAML_SCALAR_NODE)
    *key = scalar(name);
  return yaml_document_get_node(document, pair->value);
}

static void convert(yaml_document_t *document, const yaml_node_t *node,
                    front_maker *m, front_node *root) {
  level stack[LIMITS_DEEPEST];
  size_t depth = 1;
  stack[0] = (level){node, 0, root};
  while (depth > 0) {
    byline_string key, none = {NULL, 0};
    level *top = &stack[depth - 1];
    const yaml_node_t *item = next_item(document, top, &key);
    if (!item) {
      depth--;
      continue;
    }
    bool text = item->type == YAML_SCALAR_NODE;
    front_kind kind = text                               ? FRONT_TEXT
                      : item->type == YAML_SEQUENCE_NODE ? FRONT_LIST
                                                         : FRONT_MAP;
    front_node *made =
        front_add(m, top->made, kind, key, text ? scalar(item) : none);
    if (!made)
      return;
    if (!text && !front_is_too_deep(m, made))
      stack[depth++] = (level){item, 0, made};
  }
}

static byline_status broken(const yaml_parser_t *parser, front_fault *fault) {
  if (parser->error == YAML_MEMORY_ERROR)
    return BYLINE_NO_MEMORY;
  return front_broken(fault, parser->problem_mark.line + 1,
                      parser->problem ? parser->problem : "not YAML");
}

/* What libyaml does for each bracket grows with those that are open. */
static bool is_too_deep(const char *text, size_t length) {
  enum { DEEPEST = 1000 };
  size_t depth = 0;
  for (size_t i = 0; i < length && depth <= DEEPEST; i++) {
    if (text[i] == '[' || text[i] == '{')
      depth++;
    else if ((text[i] == ']' || text[i] == '}') && depth > 0)
      depth--;
  }
  return depth > DEEPEST;
}

byline_status front_parse_yaml(const char *text, size_t length, front_maker *m,
                               front_node *root, front_fault *fault) {
  yaml_parser_t parser;
  yaml_document_t document;
  if (is_too_deep(text, length))
    return front_broken(fault, 1, "lists are nested too deep");
  if (!yaml_parser_initialize(&parser))
    return BYLINE_NO_MEMORY;
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
  byline_status status = BYLINE_OK;
  if (!yaml_parser_load(&parser, &document)) {
    status = broken(&parser, fault);
    yaml_parser_delete(&parser);
    return status;
  }
  const yaml_node_t *node = yaml_document_get_root_node(&document);
  if (node && node->type == YAML_MAPPING_NODE)
    convert(&document, node, m, root);
  else if (node)
    status = front_broken(fault, node->start_mark.line + 1,
                          "not \"key: value\" lines");
  yaml_document_delete(&document);
  yaml_parser_delete(&parser);
  return status;
}
