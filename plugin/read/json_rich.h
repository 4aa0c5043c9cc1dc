/* Texts that editors keep as a tree of blocks: ProseMirror and Tiptap,
 * Contentful, Sanity's Portable Text, Slate, Editor.js. */
#ifndef BYLINE_READ_JSON_RICH_H
#define BYLINE_READ_JSON_RICH_H

#include <jansson.h>

#include "read/draft.h"

/* Whether a value is such a tree. */
bool json_rich_is(const json_t *value);

/* Appends its paragraphs. Errors: those of draft_add_text. */
byline_status json_rich_add(const json_t *value, draft *d, byline_error *error);

#endif
