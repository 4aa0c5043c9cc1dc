/* Text as a person reads it: plain single spaces, paragraphs without line
 * ends in them. */
#ifndef BYLINE_READ_PROSE_H
#define BYLINE_READ_PROSE_H

#include "base/buf.h"

/* A line that grows at the end of a buffer. Every Unicode space and control
 * character becomes a plain space, runs of them one, and none stands at the
 * line's beginning or end; broken UTF-8 and NUL become U+FFFD. */
typedef struct prose {
  buf *out;
  size_t start;    /* where the line begins in out */
  bool space;      /* one is due before the next character */
  bool html;       /* soft hyphens vanish, U+0080 to U+009F are Windows-1252 */
  size_t replaced; /* sequences that became U+FFFD */
} prose;

/* All of these return false when memory runs out. */
bool prose_put(prose *p, const char *text, size_t length);

/* Appends text as one line. replaced (may be NULL) is added to. */
bool prose_line(buf *out, const char *text, size_t length, size_t *replaced);

/* Appends plain text as paragraphs, separated by "\n\n". An empty line ends a
 * paragraph. Where there are none, an indented line begins one, as on the
 * wires; else a line does, unless the lines look wrapped. */
bool prose_paragraphs(buf *out, const char *text, size_t length,
                      size_t *replaced);

#endif
