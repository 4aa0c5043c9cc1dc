#include "read/tally.h"

#include <stdio.h>

void tally_add(tally *t, size_t count, size_t line) {
  if (t->count == 0)
    t->line = line;
  t->count += count;
}

void tally_tell_replaced(const tally *t, byline_input *input) {
  char message[64];
  if (t->count == 0)
    return;
  snprintf(message, sizeof message, "%zu broken character%s replaced", t->count,
           t->count == 1 ? "" : "s");
  byline_input_notice(input, BYLINE_NOTICE_REPAIRED, t->line, message);
}

void tally_tell_empty(const tally *t, byline_input *input) {
  char message[96];
  if (t->count == 0)
    return;
  snprintf(message, sizeof message,
           "%zu article%s with neither title nor text left out", t->count,
           t->count == 1 ? "" : "s");
  byline_input_notice(input, BYLINE_NOTICE_SKIPPED, t->line, message);
}
