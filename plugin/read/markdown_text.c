#include "read/markdown_text.h"

#include <string.h>

#include "base/error.h"

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

/* Removes the tags from what follows start. */
static void drop_tags(buf *b, size_t start) {
  size_t to = start, fruitless = 0;
  for (size_t at = start; at < b->length;) {
    size_t tag = 0;
    /* Openings without an end must not make this quadratic. */
    if (b->data[at] == '{' && fruitless < 100) {
      tag = tag_length(b->data + at, b->length - at);
      fruitless += tag == 0;
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

byline_status markdown_text(cmark_node *document, draft *d,
                            byline_error *error) {
  cmark_iter *iter = cmark_iter_new(document);
  cmark_event_type event;
  buf scratch = BUF_INIT;
  byline_status status = BYLINE_OK;
  while (status == BYLINE_OK &&
         (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
    if (event == CMARK_EVENT_ENTER)
      status = add_block(cmark_iter_get_node(iter), d, &scratch, error);
  cmark_iter_free(iter);
  buf_free(&scratch);
  return status;
}
