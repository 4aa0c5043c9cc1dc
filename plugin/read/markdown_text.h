/* What a person reads of Markdown. */
#ifndef BYLINE_READ_MARKDOWN_TEXT_H
#define BYLINE_READ_MARKDOWN_TEXT_H

#include <cmark.h>

#include "read/draft.h"

/* Appends the words of a paragraph or heading to out: those of links and the
 * alternatives of images too, no raw HTML, none of the tags of Liquid, Hugo and
 * kramdown. False when memory runs out. */
bool markdown_words(cmark_node *node, buf *out);

/* Adds every paragraph, heading and code block of a document to a draft, but
 * for what lies in more quotations and lists than deepest: d->too_deep. */
byline_status markdown_text(cmark_node *document, size_t deepest, draft *d,
                            byline_error *error);

#endif
