/* Addresses of articles, made from what is known of them:
 * "https://example.org/{year}/{title-slug}". */
#ifndef BYLINE_READ_URL_TEMPLATE_H
#define BYLINE_READ_URL_TEMPLATE_H

#include <stdbool.h>

#include "base/buf.h"

typedef struct url_values {
  byline_string date; /* as in an article */
  byline_string title;
  const char *path;    /* of the file */
  size_t line, number; /* of the article in it, from 1 */
} url_values;

/* What is wrong with a template, and what to do; NULL for a good one. */
const char *url_template_fault(byline_string template);

/* Makes out the address; it is empty when something that the template asks
 * for is not known. False when memory runs out. */
bool url_template_fill(byline_string template, const url_values *values,
                       buf *out);

#endif
