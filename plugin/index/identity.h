/* Which articles are the same one, and whether its content changed. */
#ifndef BYLINE_INDEX_IDENTITY_H
#define BYLINE_INDEX_IDENTITY_H

#include "byline/byline.h"
#include "index/document.h"

enum { IDENTITY_SIZE = 33 }; /* 32 hexadecimal digits and a NUL */

/* Whether the source itself says who the article is: by id or URL. */
bool identity_is_explicit(const byline_article *article);

/* The id of an article whose source gives none: a 128-bit hash of date, title
 * and authors; without a date, of title, authors and text. ordinal tells
 * articles apart that share all these: 1 for the first. False when memory runs
 * out. */
bool identity_make(const byline_article *article, size_t ordinal,
                   char id[IDENTITY_SIZE]);

/* The same number for all articles that may be the same one; article is clean.
 * False when memory runs out. */
bool identity_hash(const byline_article *article, uint64_t *hash);

/* The same of an article as a database has it, with the id that it got there.
 * False when memory runs out. */
bool identity_stored_hash(const byline_article *stored, uint64_t *hash);

/* Of everything that the document is made from but where it was found and
 * its id; and of the analyzer's version. */
bool identity_digest(const byline_article *article, const char *language,
                     unsigned char digest[DIGEST_SIZE]);

#endif
