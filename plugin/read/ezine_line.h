/* The lines of an e-zine as they are laid out: where they begin and end, what
 * is a rule, and the next few of them before they are used. */
#ifndef BYLINE_READ_EZINE_LINE_H
#define BYLINE_READ_EZINE_LINE_H

#include "base/buf.h"
#include "read/lines.h"

enum {
  EZINE_AHEAD = 160,       /* lines, or fewer, of so many bytes: */
  EZINE_LARGEST = 1 << 20, /* the same for a paragraph that is put together */
  EZINE_STRONG = 20 /* columns of a rule that parts more than paragraphs */
};

typedef struct ezine_line {
  buf text; /* cleaned as in lines.h; never empty */
  size_t number;
  size_t gap; /* blank lines before it */
  bool page;  /* a page begins with it, or with one of those blank lines */
  bool continued;
  size_t indent, width; /* the columns that it begins and ends at */
  size_t letters;       /* and digits */
  size_t marks;         /* everything else but spaces */
  size_t column;        /* where the last part begins in text that three or more
                           spaces set apart; 0: none */
  size_t holes;         /* such runs of spaces */
  char rule;            /* what a rule is made of; '\0': it is none */
} ezine_line;

typedef struct ezine_window {
  lines input;
  ezine_line ring[EZINE_AHEAD];
  size_t first, count;
  size_t bytes; /* of their texts */
  bool ended;
} ezine_window;

void ezine_window_init(ezine_window *w, lines_read_fn read, void *user);
void ezine_window_free(ezine_window *w);

/* Fills the window; called before looking. */
byline_status ezine_window_fill(ezine_window *w, byline_error *error);

/* The index-th line to come that is not blank; NULL beyond the window or the
 * end. */
const ezine_line *ezine_at(const ezine_window *w, size_t index);
void ezine_drop(ezine_window *w, size_t count);

/* A rule as wide as the text, or nearly. */
bool ezine_strong(const ezine_line *l);

/* The text of a line or NULL's, which is empty. */
byline_string ezine_string(const ezine_line *l);

#endif
