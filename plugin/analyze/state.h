/* What an analyzer is made of; for the sources of this module only. */
#ifndef BYLINE_ANALYZE_STATE_H
#define BYLINE_ANALYZE_STATE_H

#include "analyze/scan.h"
#include "analyze/segment.h"
#include "analyze/stems.h"
#include "analyze/variants.h"

struct analyzer {
  bool by_icu;        /* by base.h, not scan.h */
  segmenter segments; /* open if by_icu */
  folder fold;
  const own_letters *own; /* of the language */
  stems stemming;         /* in the language, if it is not English */
  stems english;          /* besides, or alone */
  stems *first, *second;  /* of the two: in use; second may be NULL */
  bool also_english;
  char language[STEMS_LANGUAGE_SIZE]; /* as it was given */
  base_token tokens[3];               /* previous, current and next, in turns */
  variants forms;                     /* of the current token */
  variants stemmed;                   /* its stems so far */
  buf scratch;
};

#endif
