/* What the attributes of a tag say about its part of a page. */
#ifndef BYLINE_READ_HTML_SIGNS_H
#define BYLINE_READ_HTML_SIGNS_H

#include "read/html_page.h"
#include "read/html_parse.h"

typedef struct html_signs {
  unsigned part; /* PART_ flags */
  bool marked;
  page_mark_kind mark;
  unsigned level;    /* of page_mark */
  const char *value; /* the mark's, if it is in an attribute */
  bool name;         /* itemprop="name": of an author, perhaps */
} html_signs;

html_signs html_signs_of(const html_tag *tag);

/* Whether nobody reads what stands in this element. */
bool html_signs_hide(const html_tag *tag);

#endif
