/* The print edition of a paper: titles, decks, bylines and bodies one after
 * another, without date lines. edition_head.h says how heads are found; what
 * they rest on is learned from the first part of the text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "read/ahead.h"
#include "read/edition_phrases.h"
#include "read/edition_place.h"
#include "read/input.h"
#include "read/reader.h"
#include "read/story.h"

enum {
  HEAD_SIZE = 4 << 20, /* what is learned from */
  MOST_SYMBOLS = 2     /* per cent: more of them make code or data */
};

typedef struct edition {
  byline_input *input;
  ahead head;
  hyphens hyphens;
  blocks blocks;
  evidence evidence;
  edition_place place;
  edition_head next; /* the head at the front of the window, once found */
  bool has_next, finished;
  char issue[DATE_ISO_SIZE]; /* the last date line that was no article's */
  char date[DATE_ISO_SIZE];
  size_t signatures, footers, parts; /* of the article */
  bool doubtful; /* another one, unseen, may have begun in it */
  story_stray stray;
  buf held; /* a signature, until it is known whether the article ends there */
  buf why;
  story story;
} edition;

/* ---- Opening ---- */

static void edition_close(void *state) {
  edition *d = state;
  ahead_free(&d->head);
  blocks_free(&d->blocks);
  hyphens_free(&d->hyphens);
  evidence_free(&d->evidence);
  buf_free(&d->held);
  buf_free(&d->why);
  story_free(&d->story);
  free(d);
}

static byline_status edition_open(byline_input *input, void **state,
                                  byline_error *error) {
  edition *d = calloc(1, sizeof *d);
  if (!d)
    return error_no_memory(error);
  d->input = d->head.input = input;
  d->place.first = true;
  blocks_init(&d->blocks, ahead_read, &d->head);
  d->blocks.input.longest = (size_t)input_limits(input)->line;
  d->blocks.hints = &d->evidence.dates;
  d->blocks.hyphens = &d->hyphens;
  byline_status status = evidence_init(&d->evidence)
                             ? ahead_fill(&d->head, HEAD_SIZE, error)
                             : error_no_memory(error);
  d->evidence.dates.stated = input_date_order(input);
  if (status == BYLINE_OK)
    ahead_decode_entities(&d->head);
  if (status == BYLINE_OK)
    status =
        edition_learn(&d->evidence, d->head.bytes, d->head.length, NULL, error);
  if (status == BYLINE_OK)
    status = hyphens_learn(&d->hyphens, &d->head, error);
  if (status != BYLINE_OK) {
    edition_close(d);
    return status;
  }
  *state = d;
  return BYLINE_OK;
}

/* Few symbols that prose has not: a quick look at what may be code or data. */
static bool is_prose(const char *text, size_t length) {
  static const char symbols[] = "{}[]<>=;\\/|#_~^`@$+";
  size_t count = 0;
  for (size_t i = 0; i < length; i++)
    count += memchr(symbols, text[i], sizeof symbols - 1) != NULL;
  return count * 100 <= length * MOST_SYMBOLS;
}

static int edition_probe(const char *head, size_t length, bool whole,
                         const char *path) {
  (void)whole;
  (void)path;
  evidence e;
  int certainty = 0;
  if (!is_prose(head, length))
    return 0;
  if (evidence_init(&e))
    edition_learn(&e, head, length, &certainty, NULL);
  evidence_free(&e);
  return certainty;
}

/* ---- Explaining ---- */

static bool explain(edition *d, const block *k, const char *what, int score,
                    const char *why) {
  byline_input_explain(d->input, k->line, what, score, why,
                       buf_string(&k->text));
  return true;
}

static bool explain_head(edition *d) {
  const edition_head *h = &d->next;
  if (!byline_input_explains(d->input))
    return true;
  buf_clear(&d->why);
  if (!signs_write(&h->signs, &d->why))
    return false;
  for (size_t i = 0; i < h->body; i++) {
    const block *k = blocks_at(&d->blocks, i);
    const char *what = i == 0                       ? "title"
                       : h->named && i == h->byline ? "byline"
                       : h->dated && i == h->date   ? "date"
                                                    : "deck";
    explain(d, k, what, h->signs.sum, i == 0 ? d->why.data : "see the title");
  }
  return true;
}

/* The signs of the best head that this might have begun say why it does not. */
static bool explain_block(edition *d, const edition_block *k) {
  if (!byline_input_explains(d->input))
    return true;
  static const char *const kinds[] = {
      [KIND_PARAGRAPH] = "body",   [KIND_CROSS_HEAD] = "cross-head",
      [KIND_CAPTION] = "caption",  [KIND_SIGNATURE] = "signature",
      [KIND_FOOTER] = "footer",    [KIND_BOILERPLATE] = "boilerplate",
      [KIND_CONTENTS] = "contents"};
  const signs *s = &d->next.signs;
  bool scored =
      k->kind <= KIND_CROSS_HEAD && edition_short(blocks_at(&d->blocks, 0));
  bool masthead = !d->place.in_article && k->kind <= KIND_CAPTION;
  buf_clear(&d->why);
  if (!buf_add_string(&d->why, k->why) ||
      (scored && s->count > 0 &&
       (!buf_printf(&d->why, "; as a title: ") || !signs_write(s, &d->why))))
    return false;
  return explain(d, blocks_at(&d->blocks, 0),
                 masthead ? "masthead" : kinds[k->kind], scored ? s->sum : 0,
                 d->why.data);
}

/* ---- Heads ---- */

static bool take_decks(edition *d) {
  size_t count = d->next.decks;
  byline_string *decks = arena_array(&d->story.memory, count, sizeof *decks);
  byline_article *a = &d->story.article;
  if (!decks)
    return false;
  a->decks = decks;
  for (size_t i = 1; i <= count; i++) {
    block *k = blocks_at(&d->blocks, i);
    bool fits = block_caption(k) == CAPTION_SURE
                    ? story_add(&d->story, k)
                    : story_copy(&d->story, buf_string(&k->text),
                                 &decks[a->deck_count++]);
    if (!fits)
      return false;
  }
  return true;
}

/* The names in the byline; else in a sentence of the decks or of the first
 * paragraph, which stays where it is. */
static bool take_authors(edition *d) {
  const edition_head *h = &d->next;
  names who;
  if (h->named) {
    byline_string text = buf_string(&blocks_at(&d->blocks, h->byline)->text);
    edition_block_names(&d->evidence, blocks_at(&d->blocks, h->byline), &who);
    if (who.count == 0)
      who.authors[who.count++] = text; /* a group */
    return story_authors(&d->story, &who);
  }
  for (size_t i = 1; i <= h->body; i++) {
    const block *k = blocks_at(&d->blocks, i);
    if (k && edition_reporters(&d->evidence, buf_string(&k->text), &who))
      return story_authors(&d->story, &who);
  }
  return true;
}

/* The article's own day, or that of the paper; none where its own is unclear.
 */
static void take_date(edition *d) {
  const edition_head *h = &d->next;
  const block *k = blocks_at(&d->blocks, h->dated ? h->date : h->body);
  memcpy(d->date, h->dated ? k->iso : d->issue, sizeof d->date);
  if (h->dated || !k || k->date != DATE_UNCLEAR)
    return;
  d->date[0] = '\0';
  story_tell_unclear_date(buf_string(&k->text), k->line, false, d->input);
}

static bool take_head(edition *d) {
  const edition_head *h = &d->next;
  block *title = blocks_at(&d->blocks, 0);
  story_start(&d->story, d->input, title->line);
  d->signatures = d->footers = d->parts = 0;
  d->doubtful = false;
  buf_clear(&d->held);
  take_date(d);
  if (!explain_head(d) ||
      !story_copy(&d->story, buf_string(&title->text),
                  &d->story.article.title) ||
      !take_decks(d) || !take_authors(d))
    return false;
  edition_pass_head(&d->blocks, h, &d->place);
  blocks_drop(&d->blocks, h->body);
  d->has_next = false;
  return true;
}

/* ---- Bodies ---- */

/* A signature that something follows is a line of the text. */
static bool release_signature(edition *d) {
  byline_string text = buf_string(&d->held);
  if (text.length == 0)
    return true;
  bool fits = story_add_text(&d->story, text, JOIN_PARAGRAPH);
  d->doubtful = true;
  buf_clear(&d->held);
  return fits;
}

/* Where exactly one signature ends an article that has no byline, it is the
 * author's; unless cross-heads part what it signs from the rest. */
static bool settle_signature(edition *d) {
  names who;
  if (d->held.length == 0 || d->signatures != 1 ||
      phrases_anonymous(buf_string(&d->held)) ||
      d->story.article.author_count > 0 || (d->parts > 0 && !d->place.letter))
    return release_signature(d);
  edition_signers(&d->evidence, buf_string(&d->held), &who);
  return who.count > 0 ? story_authors(&d->story, &who) : release_signature(d);
}

/* Footers that contradict each other say nothing, nor does one behind what may
 * be the title of another article. */
static void take_footer(edition *d, const char *iso) {
  if (d->doubtful)
    d->date[0] = '\0';
  else if (d->footers++ == 0)
    memcpy(d->date, iso, sizeof d->date);
  else if (strcmp(d->date, iso) != 0)
    d->date[0] = '\0';
}

/* Takes the block at the front, which begins no article. */
static bool take_block(edition *d) {
  block *k = blocks_at(&d->blocks, 0);
  edition_block is;
  edition_classify(&d->evidence, &d->blocks, &d->place, &is);
  if (!explain_block(d, &is))
    return false;
  bool fits = true;
  if (!d->place.in_article) {
    if (k->date == DATE_FOUND)
      memcpy(d->issue, k->iso, sizeof d->issue);
    if (is.kind != KIND_CONTENTS) {
      d->stray.lines += k->lines;
      d->stray.bytes += k->text.length;
    }
  } else if (is.kind == KIND_FOOTER) {
    take_footer(d, is.iso);
  } else if (is.kind == KIND_SIGNATURE) {
    fits = release_signature(d) && buf_add_str(&d->held, buf_string(&k->text));
    d->signatures++;
  } else if (is.kind != KIND_BOILERPLATE && is.kind != KIND_CONTENTS) {
    fits = release_signature(d) && story_add(&d->story, k);
    d->parts += is.kind == KIND_CROSS_HEAD;
    d->doubtful = d->doubtful || (is.kind == KIND_CROSS_HEAD &&
                                  d->next.signs.sum >= EDITION_NEARLY);
  }
  edition_pass(&d->evidence, &d->blocks, &is, &d->place);
  blocks_drop(&d->blocks, 1);
  return fits;
}

/* Goes on to the next head; what is passed is text or stands before it. */
static byline_status find_head(edition *d, byline_error *error) {
  byline_status status;
  while ((status = blocks_fill(&d->blocks, error)) == BYLINE_OK &&
         blocks_at(&d->blocks, 0)) {
    d->has_next =
        edition_head_find(&d->evidence, &d->blocks, &d->place, &d->next);
    if (d->has_next)
      return BYLINE_OK;
    if (!take_block(d))
      return error_no_memory(error);
  }
  return status;
}

static byline_status read_article(edition *d, byline_error *error) {
  if (!take_head(d))
    return error_no_memory(error);
  byline_status status = find_head(d, error);
  if (status != BYLINE_OK)
    return status;
  if (!settle_signature(d))
    return error_no_memory(error);
  if (d->story.too_long)
    story_tell_too_long(&d->story, d->input);
  d->story.article.text = buf_string(&d->story.text);
  d->story.article.date = (byline_string){d->date, strlen(d->date)};
  return BYLINE_OK;
}

static void tell_summary(edition *d) {
  if (!d->place.in_article)
    byline_input_notice(d->input, BYLINE_NOTICE_FAILED, 0,
                        "no article found: titles and bylines must stand in "
                        "lines of their own, with blank lines around them");
  story_tell_lines(&d->blocks.input, d->input);
  ahead_tell(&d->head);
}

static byline_status edition_next(void *state, const byline_article **article,
                                  byline_error *error) {
  edition *d = state;
  *article = NULL;
  if (d->finished)
    return BYLINE_OK;
  if (!d->place.in_article) {
    byline_status status = find_head(d, error);
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

const byline_reader edition_reader = {
    BYLINE_READER_ABI_VERSION,
    "edition",
    "plain text: the print edition of a paper, without date lines",
    edition_probe,
    edition_open,
    edition_next,
    edition_close,
    BYLINE_READER_PLAIN_TEXT};
