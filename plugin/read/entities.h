/* HTML entities in plain text, which archives made of web pages have. */
#ifndef BYLINE_READ_ENTITIES_H
#define BYLINE_READ_ENTITIES_H

#include <stdbool.h>
#include <stddef.h>

/* No longer one is known: "&thetasym;" and as much for "&#1114111;". */
enum { ENTITIES_LONGEST = 12 };

/* Whether a text shows that its entities stand for characters: several do so
 * in running text, hardly any "&" stands for itself, no tags are there, and
 * none is cited ("the `&amp;` of HTML"). */
bool entities_shown(const char *text, size_t length);

/* Decodes a text in its place and returns its new length; it gets no longer.
 * Line ends and other control characters become spaces. *count grows by what
 * was decoded. Unless it is the last of its input, it ends before an entity
 * that it may cut: *rest is how much of its end has not been looked at, which
 * is at text + the result. */
size_t entities_decode(char *text, size_t length, bool last, size_t *rest,
                       size_t *count);

#endif
