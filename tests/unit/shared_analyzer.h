/* One analyzer for all tests of a file, as a group of cmocka sets it up. */
#ifndef BYLINE_TESTS_SHARED_ANALYZER_H
#define BYLINE_TESTS_SHARED_ANALYZER_H

#include "analyze_tokens.h"

static analyzer *shared;

static int set_up(void **state) {
  (void)state;
  shared = open_analyzer(NULL);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  analyzer_free(shared);
  return 0;
}

#endif
