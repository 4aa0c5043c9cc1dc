/* The dated digest: a date line, then for each article its title, its byline
 * and, after a wider gap, its paragraphs. layout.h says how heads are found;
 * everything that is no head is body, in its order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "read/ahead.h"
#include "read/date_line.h"
#include "read/input.h"
#include "read/layout.h"
#include "read/reader.h"
#include "read/story.h"

enum {
  HEAD_SIZE = 64 << 10, /* what is learned from */
  DATES_SIZE = 4 << 20, /* the same where dates are unclear */
  LONGEST_CROSS_HEAD = 100
};

typedef struct digest {
  byline_input *input;
  ahead head;
  hyphens hyphens;
  blocks blocks;
  layout layout;
  layout_place place;
  article_head next; /* the head at the front of the window, once found */
  bool has_next;
  bool finished;
  char date[DATE_ISO_SIZE];
  date_hints hints; /* of its dates */
  story_stray stray;
  buf why;
  story story;
} digest;

/* ---- Opening ---- */

/* Numeric dates wait for one that has only one order. */
static byline_status learn_dates(digest *d, byline_error *error) {
  d->hints = (date_hints)DATE_HINTS_NONE;
  d->hints.stated = input_date_order(d->input);
  byline_status status = BYLINE_OK;
  if (date_lines_learn(&d->hints, d->head.bytes, d->head.length) &&
      d->head.length == HEAD_SIZE) {
    status = ahead_fill(&d->head, DATES_SIZE, error);
    date_lines_learn(&d->hints, d->head.bytes, d->head.length);
  }
  return status;
}

static void digest_close(void *state) {
  digest *d = state;
  ahead_free(&d->head);
  blocks_free(&d->blocks);
  hyphens_free(&d->hyphens);
  buf_free(&d->why);
  story_free(&d->story);
  free(d);
}

static byline_status digest_open(byline_input *input, void **state,
                                 byline_error *error) {
  digest *d = calloc(1, sizeof *d);
  if (!d)
    return error_no_memory(error);
  d->input = d->head.input = input;
  blocks_init(&d->blocks, ahead_read, &d->head);
  d->blocks.hints = &d->hints;
  d->blocks.hyphens = &d->hyphens;
  byline_status status = ahead_fill(&d->head, HEAD_SIZE, error);
  int certainty;
  if (status == BYLINE_OK)
    status = layout_learn(&d->layout, d->head.bytes, d->head.length, &certainty,
                          error);
  if (status == BYLINE_OK)
    status = learn_dates(d, error);
  if (status == BYLINE_OK)
    status = hyphens_learn(&d->hyphens, &d->head, error);
  if (status != BYLINE_OK) {
    digest_close(d);
    return status;
  }
  *state = d;
  return BYLINE_OK;
}

static int digest_probe(const char *head, size_t length, bool whole,
                        const char *path) {
  (void)whole;
  (void)path;
  layout learned;
  int certainty;
  if (layout_learn(&learned, head, length, &certainty, NULL) != BYLINE_OK)
    return 0;
  return certainty;
}

/* ---- Notices ---- */

static void tell_unclear_date(digest *d, const block *k) {
  char message[256];
  int length = k->text.length < 80 ? (int)k->text.length : 80;
  snprintf(message, sizeof message,
           "\"%.*s\" names no day for certain: the articles below it have no "
           "date (write it as YYYY-MM-DD)",
           length, k->text.data);
  byline_input_count_unclear_date(d->input);
  byline_input_notice(d->input, BYLINE_NOTICE_REPAIRED, k->line, message);
}

/* What can only be said at the end of the file. */
static void tell_summary(digest *d) {
  if (d->place == PLACE_START)
    byline_input_notice(d->input, BYLINE_NOTICE_FAILED, 0,
                        "no article found: titles and bylines must stand in "
                        "lines of their own, with blank lines around them");
  story_tell_lines(&d->blocks.input, d->input);
}

/* ---- Explaining ---- */

static bool explain_head(digest *d) {
  const article_head *h = &d->next;
  if (!byline_input_explains(d->input))
    return true;
  buf_clear(&d->why);
  if (!signs_write(&h->signs, &d->why))
    return false;
  for (size_t i = 0; i < h->body; i++) {
    block *k = blocks_at(&d->blocks, i);
    const char *what = i == h->title                    ? "title"
                       : i < h->title                   ? "date"
                       : h->named && i == h->byline     ? "byline"
                       : block_caption(k) != CAPTION_NO ? "caption"
                                                        : "deck";
    byline_input_explain(d->input, k->line, what, h->signs.sum,
                         i == h->title ? d->why.data : "see the title",
                         buf_string(&k->text));
  }
  return true;
}

/* The signs of the best head that this might have begun say why it does not. */
static bool explain_block(digest *d, block *k, bool in_article) {
  if (!byline_input_explains(d->input))
    return true;
  const shape *f = block_shape(k);
  bool heading = !f->long_ && f->characters <= LONGEST_CROSS_HEAD &&
                 f->end != SHAPE_END_STOP && f->end != SHAPE_END_QUOTED;
  const char *what = !in_article                        ? "masthead"
                     : block_caption(k) == CAPTION_SURE ? "caption"
                     : heading                          ? "cross-head"
                                                        : "body";
  const signs *s = &d->next.signs;
  buf_clear(&d->why);
  if (!buf_add_string(&d->why, heading ? "short, with too few signs of a title"
                                       : "a paragraph") ||
      (heading && s->count > 0 &&
       (!buf_add_string(&d->why, "; as a title: ") ||
        !signs_write(s, &d->why))))
    return false;
  byline_input_explain(d->input, k->line, what, heading ? s->sum : 0,
                       d->why.data, buf_string(&k->text));
  return true;
}

/* ---- Articles ---- */

/* What stands between title and byline: captions belong to the body. */
static bool take_between(digest *d, size_t end) {
  size_t first = d->next.title + 1;
  if (end <= first)
    return true;
  byline_string *decks =
      arena_array(&d->story.memory, end - first, sizeof *decks);
  if (!decks)
    return false;
  d->story.article.decks = decks;
  for (size_t i = first; i < end; i++) {
    block *k = blocks_at(&d->blocks, i);
    if (block_caption(k) != CAPTION_NO) {
      if (!story_add(&d->story, k))
        return false;
    } else if (!story_copy(&d->story, buf_string(&k->text),
                           &decks[d->story.article.deck_count++])) {
      return false;
    }
  }
  return true;
}

static void take_date(digest *d) {
  if (d->next.dated) {
    const block *k = blocks_at(&d->blocks, d->next.title - 1);
    memcpy(d->date, k->iso, sizeof d->date);
    date_line_learn(&d->hints, k->text.data, k->text.length);
    if (k->date != DATE_FOUND) {
      d->date[0] = '\0';
      tell_unclear_date(d, k);
    }
  }
  d->story.article.date = (byline_string){d->date, strlen(d->date)};
}

/* Turns the head at the front of the window into the article's fields. */
static bool take_head(digest *d) {
  const article_head *h = &d->next;
  const block *title = blocks_at(&d->blocks, h->title);
  story_start(&d->story, title->line);
  layout_note(&d->layout, &d->blocks, d->place, h);
  take_date(d);
  if (!explain_head(d) ||
      !story_copy(&d->story, buf_string(&title->text),
                  &d->story.article.title) ||
      !take_between(d, h->named ? h->byline : h->body))
    return false;
  if (h->named &&
      !story_authors(&d->story, block_names(blocks_at(&d->blocks, h->byline))))
    return false;
  blocks_drop(&d->blocks, h->body);
  d->place = PLACE_HEAD;
  d->has_next = false;
  return true;
}

/* Goes on to the next head; with in_article, what is passed is its text. */
static byline_status find_head(digest *d, bool in_article,
                               byline_error *error) {
  byline_status status;
  block *k;
  while ((status = blocks_fill(&d->blocks, error)) == BYLINE_OK &&
         (k = blocks_at(&d->blocks, 0))) {
    d->has_next = layout_head(&d->layout, &d->blocks, d->place, &d->next);
    if (d->has_next)
      return BYLINE_OK;
    if (!explain_block(d, k, in_article) ||
        (in_article && !story_add(&d->story, k)))
      return error_no_memory(error);
    if (in_article) {
      d->place = PLACE_BODY;
    } else {
      d->stray.lines += k->lines;
      d->stray.bytes += k->text.length;
    }
    blocks_drop(&d->blocks, 1);
  }
  return status;
}

static byline_status read_article(digest *d, byline_error *error) {
  if (!take_head(d))
    return error_no_memory(error);
  byline_status status = find_head(d, true, error);
  if (status == BYLINE_OK && d->story.too_long)
    story_tell_too_long(&d->story, d->input);
  d->story.article.text = buf_string(&d->story.text);
  return status;
}

static byline_status digest_next(void *state, const byline_article **article,
                                 byline_error *error) {
  digest *d = state;
  *article = NULL;
  if (d->finished)
    return BYLINE_OK;
  if (d->place == PLACE_START) {
    byline_status status = find_head(d, false, error);
    if (status != BYLINE_OK)
      return status;
    story_tell_stray(&d->stray, d->input);
  }
  while (d->has_next) {
    byline_status status = read_article(d, error);
    if (status != BYLINE_OK)
      return status;
    if (!d->story.too_long) {
      *article = &d->story.article;
      return BYLINE_OK;
    }
  }
  d->finished = true;
  tell_summary(d);
  return BYLINE_OK;
}

const byline_reader digest_reader = {
    BYLINE_READER_ABI_VERSION,
    "digest",
    "plain text: date lines, titles, bylines, paragraphs",
    digest_probe,
    digest_open,
    digest_next,
    digest_close,
    BYLINE_READER_PLAIN_TEXT};
