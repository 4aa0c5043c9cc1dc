/* What speaks for and against a head of an e-zine (ezine_head.h). */
#ifndef BYLINE_READ_EZINE_SIGNS_H
#define BYLINE_READ_EZINE_SIGNS_H

#include "read/ezine_head.h"

/* What a title looks like by itself, and its lines. */
void ezine_shape_signs(byline_string title, signs *s);
void ezine_mark_signs(const ezine_evidence *e, const ezine_line *l,
                      byline_string title, signs *s);

/* What is before it and behind it. */
void ezine_before_signs(const ezine_evidence *e, const ezine_place *place,
                        const ezine_line *l, signs *s);
void ezine_behind_signs(const ezine_evidence *e, const ezine_window *w,
                        const ezine_head *h, signs *s);

void ezine_contents_signs(const ezine_evidence *e, const ezine_contents *c,
                          const ezine_head *h, signs *s);

/* The style of a head, as a number: what is before it, how it is marked. */
unsigned ezine_style_of(const ezine_place *place, const ezine_line *l,
                        unsigned under, bool centred, bool capitals,
                        bool marked, ezine_form form);

/* What the other heads of this style say about it. */
void ezine_style_signs(const ezine_evidence *e, const ezine_head *h, signs *s);

#endif
