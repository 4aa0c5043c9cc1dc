/* The article that a reader of plain text is putting together. */
#ifndef BYLINE_READ_STORY_H
#define BYLINE_READ_STORY_H

#include "base/arena.h"
#include "byline/extend.h"
#include "read/blocks.h"

typedef struct story {
  arena memory; /* of the article's fields */
  buf text;
  buf name;         /* one, while it is looked at */
  uint64_t longest; /* bytes of text; of a longer article nothing is kept */
  bool too_long;
  byline_article article;
} story;

void story_free(story *s);

/* Begins an article whose title is in line number. The rest returns false when
 * memory runs out. */
void story_start(story *s, const byline_input *input, size_t number);
bool story_copy(story *s, byline_string text, byline_string *out);
bool story_authors(story *s, const names *n);

/* Adds a block, or a paragraph of the text. */
bool story_add(story *s, const block *k);
bool story_add_text(story *s, byline_string text, block_join join);

/* Reports an article that is too long. */
void story_tell_too_long(const story *s, byline_input *input);

/* Counts and reports a line, or a part of one, that is meant as a date; below:
 * it would have held for the articles below it. */
void story_tell_unclear_date(byline_string text, size_t number, bool below,
                             byline_input *input);

/* Lines before the first article, which are in none. */
typedef struct story_stray {
  size_t lines, bytes;
} story_stray;

/* Reports them, if they are more than a masthead. */
void story_tell_stray(const story_stray *s, byline_input *input);

/* Reports what was mended in the lines of an input, at its end. */
void story_tell_lines(const lines *l, byline_input *input);

#endif
