/* Any bytes through the edition reader. What it gives must be clean: valid
 * UTF-8, no control characters but the paragraph breaks, no empty titles. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "read/input.h"
#include "read/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(byline_string s, size_t breaks) {
  if (!utf8_valid(s.data, s.length))
    abort();
  for (size_t i = 0; i < s.length; i++)
    if ((unsigned char)s.data[i] < 0x20 && (s.data[i] != '\n' || !breaks))
      abort();
  if (s.length > 0 && (s.data[0] == ' ' || s.data[s.length - 1] == ' '))
    abort();
}

static void check_article(const byline_article *a, size_t *line) {
  if (a->title.length == 0 || a->line <= *line)
    abort();
  *line = a->line;
  check(a->title, 0);
  check(a->affiliation, 0);
  check(a->text, 1);
  for (size_t i = 0; i < a->author_count; i++) {
    check(a->authors[i], 0);
    if (a->authors[i].length == 0)
      abort();
  }
  for (size_t i = 0; i < a->deck_count; i++)
    check(a->decks[i], 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  byline_input input;
  const byline_article *article;
  void *state;
  size_t line = 0;
  edition_reader.probe((const char *)data, size, true, "seed");
  input_from_memory(&input, (const char *)data, size, &stats);
  if (edition_reader.open(&input, &state, NULL) != BYLINE_OK)
    return 0;
  while (edition_reader.next(state, &article, NULL) == BYLINE_OK && article)
    check_article(article, &line);
  edition_reader.close(state);
  if (stats.bytes != size)
    abort();
  return 0;
}
