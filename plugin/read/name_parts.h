/* A byline in its parts: names and what else stands between commas, "and" in
 * many languages, dashes. */
#ifndef BYLINE_READ_NAME_PARTS_H
#define BYLINE_READ_NAME_PARTS_H

#include <stdbool.h>

#include "byline/types.h"

typedef enum name_separator {
  SEPARATOR_NONE,
  SEPARATOR_COMMA,
  SEPARATOR_AND,
  SEPARATOR_DASH
} name_separator;

/* What is left of a line, from at to length, and how its next part ends. */
typedef struct name_parts {
  const char *text;
  size_t length;
  size_t at;
  name_separator before; /* what stood before the part at at */
  bool trusted;          /* the text is a byline for certain */
} name_parts;

/* The next part, trimmed, and what stands before it; false at the end. */
bool name_parts_next(name_parts *c, byline_string *part,
                     name_separator *before);

/* "台北報導": where a reporter of the Far East reports from. */
bool name_is_dispatch(byline_string s);

/* Without dashes, stars and the like around it. */
byline_string name_trim(const char *text, size_t length);

#endif
