#include "read/html_text.h"

#include "base/error.h"
#include "read/html_flow.h"
#include "read/html_signs.h"

typedef struct target {
  html_flow flow;
  buf *text;
  bool first;
} target;

static bool add(void *user, const html_paragraph *p) {
  target *t = user;
  if (!t->first && !buf_add(t->text, "\n\n", 2))
    return false;
  t->first = false;
  return buf_add_str(t->text, p->text);
}

static bool start(void *user, const html_tag *tag) {
  return html_flow_start(&((target *)user)->flow, tag, html_signs_hide(tag));
}

static bool end(void *user, const html_element *element) {
  return html_flow_end(&((target *)user)->flow, element);
}

static bool text_(void *user, const char *text, size_t length) {
  return html_flow_text(&((target *)user)->flow, text, length);
}

byline_status html_text(const char *html, size_t length, buf *text,
                        byline_error *error) {
  target t = {.text = text, .first = true};
  html_events events = {&t, start, end, text_};
  if (length > HTML_TEXT_LARGEST)
    return error_set(error, BYLINE_INVALID,
                     "more than %zu MiB of HTML: split it",
                     HTML_TEXT_LARGEST >> 20);
  html_flow_init(&t.flow, add, &t);
  byline_status status = html_parse(html, length, &events, NULL, error);
  if (status == BYLINE_OK && !html_flow_flush(&t.flow))
    status = error_no_memory(error);
  html_flow_free(&t.flow);
  return status;
}
