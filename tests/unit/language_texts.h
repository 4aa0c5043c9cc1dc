/* The texts of fixtures in many languages. */
#ifndef BYLINE_TESTS_LANGUAGE_TEXTS_H
#define BYLINE_TESTS_LANGUAGE_TEXTS_H

#include "test.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"

/* False where the folder has none in this language. */
static inline bool read_text(const char *folder, const char *code, buf *text) {
  char path[512], block[4096];
  snprintf(path, sizeof path, "%s/fixtures/%s/%s.txt",
           getenv("BYLINE_SOURCE_DIR"), folder, code);
  FILE *file = fopen(path, "rb");
  if (!file)
    return false;
  for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;)
    buf_add(text, block, n);
  fclose(file);
  return true;
}

#endif
