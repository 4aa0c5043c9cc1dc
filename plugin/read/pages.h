/* A Markdown file as its front matters and what stands below each. */
#ifndef BYLINE_READ_PAGES_H
#define BYLINE_READ_PAGES_H

#include "base/arena.h"
#include "base/buf.h"
#include "read/front.h"
#include "read/rows.h"

typedef struct page {
  front_syntax syntax;
  buf front; /* between the marks; for JSON the object itself */
  buf body;
  size_t line;         /* the first, from 1 */
  size_t body_line;    /* the first of the body */
  bool too_long;       /* the body was, and is gone */
  bool front_too_long; /* what began as front matter was, and is in the body */
} page;

typedef struct pages {
  rows input;
  size_t longest; /* bytes of a body */
  page current;
  front_syntax next; /* the front matter of the next page, if it was met */
  buf next_front;
  size_t next_line, next_body_line;
  front_syntax closing; /* the mark that ends the first front matter */
  bool started;
  bool ended;
  /* In the body: */
  bool blank_before;
  char fence; /* of the code block we are in, or 0 */
  size_t fence_length;
  front_syntax mark; /* what may be a further front matter has begun: */
  size_t mark_at;    /* in the body */
  size_t mark_line;
  arena memory; /* for looking at it */
} pages;

byline_status pages_init(pages *p, byline_input *input, byline_error *error);
void pages_free(pages *p);

/* *found is NULL at the end; else it lives until the next call. */
byline_status pages_next(pages *p, const page **found, byline_error *error);

/* The syntax that a line of a front matter's beginning or end announces. */
front_syntax pages_mark(const char *data, size_t length);

/* Whether text begins with a line as "Title: ...": a front matter without
 * marks, as Pelican writes it, which ends with an empty line. */
bool pages_begins_with_lines(const char *text, size_t length);

#endif
