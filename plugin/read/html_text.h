/* HTML to the text that a person reads. */
#ifndef BYLINE_READ_HTML_TEXT_H
#define BYLINE_READ_HTML_TEXT_H

#include "base/buf.h"

/* A longer text is refused. */
#define HTML_TEXT_LARGEST ((size_t)256 << 20)

/* Appends to text the paragraphs of a page or a fragment in UTF-8, separated
 * by an empty line ("\n\n") and from what stood in text before by nothing.
 *
 * Block elements and two <br> in a row end a paragraph, one <br> is a space.
 * An item of a list and a row of a table are paragraphs; the cells of a row are
 * parted by a space. Captions are paragraphs: <figcaption>, else the alt text
 * of an image. Entities are decoded; every Unicode space is a plain one; soft
 * hyphens are gone. What is not shown is left out: scripts, styles, templates,
 * forms' controls, the head of a page. Broken HTML is read as browsers read it,
 * broken UTF-8 and NUL become U+FFFD. Nothing is fetched.
 *
 * Errors: BYLINE_INVALID (too long, or made to take hours), BYLINE_NO_MEMORY;
 * text then holds what came before. */
byline_status html_text(const char *html, size_t length, buf *text,
                        byline_error *error);

#endif
