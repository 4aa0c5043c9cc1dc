/* What the first part of a text says about the rest of it: which words are
 * common ones, which lines recur, how paragraphs are set apart, and how the
 * heads of the articles look that are beyond doubt. */
#ifndef BYLINE_READ_EVIDENCE_H
#define BYLINE_READ_EVIDENCE_H

#include "read/blocks.h"
#include "read/recur.h"

enum { EVIDENCE_DECKS = 3, EVIDENCE_LENGTHS = 24, EVIDENCE_LENGTH = 8 };

/* Counted over heads that are certain. */
typedef struct habits {
  size_t heads;
  size_t named;      /* of them: have a byline */
  size_t by;         /* that begins with "By" */
  size_t affiliated; /* or says behind a comma where the author belongs */
  size_t listed;     /* or names authors with commas between them */
  size_t wide;       /* or is followed by a wide gap */
  size_t announced;  /* or is in the table of contents */
  size_t inner;      /* are not the first of the text */
  size_t apart;      /* and have a wide gap before them */
  size_t capitals;   /* have a title in capitals */
  size_t title_case; /* have a title With Capitals */
  size_t decked[EVIDENCE_DECKS + 1];
  size_t lengths[EVIDENCE_LENGTHS]; /* titles by EVIDENCE_LENGTH characters */
} habits;

typedef struct evidence {
  date_hints dates; /* how they are written; stated is the caller's */
  recur lines;
  recur tails;                  /* how affiliations end */
  unsigned char *lower, *upper; /* how often a word is written so */
  size_t paragraph_gap;         /* blank lines between paragraphs */
  size_t paragraphs;
  size_t whole;                  /* of them: are one long line */
  size_t paragraph_bytes, bytes; /* how much of the text they are */
  habits habits;
} evidence;

/* Zeroes e; false when memory runs out. */
bool evidence_init(evidence *e);
void evidence_free(evidence *e);

/* Reads a text for everything but habits. */
byline_status evidence_gather(evidence *e, const char *text, size_t length,
                              byline_error *error);

/* Most, and nearly all, of a few at least. */
bool evidence_mostly(size_t part, size_t whole);

/* The length that hardly any title falls short of, and the usual one; 0 if that
 * is unknown. */
size_t evidence_shortest(const evidence *e);
size_t evidence_usual(const evidence *e);

/* Whether the text has a line for each paragraph. */
bool evidence_unwrapped(const evidence *e);

/* Whether titles are known to have long words With Capitals. */
bool evidence_title_case(const evidence *e);

/* Whether all words of a name are common words of the text. */
bool evidence_common(const evidence *e, byline_string name);

/* A paragraph by its looks: long, or a sentence. */
bool evidence_paragraph(block *k);

bool evidence_wide(const evidence *e, const block *k);

#endif
