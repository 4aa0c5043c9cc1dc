/* What the elements of HTML mean for reading. */
#ifndef BYLINE_READ_HTML_ELEMENTS_H
#define BYLINE_READ_HTML_ELEMENTS_H

enum {
  HTML_BLOCK = 1 << 0,  /* ends the paragraph before it and its own */
  HTML_HIDDEN = 1 << 1, /* what is in it is no text */
  HTML_BREAK = 1 << 2,  /* <br> */
  HTML_CELL = 1 << 3,
  HTML_PRE = 1 << 4, /* line ends count */
  HTML_IMAGE = 1 << 5,
  HTML_FIGURE = 1 << 6,
  HTML_CAPTION = 1 << 7, /* <figcaption> */
  HTML_LINK = 1 << 8,
  HTML_HEADING = 1 << 9,
  HTML_PART = 1 << 10,   /* holds paragraphs: <div>, <article>, ... */
  HTML_FRAME = 1 << 11,  /* of the page, not of an article: <nav>, <footer> */
  HTML_WHOLE = 1 << 12,  /* <html>, <body> */
  HTML_ARTICLE = 1 << 13 /* <article>; <main> is no more than a part */
};

typedef struct html_element {
  char name[24];
  unsigned flags;
} html_element;

/* Elements that mean nothing here have no flags and an empty name. */
const html_element *html_element_find(const char *name);

#endif
