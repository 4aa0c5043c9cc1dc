/* Lines in, blocks out: a block is a run of lines that are not blank. The next
 * few blocks of a file can be looked at before they are used. */
#ifndef BYLINE_READ_BLOCKS_H
#define BYLINE_READ_BLOCKS_H

#include "base/buf.h"
#include "read/date_part.h"
#include "read/head_line.h"
#include "read/hyphens.h"
#include "read/lines.h"
#include "read/names.h"
#include "read/shape.h"

enum {
  BLOCKS_AHEAD = 12,
  BLOCKS_LARGEST = 1 << 20 /* a longer paragraph comes as several blocks */
};

/* How a block follows the one before it. */
typedef enum block_join {
  JOIN_PARAGRAPH, /* after blank lines */
  JOIN_LINE,      /* on the next line */
  JOIN_DIRECT     /* on the same line */
} block_join;

typedef struct block {
  buf text;    /* the lines, joined by spaces or as hyphens.h says */
  size_t line; /* its first, from 1 */
  size_t lines;
  size_t first; /* bytes of its first line in text */
  size_t gap;   /* blank lines before it */
  block_join join;
  date_result date; /* when it is one line that is a date */
  char iso[DATE_ISO_SIZE];
  size_t breaks[2]; /* where its first and second line end; 0: it has fewer */
  /* The rest is found out when it is asked for. */
  bool measured, named, captioned, looked;
  bool dated; /* it holds a date beside something else: part */
  date_part part;
  shape_caption caption;
  shape form;
  names who;
} block;

typedef struct blocks {
  lines input;
  block ring[BLOCKS_AHEAD];
  size_t first, count;
  line held; /* read, but part of the next block */
  bool has_held;
  bool ended;
  const date_hints *hints; /* of the file; NULL: none */
  hyphens *hyphens;        /* the same */
  bool heads;      /* lines of a head stand alone, without a blank between */
  bool bare_names; /* so do lines that are a name and nothing else */
  size_t end_gap;  /* blank lines at the end of the file */
} blocks;

void blocks_init(blocks *b, lines_read_fn read, void *user);
void blocks_free(blocks *b);

/* Fills the window; called before looking. */
byline_status blocks_fill(blocks *b, byline_error *error);

/* The index-th block to come; NULL beyond the window or the end. */
block *blocks_at(blocks *b, size_t index);
void blocks_drop(blocks *b, size_t count);

const shape *block_shape(block *k);
shape_caption block_caption(block *k);
const names *block_names(block *k);

/* The date that a block holds beside something else; NULL for none. Once it
 * was asked for, block_names reads what stands beside the date. */
const date_part *block_part(block *k, const date_hints *hints);

/* Nothing but "https://...". */
bool block_is_url(const block *k);

/* Nothing but "-----", "* * *" and the like. */
bool block_is_rule(const block *k);

#endif
