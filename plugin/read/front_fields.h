/* What front matter says, as Hugo and Jekyll name it, into an article. */
#ifndef BYLINE_READ_FRONT_FIELDS_H
#define BYLINE_READ_FRONT_FIELDS_H

#include "read/draft.h"
#include "read/front.h"

typedef struct front_source {
  const byline_input *input;
  bool spaced_tags; /* tags in one string are parted by spaces, as in Jekyll */
} front_source;

/* Field by field:
 * - id: id, guid, uuid; title: title; section: section
 * - decks: subtitle, description
 * - authors: authors, else author; a string, a list, maps with a name
 * - date: date, else publishDate, pubDate, published
 * - keywords: tags, categories, keywords; language: lang, language
 * - url: url, permalink or canonicalURL, where it is a whole one: a path alone
 *   would name different articles of different sites
 * What stands under params counts where it is missing above. False when memory
 * runs out. */
bool front_fields(const front_node *root, const front_source *source, draft *d);

#endif
