/* A whole value of JSON, by jansson. */
#ifndef BYLINE_READ_JSON_PARSE_H
#define BYLINE_READ_JSON_PARSE_H

#include <jansson.h>

#include "base/buf.h"

typedef struct json_parser {
  buf outline, decoded;
  size_t waiting; /* strings that are not decoded yet */
} json_parser;

/* The same as json_loadb with JSON_ALLOW_NUL, but several times as fast where
 * most of the text is in long strings. */
json_t *json_parse(json_parser *p, const char *text, size_t length,
                   json_error_t *error);

void json_parser_free(json_parser *p);

#endif
