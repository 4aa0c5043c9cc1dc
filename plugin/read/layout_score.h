/* The signs that a few blocks are an article's head: the parts of layout.h
 * that look at words and gaps. */
#ifndef BYLINE_READ_LAYOUT_SCORE_H
#define BYLINE_READ_LAYOUT_SCORE_H

#include "read/layout.h"

/* What stands above a title, and the title; positions in the window. */
typedef struct lead {
  bool dated, sectioned;
  size_t date, section, title;
} lead;

/* Nine out of ten. */
bool layout_mostly(size_t part, size_t whole);

bool layout_wide_before(const layout *l, const block *k);

/* Whether the gap behind a block is wide; the end of the file is not. */
bool layout_wide_after(const layout *l, blocks *b, size_t at);

bool layout_is_paragraph(block *k);

/* Whether a block is short and does not end as a sentence. */
bool layout_may_be_title(block *k);

/* Whether what may be a title is followed by a name and a paragraph. */
bool layout_is_triple(blocks *b, size_t title);

/* How much a block looks like a title: 1 at best. */
int layout_title(const layout *l, block *k);

/* What a byline's words are worth; they are refused below 0. */
int layout_names(const layout *l, blocks *b, block *k);

/* The names in a block, without the date that may stand beside them. */
const names *layout_who(blocks *b, block *k);

/* Whether two short blocks with a wide gap behind them are a title and
 * something in the byline's place, whatever it is. */
bool layout_in_slot(const layout *l, blocks *b, size_t title, size_t last);

/* Whether a block says when or where an article stands: a date alone, an
 * address on the web. It is no deck. */
bool layout_is_label(blocks *b, size_t at);

/* The block in a head that holds the article's own date; 0 for none. */
size_t layout_stamp(blocks *b, size_t title, size_t body);

/* The block in it that is an address on the web; 0 for none. */
size_t layout_address(blocks *b, size_t title, size_t body);

/* Whether a date line goes on from those before: in their form, and not long
 * after the last. Dates in a text seldom do. */
bool layout_runs_on(const layout *l, block *k);

/* Title and byline; last is the last block of the head. False if they can't
 * be. */
bool layout_score_named(const layout *l, blocks *b, const lead *d,
                        size_t byline, size_t last, layout_place place,
                        signs *s);

/* Title and no byline; last is the title, the last deck or label. */
bool layout_score_nameless(const layout *l, blocks *b, const lead *d,
                           size_t last, layout_place place, signs *s);

/* What the letters of a line have in common with those of lines of the same
 * form: 20 October 2020 and 3 May 2021. Never 0. */
uint64_t layout_form(byline_string text);

/* What stands beside the date in a date line; 0 for nothing. */
uint64_t layout_paper(const date_part *part);

/* Whether all letters of a title are capitals. */
bool layout_is_shouted(byline_string title);

#endif
