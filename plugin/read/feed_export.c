#include "read/feed_export.h"

#include <string.h>

#include "read/words.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

bool feed_export_is_article(byline_string type) {
  static const char *const others[] = {
      "attachment",   "nav_menu_item",       "revision", "custom_css",
      "oembed_cache", "customize_changeset", "comment"};
  static const char blogger[] = "http://schemas.google.com/blogger/2008/kind#";
  if (words_begin(type.data, type.length, blogger)) {
    byline_string kind = {type.data + sizeof blogger - 1,
                          type.length - (sizeof blogger - 1)};
    static const char *const known[] = {"post", "page"};
    return words_contain(known, COUNT(known), kind.data, kind.length);
  }
  return !words_begin(type.data, type.length, "wp_") &&
         !words_contain(others, COUNT(others), type.data, type.length);
}

bool feed_export_is_published(byline_string status) {
  static const char *const others[] = {"draft",        "auto-draft", "pending",
                                       "future",       "trash",      "inherit",
                                       "soft_trashed", "scheduled"};
  return !words_contain(others, COUNT(others), status.data, status.length);
}

/* ---- Text ---- */

/* The length of a shortcode that begins here, or 0. */
static size_t shortcode(const char *text, size_t length) {
  static const char *const known[] = {"caption",  "wp_caption", "gallery",
                                      "embed",    "audio",      "video",
                                      "playlist", "youtube"};
  enum { LONGEST = 2000 };
  size_t at = 1, size = 0;
  if (at < length && text[at] == '/')
    at++;
  while (at + size < length && size < 16 &&
         !memchr(" \t\r\n]=", text[at + size], 6))
    size++;
  if (!words_contain(known, COUNT(known), text + at, size))
    return 0;
  if (length > LONGEST)
    length = LONGEST;
  const char *end = memchr(text, ']', length);
  return end ? (size_t)(end - text) + 1 : 0;
}

/* The length of the blank lines that begin with the LF here; 0: none. */
static size_t blank_lines(const char *text, size_t length) {
  size_t lines = 0, last = 0;
  for (size_t at = 0; at < length && strchr(" \t\r\n", text[at]) && text[at];
       at++)
    if (text[at] == '\n') {
      lines++;
      last = at + 1;
    }
  return lines > 1 ? last : 0;
}

/* The newer editor's comments: it writes every tag itself. */
static bool has_blocks(const buf *text) {
  static const char mark[] = "<!-- wp:";
  enum { SIZE = sizeof mark - 1 };
  for (size_t at = 0; at + SIZE <= text->length; at++)
    if (text->data[at] == '<' && memcmp(text->data + at, mark, SIZE) == 0)
      return true;
  return false;
}

bool feed_export_text(buf *text) {
  bool parted = has_blocks(text);
  buf out = BUF_INIT;
  size_t start = 0;
  bool ok = true;
  for (size_t at = 0; ok && at < text->length;) {
    const char *here = text->data + at;
    size_t left = text->length - at, size = 0;
    bool blank = !parted && *here == '\n';
    if (blank)
      size = blank_lines(here, left);
    else if (*here == '[')
      size = shortcode(here, left);
    if (size > 0) {
      ok = buf_add(&out, text->data + start, at - start) &&
           buf_add_string(&out, "<p>");
      start = at + size;
    }
    at += size > 0 ? size : 1;
  }
  ok = ok && buf_add(&out, text->data + start, text->length - start);
  if (!ok) {
    buf_free(&out);
    return false;
  }
  buf_free(text);
  *text = out;
  return true;
}
