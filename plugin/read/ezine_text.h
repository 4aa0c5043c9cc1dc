/* The body of an article, from wrapped lines to paragraphs.
 *
 * Lines that do not part at blank ones are one run. A run is a paragraph, or
 * several where their first lines are indented, or items of a list; or it is
 * verse, a table, code or an address, whose lines stay as they are: each of
 * them a paragraph, since text knows nothing smaller. Lines that were wrapped
 * are told by this: the first word of the next would not have fitted. */
#ifndef BYLINE_READ_EZINE_TEXT_H
#define BYLINE_READ_EZINE_TEXT_H

#include "read/ezine_line.h"
#include "read/hyphens.h"
#include "read/story.h"

typedef struct ezine_row {
  size_t at, length; /* in the bytes */
  size_t indent, width, holes, number;
  bool continued;
} ezine_row;

typedef struct ezine_run {
  buf bytes;
  ezine_row *rows;
  size_t count, capacity;
  bool goes_on; /* a page ended in the middle of what is before */
} ezine_run;

void ezine_run_free(ezine_run *r);
void ezine_run_clear(ezine_run *r);

/* Adds a line; false when memory runs out. */
bool ezine_run_add(ezine_run *r, const ezine_line *l);
byline_string ezine_run_line(const ezine_run *r, size_t index);

/* Adds the run to a story and clears it. width is that of the text. */
bool ezine_run_finish(ezine_run *r, size_t width, hyphens *h, story *s);

enum { EZINE_RUN_MOST = 1000 };

#endif
