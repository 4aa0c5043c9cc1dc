/* Markdown, with front matter as Hugo and Jekyll write it or without. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "base/utf8.h"
#include "read/credit.h"
#include "read/date_time.h"
#include "read/front_fields.h"
#include "read/input.h"
#include "read/limits.h"
#include "read/markdown_source.h"
#include "read/markdown_text.h"
#include "read/names.h"
#include "read/pages.h"
#include "read/reader.h"
#include "read/tally.h"

static const char NO_FRONT[] =
    "front matter that has no end in 64 KiB: it is read as text";

typedef struct markdown {
  byline_input *input;
  pages pages;
  arena memory; /* of the front matter */
  draft draft;
  size_t line; /* of the article */
  tally replaced, empty;
  buf scratch;
  bool finished;
} markdown;

/* ---- Names of files ---- */

static bool has_extension(const char *path) {
  static const char *const known[] = {".md",  ".markdown", ".mdown",
                                      ".mkd", ".mdx",      ".qmd"};
  size_t length = strlen(path);
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    size_t size = strlen(known[i]);
    if (length > size && strcasecmp(path + length - size, known[i]) == 0)
      return true;
  }
  return false;
}

/* Whether a file is about those beside it, by its name. */
static bool is_notice(const char *path) {
  static const char *const known[] = {"readme.", "license.", "changelog.",
                                      "contributing.", "code_of_conduct."};
  const char *slash = strrchr(path, '/');
  const char *name = slash ? slash + 1 : path;
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strncasecmp(name, known[i], strlen(known[i])) == 0)
      return true;
  return false;
}

/* The date in the name of a Jekyll post, "2020-10-20-title.md": its first 10
 * bytes; NULL when the name is another. */
static const char *dated_name(const char *path) {
  const char *slash = strrchr(path, '/');
  const char *name = slash ? slash + 1 : path;
  static const char form[] = "0000-00-00-";
  for (size_t i = 0; form[i]; i++)
    if (form[i] == '0' ? name[i] < '0' || name[i] > '9' : name[i] != form[i])
      return NULL;
  return has_extension(path) ? name : NULL;
}

/* ---- Probing ---- */

/* Whether front matter from here on has an end, and a key that articles have.
 */
static bool begins_with_front(const char *head, size_t length) {
  static const char *const keys[] = {"title", "date",   "author", "authors",
                                     "tags",  "layout", "draft"};
  const char *end = memchr(head, '\n', length);
  front_syntax syntax = end ? pages_mark(head, (size_t)(end - head)) : 0;
  bool known = false;
  if (syntax == FRONT_NONE)
    return false;
  while (end) {
    const char *line = end + 1;
    size_t left = length - (size_t)(line - head);
    end = memchr(line, '\n', left);
    size_t size = end ? (size_t)(end - line) : left;
    if (pages_mark(line, size) == syntax)
      return known;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
      size_t key = strlen(keys[i]);
      known |= size > key && strncasecmp(line, keys[i], key) == 0 &&
               strchr(syntax == FRONT_YAML ? ":" : " =", line[key]);
    }
  }
  return false;
}

static bool has_heading(const char *head, size_t length) {
  for (size_t at = 0; at + 2 < length; at++)
    if (head[at] == '#' && (at == 0 || head[at - 1] == '\n') &&
        (head[at + 1] == ' ' || head[at + 1] == '#'))
      return true;
  return false;
}

static int markdown_probe(const char *head, size_t length, bool whole,
                          const char *path) {
  (void)whole;
  bool named = has_extension(path);
  if (length >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0) {
    head += 3;
    length -= 3;
  }
  if (begins_with_front(head, length))
    return named ? 99 : 90;
  if (!named || is_notice(path))
    return 0;
  if (pages_begins_with_lines(head, length))
    return 95;
  if (length > 0 && *head == '{' && front_json_length(head, length) > 0)
    return 95;
  return has_heading(head, length) ? 80 : 30;
}

/* ---- Opening ---- */

static void markdown_close(void *state) {
  markdown *m = state;
  pages_free(&m->pages);
  arena_free(&m->memory);
  draft_free(&m->draft);
  buf_free(&m->scratch);
  free(m);
}

static byline_status markdown_open(byline_input *input, void **state,
                                   byline_error *error) {
  markdown *m = calloc(1, sizeof *m);
  if (!m)
    return error_no_memory(error);
  m->input = input;
  byline_status status = pages_init(&m->pages, input, error);
  if (status != BYLINE_OK) {
    markdown_close(m);
    return status;
  }
  *state = m;
  return BYLINE_OK;
}

/* ---- Front matter ---- */

static void tell_broken_front(markdown *m, const page *p,
                              const front_fault *fault) {
  char message[256];
  snprintf(message, sizeof message,
           "the front matter is broken (%.100s): read line by line; put "
           "quotation marks around values with \": \"",
           fault->message);
  byline_input_notice(m->input, BYLINE_NOTICE_REPAIRED, p->line + fault->line,
                      message);
}

static void tell_too_many(markdown *m, const page *p) {
  char message[128];
  snprintf(message, sizeof message,
           "front matter of more than %d values: the rest of it is left out",
           FRONT_NODES);
  byline_input_notice(m->input, BYLINE_NOTICE_REPAIRED, p->line, message);
}

static byline_status take_front(markdown *m, const page *p,
                                byline_error *error) {
  front_source about = {m->input,
                        dated_name(byline_input_path(m->input)) != NULL};
  front_fault fault;
  front_node *root;
  front_maker maker = {.memory = &m->memory,
                       .deepest = (size_t)input_limits(m->input)->nesting};
  arena_reset(&m->memory);
  buf_clear(&m->scratch);
  if (!utf8_repair(p->front.data, p->front.length, &m->scratch,
                   &m->draft.replaced))
    return error_no_memory(error);
  const char *text = m->scratch.data;
  byline_status status =
      front_parse(p->syntax, text, m->scratch.length, &maker, &root, &fault);
  if (status == BYLINE_INVALID) {
    tell_broken_front(m, p, &fault);
    status = front_parse(FRONT_LINES, text, m->scratch.length, &maker, &root,
                         &fault);
  }
  if (maker.too_many)
    tell_too_many(m, p);
  m->draft.too_deep = maker.too_deep;
  if (status == BYLINE_OK && front_fields(root, &about, &m->draft))
    return BYLINE_OK;
  return error_no_memory(error);
}

/* ---- The head of a text ---- */

static bool same(byline_string a, byline_string b) {
  return a.length == b.length &&
         (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* Whether a heading is the title, and said it first or again. */
static bool take_title(markdown *m, cmark_node *node, const page *p,
                       bool *taken) {
  draft *d = &m->draft;
  byline_string title = {NULL, 0};
  *taken = false;
  if (cmark_node_get_type(node) != CMARK_NODE_HEADING ||
      cmark_node_get_heading_level(node) != 1)
    return true;
  buf_clear(&m->scratch);
  if (!markdown_words(node, &m->scratch) ||
      !draft_set_plain(d, &title, m->scratch.data, m->scratch.length))
    return false;
  if (d->title.length == 0 && title.length > 0) {
    d->title = title;
    if (p->syntax == FRONT_NONE)
      m->line = p->body_line + (size_t)cmark_node_get_start_line(node) - 1;
    *taken = true;
  } else {
    *taken = same(title, d->title);
  }
  return true;
}

/* Whether a paragraph behind the title says "By NAME", is a date, or both. */
static bool take_credit(markdown *m, cmark_node *node, bool *taken) {
  draft *d = &m->draft;
  byline_string text = {NULL, 0};
  char iso[DATE_ISO_SIZE];
  names who;
  *taken = false;
  if (cmark_node_get_type(node) != CMARK_NODE_PARAGRAPH)
    return true;
  buf_clear(&m->scratch);
  if (!markdown_words(node, &m->scratch) ||
      !draft_set_plain(d, &text, m->scratch.data, m->scratch.length))
    return false;
  if (text.length == 0 || text.length > 300)
    return true;
  if (!d->date[0] &&
      date_time_parse(text.data, text.length, iso) != DATE_NONE) {
    *taken = true;
    return draft_parse_date(d, m->input, text.data, text.length);
  }
  credit c = credit_parse(text.data, text.length);
  names_parse(c.who.data, c.who.length, &who);
  *taken =
      d->authors.count == 0 && ((who.by && who.shape >= NAMES_MAYBE) ||
                                (c.when.length > 0 && who.shape == NAMES_SURE));
  if (!*taken)
    return true;
  return draft_add_byline(d, c.who.data, c.who.length) &&
         (d->date[0] || c.when.length == 0 ||
          draft_parse_date(d, m->input, c.when.data, c.when.length));
}

/* Takes what says who the article is from the beginning of its text. */
static bool take_head(markdown *m, cmark_node *document, const page *p) {
  bool titled, taken = true;
  cmark_node *node = cmark_node_first_child(document);
  if (!node || !take_title(m, node, p, &titled))
    return !node;
  if (!titled)
    return true;
  for (int i = 0; i < 3 && taken && node; i++) {
    cmark_node *next = cmark_node_next(node);
    if (i > 0 && !take_credit(m, node, &taken))
      return false;
    if (taken)
      cmark_node_free(node);
    node = next;
  }
  return true;
}

/* ---- Articles ---- */

static bool take_date_of_name(markdown *m) {
  const char *path = byline_input_path(m->input), *name = dated_name(path);
  return !name || m->draft.date[0] || m->draft.unclear.length > 0 ||
         draft_parse_date(&m->draft, m->input, name, 10);
}

/* The text as cmark is to have it, in m->scratch. */
static bool prepare(markdown *m, const page *p) {
  buf text = BUF_INIT;
  buf_clear(&m->scratch);
  bool ok =
      utf8_repair(p->body.data, p->body.length, &text, &m->draft.replaced) &&
      markdown_source(&text, &m->scratch);
  /* cmark itself replaces NUL. */
  for (size_t i = 0; i < text.length; i++)
    m->draft.replaced += text.data[i] == '\0';
  buf_free(&text);
  return ok;
}

static byline_status take_body(markdown *m, const page *p,
                               byline_error *error) {
  if (!prepare(m, p))
    return error_no_memory(error);
  const buf *text = &m->scratch;
  cmark_node *document = cmark_parse_document(text->data ? text->data : "",
                                              text->length, CMARK_OPT_DEFAULT);
  if (!document)
    return error_no_memory(error);
  byline_status status = BYLINE_OK;
  if (!take_head(m, document, p) || !take_date_of_name(m))
    status = error_no_memory(error);
  if (status == BYLINE_OK)
    status = markdown_text(document, (size_t)input_limits(m->input)->nesting,
                           &m->draft, error);
  cmark_node_free(document);
  return status;
}

/* A page that can't be read whole is left out. */
static void tell_left_out(markdown *m, const page *p, const char *why) {
  char message[256];
  snprintf(message, sizeof message, "an article is left out: %.200s", why);
  byline_input_notice(m->input, BYLINE_NOTICE_FAILED, p->line, message);
}

static byline_status read_page(markdown *m, const page *p, bool *made,
                               byline_error *error) {
  byline_error fault = {BYLINE_OK, "", BYLINE_NO_POSITION};
  char too_long[128], size[LIMITS_SIZE];
  *made = false;
  if (p->too_long) {
    snprintf(too_long, sizeof too_long,
             "it has more than %s: split it, or raise the limit \"memory\"",
             limits_words(m->pages.longest, size));
    tell_left_out(m, p, too_long);
    return BYLINE_OK;
  }
  if (p->front_too_long)
    byline_input_notice(m->input, BYLINE_NOTICE_REPAIRED, p->line, NO_FRONT);
  draft_reset(&m->draft);
  m->line = p->line;
  byline_status status = BYLINE_OK;
  if (p->syntax != FRONT_NONE)
    status = take_front(m, p, error);
  if (status == BYLINE_OK)
    status = take_body(m, p, &fault);
  if (status == BYLINE_INVALID) {
    tell_left_out(m, p, fault.message);
    return BYLINE_OK;
  }
  if (status != BYLINE_OK)
    return status == BYLINE_NO_MEMORY ? error_no_memory(error) : status;
  *made = !draft_is_empty(&m->draft);
  if (!*made)
    tally_add(&m->empty, 1, m->line);
  return BYLINE_OK;
}

static void tell_summary(markdown *m) {
  tally_tell_empty(&m->empty, m->input);
  tally_tell_replaced(&m->replaced, m->input);
}

static byline_status markdown_next(void *state, const byline_article **article,
                                   byline_error *error) {
  markdown *m = state;
  const page *p;
  bool made = false;
  *article = NULL;
  while (!made) {
    byline_status status = pages_next(&m->pages, &p, error);
    if (status != BYLINE_OK)
      return status;
    if (!p) {
      if (!m->finished)
        tell_summary(m);
      m->finished = true;
      return BYLINE_OK;
    }
    status = read_page(m, p, &made, error);
    if (status != BYLINE_OK)
      return status;
  }
  *article = draft_finish(&m->draft, m->line, "text/markdown");
  draft_report(&m->draft, m->input);
  tally_add(&m->replaced, m->draft.replaced, m->line);
  return BYLINE_OK;
}

const byline_reader markdown_reader = {
    BYLINE_READER_ABI_VERSION,
    "markdown",
    "Markdown, with front matter in YAML, TOML or JSON",
    markdown_probe,
    markdown_open,
    markdown_next,
    markdown_close,
    0};
