/* An article from a part of a page. What is stated outright goes before what
 * the page shows: JSON-LD, <meta>, itemprop and rel, then classes and the text
 * itself. */
#ifndef BYLINE_READ_HTML_ARTICLE_H
#define BYLINE_READ_HTML_ARTICLE_H

#include <jansson.h>

#include "read/draft.h"
#include "read/html_page.h"

/* data: its schema.org object, or NULL. With whole the page is about this
 * article alone. *line is that of its title. Errors: BYLINE_INVALID,
 * BYLINE_NO_MEMORY. */
byline_status html_article(const html_page *page, uint32_t part, bool whole,
                           const json_t *data, draft *d, size_t *line,
                           byline_error *error);

#endif
