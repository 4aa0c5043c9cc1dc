#include "read/text_reader.h"

#include <string.h>

#include "base/error.h"
#include "read/input.h"

byline_status text_reader_open(text_reader *r, const text_format *format,
                               byline_input *input, lines *window,
                               byline_error *error) {
  r->format = format;
  r->input = r->head.input = input;
  r->lines = window;
  window->longest = (size_t)input_limits(input)->line;
  byline_status status = ahead_fill(&r->head, format->learned_from, error);
  if (status == BYLINE_OK) {
    ahead_decode_entities(&r->head);
    status = format->learn(r, error);
  }
  if (status == BYLINE_OK)
    status = hyphens_learn(&r->hyphens, &r->head, error);
  return status;
}

void text_reader_free(text_reader *r) {
  ahead_free(&r->head);
  hyphens_free(&r->hyphens);
  story_free(&r->story);
}

static byline_status begin(text_reader *r, byline_error *error) {
  byline_status status = r->format->find_head(r, error);
  if (status != BYLINE_OK)
    return status;
  story_tell_stray(&r->stray, r->input);
  if (!r->has_next)
    byline_input_notice(r->input, BYLINE_NOTICE_FAILED, 0,
                        r->format->no_article);
  r->begun = true;
  return BYLINE_OK;
}

static byline_status read_article(text_reader *r, byline_error *error) {
  const text_format *f = r->format;
  r->has_next = false;
  if (!f->take_head(r))
    return error_no_memory(error);
  byline_status status = f->find_head(r, error);
  if (status != BYLINE_OK)
    return status;
  if (f->finish && !f->finish(r))
    return error_no_memory(error);
  if (r->story.too_long)
    story_tell_too_long(&r->story, r->input);
  r->story.article.text = buf_string(&r->story.text);
  r->story.article.date = (byline_string){r->date, strlen(r->date)};
  return BYLINE_OK;
}

/* What can only be said at the end of the file. */
static void finish(text_reader *r) {
  r->finished = true;
  story_tell_lines(r->lines, r->input);
  ahead_tell(&r->head);
}

byline_status text_reader_next(void *state, const byline_article **article,
                               byline_error *error) {
  text_reader *r = state;
  *article = NULL;
  byline_status status = r->begun ? BYLINE_OK : begin(r, error);
  while (status == BYLINE_OK && r->has_next) {
    status = read_article(r, error);
    if (status == BYLINE_OK && !r->story.too_long) {
      *article = &r->story.article;
      return BYLINE_OK;
    }
  }
  if (status == BYLINE_OK && !r->finished)
    finish(r);
  return status;
}
