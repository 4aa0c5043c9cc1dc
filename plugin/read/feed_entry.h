/* One entry of a feed, from what its elements say to an article. All of these
 * return false when memory runs out. */
#ifndef BYLINE_READ_FEED_ENTRY_H
#define BYLINE_READ_FEED_ENTRY_H

#include "read/draft.h"

typedef enum feed_markup {
  FEED_PLAIN,
  FEED_LIKELY, /* HTML where it looks like that, as in RSS */
  FEED_HTML
} feed_markup;

typedef struct feed_text {
  buf value;
  feed_markup markup;
} feed_text;

typedef struct feed_entry {
  draft draft;
  size_t line;
  const char *type;
  feed_text content, summary;
  byline_string guid_link; /* the id where it is an address as well */
  draft_list source_authors;
  size_t bytes;  /* of all that it says */
  bool exported; /* from a blog, */
  bool left_out; /* where it is no article, or not published */
  bool inherits; /* the feed's authors */
} feed_entry;

void feed_entry_free(feed_entry *e);
void feed_entry_start(feed_entry *e, size_t line, const char *type);

/* Keeps the first value that is not blank. */
bool feed_entry_set_text(feed_text *text, const buf *value, feed_markup markup);

bool feed_entry_set_title(feed_entry *e, const buf *value, feed_markup markup);

/* Adds to list, one of the draft's or source_authors. */
bool feed_entry_add_author(feed_entry *e, draft_list *list, const buf *value);

/* Makes the article. What the entry leaves out is taken from the feed.
 * BYLINE_INVALID: its HTML can't be read. */
byline_status feed_entry_finish(feed_entry *e, const draft *feed,
                                byline_error *error);

#endif
