/* What stands before and behind a head, and what it is worth. */
#ifndef BYLINE_READ_EDITION_AROUND_H
#define BYLINE_READ_EDITION_AROUND_H

#include "read/edition_head.h"

/* Adds what stands before a title. */
void edition_before(const evidence *e, block *t, const edition_place *place,
                    signs *s);

/* Adds what stands behind a head whose last block is at an index. part: it is
 * the title of a part of the paper, such as the letters. */
void edition_behind(const evidence *e, blocks *b, size_t last, bool named,
                    bool part, const edition_place *place, signs *s);

/* Adds what it says that a title has one deck and no byline. */
void edition_pair(const evidence *e, blocks *b, const edition_place *place,
                  signs *s);

/* "Dear friends," and a paragraph, at an index. */
bool edition_salutation(blocks *b, size_t at);

bool edition_question(const block *k);

/* Whether a block's lines are items, rather than one text that was wrapped. */
bool edition_list(const evidence *e, const block *t);

#endif
