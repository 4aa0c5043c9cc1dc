/* The table of contents of an issue: its entries announce titles, in these
 * words or nearly, and may name the authors. */
#ifndef BYLINE_READ_EZINE_CONTENTS_H
#define BYLINE_READ_EZINE_CONTENTS_H

#include "read/evidence.h"
#include "read/ezine_line.h"

enum { CONTENTS_MOST = 128, CONTENTS_WORDS = 16, CONTENTS_NONE = -1 };

typedef struct ezine_entry {
  uint32_t words[CONTENTS_WORDS]; /* by their hashes */
  size_t count;
  size_t author, author_length; /* in the text of all authors */
  bool used;                    /* its article was found */
} ezine_entry;

typedef struct ezine_contents {
  ezine_entry entries[CONTENTS_MOST];
  size_t count;
  size_t used;
  buf authors;
  buf entry; /* the one that is being put together */
  size_t column;
} ezine_contents;

void ezine_contents_free(ezine_contents *c);
void ezine_contents_clear(ezine_contents *c);

/* How many lines from index at on are a table of contents, whose heading is
 * the first of them, or with loose also a numbered list; 0 if they are none.
 * With c, its entries are added to it; *fits is false when memory runs out. */
size_t ezine_contents_take(ezine_contents *c, const ezine_window *w, size_t at,
                           bool loose, bool *fits);

/* Adds one line of a table that has no heading. */
bool ezine_contents_add(ezine_contents *c, const ezine_line *l);

/* The entry that announces a title and whose article was not found yet, or
 * CONTENTS_NONE. */
int ezine_contents_find(const ezine_contents *c, byline_string title);

/* The author that an entry names; empty when there is none. */
byline_string ezine_contents_author(const ezine_contents *c, int entry);

/* The title part of a line of a table of contents. */
byline_string ezine_contents_title(const ezine_line *l);

#endif
