/* The way through an e-zine, line by line: what a line is that begins no
 * article, and where that leaves us. */
#ifndef BYLINE_READ_EZINE_PLACE_H
#define BYLINE_READ_EZINE_PLACE_H

#include "read/ezine_head.h"

typedef enum ezine_kind {
  EZINE_HEAD,
  EZINE_TEXT,
  EZINE_RULE,
  EZINE_MASTHEAD,
  EZINE_ISSUE, /* the masthead of a further issue: no line is passed */
  EZINE_CONTENTS,
  EZINE_BOILERPLATE
} ezine_kind;

typedef struct ezine_step {
  ezine_kind kind;
  size_t lines;    /* that it takes */
  const char *why; /* static */
  bool issue;      /* a table of contents that begins another issue */
  bool notice;     /* of the publisher: it may have more lines */
  bool furniture;  /* what was before it is before what follows, too */
  ezine_head head; /* the best there could have been, too */
} ezine_step;

/* What is at the front of the window; adds what it finds to the table of
 * contents. False when memory runs out. */
bool ezine_look(const ezine_evidence *e, ezine_contents *c,
                const ezine_window *w, const ezine_place *place,
                ezine_step *out);

/* The place behind it; before it is dropped. */
void ezine_pass(const ezine_evidence *e, ezine_contents *c,
                const ezine_window *w, const ezine_step *s, ezine_place *place);

/* The day of the issue, "" when its masthead names none for certain. */
const char *ezine_issue_day(const ezine_place *place);

#endif
