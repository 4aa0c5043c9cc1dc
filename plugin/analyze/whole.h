/* Hashtags, handles, links and e-mail addresses, whole: as words they fall
 * apart. */
#ifndef BYLINE_ANALYZE_WHOLE_H
#define BYLINE_ANALYZE_WHOLE_H

#include "analyze/analyzer.h"

typedef enum whole_kind {
  WHOLE_HASHTAG, /* without its # */
  WHOLE_HANDLE,  /* without its first @; may have a host: name@host */
  WHOLE_LINK,    /* http, https, ftp or www.; without the scheme */
  WHOLE_EMAIL
} whole_kind;

/* A non-zero return stops. text is as it was written, a part of the text
 * searched. */
typedef int (*whole_fn)(void *user, whole_kind kind, byline_string text);

/* Calls fn for each in a text, which may be any bytes, kind by kind; returns 0
 * or what fn returned. */
int whole_find(byline_string text, whole_fn fn, void *user);

/* Appends what a term has of one: without sign, scheme and final slash, and
 * folded, so that case and accents don't matter. For what people type as well.
 */
byline_status whole_fold(analyzer *a, whole_kind kind, byline_string text,
                         buf *out, byline_error *error);

#endif
