/* Where the articles of a printed paper start: the title, perhaps decks, the
 * byline or none, then the body. Most papers have the same blank line
 * everywhere, so it takes many signs; what the certain heads of a text have in
 * common (evidence.h) counts for the others. */
#ifndef BYLINE_READ_EDITION_HEAD_H
#define BYLINE_READ_EDITION_HEAD_H

#include "read/edition_names.h"

/* The sum that makes a head, the one to learn from, and the one that leaves
 * doubt whether it is none. */
enum { EDITION_ENOUGH = 5, EDITION_CERTAIN = 8, EDITION_NEARLY = 3 };

/* What the block before was. */
typedef enum edition_last {
  LAST_PARAGRAPH,
  LAST_OPEN,     /* it ends with a colon or a comma */
  LAST_FAREWELL, /* it ends with a comma, and might be above a signature */
  LAST_SHORT,    /* no sentence: a cross-head, a caption, an item */
  LAST_LABEL,    /* a word or two above a title: a section's name */
  LAST_NAME,     /* a name, which may be a signature */
  LAST_SIGNATURE,
  LAST_FOOTER,
  LAST_BOILERPLATE
} edition_last;

typedef struct edition_place {
  edition_last last;
  bool in_article;
  bool first;     /* nothing stands before */
  bool empty;     /* its text has not begun */
  bool named;     /* it has a byline */
  bool interview; /* it says that it is one, or has lines with speakers */
  bool letter;    /* it is a letter */
  bool letters;   /* it opens a page of letters */
  bool pair;      /* the block before begins a pair that recurs */
} edition_place;

/* A head at the front of the window; positions are window indices. */
typedef struct edition_head {
  bool named;
  bool letter;   /* signed below, rather than here */
  bool dated;    /* a date line behind the title or the byline */
  size_t byline; /* when named */
  size_t date;   /* when dated */
  size_t decks;  /* behind the title, which is the first block */
  size_t body;   /* the first block behind the head */
  signs signs;
} edition_head;

/* Fills out with the best head for what is at the front of the window, and
 * says whether it is good enough. */
bool edition_head_find(const evidence *e, blocks *b, const edition_place *place,
                       edition_head *out);

/* Learns from a head before it is dropped. */
bool edition_head_note(evidence *e, blocks *b, const edition_place *place,
                       const edition_head *h);

/* Whether the first block is the name of a page of letters, right above the
 * first of them. */
bool edition_opens_letters(const evidence *e, blocks *b);

/* Whether the block at an index is page furniture: a line that recurs. */
bool edition_boilerplate(const evidence *e, blocks *b, size_t at, bool pair);

/* Whether a block is part of the table of contents. */
bool edition_in_contents(const evidence *e, const block *k);

/* Whether a block is short and no sentence. */
bool edition_short(block *k);

#endif
