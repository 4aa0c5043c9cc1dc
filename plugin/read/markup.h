/* Whether text in a field that may be either is HTML. "<GM>" in an old wire
 * report and "a < b" are not. */
#ifndef BYLINE_READ_MARKUP_H
#define BYLINE_READ_MARKUP_H

#include "base/buf.h"

typedef struct markup {
  bool tags;   /* a tag of HTML for certain: closed, with attributes, ... */
  bool blocks; /* of them some part paragraphs */
  bool entities;
} markup;

markup markup_look(const char *text, size_t length);

/* Appends text with its entities decoded; false when memory runs out. */
bool markup_decode(const char *text, size_t length, buf *out);

#endif
