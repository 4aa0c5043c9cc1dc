/* The article that the reader of taught layouts is putting together from the
 * lines that patterns take, and those that none takes. */
#ifndef BYLINE_READ_TAUGHT_ARTICLE_H
#define BYLINE_READ_TAUGHT_ARTICLE_H

#include "read/draft.h"
#include "read/hyphens.h"
#include "read/profile.h"
#include "read/story.h"

/* A line of the file, clean and not blank. */
typedef struct taught_line {
  byline_string text;
  size_t number;
  bool apart;     /* blank lines stand before it */
  bool alone;     /* a blank line or the end of the file is behind it */
  bool continued; /* a further piece of the line before */
} taught_line;

typedef struct taught_article {
  byline_input *input;
  const profile *profile;
  const date_hints *hints;
  hyphens hyphens;
  draft draft;
  story story; /* its text */
  buf title;
  buf value;
  char above[DATE_ISO_SIZE]; /* the date that holds for all that follow */
  size_t line;               /* its first; 0: nothing is known of it */
  size_t title_line;         /* 0: it has no title */
  size_t above_title;        /* bytes of text above it */
  bool wraps;                /* the last line was of its title */
  bool undated;              /* its own date is unclear */
  bool parted;               /* the next line of text is a new paragraph */
  size_t number;             /* of articles before it */
} taught_article;

void taught_article_free(taught_article *a);

/* Forgets the article, but not the date that holds on. The functions below
 * return false when memory runs out. */
void taught_article_reset(taught_article *a);

/* What a rule has taken, with seen as the line that it was matched with. */
bool taught_article_take(taught_article *a, const rule *r,
                         const rule_line *seen, const taught_line *l);

/* The date of a rule, as it is written; false when it has none. *ok is false
 * when memory runs out. */
bool taught_date_text(const rule *r, const rule_line *seen,
                      const taught_line *l, buf *text, bool *ok);

/* Whose date a line is, is unclear, and why is told: no date holds on below
 * this article. */
void taught_article_forget_date(taught_article *a, const taught_line *l,
                                const char *why);

/* A date, byline or title that no rule has taken. */
bool taught_article_date(taught_article *a, byline_string text,
                         const taught_line *l);
bool taught_article_byline(taught_article *a, const taught_line *l);
bool taught_article_title(taught_article *a, byline_string text,
                          const taught_line *l);

bool taught_article_text(taught_article *a, byline_string text,
                         const taught_line *l);

/* *article is NULL when there is none: what is wrong is told. It lives until
 * the reset. */
bool taught_article_finish(taught_article *a, const byline_article **article);

#endif
