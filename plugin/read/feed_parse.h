/* RSS and Atom, event by event, by libxml2's push parser: no tree is built,
 * and all that was whole before a fault in the XML is given. Nothing is
 * fetched, and no entity but those of HTML and short texts is known: there is
 * nothing to expand. */
#ifndef BYLINE_READ_FEED_PARSE_H
#define BYLINE_READ_FEED_PARSE_H

#include "read/feed_entry.h"
#include "read/tally.h"

typedef struct feed_parse feed_parse;

byline_status feed_parse_new(byline_input *input, feed_parse **p,
                             byline_error *error);
void feed_parse_free(feed_parse *p);

/* The next entry; *entry is NULL at the end, else it lives until the next
 * call. BYLINE_INVALID: an entry, which fault is about, is left out. */
byline_status feed_parse_next(feed_parse *p, feed_entry **entry,
                              byline_error *error);

/* The bytes that an entry of it may have; a longer one is left out. */
size_t feed_longest(const byline_input *input);

/* What the feed says of all its entries: authors, language. */
const draft *feed_parse_feed(const feed_parse *p);

/* What was no character of XML, and became U+FFFD or a space. */
const tally *feed_parse_mended(const feed_parse *p);

/* Of an export, authors whose names are kept. */
enum { FEED_USERS = 1000 };

/* Those beyond them. */
const tally *feed_parse_nameless(const feed_parse *p);

/* What is wrong with the file, and where; NULL: nothing. */
const char *feed_parse_fault(const feed_parse *p, size_t *line);

#endif
