/* The way through a printed paper, block by block: what a block is that begins
 * no article, and where that leaves us. */
#ifndef BYLINE_READ_EDITION_PLACE_H
#define BYLINE_READ_EDITION_PLACE_H

#include "read/edition_head.h"

typedef enum edition_kind {
  KIND_PARAGRAPH,
  KIND_CROSS_HEAD,
  KIND_CAPTION,
  KIND_SIGNATURE, /* the author's, if nothing of the article follows it */
  KIND_FOOTER,    /* says when the article first appeared */
  KIND_BOILERPLATE,
  KIND_CONTENTS
} edition_kind;

typedef struct edition_block {
  edition_kind kind;
  const char *why;         /* static */
  bool letters;            /* opens a page of letters */
  char iso[DATE_ISO_SIZE]; /* a footer's date */
} edition_block;

/* What the block at the front of the window is, if no article begins there. */
void edition_classify(const evidence *e, blocks *b, const edition_place *place,
                      edition_block *out);

/* The place behind that block, or behind a head; before it is dropped. */
void edition_pass(const evidence *e, blocks *b, const edition_block *k,
                  edition_place *place);
void edition_pass_head(blocks *b, const edition_head *h, edition_place *place);

/* Learns everything from the first part of a text. *certainty, 0 to 100, says
 * how sure it is that this is a paper; it takes time and may be NULL. */
byline_status edition_learn(evidence *e, const char *text, size_t length,
                            int *certainty, byline_error *error);

#endif
