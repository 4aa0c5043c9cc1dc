/* What the readers of plain text share: from one head to the next, an article
 * at a time. A format knows what a head is and what becomes of the text. */
#ifndef BYLINE_READ_TEXT_READER_H
#define BYLINE_READ_TEXT_READER_H

#include "read/ahead.h"
#include "read/story.h"

/* Every state is that of the format, which begins with its text_reader. The
 * functions that return bool return false when memory runs out. */
typedef struct text_format {
  size_t learned_from; /* how many bytes are read ahead */
  byline_status (*learn)(void *state, byline_error *error);
  /* Goes on to the next head; what is passed is text or stands before it. */
  byline_status (*find_head)(void *state, byline_error *error);
  /* Turns the head at the front of the window into a story's fields. */
  bool (*take_head)(void *state);
  /* Behind an article's last line; may be NULL. */
  bool (*finish)(void *state);
  const char *no_article; /* the notice where there is none */
} text_format;

typedef struct text_reader {
  const text_format *format;
  byline_input *input;
  ahead head;
  hyphens hyphens;
  lines *lines; /* that the format cuts what was read into */
  story story;
  char date[DATE_ISO_SIZE]; /* of the article */
  story_stray stray;
  bool has_next; /* the next head is at the front of the window */
  bool begun, finished;
} text_reader;

/* Learns from the first part of the input; r is zeroed, the lines of the window
 * are initialised. */
byline_status text_reader_open(text_reader *r, const text_format *format,
                               byline_input *input, lines *window,
                               byline_error *error);
void text_reader_free(text_reader *r);

/* The next of a byline_reader. */
byline_status text_reader_next(void *state, const byline_article **article,
                               byline_error *error);

#endif
