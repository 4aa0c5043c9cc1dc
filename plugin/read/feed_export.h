/* Exports of blogs, which are feeds with more in them than articles: what is
 * one, and how WordPress writes its text. */
#ifndef BYLINE_READ_FEED_EXPORT_H
#define BYLINE_READ_FEED_EXPORT_H

#include <stdbool.h>

#include "base/buf.h"

/* Whether a value of wp:post_type or blogger:type, or the term of Blogger's
 * category, is that of posts and pages, and not of pictures, menus, templates
 * and comments. */
bool feed_export_is_article(byline_string type);

/* Whether a value of wp:status or blogger:status is that of what can be read
 * by others. */
bool feed_export_is_published(byline_string status);

/* Text as the older editor of WordPress kept it, as HTML: a blank line parts
 * paragraphs, and [gallery] and its like are for programs. The newer editor
 * writes tags. False when memory runs out. */
bool feed_export_text(buf *text);

#endif
