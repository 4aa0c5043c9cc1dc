#include "read/html_parse.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "base/error.h"
#include "base/utf8.h"

/* An end tag that has no beginning is looked for through all open elements.
 * This many looks take some seconds; no page that was written to be read needs
 * one in a thousand of them. */
static const uint64_t MOST_WORK = UINT64_C(2000000000);

typedef struct parse {
  const html_events *events;
  htmlParserCtxtPtr context;
  uint64_t work;
  bool no_memory;
} parse;

const char *html_attribute(const html_tag *tag, const char *name) {
  for (const char *const *a = tag->attributes; a && a[0]; a += 2)
    if (strcmp(a[0], name) == 0)
      return a[1] ? a[1] : "";
  return NULL;
}

static void stop_unless(parse *p, bool ok) {
  if (ok)
    return;
  p->no_memory = true;
  xmlStopParser(p->context);
}

static void on_start(void *user, const xmlChar *name,
                     const xmlChar **attributes) {
  parse *p = user;
  html_tag tag = {html_element_find((const char *)name), (const char *)name,
                  (const char *const *)attributes,
                  (size_t)xmlSAX2GetLineNumber(p->context)};
  if (!p->no_memory)
    stop_unless(p, p->events->start(p->events->user, &tag));
}

static void on_end(void *user, const xmlChar *name) {
  parse *p = user;
  const html_element *element = html_element_find((const char *)name);
  if (!p->no_memory)
    stop_unless(p, p->events->end(p->events->user, element));
}

static void on_text(void *user, const xmlChar *text, int length) {
  parse *p = user;
  if (!p->no_memory && length > 0)
    stop_unless(p, p->events->text(p->events->user, (const char *)text,
                                   (size_t)length));
}

/* Broken HTML is common and no news; only what costs time is counted. */
static void on_error(void *user, const char *format, ...) {
  parse *p = user;
  (void)format;
  if (p->context->errNo == XML_ERR_TAG_NAME_MISMATCH && p->context->nameNr > 0)
    p->work += (uint64_t)p->context->nameNr;
  if (p->work > MOST_WORK)
    xmlStopParser(p->context);
}

static byline_status run(parse *p, byline_error *error) {
  htmlParserCtxtPtr c = p->context;
  memset(c->sax, 0, sizeof *c->sax);
  c->sax->startElement = on_start;
  c->sax->endElement = on_end;
  c->sax->characters = on_text;
  c->sax->ignorableWhitespace = on_text;
  c->sax->cdataBlock = on_text;
  c->sax->error = on_error;
  c->userData = p;
  htmlCtxtUseOptions(c, HTML_PARSE_RECOVER | HTML_PARSE_NONET |
                            HTML_PARSE_IGNORE_ENC | HTML_PARSE_NODEFDTD);
  /* Options put the silent default in place of the handler. */
  c->sax->error = on_error;
  if (xmlSwitchEncoding(c, XML_CHAR_ENCODING_UTF8) < 0)
    return error_no_memory(error);
  htmlParseDocument(c);
  if (p->no_memory || c->errNo == XML_ERR_NO_MEMORY)
    return error_no_memory(error);
  if (p->work > MOST_WORK)
    return error_set(error, BYLINE_INVALID,
                     "too many end tags without a beginning in elements that "
                     "are nested too deep: is this HTML?");
  return BYLINE_OK;
}

/* Counts the attributes of the tag whose name begins at *at, and goes behind
 * it. */
static uint64_t count_attributes(const char *html, size_t length, size_t *at) {
  uint64_t count = 0;
  char before = '\0'; /* a blank, "=" with blanks behind it, or a character */
  size_t i = *at;
  while (i < length && html[i] != '>') {
    char c = html[i++];
    bool blank = c == ' ' || c == '/' || (c >= '\t' && c <= '\r');
    if ((c == '"' || c == '\'') && before == '=') {
      const char *end = memchr(html + i, c, length - i);
      i = end ? (size_t)(end - html) + 1 : length;
      before = ' ';
    } else if (!blank) {
      count += c != '=' && before == ' ';
      before = c;
    } else if (before != '=') {
      before = ' ';
    }
  }
  *at = i;
  return count;
}

/* libxml2 compares each attribute of a tag with all before it. */
static bool has_too_many_attributes(const char *html, size_t length) {
  uint64_t work = 0;
  for (size_t at = 0; at < length && work <= MOST_WORK;) {
    const char *open = memchr(html + at, '<', length - at);
    if (!open)
      return false;
    at = (size_t)(open - html) + 1;
    char c = at < length ? html[at] : '\0';
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      uint64_t count = count_attributes(html, length, &at);
      work += count * count / 2;
    }
  }
  return work > MOST_WORK;
}

static byline_status parse_clean(const char *html, size_t length,
                                 const html_events *events,
                                 byline_error *error) {
  parse p = {.events = events};
  if (length == 0)
    return BYLINE_OK;
  if (length > INT_MAX)
    return error_set(error, BYLINE_INVALID, "more than 2 GiB of HTML");
  if (has_too_many_attributes(html, length))
    return error_set(error, BYLINE_INVALID,
                     "too many attributes in a tag: is this HTML?");
  xmlInitParser();
  p.context = htmlCreateMemoryParserCtxt(html, (int)length);
  if (!p.context)
    return error_no_memory(error);
  byline_status status = run(&p, error);
  htmlFreeParserCtxt(p.context);
  return status;
}

/* libxml2 takes a NUL for the end. */
static bool repair(const char *html, size_t length, buf *clean,
                   size_t *replaced) {
  for (size_t at = 0; at < length;) {
    const char *nul = memchr(html + at, '\0', length - at);
    size_t end = nul ? (size_t)(nul - html) : length;
    if (!utf8_repair(html + at, end - at, clean, replaced))
      return false;
    if (nul && !buf_add(clean, "\xEF\xBF\xBD", 3))
      return false;
    *replaced += nul != NULL;
    at = end + (nul != NULL);
  }
  return true;
}

byline_status html_parse(const char *html, size_t length,
                         const html_events *events, size_t *replaced,
                         byline_error *error) {
  if (utf8_valid(html, length) && (!length || !memchr(html, '\0', length)))
    return parse_clean(html, length, events, error);
  buf clean = BUF_INIT;
  size_t count = 0;
  byline_status status =
      repair(html, length, &clean, &count)
          ? parse_clean(clean.data, clean.length, events, error)
          : error_no_memory(error);
  buf_free(&clean);
  if (replaced)
    *replaced += count;
  return status;
}
