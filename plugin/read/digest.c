/* The dated digest: a date line, then for each article its title, its byline
 * and, after a wider gap, its paragraphs. layout.h says how heads are found;
 * everything that is no head is body, in its order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "read/date_line.h"
#include "read/input.h"
#include "read/layout.h"
#include "read/reader.h"

/* Limits. A longer article is left out with a notice. */
#define LONGEST_ARTICLE ((size_t)100 << 20)

enum {
  HEAD_SIZE = 64 << 10,    /* what is learned from */
  DATES_SIZE = 4 << 20,    /* the same where dates are unclear */
  KEPT_CAPACITY = 8 << 20, /* of the text buffer, from article to article */
  MASTHEAD_LINES = 5,      /* longer texts before the first article are */
  MASTHEAD_BYTES = 400     /* reported */
};

typedef struct digest {
  byline_input *input;
  char *head; /* the first bytes, read ahead to learn from */
  size_t head_at, head_length;
  blocks blocks;
  layout layout;
  layout_place place;
  article_head next; /* the head at the front of the window, once found */
  bool has_next;
  bool finished;
  bool too_long; /* the article being read is left out */
  char date[DATE_ISO_SIZE];
  date_hints hints;                /* of its dates */
  size_t stray_lines, stray_bytes; /* before the first article */
  arena memory;                    /* of the article's fields */
  buf text;
  byline_article article;
} digest;

/* ---- Opening ---- */

static byline_status read_bytes(void *user, char *buffer, size_t capacity,
                                size_t *length, byline_error *error) {
  digest *d = user;
  size_t left = d->head_length - d->head_at;
  if (left == 0)
    return byline_input_read(d->input, buffer, capacity, length, error);
  *length = left < capacity ? left : capacity;
  memcpy(buffer, d->head + d->head_at, *length);
  d->head_at += *length;
  if (d->head_at == d->head_length) {
    free(d->head);
    d->head = NULL;
  }
  return BYLINE_OK;
}

static byline_status read_head(digest *d, size_t size, byline_error *error) {
  char *head = realloc(d->head, size);
  if (!head)
    return error_no_memory(error);
  d->head = head;
  size_t length = 1;
  while (d->head_length < size && length > 0) {
    byline_status status =
        byline_input_read(d->input, d->head + d->head_length,
                          size - d->head_length, &length, error);
    /* A file that breaks off is used up to there: the error comes again. */
    if (status == BYLINE_IO && d->head_length > 0)
      break;
    if (status != BYLINE_OK)
      return status;
    d->head_length += length;
  }
  return BYLINE_OK;
}

/* Numeric dates wait for one that has only one order. */
static byline_status learn_dates(digest *d, byline_error *error) {
  d->hints = (date_hints)DATE_HINTS_NONE;
  d->hints.stated = input_date_order(d->input);
  byline_status status = BYLINE_OK;
  if (date_lines_learn(&d->hints, d->head, d->head_length) &&
      d->head_length == HEAD_SIZE) {
    status = read_head(d, DATES_SIZE, error);
    date_lines_learn(&d->hints, d->head, d->head_length);
  }
  return status;
}

static void digest_close(void *state) {
  digest *d = state;
  free(d->head);
  blocks_free(&d->blocks);
  arena_free(&d->memory);
  buf_free(&d->text);
  free(d);
}

static byline_status digest_open(byline_input *input, void **state,
                                 byline_error *error) {
  digest *d = calloc(1, sizeof *d);
  if (!d)
    return error_no_memory(error);
  d->input = input;
  blocks_init(&d->blocks, read_bytes, d);
  d->blocks.hints = &d->hints;
  byline_status status = read_head(d, HEAD_SIZE, error);
  int certainty;
  if (status == BYLINE_OK)
    status =
        layout_learn(&d->layout, d->head, d->head_length, &certainty, error);
  if (status == BYLINE_OK)
    status = learn_dates(d, error);
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

static void tell_stray_lines(digest *d) {
  char message[128];
  if (d->stray_lines <= MASTHEAD_LINES && d->stray_bytes <= MASTHEAD_BYTES)
    return;
  snprintf(message, sizeof message,
           "%zu line%s before the first article %s in no article",
           d->stray_lines, d->stray_lines == 1 ? "" : "s",
           d->stray_lines == 1 ? "is" : "are");
  byline_input_notice(d->input, BYLINE_NOTICE_SKIPPED, 1, message);
}

static void tell_too_long(digest *d) {
  char message[128];
  snprintf(message, sizeof message,
           "an article of more than %zu MiB is left out: split it",
           LONGEST_ARTICLE >> 20);
  byline_input_notice(d->input, BYLINE_NOTICE_FAILED, d->article.line, message);
}

/* What can only be said at the end of the file. */
static void tell_summary(digest *d) {
  const lines *l = &d->blocks.input;
  char message[128];
  if (d->place == PLACE_START)
    byline_input_notice(d->input, BYLINE_NOTICE_FAILED, 0,
                        "no article found: titles and bylines must stand in "
                        "lines of their own, with blank lines around them");
  if (l->invalid > 0) {
    snprintf(message, sizeof message, "%zu broken UTF-8 sequence%s replaced",
             l->invalid, l->invalid == 1 ? "" : "s");
    byline_input_count_invalid(d->input, l->invalid);
    byline_input_notice(d->input, BYLINE_NOTICE_REPAIRED, l->first_invalid,
                        message);
  }
  if (l->first_long > 0) {
    snprintf(message, sizeof message,
             "a line of more than %d MiB is read in pieces",
             LINES_LONGEST >> 20);
    byline_input_notice(d->input, BYLINE_NOTICE_REPAIRED, l->first_long,
                        message);
  }
}

/* ---- Articles ---- */

static bool copy_text(digest *d, const block *k, byline_string *out) {
  return arena_string(&d->memory, buf_string(&k->text), out);
}

static bool copy_names(digest *d, const names *n) {
  byline_string *authors = arena_array(&d->memory, n->count, sizeof *authors);
  if (!authors)
    return false;
  for (size_t i = 0; i < n->count; i++)
    if (!arena_string(&d->memory, n->authors[i], &authors[i]))
      return false;
  d->article.authors = authors;
  d->article.author_count = n->count;
  return arena_string(&d->memory, n->affiliation, &d->article.affiliation);
}

/* Adds a block to the text; false when memory runs out. */
static bool add_to_text(digest *d, const block *k) {
  static const char *const joins[] = {"\n\n", " ", ""};
  const char *join = d->text.length > 0 ? joins[k->join] : "";
  if (d->too_long)
    return true;
  if (d->text.length + k->text.length + strlen(join) > LONGEST_ARTICLE) {
    d->too_long = true;
    buf_free(&d->text);
    return true;
  }
  return buf_add_string(&d->text, join) &&
         buf_add_str(&d->text, buf_string(&k->text));
}

/* What stands between title and byline: captions belong to the body. */
static bool take_between(digest *d, size_t end) {
  size_t first = d->next.title + 1;
  if (end <= first)
    return true;
  byline_string *decks = arena_array(&d->memory, end - first, sizeof *decks);
  if (!decks)
    return false;
  d->article.decks = decks;
  for (size_t i = first; i < end; i++) {
    block *k = blocks_at(&d->blocks, i);
    if (block_caption(k) != CAPTION_NO) {
      if (!add_to_text(d, k))
        return false;
    } else if (!copy_text(d, k, &decks[d->article.deck_count++])) {
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
  d->article.date = (byline_string){d->date, strlen(d->date)};
}

/* Turns the head at the front of the window into the article's fields. */
static bool take_head(digest *d) {
  const article_head *h = &d->next;
  const block *title = blocks_at(&d->blocks, h->title);
  arena_reset(&d->memory);
  if (d->text.capacity > KEPT_CAPACITY)
    buf_free(&d->text);
  buf_clear(&d->text);
  d->too_long = false;
  d->article = (byline_article){.size = sizeof d->article};
  d->article.type = (byline_string){"text/plain", strlen("text/plain")};
  d->article.line = title->line;
  layout_note(&d->layout, &d->blocks, d->place, h);
  take_date(d);
  if (!copy_text(d, title, &d->article.title) ||
      !take_between(d, h->named ? h->byline : h->body))
    return false;
  if (h->named && !copy_names(d, block_names(blocks_at(&d->blocks, h->byline))))
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
  const block *k;
  while ((status = blocks_fill(&d->blocks, error)) == BYLINE_OK &&
         (k = blocks_at(&d->blocks, 0))) {
    d->has_next = layout_head(&d->layout, &d->blocks, d->place, &d->next);
    if (d->has_next)
      return BYLINE_OK;
    if (in_article) {
      if (!add_to_text(d, k))
        return error_no_memory(error);
      d->place = PLACE_BODY;
    } else {
      d->stray_lines += k->lines;
      d->stray_bytes += k->text.length;
    }
    blocks_drop(&d->blocks, 1);
  }
  return status;
}

static byline_status read_article(digest *d, byline_error *error) {
  if (!take_head(d))
    return error_no_memory(error);
  byline_status status = find_head(d, true, error);
  if (status == BYLINE_OK && d->too_long)
    tell_too_long(d);
  d->article.text = buf_string(&d->text);
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
    tell_stray_lines(d);
  }
  while (d->has_next) {
    byline_status status = read_article(d, error);
    if (status != BYLINE_OK)
      return status;
    if (!d->too_long) {
      *article = &d->article;
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
    0};
