/* The print edition of a paper: titles, decks, bylines and bodies one after
 * another, without date lines. edition_head.h says how heads are found; what
 * they rest on is learned from the first part of the text. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "read/edition_phrases.h"
#include "read/edition_place.h"
#include "read/input.h"
#include "read/reader.h"
#include "read/text_reader.h"

enum {
  HEAD_SIZE = 4 << 20, /* what is learned from */
  MOST_SYMBOLS = 2     /* per cent: more of them make code or data */
};

typedef struct edition {
  text_reader base;
  blocks blocks;
  evidence evidence;
  edition_place place;
  edition_head next; /* the head at the front of the window, once found */
  char issue[DATE_ISO_SIZE]; /* the last date line that was no article's */
  size_t signatures, footers, parts; /* of the article */
  bool doubtful; /* another one, unseen, may have begun in it */
  buf held; /* a signature, until it is known whether the article ends there */
  buf why;
} edition;

/* ---- Learning ---- */

static byline_status learn(void *state, byline_error *error) {
  edition *d = state;
  const ahead *head = &d->base.head;
  if (!evidence_init(&d->evidence))
    return error_no_memory(error);
  d->evidence.dates.stated = input_date_order(d->base.input);
  return edition_learn(&d->evidence, head->bytes, head->length, NULL, error);
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
  byline_input_explain(d->base.input, k->line, what, score, why,
                       buf_string(&k->text));
  return true;
}

static bool explain_head(edition *d) {
  const edition_head *h = &d->next;
  if (!byline_input_explains(d->base.input))
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
  if (!byline_input_explains(d->base.input))
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
  byline_string *decks =
      arena_array(&d->base.story.memory, count, sizeof *decks);
  byline_article *a = &d->base.story.article;
  if (!decks)
    return false;
  a->decks = decks;
  for (size_t i = 1; i <= count; i++) {
    block *k = blocks_at(&d->blocks, i);
    bool fits = block_caption(k) == CAPTION_SURE
                    ? story_add(&d->base.story, k)
                    : story_copy(&d->base.story, buf_string(&k->text),
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
    return story_authors(&d->base.story, &who);
  }
  for (size_t i = 1; i <= h->body; i++) {
    const block *k = blocks_at(&d->blocks, i);
    if (k && edition_reporters(&d->evidence, buf_string(&k->text), &who))
      return story_authors(&d->base.story, &who);
  }
  return true;
}

/* The article's own day, or that of the paper; none where its own is unclear.
 */
static void take_date(edition *d) {
  const edition_head *h = &d->next;
  const block *k = blocks_at(&d->blocks, h->dated ? h->date : h->body);
  memcpy(d->base.date, h->dated ? k->iso : d->issue, sizeof d->base.date);
  if (h->dated || !k || k->date != DATE_UNCLEAR)
    return;
  d->base.date[0] = '\0';
  story_tell_unclear_date(buf_string(&k->text), k->line, false, d->base.input);
}

static bool take_head(void *state) {
  edition *d = state;
  const edition_head *h = &d->next;
  block *title = blocks_at(&d->blocks, 0);
  story_start(&d->base.story, d->base.input, title->line);
  d->signatures = d->footers = d->parts = 0;
  d->doubtful = false;
  buf_clear(&d->held);
  take_date(d);
  if (!explain_head(d) ||
      !story_copy(&d->base.story, buf_string(&title->text),
                  &d->base.story.article.title) ||
      !take_decks(d) || !take_authors(d))
    return false;
  edition_pass_head(&d->blocks, h, &d->place);
  blocks_drop(&d->blocks, h->body);
  return true;
}

/* ---- Bodies ---- */

/* A signature that something follows is a line of the text. */
static bool release_signature(edition *d) {
  byline_string text = buf_string(&d->held);
  if (text.length == 0)
    return true;
  bool fits = story_add_text(&d->base.story, text, JOIN_PARAGRAPH);
  d->doubtful = true;
  buf_clear(&d->held);
  return fits;
}

/* Where exactly one signature ends an article that has no byline, it is the
 * author's; unless cross-heads part what it signs from the rest. */
static bool settle_signature(void *state) {
  edition *d = state;
  names who;
  if (d->held.length == 0 || d->signatures != 1 ||
      phrases_anonymous(buf_string(&d->held)) ||
      d->base.story.article.author_count > 0 ||
      (d->parts > 0 && !d->place.letter))
    return release_signature(d);
  edition_signers(&d->evidence, buf_string(&d->held), &who);
  return who.count > 0 ? story_authors(&d->base.story, &who)
                       : release_signature(d);
}

/* Footers that contradict each other say nothing, nor does one behind what may
 * be the title of another article. */
static void take_footer(edition *d, const char *iso) {
  if (d->doubtful)
    d->base.date[0] = '\0';
  else if (d->footers++ == 0)
    memcpy(d->base.date, iso, sizeof d->base.date);
  else if (strcmp(d->base.date, iso) != 0)
    d->base.date[0] = '\0';
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
      d->base.stray.lines += k->lines;
      d->base.stray.bytes += k->text.length;
    }
  } else if (is.kind == KIND_FOOTER) {
    take_footer(d, is.iso);
  } else if (is.kind == KIND_SIGNATURE) {
    fits = release_signature(d) && buf_add_str(&d->held, buf_string(&k->text));
    d->signatures++;
  } else if (is.kind != KIND_BOILERPLATE && is.kind != KIND_CONTENTS) {
    fits = release_signature(d) && story_add(&d->base.story, k);
    d->parts += is.kind == KIND_CROSS_HEAD;
    d->doubtful = d->doubtful || (is.kind == KIND_CROSS_HEAD &&
                                  d->next.signs.sum >= EDITION_NEARLY);
  }
  edition_pass(&d->evidence, &d->blocks, &is, &d->place);
  blocks_drop(&d->blocks, 1);
  return fits;
}

static byline_status find_head(void *state, byline_error *error) {
  edition *d = state;
  byline_status status;
  while ((status = blocks_fill(&d->blocks, error)) == BYLINE_OK &&
         blocks_at(&d->blocks, 0)) {
    d->base.has_next =
        edition_head_find(&d->evidence, &d->blocks, &d->place, &d->next);
    if (d->base.has_next)
      return BYLINE_OK;
    if (!take_block(d))
      return error_no_memory(error);
  }
  return status;
}

/* ---- The reader ---- */

static const text_format format = {
    .learned_from = HEAD_SIZE,
    .learn = learn,
    .find_head = find_head,
    .take_head = take_head,
    .finish = settle_signature,
    .no_article = "no article found: titles and bylines must stand in lines of "
                  "their own, with blank lines around them"};

static void edition_close(void *state) {
  edition *d = state;
  text_reader_free(&d->base);
  blocks_free(&d->blocks);
  evidence_free(&d->evidence);
  buf_free(&d->held);
  buf_free(&d->why);
  free(d);
}

static byline_status edition_open(byline_input *input, void **state,
                                  byline_error *error) {
  edition *d = calloc(1, sizeof *d);
  if (!d)
    return error_no_memory(error);
  d->place.first = true;
  blocks_init(&d->blocks, ahead_read, &d->base.head);
  d->blocks.hints = &d->evidence.dates;
  d->blocks.hyphens = &d->base.hyphens;
  byline_status status =
      text_reader_open(&d->base, &format, input, &d->blocks.input, error);
  if (status != BYLINE_OK) {
    edition_close(d);
    return status;
  }
  *state = d;
  return BYLINE_OK;
}

const byline_reader edition_reader = {
    BYLINE_READER_ABI_VERSION,
    "edition",
    "plain text: the print edition of a paper, without date lines",
    edition_probe,
    edition_open,
    text_reader_next,
    edition_close,
    BYLINE_READER_PLAIN_TEXT};
