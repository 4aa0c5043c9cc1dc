/* A page of HTML taken apart: its paragraphs, the parts they stand in, and
 * what the page says of itself. html_main.h finds the article in it. */
#ifndef BYLINE_READ_HTML_PAGE_H
#define BYLINE_READ_HTML_PAGE_H

#include "base/arena.h"
#include "base/buf.h"
#include "read/tally.h"

enum {
  PART_WHOLE = 1 << 0, /* the page */
  PART_ARTICLE = 1 << 1,
  PART_MAIN = 1 << 2,
  PART_BODY = 1 << 3,    /* says that it is the text of an article */
  PART_FRAME = 1 << 4,   /* navigation, forms, notes at the side */
  PART_QUIET = 1 << 5,   /* a header or footer: no text, but what it says */
  PART_RELATED = 1 << 6, /* its class says that it is of no interest */
  PART_INNER = 1 << 7,   /* stands in a PART_ARTICLE */
  PART_COMMENTS = 1 << 8 /* what readers write */
};

typedef struct page_range {
  uint32_t first, last; /* [first, last) */
} page_range;

/* An element that holds paragraphs; in the order of their start tags, so that
 * all between a part and its end is in it. Part 0 is the page. */
typedef struct page_part {
  uint32_t parent, end, flags, line;
  page_range blocks, marks; /* the first and last in it; not all between */
  uint32_t bytes; /* of text in it that is no link, parts within included */
  bool no_text;   /* what stands in it is no text of an article, */
  bool no_marks;  /* and says nothing about one (html_main.h) */
} page_part;

typedef struct page_block {
  uint32_t from, length; /* in the page's text */
  uint32_t link_bytes;
  uint32_t part;
  uint32_t kind; /* html_kind */
  uint32_t line;
} page_block;

typedef enum page_mark_kind {
  MARK_HEADING, /* h1 to h3 */
  MARK_TITLE,   /* these two are stated: itemprop, rel */
  MARK_AUTHOR,
  MARK_BYLINE, /* of a class of that name */
  MARK_TIME,
  MARK_DECK,
  MARK_SECTION,
  MARK_KEYWORD,
  MARK_LINK
} page_mark_kind;

typedef struct page_mark {
  page_mark_kind kind;
  byline_string text;
  uint32_t part, line;
  uint32_t first_block, last_block; /* [first, last) were made within */
  unsigned level; /* of a heading; for a time: 0 if it says "published", 2 if
                     only its class says that it is one */
} page_mark;

/* <meta> and <link>; the names in lower case. */
typedef struct page_meta {
  byline_string name, value;
} page_meta;

typedef struct page_list {
  void *items;
  size_t count, capacity;
} page_list;

/* A new zeroed item at the end; NULL when memory runs out. */
void *page_add(page_list *list, size_t size);

typedef struct html_page {
  buf text;
  page_list parts, blocks, marks, metas, scripts; /* page_part, page_block,
      page_mark, page_meta, byline_string (JSON-LD) */
  byline_string title;
  size_t title_line;
  bool frames; /* it only shows other pages */
  size_t replaced;
  tally metas_left_out, marks_left_out; /* there were too many */
  arena memory;
} html_page;

static inline page_part *page_parts(const html_page *p) {
  return p->parts.items;
}
static inline page_block *page_blocks(const html_page *p) {
  return p->blocks.items;
}
static inline page_mark *page_marks(const html_page *p) {
  return p->marks.items;
}

/* Errors: BYLINE_INVALID (not to be read in reasonable time or memory),
 * BYLINE_NO_MEMORY. page must be freed in any case. */
byline_status html_page_parse(html_page *page, const char *html, size_t length,
                              byline_error *error);
void html_page_free(html_page *page);

/* Tells of what there was too much of, if there was. */
void html_page_tell(const html_page *page, byline_input *input);

/* The value of a <meta> or <link rel> by its lower-case name; empty if there
 * is none. index counts those of the same name. */
byline_string html_page_meta(const html_page *page, const char *name,
                             size_t index);

#endif
