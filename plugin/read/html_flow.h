/* Tags and text in, paragraphs out. */
#ifndef BYLINE_READ_HTML_FLOW_H
#define BYLINE_READ_HTML_FLOW_H

#include "read/html_parse.h"
#include "read/prose.h"

typedef enum html_kind { HTML_PLAIN, HTML_TITLE, HTML_CAPTIONED } html_kind;

typedef struct html_paragraph {
  byline_string text;
  size_t link_bytes; /* of it stand in links */
  html_kind kind;
} html_paragraph;

/* False when memory runs out. */
typedef bool (*html_paragraph_fn)(void *user, const html_paragraph *p);

typedef struct html_flow {
  html_paragraph_fn paragraph;
  void *user;
  buf line; /* the paragraph as far as it goes */
  prose prose;
  buf held;        /* the alt text of images in it, an LF behind each */
  buf figure;      /* of an image in a figure that may have a caption */
  unsigned breaks; /* <br> since the last text */
  bool laid_out;   /* a cell of this row has lines: the next is no column */
  size_t depth;
  size_t hidden;                         /* the depth of the outermost; 0 */
  size_t pre, links, headings, captions; /* open ones */
  size_t figures;
  size_t link_bytes;
} html_flow;

void html_flow_init(html_flow *f, html_paragraph_fn paragraph, void *user);
void html_flow_free(html_flow *f);

/* The paragraph before a tag is given out in the call for that tag. hide: all
 * in the element is left out. */
bool html_flow_start(html_flow *f, const html_tag *tag, bool hide);
bool html_flow_end(html_flow *f, const html_element *element);
bool html_flow_text(html_flow *f, const char *text, size_t length);

/* The paragraph so far, and what was held back. */
bool html_flow_flush(html_flow *f);

#endif
