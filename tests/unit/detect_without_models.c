/* detect.c built for a place where no models are: every text is unknown, and
 * nothing fails. */
#include <stdio.h>
#include <string.h>

#include "analyze/detect.h"

static const char TEXT[] =
    "The council decided on Monday evening that the old bridge over the river "
    "will be closed for repairs from the beginning of March, and that nobody "
    "will be able to cross it for eleven months.";

int main(void) {
  detector *d = NULL;
  byline_error error;
  detected result = {"en", 1};
  if (detector_new(&d, &error) != BYLINE_OK)
    return 1;
  detector_run(d, (byline_string){TEXT, sizeof TEXT - 1}, &result);
  detector_free(d);
  if (*result.code || result.confidence > 0)
    fprintf(stderr, "taken for %s\n", result.code);
  return *result.code || result.confidence > 0;
}
