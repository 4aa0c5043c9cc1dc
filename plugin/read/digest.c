/* The dated digest: a date line, then for each article its title, its byline
 * and, after a wider gap, its paragraphs. layout.h says how heads are found;
 * everything that is no head is body, in its order. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "read/date_line.h"
#include "read/input.h"
#include "read/layout.h"
#include "read/reader.h"
#include "read/text_reader.h"

enum {
  HEAD_SIZE = 64 << 10, /* what is learned from */
  DATES_SIZE = 4 << 20, /* the same where dates are unclear */
  LONGEST_CROSS_HEAD = 100
};

typedef struct digest {
  text_reader base;
  blocks blocks;
  layout layout;
  layout_place place;
  article_head next;       /* the head at the front of the window, once found */
  char day[DATE_ISO_SIZE]; /* of the last date line */
  date_hints hints;
  buf section; /* that the articles stand in */
  buf why;
} digest;

/* ---- Learning ---- */

/* Numeric dates wait for one that has only one order. */
static byline_status learn_dates(digest *d, byline_error *error) {
  d->hints = (date_hints)DATE_HINTS_NONE;
  d->hints.stated = input_date_order(d->base.input);
  byline_status status = BYLINE_OK;
  if (date_lines_learn(&d->hints, d->base.head.bytes, d->base.head.length) &&
      !d->base.head.ended) {
    status = ahead_fill(&d->base.head, DATES_SIZE, error);
    date_lines_learn(&d->hints, d->base.head.bytes, d->base.head.length);
  }
  return status;
}

static byline_status learn(void *state, byline_error *error) {
  digest *d = state;
  int certainty;
  byline_status status = layout_learn(&d->layout, d->base.head.bytes,
                                      d->base.head.length, &certainty, error);
  if (status != BYLINE_OK)
    return status;
  layout_set_blocks(&d->layout, &d->blocks);
  return learn_dates(d, error);
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

/* ---- Explaining ---- */

static const char *part_of_head(const article_head *h, block *k, size_t at) {
  return at == h->title                     ? "title"
         : h->dated && at == h->date        ? "date"
         : h->sectioned && at == h->section ? "section"
         : at < h->title                    ? "rule"
         : h->named && at == h->byline      ? "byline"
         : at == h->stamp                   ? "date"
         : block_is_url(k)                  ? "address"
         : block_caption(k) != CAPTION_NO   ? "caption"
                                            : "deck";
}

static bool explain_head(digest *d) {
  const article_head *h = &d->next;
  if (!byline_input_explains(d->base.input))
    return true;
  buf_clear(&d->why);
  if (!signs_write(&h->signs, &d->why))
    return false;
  for (size_t i = 0; i < h->body; i++) {
    block *k = blocks_at(&d->blocks, i);
    const char *what = part_of_head(h, k, i);
    byline_input_explain(d->base.input, k->line, what, h->signs.sum,
                         i == h->title ? d->why.data : "see the title",
                         buf_string(&k->text));
  }
  return true;
}

/* The signs of the best head that this might have begun say why it does not. */
static bool explain_block(digest *d, block *k) {
  if (!byline_input_explains(d->base.input))
    return true;
  const shape *f = block_shape(k);
  bool heading = !f->long_ && f->characters <= LONGEST_CROSS_HEAD &&
                 f->end != SHAPE_END_STOP && f->end != SHAPE_END_QUOTED;
  const char *what = d->place == PLACE_START            ? "masthead"
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
  byline_input_explain(d->base.input, k->line, what, heading ? s->sum : 0,
                       d->why.data, buf_string(&k->text));
  return true;
}

/* ---- Articles ---- */

/* What is in a head besides title and byline: captions belong to the body. */
static bool take_between(digest *d) {
  const article_head *h = &d->next;
  byline_article *a = &d->base.story.article;
  byline_string *decks =
      arena_array(&d->base.story.memory, h->body - h->title, sizeof *decks);
  if (!decks)
    return false;
  a->decks = decks;
  for (size_t i = h->title + 1; i < h->body; i++) {
    block *k = blocks_at(&d->blocks, i);
    byline_string text = buf_string(&k->text);
    bool stamp = i == h->stamp;
    if ((h->named && i == h->byline) ||
        (stamp &&
         (!k->dated || k->part.before.length + k->part.after.length == 0)))
      continue;
    if (block_is_url(k) && a->url.length == 0) {
      if (!story_copy(&d->base.story, text, &a->url))
        return false;
    } else if (!stamp && block_caption(k) != CAPTION_NO) {
      if (!story_add(&d->base.story, k))
        return false;
    } else if (!story_copy(&d->base.story, text, &decks[a->deck_count++])) {
      return false;
    }
  }
  return true;
}

/* The date of a block that is one, or that has one beside something else. */
static void copy_date(digest *d, block *k, char *out) {
  const date_part *part = block_part(k, &d->hints);
  memcpy(out, part ? part->iso : k->iso, DATE_ISO_SIZE);
  date_line_learn(&d->hints, k->text.data, k->text.length);
  if ((part ? part->date : k->date) != DATE_FOUND) {
    *out = '\0';
    story_tell_unclear_date(buf_string(&k->text), k->line, out == d->day,
                            d->base.input);
  }
}

/* A date line holds for what follows, a date of its own for the article. */
static void take_date(digest *d) {
  const article_head *h = &d->next;
  if (h->dated)
    copy_date(d, blocks_at(&d->blocks, h->date), d->day);
  if (h->stamp)
    copy_date(d, blocks_at(&d->blocks, h->stamp), d->base.date);
  else
    memcpy(d->base.date, d->day, sizeof d->day);
}

/* A section goes on until the next one, or the next date line. */
static bool take_section(digest *d) {
  const article_head *h = &d->next;
  if (h->dated || h->sectioned)
    buf_clear(&d->section);
  if (h->sectioned) {
    byline_string text = buf_string(&blocks_at(&d->blocks, h->section)->text);
    while (text.length > 0 && (*text.data == '#' || *text.data == ' ')) {
      text.data++;
      text.length--;
    }
    if (!buf_add_str(&d->section, text))
      return false;
  }
  d->base.story.article.section = buf_string(&d->section);
  return true;
}

static bool take_head(void *state) {
  digest *d = state;
  const article_head *h = &d->next;
  const block *title = blocks_at(&d->blocks, h->title);
  story_start(&d->base.story, d->base.input, title->line);
  layout_note(&d->layout, &d->blocks, d->place, h);
  take_date(d);
  if (!explain_head(d) ||
      !story_copy(&d->base.story, buf_string(&title->text),
                  &d->base.story.article.title) ||
      !take_section(d) || !take_between(d))
    return false;
  if (h->named && !story_authors(&d->base.story,
                                 block_names(blocks_at(&d->blocks, h->byline))))
    return false;
  blocks_drop(&d->blocks, h->body);
  d->place = PLACE_HEAD;
  return true;
}

static byline_status find_head(void *state, byline_error *error) {
  digest *d = state;
  byline_status status;
  block *k;
  while ((status = blocks_fill(&d->blocks, error)) == BYLINE_OK &&
         (k = blocks_at(&d->blocks, 0))) {
    d->base.has_next = layout_head(&d->layout, &d->blocks, d->place, &d->next);
    if (d->base.has_next)
      return BYLINE_OK;
    bool in_article = d->place != PLACE_START;
    if (!explain_block(d, k) || (in_article && !story_add(&d->base.story, k)))
      return error_no_memory(error);
    if (in_article) {
      d->place = PLACE_BODY;
    } else {
      d->base.stray.lines += k->lines;
      d->base.stray.bytes += k->text.length;
    }
    blocks_drop(&d->blocks, 1);
  }
  return status;
}

/* ---- The reader ---- */

static const text_format format = {
    .learned_from = HEAD_SIZE,
    .learn = learn,
    .find_head = find_head,
    .take_head = take_head,
    .no_article = "no article found: titles and bylines must stand in lines of "
                  "their own, with blank lines around them"};

static void digest_close(void *state) {
  digest *d = state;
  text_reader_free(&d->base);
  blocks_free(&d->blocks);
  buf_free(&d->section);
  buf_free(&d->why);
  free(d);
}

static byline_status digest_open(byline_input *input, void **state,
                                 byline_error *error) {
  digest *d = calloc(1, sizeof *d);
  if (!d)
    return error_no_memory(error);
  blocks_init(&d->blocks, ahead_read, &d->base.head);
  d->blocks.hints = &d->hints;
  d->blocks.hyphens = &d->base.hyphens;
  byline_status status =
      text_reader_open(&d->base, &format, input, &d->blocks.input, error);
  if (status != BYLINE_OK) {
    digest_close(d);
    return status;
  }
  *state = d;
  return BYLINE_OK;
}

const byline_reader digest_reader = {
    BYLINE_READER_ABI_VERSION,
    "digest",
    "plain text: date lines, titles, bylines, paragraphs",
    digest_probe,
    digest_open,
    text_reader_next,
    digest_close,
    BYLINE_READER_PLAIN_TEXT};
