/* What a short piece of text looks like: a title, a sentence, a caption. All
 * of it is secondary evidence; the blank lines around the text come first. */
#ifndef BYLINE_READ_SHAPE_H
#define BYLINE_READ_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum shape_end {
  SHAPE_END_PLAIN,
  SHAPE_END_STOP,   /* a full stop that ends a sentence, in any script */
  SHAPE_END_QUOTED, /* the same inside a quotation mark or a bracket */
  SHAPE_END_OPEN,   /* : , ; : something should follow */
  SHAPE_END_STRONG  /* ? ! and the ellipsis */
} shape_end;

typedef enum shape_caption {
  CAPTION_NO,
  CAPTION_MAYBE, /* "Dockers marching in Hull", "The mill in 1954" */
  CAPTION_SURE   /* it credits a photo */
} shape_caption;

typedef struct shape {
  size_t characters;
  shape_end end;
  bool lower;  /* its first letter or digit is a lower-case letter */
  bool bullet; /* begins as an item of a list */
  bool long_;  /* more than SHAPE_LONGEST bytes: nothing else was looked at */
} shape;

/* No title, byline, deck or caption is longer (bytes). */
enum { SHAPE_LONGEST = 900 };

void shape_measure(const char *text, size_t length, shape *out);

/* Whether a text that was measured so describes a picture. */
shape_caption shape_describes(const char *text, size_t length,
                              const shape *measured);

/* Whether a paragraph begins with the place it was written in: "LEITH, 20
 * October -", "LONDON (Reuters) -". */
bool shape_dateline(const char *text, size_t length);

#endif
