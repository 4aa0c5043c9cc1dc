/* Where the articles of a page are. */
#ifndef BYLINE_READ_HTML_MAIN_H
#define BYLINE_READ_HTML_MAIN_H

#include "read/html_page.h"

/* The parts that are articles, in their order: one, or several <article>
 * beside each other, unless single says that the page is one. Also sets
 * no_text and no_marks of all parts. *parts is released with free. */
byline_status html_main_find(html_page *page, bool single, uint32_t **parts,
                             size_t *count, byline_error *error);

#endif
