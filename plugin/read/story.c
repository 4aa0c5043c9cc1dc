#include "read/story.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "read/input.h"
#include "read/name_case.h"

/* What is kept of the text buffer from article to article. */
enum { KEPT_CAPACITY = 8 << 20 };

void story_free(story *s) {
  arena_free(&s->memory);
  buf_free(&s->text);
  buf_free(&s->name);
}

void story_start(story *s, const byline_input *input, size_t number) {
  arena_reset(&s->memory);
  if (s->text.capacity > KEPT_CAPACITY)
    buf_free(&s->text);
  buf_clear(&s->text);
  s->longest = input_limits(input)->article;
  s->too_long = false;
  s->article = (byline_article){.size = sizeof s->article, .line = number};
  s->article.type = (byline_string){"text/plain", 10};
}

bool story_copy(story *s, byline_string text, byline_string *out) {
  return arena_string(&s->memory, text, out);
}

bool story_authors(story *s, const names *n) {
  byline_string *authors = arena_array(&s->memory, n->count, sizeof *authors);
  if (!authors)
    return false;
  byline_string language = {NULL, 0};
  for (size_t i = 0; i < n->count; i++) {
    buf_clear(&s->name);
    if (!name_case(n->authors[i], language, &s->name) ||
        !story_copy(s,
                    s->name.length > 0 ? buf_string(&s->name) : n->authors[i],
                    &authors[i]))
      return false;
  }
  s->article.authors = authors;
  s->article.author_count = n->count;
  return story_copy(s, n->affiliation, &s->article.affiliation);
}

bool story_add_text(story *s, byline_string text, block_join join) {
  static const char *const joins[] = {"\n\n", " ", ""};
  const char *between = s->text.length > 0 ? joins[join] : "";
  if (s->too_long)
    return true;
  if (s->text.length + text.length + strlen(between) > s->longest) {
    s->too_long = true;
    buf_free(&s->text);
    return true;
  }
  return buf_add_string(&s->text, between) && buf_add_str(&s->text, text);
}

bool story_add(story *s, const block *k) {
  return story_add_text(s, buf_string(&k->text), k->join);
}

void story_tell_too_long(const story *s, byline_input *input) {
  limits_tell_article(s->longest, s->article.line, input);
}

void story_tell_unclear_date(byline_string text, size_t number, bool below,
                             byline_input *input) {
  enum { LONGEST_SHOWN = 80 };
  char message[256];
  size_t shown = utf8_cut(text.data, text.length, LONGEST_SHOWN);
  snprintf(message, sizeof message,
           "\"%.*s\" names no day for certain: %s (write it as YYYY-MM-DD)",
           (int)shown, text.data,
           below ? "the articles below it have no date"
                 : "the article has no date");
  byline_input_count_unclear_date(input);
  byline_input_notice(input, BYLINE_NOTICE_REPAIRED, number, message);
}

void story_tell_stray(const story_stray *s, byline_input *input) {
  enum { MASTHEAD_LINES = 5, MASTHEAD_BYTES = 400 };
  char message[128];
  if (s->lines <= MASTHEAD_LINES && s->bytes <= MASTHEAD_BYTES)
    return;
  snprintf(message, sizeof message,
           "%zu line%s before the first article %s in no article", s->lines,
           s->lines == 1 ? "" : "s", s->lines == 1 ? "is" : "are");
  byline_input_notice(input, BYLINE_NOTICE_SKIPPED, 1, message);
}

void story_tell_lines(const lines *l, byline_input *input) {
  char message[128], size[LIMITS_SIZE];
  if (l->invalid > 0) {
    snprintf(message, sizeof message, "%zu broken UTF-8 sequence%s replaced",
             l->invalid, l->invalid == 1 ? "" : "s");
    byline_input_count_invalid(input, l->invalid);
    byline_input_notice(input, BYLINE_NOTICE_REPAIRED, l->first_invalid,
                        message);
  }
  if (l->first_long > 0) {
    snprintf(message, sizeof message,
             "a line of more than %s is read in pieces: the limit \"line\"",
             limits_words(l->longest, size));
    byline_input_notice(input, BYLINE_NOTICE_REPAIRED, l->first_long, message);
  }
}
