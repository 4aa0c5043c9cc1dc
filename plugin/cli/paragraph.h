/* Text for people, put together and then laid out. */
#ifndef BYLINE_CLI_PARAGRAPH_H
#define BYLINE_CLI_PARAGRAPH_H

#include "cli/screen.h"

typedef enum paragraph_style {
  STYLE_PLAIN,
  STYLE_TITLE,
  STYLE_FAINT,
  STYLE_MATCH
} paragraph_style;

typedef struct paragraph paragraph;
/* NULL and a message when memory runs out. */
paragraph *paragraph_new(const cli_screen *screen);
void paragraph_free(paragraph *p);

/* Of what is added from now on. */
void paragraph_set_style(paragraph *p, paragraph_style style);
/* Adds a text of our own. */
void paragraph_add(paragraph *p, const char *text);
/* Adds a text from elsewhere, of which these parts are matches: control
 * characters become '?', bytes that are no UTF-8 U+FFFD. On a terminal what
 * changes the direction of writing goes, and what is written from right to
 * left is kept from changing the order of its neighbours. */
void paragraph_add_text(paragraph *p, byline_string text,
                        const byline_highlight *matches, size_t count);

/* The bytes in it, and: what has been added since it had so many stays in one
 * line if that is long enough. Once in a paragraph. */
size_t paragraph_length(const paragraph *p);
void paragraph_keep(paragraph *p, size_t from);

/* Prints it behind lead, its further lines below each other, indented by so
 * many columns, and empties it. False when memory has run out. */
bool paragraph_print(paragraph *p, const char *lead, size_t indent);

#endif
