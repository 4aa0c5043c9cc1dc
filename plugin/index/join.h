/* The metadata of several databases in one that has the articles of all. */
#ifndef BYLINE_INDEX_JOIN_H
#define BYLINE_INDEX_JOIN_H

#include "xapian_shim.h"

/* Gives a database that belongs to no archive what these record; to be
 * committed. Of what they record otherwise, the first one's holds; but a file
 * that they do not agree on is to be read again, and so is one that not all
 * shards of an archive know, or of which not all shards are there. The shards
 * of one archive follow one another. What is counted from the articles is not
 * taken over: words for spelling, languages; nor are synonyms. */
byline_status metadata_join(xap_writer *to, xap_database *const *from,
                            size_t count, byline_error *error);

#endif
