/* What an analyzer is made of; for the sources of this module only. */
#ifndef BYLINE_ANALYZE_STATE_H
#define BYLINE_ANALYZE_STATE_H

#include "analyze/stems.h"
#include "analyze/variants.h"

struct analyzer {
  charset chars;
  segmenter segments;
  folder fold;
  stems stemming;
  base_token tokens[3]; /* previous, current and next, in turns */
  variants forms;       /* of the current token */
  variants stemmed;     /* its stems so far */
  buf scratch;
};

#endif
