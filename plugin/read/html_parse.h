/* What libxml2's HTML parser sees in some bytes, as it goes: no tree is built,
 * nothing is fetched, and elements nested 100,000 deep are no more than that.
 */
#ifndef BYLINE_READ_HTML_PARSE_H
#define BYLINE_READ_HTML_PARSE_H

#include <stdbool.h>

#include "base/buf.h"
#include "read/html_elements.h"

typedef struct html_tag {
  const html_element *element;
  const char *name; /* lower-case */
  /* Names and values by turns, NULL at the end; a value may be NULL. */
  const char *const *attributes;
  size_t line; /* from 1 */
} html_tag;

/* The value of an attribute: "" if it has none, NULL if there is no such. */
const char *html_attribute(const html_tag *tag, const char *name);

/* All return false to stop for want of memory. Ends come in order, also for
 * what was never closed. */
typedef struct html_events {
  void *user;
  bool (*start)(void *user, const html_tag *tag);
  bool (*end)(void *user, const html_element *element);
  bool (*text)(void *user, const char *text, size_t length);
} html_events;

/* replaced (may be NULL) is increased by the broken UTF-8 sequences and NULs
 * that became U+FFFD. Errors: BYLINE_INVALID (what is made to take hours),
 * BYLINE_NO_MEMORY. */
byline_status html_parse(const char *html, size_t length,
                         const html_events *events, size_t *replaced,
                         byline_error *error);

#endif
