/* The reader of taught layouts at work, and its parts. */
#ifndef BYLINE_READ_TAUGHT_STATE_H
#define BYLINE_READ_TAUGHT_STATE_H

#include "read/ahead.h"
#include "read/taught_article.h"

enum {
  HELD_MOST = 8 /* lines */
};

typedef enum taught_place {
  PLACE_MASTHEAD, /* before the first article */
  PLACE_HEAD,
  PLACE_BODY
} taught_place;

/* A line behind a text that belongs to the next article if that follows, and
 * is text if it does not. */
typedef struct held_line {
  buf text;
  taught_line line;
  rule *rule;
  bool head; /* a text might still follow: a date may be the article's own */
} held_line;

typedef struct taught {
  byline_input *input;
  const profile *profile;
  ahead head;
  lines lines;
  date_hints hints;
  line next; /* read ahead, to know whether it is blank */
  bool has_next, at_end;
  taught_line line; /* at hand */
  buf text;         /* of it */
  bool has_line;
  rule_line seen; /* the same for patterns */
  held_line held[HELD_MOST];
  size_t held_count;
  taught_place place;
  bool first;    /* no separator was met yet */
  bool tired;    /* a pattern took too long, or all of them together */
  size_t passed; /* bytes of lines */
  size_t ticks;  /* that patterns took for them */
  bool finished; /* all was given */
  bool told;     /* what can only be said then */
  story_stray stray;
  buf why;
  taught_article article;
} taught;

/* ---- taught_rules.c ---- */

bool taught_gives_title(const rule *r);

/* The first rule that takes the line at hand; NULL: none, or it took too
 * long, which is told, and t->tired. */
rule *taught_find_rule(taught *t);

/* Makes r the rule that the line at hand was matched with last. */
void taught_match_again(taught *t, rule *r);

/* Learns from the head of the file how its dates are to be read. */
byline_status taught_learn_dates(taught *t, byline_error *error);

/* ---- taught_held.c: false when memory runs out ---- */

void taught_explain(taught *t, const char *what, const char *why,
                    const taught_line *l);
bool taught_explain_rule(taught *t, const rule *r, const taught_line *l);

/* A line of no article. */
void taught_leave_out(taught *t, const taught_line *l);
bool taught_add_text(taught *t, const taught_line *l);

/* Holds the line at hand back. */
bool taught_hold(taught *t, rule *r);

/* An article begins below the lines held, or none does. */
bool taught_take_held(taught *t);
bool taught_release_held(taught *t);

#endif
