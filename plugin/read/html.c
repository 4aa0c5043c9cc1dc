/* HTML: one page is one article, or several <article>s. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "read/article_graph.h"
#include "read/article_json.h"
#include "read/html_article.h"
#include "read/html_main.h"
#include "read/input.h"
#include "read/reader.h"
#include "read/words.h"

enum { LONG_PROSE = 80 }; /* bytes in a paragraph that are no link */

typedef struct html {
  byline_input *input;
  bool parsed;
  html_page page;
  json_t *scripts;    /* a list of what the page's JSON-LD holds */
  const json_t *data; /* of the one article; NULL: none */
  uint32_t *parts;
  size_t count, at;
  size_t articles;
  draft draft;
} html;

static byline_status html_open(byline_input *input, void **state,
                               byline_error *error) {
  html *h = calloc(1, sizeof *h);
  if (!h)
    return error_no_memory(error);
  h->input = input;
  *state = h;
  return BYLINE_OK;
}

static void html_close(void *state) {
  html *h = state;
  html_page_free(&h->page);
  json_decref(h->scripts);
  free(h->parts);
  draft_free(&h->draft);
  free(h);
}

/* ---- The data of the page ---- */

/* What is broken says nothing; the page itself is still there. */
static bool load_scripts(html *h) {
  const byline_string *scripts = h->page.scripts.items;
  h->scripts = json_array();
  for (size_t i = 0; h->scripts && i < h->page.scripts.count; i++) {
    json_t *value = json_loadb(scripts[i].data, scripts[i].length, 0, NULL);
    int failed = 0;
    if (json_is_array(value)) {
      failed = json_array_extend(h->scripts, value);
      json_decref(value);
    } else if (value) {
      failed = json_array_append_new(h->scripts, value);
    }
    if (failed)
      return false;
  }
  return h->scripts != NULL;
}

static bool is_about(const json_t *object, byline_string url) {
  static const char *const keys[] = {"url", "mainEntityOfPage", "@id"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    const json_t *value = json_object_get(object, keys[i]);
    if (json_is_object(value))
      value = json_object_get(value, "@id");
    if (url.length > 0 && json_string_length(value) == url.length &&
        memcmp(json_string_value(value), url.data, url.length) == 0)
      return true;
  }
  return false;
}

/* The article that the page is about: the only one, or the one with the page's
 * address. */
static void find_data(html *h) {
  byline_string url = html_page_meta(&h->page, "canonical", 0);
  size_t count = 0;
  json_t *about = NULL;
  for (size_t i = 0; i < json_array_size(h->scripts); i++) {
    json_t *value = json_array_get(h->scripts, i), *object;
    for (size_t at = 0; (object = article_graph_next(value, &at));) {
      if (!article_json_is_typed(object))
        continue;
      h->data = object;
      count++;
      if (!about && is_about(object, url))
        about = object;
    }
  }
  if (count > 1)
    h->data = about;
}

static bool is_single(const html *h) {
  byline_string type = html_page_meta(&h->page, "og:type", 0);
  byline_string time = html_page_meta(&h->page, "article:published_time", 0);
  return h->data || time.length > 0 ||
         (type.length == 7 && memcmp(type.data, "article", 7) == 0);
}

/* What is no article: a page that shows other pages, or is a list of links to
 * them. NULL: it may be one. */
static const char *unfit(const html *h) {
  const page_block *blocks = page_blocks(&h->page);
  size_t bytes = 0, links = 0;
  bool prose = false;
  for (size_t i = 0; i < h->page.blocks.count; i++) {
    bytes += blocks[i].length;
    links += blocks[i].link_bytes;
    prose = prose || blocks[i].length >= blocks[i].link_bytes + LONG_PROSE;
  }
  if (h->page.frames && !prose)
    return "it only shows other pages, in frames";
  return !is_single(h) && !prose && links > 0 && links * 10 >= bytes * 8
             ? "it is a list of links"
             : NULL;
}

/* ---- Reading ---- */

static byline_status read_all(html *h, buf *bytes, byline_error *error) {
  size_t length = 1, most = limits_room(input_limits(h->input), LIMITS_HTML);
  char size[LIMITS_SIZE];
  while (length > 0 && bytes->length <= most) {
    if (!buf_reserve(bytes, 64 << 10))
      return error_no_memory(error);
    byline_status status =
        byline_input_read(h->input, bytes->data + bytes->length,
                          bytes->capacity - bytes->length - 1, &length, error);
    if (status != BYLINE_OK)
      return status;
    bytes->length += length;
  }
  if (bytes->length > most)
    return error_set(error, BYLINE_INVALID,
                     "a page of more than %s can't be read: split it, or raise "
                     "the limit \"memory\"",
                     limits_words(most, size));
  return BYLINE_OK;
}

static void tell_replaced(html *h) {
  char message[128];
  size_t count = h->page.replaced;
  if (count == 0)
    return;
  snprintf(message, sizeof message,
           "%zu broken UTF-8 sequence%s or NUL replaced", count,
           count == 1 ? "" : "s");
  byline_input_count_invalid(h->input, count);
  byline_input_notice(h->input, BYLINE_NOTICE_REPAIRED, 0, message);
}

static byline_status parse_page(html *h, byline_error *error) {
  buf bytes = BUF_INIT;
  byline_status status = read_all(h, &bytes, error);
  if (status == BYLINE_OK)
    status = html_page_parse(&h->page, bytes.data, bytes.length, error);
  buf_free(&bytes);
  if (status != BYLINE_OK)
    return status;
  tell_replaced(h);
  html_page_tell(&h->page, h->input);
  if (!load_scripts(h))
    return error_no_memory(error);
  find_data(h);
  const char *reason = unfit(h);
  if (reason) {
    char message[128];
    snprintf(message, sizeof message, "no article: %s", reason);
    h->articles = 1; /* it has been told */
    byline_input_notice(h->input, BYLINE_NOTICE_SKIPPED, 0, message);
    return BYLINE_OK;
  }
  return html_main_find(&h->page, is_single(h), &h->parts, &h->count, error);
}

static byline_status html_next(void *state, const byline_article **article,
                               byline_error *error) {
  html *h = state;
  byline_status status = BYLINE_OK;
  *article = NULL;
  if (!h->parsed)
    status = parse_page(h, error);
  h->parsed = true;
  while (status == BYLINE_OK && h->at < h->count) {
    size_t line;
    draft_reset(&h->draft);
    status = html_article(&h->page, h->parts[h->at++], h->count == 1, h->data,
                          &h->draft, &line, error);
    if (status != BYLINE_OK ||
        (h->draft.title.length == 0 && h->draft.text.length == 0))
      continue;
    h->articles++;
    *article = draft_finish(&h->draft, line, "text/html");
    draft_report(&h->draft, h->input);
    return BYLINE_OK;
  }
  if (status == BYLINE_OK && h->articles == 0) {
    h->articles = 1; /* said once */
    byline_input_notice(h->input, BYLINE_NOTICE_FAILED, 0,
                        "no article found: the page has neither title nor "
                        "text");
  }
  return status;
}

/* ---- Probing ---- */

static size_t skip_spaces(const char *text, size_t length, size_t at) {
  while (at < length &&
         (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r')))
    at++;
  return at;
}

/* Behind a comment or an XML declaration, which a page may begin with. */
static size_t skip_lead(const char *text, size_t length, size_t at) {
  static const char *const marks[][2] = {{"<!--", "-->"}, {"<?xml", "?>"}};
  for (size_t i = 0; i < 2; i++) {
    size_t size = strlen(marks[i][1]);
    if (!words_begin(text + at, length - at, marks[i][0]))
      continue;
    for (size_t end = at; end + size <= length; end++)
      if (memcmp(text + end, marks[i][1], size) == 0)
        return skip_spaces(text, length, end + size);
    return length;
  }
  return at;
}

static int html_probe(const char *head, size_t length, bool whole,
                      const char *path) {
  static const struct {
    const char *mark;
    int certainty;
  } marks[] = {
      {"<!doctype html", 95}, {"<html", 95}, {"<head", 90},    {"<body", 90},
      {"<title", 80},         {"<meta", 80}, {"<article", 80}, {"<h1", 60},
      {"<div", 60},           {"<p>", 50},   {"<table", 50}};
  size_t at = 0;
  (void)whole;
  (void)path;
  if (length >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0)
    at = 3;
  at = skip_spaces(head, length, at);
  for (size_t before = length + 1; at < length && at != before;) {
    before = at;
    at = skip_lead(head, length, at);
  }
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (words_begin(head + at, length - at, marks[i].mark))
      return marks[i].certainty;
  return 0;
}

const byline_reader html_reader = {
    BYLINE_READER_ABI_VERSION,
    "html",
    "HTML pages: title, author and date as they state them, and the text",
    html_probe,
    html_open,
    html_next,
    html_close,
    0};
