/* Feeds: RSS and Atom. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "read/feed_parse.h"
#include "read/limits.h"
#include "read/reader.h"
#include "read/tally.h"

typedef struct feed {
  byline_input *input;
  feed_parse *parse;
  tally replaced, empty, unpublished;
  tally authors_left_out; /* of the feed; its line is that of an entry */
  bool finished;
} feed;

/* ---- Probing ---- */

static bool has(const char *text, size_t length, const char *what) {
  size_t size = strlen(what);
  for (size_t i = 0; i + size <= length; i++)
    if (text[i] == *what && memcmp(text + i, what, size) == 0)
      return true;
  return false;
}

/* Where the first tag of an element is; length if there is none. */
static size_t first_element(const char *head, size_t length) {
  size_t at = 0;
  while (at + 1 < length) {
    const char *open = memchr(head + at, '<', length - at);
    if (!open)
      return length;
    at = (size_t)(open - head) + 1;
    const char *end = "";
    if (at + 3 <= length && memcmp(head + at, "!--", 3) == 0)
      end = "-->";
    else if (at < length && head[at] == '?')
      end = "?>";
    else if (at < length && head[at] != '!')
      return at;
    size_t size = strlen(end);
    while (at + size <= length && memcmp(head + at, end, size) != 0)
      at++;
  }
  return length;
}

/* The tag's name, without a prefix, and what it is for. */
static int feed_probe(const char *head, size_t length, bool whole,
                      const char *path) {
  static const char blanks[] = " \t\r\n";
  (void)whole;
  (void)path;
  size_t at = 0;
  if (length >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0)
    at = 3;
  while (at < length && memchr(blanks, head[at], 4))
    at++;
  if (at == length || head[at] != '<')
    return 0;
  at = first_element(head, length);
  const char *name = head + at;
  size_t size = 0;
  while (at + size < length && !memchr(" \t\r\n>/", name[size], 6))
    if (name[size++] == ':') {
      at += size;
      name += size;
      size = 0;
    }
  if (size == 3 && memcmp(name, "rss", 3) == 0)
    return 99;
  bool atom = has(head, length, "http://www.w3.org/2005/Atom") ||
              has(head, length, "http://purl.org/atom/ns#");
  if (size == 4 && memcmp(name, "feed", 4) == 0)
    return atom ? 99 : 0;
  if (size == 5 && memcmp(name, "entry", 5) == 0)
    return atom ? 99 : 0;
  return size == 3 && memcmp(name, "RDF", 3) == 0 &&
                 (has(head, length, "http://purl.org/rss/1.0/") ||
                  has(head, length, "netscape.com/rdf/simple/0.9/"))
             ? 99
             : 0;
}

/* ---- Opening ---- */

static void feed_close(void *state) {
  feed *f = state;
  feed_parse_free(f->parse);
  free(f);
}

static byline_status feed_open(byline_input *input, void **state,
                               byline_error *error) {
  feed *f = calloc(1, sizeof *f);
  if (!f)
    return error_no_memory(error);
  f->input = input;
  byline_status status = feed_parse_new(input, &f->parse, error);
  if (status != BYLINE_OK) {
    free(f);
    return status;
  }
  *state = f;
  return BYLINE_OK;
}

/* ---- Articles ---- */

static void tell_left_out(feed *f, size_t line, const char *why) {
  char message[256];
  snprintf(message, sizeof message, "an entry is left out: %.200s", why);
  byline_input_notice(f->input, BYLINE_NOTICE_FAILED, line, message);
}

static void tell_authors(feed *f, const tally *t, const char *whose, int most,
                         const char *rest) {
  char message[128];
  if (t->count == 0)
    return;
  snprintf(message, sizeof message, "%zu author%s of the %s beyond %d%s",
           t->count, t->count == 1 ? "" : "s", whose, most, rest);
  byline_input_notice(f->input, BYLINE_NOTICE_REPAIRED, t->line, message);
}

static void tell_summary(feed *f) {
  char message[256];
  size_t line;
  const char *fault = feed_parse_fault(f->parse, &line);
  if (fault) {
    snprintf(message, sizeof message,
             "%s: what follows is not read (mend the XML)", fault);
    byline_input_notice(f->input, BYLINE_NOTICE_FAILED, line, message);
  }
  tell_authors(f, feed_parse_nameless(f->parse), "export", FEED_USERS,
               ": articles have their logins");
  tell_authors(f, &f->authors_left_out, "feed", DRAFT_ITEMS, " left out");
  const tally *mended = feed_parse_mended(f->parse);
  tally_add(&f->replaced, mended->count, mended->line);
  if (f->unpublished.count > 0) {
    snprintf(message, sizeof message,
             "%zu entr%s left out: drafts, comments, pictures and the like",
             f->unpublished.count, f->unpublished.count == 1 ? "y" : "ies");
    byline_input_notice(f->input, BYLINE_NOTICE_SKIPPED, f->unpublished.line,
                        message);
  }
  tally_tell_empty(&f->empty, f->input);
  tally_tell_replaced(&f->replaced, f->input);
}

/* Makes an entry an article; *made is false when it is left out. */
static byline_status finish(feed *f, feed_entry *e, bool *made,
                            byline_error *error) {
  byline_error fault = {BYLINE_OK, "", BYLINE_NO_POSITION};
  size_t line = e->line;
  *made = false;
  if (e->left_out) {
    tally_add(&f->unpublished, 1, line);
    return BYLINE_OK;
  }
  if (e->bytes > feed_longest(f->input)) {
    char message[128], size[LIMITS_SIZE];
    snprintf(message, sizeof message,
             "it has more than %s: raise the limit \"memory\"",
             limits_words(feed_longest(f->input), size));
    tell_left_out(f, line, message);
    return BYLINE_OK;
  }
  byline_status status =
      feed_entry_finish(e, feed_parse_feed(f->parse), &fault);
  if (status == BYLINE_INVALID) {
    tell_left_out(f, line, fault.message);
    return BYLINE_OK;
  }
  if (status != BYLINE_OK)
    return error_no_memory(error);
  if (e->inherits && f->authors_left_out.count == 0)
    tally_add(&f->authors_left_out, feed_parse_feed(f->parse)->left_out, line);
  tally_add(&f->replaced, e->draft.replaced, line);
  *made = !draft_is_empty(&e->draft);
  if (!*made)
    tally_add(&f->empty, 1, line);
  return BYLINE_OK;
}

static byline_status feed_next(void *state, const byline_article **article,
                               byline_error *error) {
  feed *f = state;
  feed_entry *e;
  bool made = false;
  *article = NULL;
  while (!f->finished && !made) {
    byline_status status = feed_parse_next(f->parse, &e, error);
    if (status == BYLINE_OK && e)
      status = finish(f, e, &made, error);
    if (status != BYLINE_OK)
      return status;
    if (made) {
      *article = draft_finish(&e->draft, e->line, e->type);
      draft_report(&e->draft, f->input);
    }
    f->finished = !e;
    if (f->finished)
      tell_summary(f);
  }
  return BYLINE_OK;
}

const byline_reader feed_reader = {BYLINE_READER_ABI_VERSION,
                                   "feed",
                                   "feeds: RSS and Atom",
                                   feed_probe,
                                   feed_open,
                                   feed_next,
                                   feed_close,
                                   0};
