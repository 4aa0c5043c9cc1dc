/* A document as builders take it. */
#ifndef BYLINE_BULK_DOCUMENT_H
#define BYLINE_BULK_DOCUMENT_H

#include "byline/types.h"

typedef struct document_term {
  byline_string term; /* with its prefix */
  uint32_t wdf;
  const uint32_t *positions; /* rising, each once */
  size_t position_count;
} document_term;

typedef struct document_value {
  uint32_t slot;
  byline_string value; /* never empty */
} document_value;

typedef struct document {
  const document_term *terms; /* in any order, each once */
  size_t term_count;
  const document_value *values; /* slots rising */
  size_t value_count;
  byline_string data;
} document;

#endif
