/* Which language a text is in, by three witnesses: the n-grams of
 * libexttextcat's models, the alphabets of CLDR, and stop words. What they do
 * not agree on is unknown; so is what is short, or mixed. */
#ifndef BYLINE_ANALYZE_DETECT_H
#define BYLINE_ANALYZE_DETECT_H

#include "analyze/language.h"
#include "byline/byline.h"

/* Has models and memory of its own; belongs to one thread. */
typedef struct detector detector;

/* Where the models are not installed, every text is unknown. */
byline_status detector_new(detector **result, byline_error *error);
void detector_free(detector *d);

typedef struct detected {
  char code[LANGUAGE_CODE_SIZE]; /* ISO 639; "": unknown */
  double confidence; /* 0 to 1: how far parts and witnesses agree; given for
                        what is unknown as well */
} detected;

/* text: any bytes. Looks at 3 kB of it at most. */
void detector_run(detector *d, byline_string text, detected *result);

#endif
