/* The articles of a JSON value that may be a graph of objects (JSON-LD). */
#ifndef BYLINE_READ_ARTICLE_GRAPH_H
#define BYLINE_READ_ARTICLE_GRAPH_H

#include <jansson.h>

/* The articles in a value: itself, if it is an object, or those of its
 * "@graph", with their authors and publishers in them. *cursor is 0 for the
 * first; NULL behind the last. */
json_t *article_graph_next(json_t *value, size_t *cursor);

#endif
