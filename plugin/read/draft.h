/* An article in the making, for formats that name their fields. What comes
 * first stays; what is empty is not there. */
#ifndef BYLINE_READ_DRAFT_H
#define BYLINE_READ_DRAFT_H

#include "base/arena.h"
#include "base/buf.h"
#include "byline/extend.h"
#include "read/date.h"

typedef struct draft_list {
  byline_string *items;
  size_t count, capacity;
  byline_string *sorted; /* of a full list that more was added to */
} draft_list;

enum { DRAFT_ITEMS = 1000 }; /* of a list; further ones are left out */

typedef struct draft {
  arena memory; /* of all strings but the text */
  buf text;
  buf scratch[2];
  byline_string id, title, affiliation, language, section, url;
  draft_list authors, decks, keywords;
  char date[DATE_ISO_SIZE];
  byline_string unclear; /* what stood there instead of a date */
  size_t replaced;       /* sequences that became U+FFFD */
  size_t left_out;       /* items that a full list had no room for */
  bool too_deep;         /* something was left out for the limit "nesting" */
  byline_article article;
} draft;

#define DRAFT_INIT                                                             \
  { .memory = ARENA_INIT }

void draft_reset(draft *d);
void draft_free(draft *d);

/* The functions below return false when memory runs out. text is plain or
 * HTML, whichever it looks like. */

/* Sets one of the strings, unless it is set. */
bool draft_set(draft *d, byline_string *field, const char *text, size_t length);

/* Adds to a list what is not in it, as long as there is room. */
bool draft_add(draft *d, draft_list *list, const char *text, size_t length);

/* The same for text that is plain for certain. */
bool draft_set_plain(draft *d, byline_string *field, const char *text,
                     size_t length);
bool draft_add_plain(draft *d, draft_list *list, const char *text,
                     size_t length);

/* Adds what is parted by commas, or by semicolons if there are any. */
bool draft_add_parts(draft *d, draft_list *list, const char *text,
                     size_t length);

/* One author, as spelled, but for "By" before the name and for names in
 * capitals (name_case.h); words that stand for none are no author. */
bool draft_add_author(draft *d, const char *text, size_t length);

/* The same for text that is plain and a name for certain. */
bool draft_add_author_plain(draft *d, const char *text, size_t length);

/* A line that may name several authors. */
bool draft_add_byline(draft *d, const char *text, size_t length);

/* Sets the language from a tag as "en-GB". */
bool draft_set_language(draft *d, const char *text, size_t length);

/* Whether this is a whole address of the web. */
bool draft_is_url(byline_string text);

/* Sets the URL if it is one. */
bool draft_set_url(draft *d, const char *text, size_t length);

/* Sets the date, unless it is set; result and iso are those of date_parse. */
bool draft_set_date(draft *d, date_result result, const char *iso,
                    const char *text, size_t length);

/* The same with whatever a field for a date has. */
bool draft_parse_date(draft *d, const byline_input *input, const char *text,
                      size_t length);

/* Appends plain text as one paragraph, if there is anything in it. */
bool draft_add_paragraph(draft *d, const char *text, size_t length);

/* Appends paragraphs to the text. html: they are HTML, whatever they look
 * like. Errors: those of html_text. */
byline_status draft_add_text(draft *d, const char *text, size_t length,
                             bool html, byline_error *error);

/* Whether there is neither title nor text. */
bool draft_is_empty(const draft *d);

/* The article, until the next reset; type is static. */
const byline_article *draft_finish(draft *d, size_t line, const char *type);

/* Tells the input of what is unclear, was left out and was replaced. */
void draft_report(const draft *d, byline_input *input);

#endif
