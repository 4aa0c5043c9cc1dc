/* What every reader must hold to: valid UTF-8, no control characters but the
 * paragraph breaks, no spaces at the ends, nothing empty in lists. */
#ifndef BYLINE_FUZZ_CHECK_ARTICLE_H
#define BYLINE_FUZZ_CHECK_ARTICLE_H

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "read/input.h"
#include "read/reader.h"

static void check_string(byline_string s, bool breaks) {
  if (!utf8_valid(s.data, s.length))
    abort();
  for (size_t i = 0; i < s.length; i++)
    if ((unsigned char)s.data[i] < 0x20 && (s.data[i] != '\n' || !breaks))
      abort();
  if (s.length > 0 && (strchr(" \n", s.data[0]) != NULL ||
                       strchr(" \n", s.data[s.length - 1]) != NULL))
    abort();
}

static void check_list(const byline_string *items, size_t count) {
  for (size_t i = 0; i < count; i++) {
    check_string(items[i], false);
    if (items[i].length == 0)
      abort();
  }
}

static void check_article(const byline_article *a) {
  if (a->title.length == 0 && a->text.length == 0)
    abort();
  check_string(a->id, false);
  check_string(a->title, false);
  check_string(a->affiliation, false);
  check_string(a->date, false);
  check_string(a->language, false);
  check_string(a->section, false);
  check_string(a->url, false);
  check_string(a->text, true);
  check_list(a->authors, a->author_count);
  check_list(a->decks, a->deck_count);
  check_list(a->keywords, a->keyword_count);
}

/* Reads bytes, and returns how many were read; lines must not go back. With
 * titled, every article has a title on a line of its own. */
static uint64_t check_articles(const byline_reader *reader, bool titled,
                               const uint8_t *data, size_t size) {
  byline_read_stats stats = BYLINE_READ_STATS_INIT;
  byline_input input;
  const byline_article *article;
  void *state;
  size_t line = titled ? 0 : 1;
  reader->probe((const char *)data, size, true, "seed");
  input_from_memory(&input, (const char *)data, size, &stats);
  if (reader->open(&input, &state, NULL) != BYLINE_OK)
    return size;
  while (reader->next(state, &article, NULL) == BYLINE_OK && article) {
    check_article(article);
    if (article->line < line || (titled && article->line == line) ||
        (titled && article->title.length == 0))
      abort();
    line = article->line;
  }
  reader->close(state);
  return stats.bytes;
}

/* The same, to their end. */
static inline void check_reader(const byline_reader *reader,
                                const uint8_t *data, size_t size) {
  if (check_articles(reader, false, data, size) != size)
    abort();
}

/* The same for readers that find titles in plain text. */
static inline void check_titled_reader(const byline_reader *reader,
                                       const uint8_t *data, size_t size) {
  if (check_articles(reader, true, data, size) != size)
    abort();
}

#endif
