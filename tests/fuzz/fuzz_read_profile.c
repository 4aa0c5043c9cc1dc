/* Any profile, and any text read by it: they are parted by a line of "%%". */
#include <stdint.h>

#include "base/buf.h"
#include "check_article.h"
#include "read/profile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_taught(const profiles *set, const char *text, size_t size) {
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  byline_input input;
  const byline_article *article;
  void *state;
  size_t line = 0;
  input_from_memory(&input, text, size, &stats);
  input.taught = profiles_for(set, "folder/seed.txt", false);
  input.taught_path = set->path;
  if (!input.taught || taught_reader.open(&input, &state, NULL) != BYLINE_OK)
    return;
  while (taught_reader.next(state, &article, NULL) == BYLINE_OK && article) {
    check_article(article);
    if (article->line <= line)
      abort();
    line = article->line;
  }
  if (!input.failed && stats.bytes != size)
    abort();
  taught_reader.close(state);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char border[] = "\n%%\n";
  const char *bytes = (const char *)data;
  size_t at = 0, length = sizeof border - 1;
  while (at + length < size && memcmp(bytes + at, border, length) != 0)
    at++;
  if (at + length >= size)
    at = size;
  profiles *set = profiles_parse("seed", bytes, at);
  if (set && set->fault.code == BYLINE_OK && at < size)
    check_taught(set, bytes + at + length, size - at - length);
  profiles_free(set);
  return 0;
}
