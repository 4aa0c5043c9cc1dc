#include "read/feed_entry.h"

#include <string.h>

#include "base/error.h"
#include "read/feed_export.h"
#include "read/prose.h"

enum { LONGEST_DECK = 900, KEPT_CAPACITY = 1 << 20 };

void feed_entry_free(feed_entry *e) {
  draft_free(&e->draft);
  buf_free(&e->content.value);
  buf_free(&e->summary.value);
}

static void empty(buf *b) {
  if (b->capacity > KEPT_CAPACITY)
    buf_free(b);
  else
    buf_clear(b);
}

void feed_entry_start(feed_entry *e, size_t line, const char *type) {
  draft_reset(&e->draft);
  e->line = line;
  e->type = type;
  empty(&e->content.value);
  empty(&e->summary.value);
  e->guid_link = (byline_string){NULL, 0};
  e->source_authors = (draft_list){NULL, 0, 0, NULL};
  e->bytes = 0;
  e->exported = e->left_out = e->inherits = false;
}

/* ---- Texts ---- */

static bool is_blank(const buf *b) {
  for (size_t i = 0; i < b->length; i++)
    if ((unsigned char)b->data[i] > ' ')
      return false;
  return true;
}

bool feed_entry_set_text(feed_text *text, const buf *value,
                         feed_markup markup) {
  if (text->value.length > 0 || is_blank(value))
    return true;
  text->markup = markup;
  return buf_add_str(&text->value, buf_string(value));
}

bool feed_entry_set_title(feed_entry *e, const buf *value, feed_markup markup) {
  draft *d = &e->draft;
  return markup == FEED_PLAIN
             ? draft_set_plain(d, &d->title, value->data, value->length)
             : draft_set(d, &d->title, value->data, value->length);
}

bool feed_entry_add_author(feed_entry *e, draft_list *list, const buf *value) {
  draft_list kept = e->draft.authors;
  if (list == &e->draft.authors)
    return draft_add_byline(&e->draft, value->data, value->length);
  e->draft.authors = *list;
  bool ok = draft_add_byline(&e->draft, value->data, value->length);
  *list = e->draft.authors;
  e->draft.authors = kept;
  return ok;
}

/* ---- Finishing ---- */

/* Without the marks that something was left out behind it. */
static size_t without_ellipsis(const char *text, size_t length) {
  static const char *const ends[] = {" ", "...", "\xE2\x80\xA6", "[...]",
                                     "[\xE2\x80\xA6]"};
  for (bool found = true; found;) {
    found = false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
      size_t size = strlen(ends[i]);
      if (length >= size && memcmp(text + length - size, ends[i], size) == 0) {
        length -= size;
        found = true;
      }
    }
  }
  return length;
}

/* Whether a text begins with these words. */
static bool begins_with(byline_string text, const char *words, size_t length) {
  size_t at = 0;
  for (size_t i = 0; i < length; i++, at++) {
    if (at >= text.length)
      return false;
    if (words[i] == ' ' && text.data[at] == '\n')
      at++;
    else if (words[i] != text.data[at])
      return false;
  }
  return true;
}

/* A summary beside the content is a deck, unless it is an excerpt: more than a
 * paragraph, or the words that the text begins with. It stands behind the
 * content now, which ends at length. */
static bool make_deck(feed_entry *e, size_t length) {
  draft *d = &e->draft;
  byline_string text = {d->text.data, length}, title = d->title;
  if (d->text.length == length)
    return true;
  const char *summary = text.data + length + 2;
  size_t size = d->text.length - length - 2;
  size_t words = without_ellipsis(summary, size);
  bool deck = words > 0 && size <= LONGEST_DECK && !strstr(summary, "\n\n") &&
              !begins_with(text, summary, words) &&
              !(title.length == size && memcmp(title.data, summary, size) == 0);
  bool ok = !deck || draft_add_plain(d, &d->decks, summary, size);
  d->text.length = length;
  d->text.data[length] = '\0';
  return ok;
}

static byline_status add_text(draft *d, const feed_text *text,
                              byline_error *error) {
  const buf *value = &text->value;
  if (value->length == 0)
    return BYLINE_OK;
  if (text->markup != FEED_PLAIN)
    return draft_add_text(d, value->data, value->length,
                          text->markup == FEED_HTML, error);
  if (d->text.length > 0 && !buf_add(&d->text, "\n\n", 2))
    return error_no_memory(error);
  return prose_paragraphs(&d->text, value->data, value->length, &d->replaced)
             ? BYLINE_OK
             : error_no_memory(error);
}

static byline_status set_text(feed_entry *e, byline_error *error) {
  draft *d = &e->draft;
  if (e->exported && e->content.markup == FEED_LIKELY &&
      e->content.value.length > 0) {
    e->content.markup = FEED_HTML;
    if (!feed_export_text(&e->content.value))
      return error_no_memory(error);
  }
  byline_status status = add_text(d, &e->content, error);
  size_t length = d->text.length;
  if (status == BYLINE_OK)
    status = add_text(d, &e->summary, error);
  if (status == BYLINE_OK && length > 0 && !make_deck(e, length))
    status = error_no_memory(error);
  return status;
}

/* What the entry leaves out. */
static bool inherit(feed_entry *e, const draft *feed) {
  draft *d = &e->draft;
  const draft_list *authors =
      e->source_authors.count > 0 ? &e->source_authors : &feed->authors;
  bool none = d->authors.count == 0;
  e->inherits = none && authors == &feed->authors;
  for (size_t i = 0; none && i < authors->count; i++)
    if (!draft_add(d, &d->authors, authors->items[i].data,
                   authors->items[i].length))
      return false;
  if (d->url.length == 0)
    d->url = e->guid_link;
  return d->language.length > 0 ||
         arena_string(&d->memory, feed->language, &d->language);
}

byline_status feed_entry_finish(feed_entry *e, const draft *feed,
                                byline_error *error) {
  return inherit(e, feed) ? set_text(e, error) : error_no_memory(error);
}
