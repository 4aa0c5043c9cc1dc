#include "read/markdown_text.h"

#include <string.h>

#include "base/error.h"

/* Brackets of one paragraph that may be in vain. */
enum { MOST_BRACKETS = 1000 };

/* ---- Template tags ---- */

/* The length of a tag that begins here, or 0: {% Liquid %}, {{< Hugo >}},
 * {{% Hugo %}}, {: kramdown }, and what is left of {{<Hugo>}} without the raw
 * HTML that it seemed to have. */
static size_t tag_length(const char *text, size_t length) {
  static const struct {
    const char *open, *close;
  } tags[] = {
      {"{{<", ">}}"}, {"{{%", "%}}"}, {"{%", "%}"}, {"{:", "}"}, {"{{}}", ""}};
  for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
    size_t open = strlen(tags[i].open), close = strlen(tags[i].close);
    if (length < open || memcmp(text, tags[i].open, open) != 0)
      continue;
    for (size_t at = open; at + close <= length; at++)
      if (memcmp(text + at, tags[i].close, close) == 0)
        return at + close;
  }
  return 0;
}

/* Where a text ends that begins here, within a line's length; NULL: it does
 * not. */
static const char *end_of(const char *text, size_t length, const char *close) {
  enum { LONGEST = 300 };
  size_t size = strlen(close);
  if (length > LONGEST)
    length = LONGEST;
  for (size_t at = 0; at + size <= length; at++)
    if (memcmp(text + at, close, size) == 0)
      return text + at;
  return NULL;
}

/* Looks at what begins with [ or ![: "[[page|shown]]" of a wiki of notes,
 * "![[picture]]", the mark of a footnote "[^1]", or of what a quotation is,
 * "[!note]". Returns its length, or 0; *shown gets what is left of it. */
static size_t bracket_length(const char *text, size_t length, bool first,
                             byline_string *shown) {
  bool picture = *text == '!';
  size_t open = picture ? 3 : 2;
  *shown = (byline_string){NULL, 0};
  if (length > open && memcmp(text + open - 2, "[[", 2) == 0) {
    const char *end = end_of(text + open, length - open, "]]");
    if (!end || memchr(text + open, '[', (size_t)(end - text) - open))
      return 0;
    const char *bar = memchr(text, '|', (size_t)(end - text));
    const char *from = bar ? bar + 1 : text + open;
    if (!picture)
      *shown = (byline_string){from, (size_t)(end - from)};
    return (size_t)(end - text) + 2;
  }
  if (picture || length < 3 || !(text[1] == '^' || (text[1] == '!' && first)))
    return 0;
  const char *end = end_of(text, length, "]");
  if (!end || memchr(text, ' ', (size_t)(end - text)))
    return 0;
  size_t size = (size_t)(end - text) + 1;
  bool note = first && size < length && text[size] == ':';
  return size + note +
         (first && size + note < length && text[size + note] == ' ');
}

/* Removes the tags from what follows start. Openings without an end must not
 * make this slow. */
static void drop_tags(buf *b, size_t start) {
  size_t to = start, fruitless = 0, brackets = 0;
  for (size_t at = start; at < b->length;) {
    size_t tag = 0;
    byline_string shown = {NULL, 0};
    const char *here = b->data + at;
    bool bracket =
        *here == '[' || (*here == '!' && at + 1 < b->length && here[1] == '[');
    if (bracket && brackets < MOST_BRACKETS) {
      tag = bracket_length(here, b->length - at, at == start, &shown);
      brackets += tag == 0;
    }
    if (*here == '{' && fruitless < 100) {
      tag = tag_length(here, b->length - at);
      fruitless += tag == 0;
    }
    if (shown.length > 0) {
      memmove(b->data + to, shown.data, shown.length);
      to += shown.length;
    }
    if (tag > 0)
      at += tag;
    else
      b->data[to++] = b->data[at++];
  }
  if (b->data) {
    b->length = to;
    b->data[to] = '\0';
  }
}

/* ---- Inline ---- */

static bool is_line_break(const char *html) {
  return html && strncmp(html, "<br", 3) == 0;
}

static bool add_inline(cmark_node *node, buf *out) {
  const char *literal = cmark_node_get_literal(node);
  switch (cmark_node_get_type(node)) {
  case CMARK_NODE_TEXT:
  case CMARK_NODE_CODE:
    return buf_add_string(out, literal ? literal : "");
  case CMARK_NODE_SOFTBREAK:
  case CMARK_NODE_LINEBREAK:
    return buf_add_char(out, ' ');
  case CMARK_NODE_HTML_INLINE:
    return !is_line_break(literal) || buf_add_char(out, ' ');
  default:
    return true;
  }
}

bool markdown_words(cmark_node *node, buf *out) {
  cmark_iter *iter = cmark_iter_new(node);
  cmark_event_type event;
  size_t start = out->length;
  bool ok = true;
  while (ok && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
    if (event == CMARK_EVENT_ENTER)
      ok = add_inline(cmark_iter_get_node(iter), out);
  cmark_iter_free(iter);
  drop_tags(out, start);
  return ok;
}

/* ---- Blocks ---- */

static byline_status add_block(cmark_node *node, draft *d, buf *scratch,
                               byline_error *error) {
  const char *literal = cmark_node_get_literal(node);
  bool ok = true;
  switch (cmark_node_get_type(node)) {
  case CMARK_NODE_PARAGRAPH:
  case CMARK_NODE_HEADING:
    buf_clear(scratch);
    ok = markdown_words(node, scratch) &&
         draft_add_paragraph(d, scratch->data, scratch->length);
    break;
  case CMARK_NODE_CODE_BLOCK:
    ok = !literal || draft_add_paragraph(d, literal, strlen(literal));
    break;
  case CMARK_NODE_HTML_BLOCK:
    return literal ? draft_add_text(d, literal, strlen(literal), true, error)
                   : BYLINE_OK;
  default:
    break;
  }
  return ok ? BYLINE_OK : error_no_memory(error);
}

/* How many quotations and items of lists are open behind an event; what is in
 * one too many is passed over. */
static size_t depth_behind(cmark_iter *iter, cmark_event_type event,
                           size_t depth, size_t deepest, draft *d) {
  cmark_node *node = cmark_iter_get_node(iter);
  cmark_node_type type = cmark_node_get_type(node);
  if (type != CMARK_NODE_BLOCK_QUOTE && type != CMARK_NODE_ITEM)
    return depth;
  if (event == CMARK_EVENT_EXIT)
    return depth - 1;
  if (depth == deepest) {
    d->too_deep = true;
    cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
    return depth;
  }
  return depth + 1;
}

byline_status markdown_text(cmark_node *document, size_t deepest, draft *d,
                            byline_error *error) {
  cmark_iter *iter = cmark_iter_new(document);
  cmark_event_type event;
  buf scratch = BUF_INIT;
  byline_status status = BYLINE_OK;
  size_t depth = 0;
  while (status == BYLINE_OK &&
         (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
    depth = depth_behind(iter, event, depth, deepest, d);
    if (event == CMARK_EVENT_ENTER)
      status = add_block(cmark_iter_get_node(iter), d, &scratch, error);
  }
  cmark_iter_free(iter);
  buf_free(&scratch);
  return status;
}
