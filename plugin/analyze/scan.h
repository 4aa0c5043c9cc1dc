/* Text into base terms by tables: what base.h finds with ICU's break rules,
 * several times as fast. A text that has no border within 16,384 characters is
 * the exception: here no word of it falls apart. */
#ifndef BYLINE_ANALYZE_SCAN_H
#define BYLINE_ANALYZE_SCAN_H

#include "analyze/base.h"

typedef struct scanner {
  const char *text; /* any bytes; borrowed */
  size_t length;
  size_t at; /* where to go on */
} scanner;

/* Finds the next token; false at the end. */
bool scan_next(scanner *s, base_token *token);

#endif
