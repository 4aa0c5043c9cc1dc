/* Where articles start.
 *
 * An article's head is: a date line or none, the heading of a section or none,
 * the title, perhaps decks, captions, an address or the article's own date, the
 * byline or none, which may have the date beside it; then the body. No single
 * sign is certain, so the signs are added up. The strongest is how a file uses
 * blank lines: a gap behind the byline that is wider than those between
 * paragraphs. What a file does in the heads that are beyond doubt is learned
 * and counts for the rest.
 */
#ifndef BYLINE_READ_LAYOUT_H
#define BYLINE_READ_LAYOUT_H

#include <stdint.h>

#include "read/blocks.h"
#include "read/signs.h"

typedef struct layout {
  size_t paragraph_gap;     /* blank lines between paragraphs */
  size_t heads;             /* of them: */
  size_t named;             /* have a byline */
  size_t by;                /* that begins with "By" */
  size_t wide;              /* or is followed by a wide gap */
  size_t inner;             /* are not the first of the file */
  size_t apart;             /* and have a wide gap before them */
  size_t decked;            /* have a block between title and byline */
  size_t stopped;           /* have a title that ends with a full stop */
  size_t stamped;           /* have a date of their own below the title */
  size_t linked;            /* or an address on the web */
  bool slots;               /* wide gaps stand behind two short blocks */
  bool sections;            /* words in capitals stand below date lines */
  bool narrow;              /* no wide gaps, but titles above names */
  bool plain_titles;        /* some are not in capitals */
  bool bare_names;          /* names stand below titles without a blank */
  uint64_t date_form;       /* of the date lines; 0: none yet */
  uint64_t paper;           /* what stands beside the date in them */
  char date[DATE_ISO_SIZE]; /* the last of them */
} layout;

/* A head that was found in the window; positions are window indices. */
typedef struct article_head {
  bool dated, sectioned, named;
  size_t date;    /* when dated */
  size_t section; /* when sectioned */
  size_t title;
  size_t byline; /* when named */
  size_t stamp;  /* the block with its own date; 0: none */
  size_t body;   /* the first block behind the head */
  signs signs;
} article_head;

/* What came before the place that is looked at. */
typedef enum layout_place {
  PLACE_START, /* no article yet */
  PLACE_HEAD,  /* directly behind a head */
  PLACE_BODY
} layout_place;

/* Whether an article starts with the first block of the window. If not, out is
 * the best head there could have been; one of no blocks if there is none. */
bool layout_head(const layout *l, blocks *b, layout_place place,
                 article_head *out);

/* Learns from a head that was found, before it is dropped. */
void layout_note(layout *l, blocks *b, layout_place place,
                 const article_head *h);

/* Sets what the blocks of a digest are read by. */
void layout_set_blocks(const layout *l, blocks *b);

/* Learns from the first bytes of a file. *found says how sure it is that they
 * have articles with date lines: 0 to 100. */
byline_status layout_learn(layout *l, const char *text, size_t length,
                           int *certainty, byline_error *error);

#endif
