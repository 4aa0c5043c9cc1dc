/* Front matter: what stands above a Markdown text about it, in YAML, TOML or
 * JSON, as one kind of tree. */
#ifndef BYLINE_READ_FRONT_H
#define BYLINE_READ_FRONT_H

#include <stdbool.h>

#include "base/arena.h"

/* Limits: longer front matter is none, further nodes are left out, so that
 * aliases can't multiply. */
enum { FRONT_LONGEST = 64 << 10, FRONT_NODES = 10000 };

typedef enum front_syntax {
  FRONT_NONE,
  FRONT_YAML,
  FRONT_TOML,
  FRONT_JSON,
  FRONT_LINES /* "key: value" and no more: YAML that is broken */
} front_syntax;

typedef enum front_kind { FRONT_TEXT, FRONT_LIST, FRONT_MAP } front_kind;

typedef struct front_node {
  front_kind kind;
  byline_string key;  /* in a map */
  byline_string text; /* of FRONT_TEXT; empty for null */
  size_t level;       /* of the root: 1 */
  struct front_node *first, *last, *next;
} front_node;

/* The tree being made; the first two are the caller's. */
typedef struct front_maker {
  arena *memory;  /* of the nodes and their strings */
  size_t deepest; /* levels, of which the root is one; at most LIMITS_DEEPEST */
  size_t nodes;
  bool no_memory;
  bool too_deep, too_many; /* something was left out */
} front_maker;

/* A node, added to a parent (may be NULL); NULL when a limit is reached or
 * memory runs out, which the maker tells apart. */
front_node *front_add(front_maker *m, front_node *parent, front_kind kind,
                      byline_string key, byline_string text);

/* The last value in a map with this name, ASCII case aside; NULL: none. */
front_node *front_find(const front_node *map, const char *name);

/* What is wrong with a front matter. */
typedef struct front_fault {
  size_t line; /* of the front matter, from 1 */
  char message[128];
} front_fault;

/* The map that text is. BYLINE_INVALID with the fault if it is none. */
byline_status front_parse(front_syntax syntax, const char *text, size_t length,
                          front_maker *m, front_node **root,
                          front_fault *fault);

/* Whether what a list or map holds is left out, as it lies too deep. */
bool front_is_too_deep(front_maker *m, const front_node *node);

/* If text begins with a JSON object, how long it is; else 0. */
size_t front_json_length(const char *text, size_t length);

/* For front_parse, one for each syntax. */
byline_status front_parse_yaml(const char *text, size_t length, front_maker *m,
                               front_node *root, front_fault *fault);
byline_status front_parse_toml(const char *text, size_t length, front_maker *m,
                               front_node *root, front_fault *fault);
byline_status front_parse_json(const char *text, size_t length, front_maker *m,
                               front_node *root, front_fault *fault);

/* Fills fault and returns BYLINE_INVALID. */
byline_status front_broken(front_fault *fault, size_t line,
                           const char *message);

#endif
