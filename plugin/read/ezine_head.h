/* The heads of the articles of an e-zine.
 *
 * A head is a title of one to three lines, perhaps numbered, centred,
 * underlined or between rules, perhaps a deck, the byline or none, and a date
 * or none; or it is the header of a mail. Its signs are added up. The strongest
 * are what the table of contents announces and how the heads beyond doubt look
 * in the first part of the text: that tells titles from underlined cross-heads,
 * and the rules between articles from those inside. */
#ifndef BYLINE_READ_EZINE_HEAD_H
#define BYLINE_READ_EZINE_HEAD_H

#include "read/ezine_contents.h"
#include "read/names.h"
#include "read/signs.h"

enum { EZINE_STYLES = 96, EZINE_ENOUGH = 6, EZINE_CERTAIN = 8 };

/* A way in which heads look, and how often one like it was met. */
typedef struct ezine_style {
  unsigned key;
  size_t count, named, announced;
} ezine_style;

typedef struct ezine_evidence {
  evidence words; /* recurring lines, common words */
  size_t width;   /* the column that lines are wrapped at; 0: they are not */
  size_t contents_line; /* of the first table of contents; 0: none */
  ezine_style styles[EZINE_STYLES];
  size_t style_count;
  size_t heads, named, announced, mails; /* of candidates in styles */
} ezine_evidence;

typedef enum ezine_form { FORM_TITLE, FORM_MAIL } ezine_form;

/* Positions are window indices. */
typedef struct ezine_head {
  ezine_form form;
  size_t title, title_lines;
  size_t deck, deck_lines; /* none: 0 lines */
  size_t byline;           /* when named */
  size_t date;             /* when iso is not empty */
  size_t unclear; /* the line behind a date that is not certain, or 0 */
  size_t body;    /* the first line behind the head */
  bool named;
  bool strong; /* the byline says that it is one */
  bool by;     /* its "By" stands in a line of its own before it */
  size_t cut;  /* bytes of the title before " by " and a name; 0: none */
  int entry;   /* of the table of contents, or CONTENTS_NONE */
  unsigned style;
  char iso[DATE_ISO_SIZE];
  signs signs;
} ezine_head;

/* What a masthead says of the day: by itself, or beside a number. */
typedef struct ezine_day {
  char iso[DATE_ISO_SIZE];
  bool several; /* they contradict each other: it is none */
} ezine_day;

/* What is directly before the place that is looked at. */
typedef struct ezine_place {
  bool started;    /* something was passed */
  bool in_article; /* else in a masthead */
  bool skipping;   /* boilerplate, up to the next rule or head */
  bool page;       /* a page begins here */
  char rule;       /* of a strong rule; '\0': none */
  char mark;       /* of a rule that is not strong */
  size_t since;    /* lines of the article's text so far */
  size_t articles; /* of the issue */
  size_t lines;    /* of the masthead */
  ezine_day numbered, plain;
} ezine_place;

/* Whether an article starts with the first line of the window, which is no
 * rule. If not, out->signs say why. */
bool ezine_head_find(const ezine_evidence *e, const ezine_contents *c,
                     const ezine_window *w, size_t at, const ezine_place *place,
                     ezine_head *out);

/* Counts a candidate among those that look like it. */
void ezine_head_note(ezine_evidence *e, const ezine_head *h);

/* A line's title, bare: without marks and number. */
byline_string ezine_head_title(const ezine_line *l, bool first);

/* The names in a byline; a name that is none for certain is taken only where
 * "By" says so, there or in the line before (by). False when there are
 * none. */
bool ezine_head_names(const ezine_evidence *e, byline_string from, bool by,
                      names *out);

/* Whether a line stands far to the right. */
bool ezine_right(const ezine_evidence *e, const ezine_line *l);

#endif
