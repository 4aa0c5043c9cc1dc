/* What is not Markdown in a text that should be. */
#ifndef BYLINE_READ_MARKDOWN_SOURCE_H
#define BYLINE_READ_MARKDOWN_SOURCE_H

#include <stdbool.h>

#include "base/buf.h"

/* Copies a text as cmark is to have it, line by line: ":::" and what is behind
 * it, and the imports of MDX, become empty lines, and of very many brackets the
 * last are only text. False when memory runs out. */
bool markdown_source(const buf *text, buf *out);

#endif
