/* The characters between the words of a query: quotes, brackets, operators. */
#ifndef BYLINE_ANALYZE_MARKS_H
#define BYLINE_ANALYZE_MARKS_H

#include "analyze/chars.h"
#include "base/buf.h"

typedef struct marks {
  const char *text; /* the whole query; borrowed */
  size_t length;
  UChar32 before; /* the character before the next one; a letter for words */
  size_t close;   /* where the quotes that are open end; MARKS_NO_PAIR */
  bool quoted;    /* an ASCII quote is open */
  size_t open;    /* full-width brackets that are */
  size_t opened;  /* where in out the last quote is that opens a phrase */
  size_t closed;  /* behind the first that marks_copy has put to end one, or
                     MARKS_NO_PAIR */
} marks;

#define MARKS_NO_PAIR ((size_t)-1)

void marks_start(marks *m, const char *text, size_t length);

/* Appends what is between two words, [from, to). False: out of memory. */
bool marks_copy(marks *m, size_t from, size_t to, buf *out);

/* The ASCII character of which ch is the full-width form; ASCII: itself. */
char mark_narrow(UChar32 ch);

#endif
