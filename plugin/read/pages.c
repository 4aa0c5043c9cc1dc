#include "read/pages.h"

#include <ctype.h>
#include <string.h>

#include "base/error.h"
#include "read/input.h"
#include "read/words.h"

byline_status pages_init(pages *p, byline_input *input, byline_error *error) {
  *p = (pages){.memory = ARENA_INIT};
  p->longest = limits_room(input_limits(input), LIMITS_MARKDOWN);
  return rows_init(&p->input, input, error);
}

void pages_free(pages *p) {
  rows_free(&p->input);
  buf_free(&p->current.front);
  buf_free(&p->current.body);
  buf_free(&p->next_front);
  arena_free(&p->memory);
}

front_syntax pages_mark(const char *data, size_t length) {
  length = row_trimmed(data, length);
  while (length > 3 && (data[length - 1] == ' ' || data[length - 1] == '\t'))
    length--;
  if (length != 3)
    return FRONT_NONE;
  return memcmp(data, "---", 3) == 0   ? FRONT_YAML
         : memcmp(data, "+++", 3) == 0 ? FRONT_TOML
                                       : FRONT_NONE;
}

static bool closes(front_syntax syntax, const char *data, size_t length) {
  return pages_mark(data, length) == syntax ||
         (syntax == FRONT_YAML && row_trimmed(data, length) == 3 &&
          memcmp(data, "...", 3) == 0);
}

/* ---- The beginning of a file ---- */

/* "Some_key: value", or what goes on with one; *key gets the key's length. */
static bool is_header(const char *data, size_t length, size_t *key) {
  size_t at = 0;
  while (
      at < length && at < 32 &&
      (isalnum((unsigned char)data[at]) || data[at] == '_' || data[at] == '-'))
    at++;
  *key = at;
  return at > 0 && at < length && data[at] == ':' &&
         (at + 1 == length || strchr(" \t\r\n", data[at + 1]));
}

bool pages_begins_with_lines(const char *text, size_t length) {
  static const char *const first[] = {"title", "date", "author", "authors"};
  size_t key;
  const char *end = memchr(text, '\n', length);
  return end && is_header(text, (size_t)(end - text), &key) &&
         words_contain(first, sizeof first / sizeof *first, text, key);
}

/* Eleventy's "---json" and "---toml", which "---" ends. */
static front_syntax named_mark(const char *data, size_t length) {
  length = row_trimmed(data, length);
  return length == 7 && memcmp(data, "---json", 7) == 0   ? FRONT_JSON
         : length == 7 && memcmp(data, "---toml", 7) == 0 ? FRONT_TOML
                                                          : FRONT_NONE;
}

static bool ends_object(const char *data, size_t length) {
  length = row_trimmed(data, length);
  while (length > 0 && (data[length - 1] == ' ' || data[length - 1] == '\t'))
    length--;
  return length > 0 && data[length - 1] == '}';
}

/* Whether p->current.front, to which a row was added, is whole. */
static bool front_is_whole(pages *p, const row *r, size_t *tries) {
  buf *front = &p->current.front;
  if (p->current.syntax == FRONT_LINES)
    return row_is_blank(r->data, r->length);
  if (p->closing != FRONT_NONE) {
    if (!closes(p->closing, r->data, r->length))
      return false;
    front->length -= r->length;
    return true;
  }
  if (!ends_object(r->data, r->length) || ++*tries > 64)
    return false;
  size_t length = front_json_length(front->data, front->length);
  return length > 0 &&
         row_is_blank(front->data + length, front->length - length);
}

/* What looked like front matter has no end: it is text. */
static bool take_as_body(pages *p, const buf *opening) {
  page *c = &p->current;
  c->syntax = FRONT_NONE;
  c->body_line = c->line;
  bool ok = buf_add_str(&c->body, buf_string(opening)) &&
            buf_add_str(&c->body, buf_string(&c->front));
  buf_clear(&c->front);
  return ok;
}

/* What front matter has come to with a row. */
typedef enum front_state {
  STATE_GOES_ON,
  STATE_WHOLE,
  STATE_NONE, /* it was no front matter */
  STATE_TOO_LONG,
  STATE_NO_MEMORY
} front_state;

static front_state take_front(pages *p, const row *r, size_t *tries) {
  buf *front = &p->current.front;
  bool lines = p->current.syntax == FRONT_LINES;
  bool indented = *r->data == ' ' || *r->data == '\t';
  size_t key;
  if (lines && indented && !row_is_blank(r->data, r->length))
    front->data[front->length - 1] = ' '; /* goes on with a value */
  if (!buf_add(front, r->data, r->length))
    return STATE_NO_MEMORY;
  if (front_is_whole(p, r, tries))
    return STATE_WHOLE;
  if (lines && !indented && !is_header(r->data, r->length, &key))
    return STATE_NONE;
  return front->length > FRONT_LONGEST ? STATE_TOO_LONG : STATE_GOES_ON;
}

static size_t blanks(const char *text, size_t length, const char *which) {
  size_t at = 0;
  while (at < length && text[at] && strchr(which, text[at]))
    at++;
  return at;
}

/* Whether text begins with a key, perhaps in quotes, and this sign. */
static bool begins_with_key(const char *text, size_t length, char sign) {
  size_t at = 0;
  bool quoted = length > 0 && (*text == '"' || *text == '\'');
  if (quoted) {
    const char *end = memchr(text + 1, *text, length - 1);
    at = end ? (size_t)(end + 1 - text) : 0;
  }
  while (!quoted && at < length &&
         (isalnum((unsigned char)text[at]) || text[at] == '_' ||
          text[at] == '-' || text[at] == '.'))
    at++;
  size_t key = at;
  at += blanks(text + at, length - at, " \t");
  return key > 0 && at < length && text[at] == sign;
}

/* Whether what has no end began as front matter does, and not as text below a
 * thematic break or in braces. */
static bool began_as_front(const page *c) {
  const char *text = c->front.data;
  size_t length = c->front.length, at = 0;
  switch (c->syntax) {
  case FRONT_YAML:
    return begins_with_key(text, length, ':');
  case FRONT_TOML:
    return *text == '[' || begins_with_key(text, length, '=');
  case FRONT_JSON:
    at = blanks(text, length, " \t\r\n");
    if (at == length || text[at] != '{')
      return false;
    at += 1 + blanks(text + at + 1, length - at - 1, " \t\r\n");
    return at < length && text[at] == '"' &&
           begins_with_key(text + at, length - at, ':');
  default:
    return true;
  }
}

/* Reads front matter whose first row is r. */
static byline_status read_front(pages *p, row r, byline_error *error) {
  page *c = &p->current;
  buf opening = BUF_INIT;
  front_state state = STATE_GOES_ON;
  bool found;
  size_t tries = 0;
  byline_status status = BYLINE_OK;
  if (p->closing == FRONT_NONE)
    state = take_front(p, &r, &tries);
  else if (!buf_add(&opening, r.data, r.length))
    state = STATE_NO_MEMORY;
  while (state == STATE_GOES_ON) {
    status = rows_next(&p->input, &r, &found, error);
    state =
        status == BYLINE_OK && found ? take_front(p, &r, &tries) : STATE_NONE;
  }
  c->front_too_long = state == STATE_TOO_LONG && began_as_front(c);
  if (state == STATE_WHOLE)
    c->body_line = p->input.number + 1;
  else if (state != STATE_NO_MEMORY && status == BYLINE_OK &&
           !take_as_body(p, &opening))
    state = STATE_NO_MEMORY;
  buf_free(&opening);
  return state == STATE_NO_MEMORY ? error_no_memory(error) : status;
}

static byline_status read_start(pages *p, byline_error *error) {
  row r;
  bool found;
  byline_status status = rows_next(&p->input, &r, &found, error);
  if (status == BYLINE_OK && found && r.length >= 3 &&
      memcmp(r.data, "\xEF\xBB\xBF", 3) == 0) {
    r.data += 3;
    r.length -= 3;
  }
  while (status == BYLINE_OK && found && row_is_blank(r.data, r.length))
    status = rows_next(&p->input, &r, &found, error);
  p->started = true;
  p->ended = !found;
  if (status != BYLINE_OK || !found)
    return status;
  p->current.line = p->current.body_line = r.number;
  p->current.syntax = p->closing = pages_mark(r.data, r.length);
  if (named_mark(r.data, r.length) != FRONT_NONE) {
    p->current.syntax = named_mark(r.data, r.length);
    p->closing = FRONT_YAML;
  } else if (pages_begins_with_lines(r.data, r.length)) {
    p->current.syntax = FRONT_LINES;
  }
  if (*r.data == '{' && !(r.length > 1 && strchr("{%", r.data[1])))
    p->current.syntax = FRONT_JSON;
  if (p->current.syntax != FRONT_NONE)
    return read_front(p, r, error);
  return buf_add(&p->current.body, r.data, r.length) ? BYLINE_OK
                                                     : error_no_memory(error);
}

/* ---- Bodies ---- */

/* Keeps track of fenced code; whether the row is a part of it. */
static bool in_fence(pages *p, const char *data, size_t length) {
  size_t at = 0, count = 0;
  while (at < length && at < 4 && data[at] == ' ')
    at++;
  char c = at < length && at < 4 ? data[at] : '\0';
  if (c == '`' || c == '~')
    while (at + count < length && data[at + count] == c)
      count++;
  if (p->fence) {
    if (c == p->fence && count >= p->fence_length &&
        row_is_blank(data + at + count, length - at - count))
      p->fence = '\0';
    return true;
  }
  if (count < 3 ||
      (c == '`' && memchr(data + at + count, '`', length - at - count)))
    return false;
  p->fence = c;
  p->fence_length = count;
  p->mark = FRONT_NONE;
  return true;
}

/* Whether what stands behind the mark is front matter: it says a title or a
 * date. */
static bool is_front(pages *p, const char *text, size_t length) {
  front_node *root;
  front_fault fault;
  front_maker m = {.memory = &p->memory, .deepest = LIMITS_DEEPEST};
  arena_reset(&p->memory);
  return front_parse(p->mark, text, length, &m, &root, &fault) == BYLINE_OK &&
         (front_find(root, "title") || front_find(root, "date"));
}

/* A row that may begin or end a further front matter; *end says that the page
 * ends before it. */
static byline_status look_at_mark(pages *p, const row *r, bool *end,
                                  byline_error *error) {
  buf *body = &p->current.body;
  if (p->mark != FRONT_NONE && closes(p->mark, r->data, r->length)) {
    const char *first = body->data + p->mark_at;
    const char *text = memchr(first, '\n', body->length - p->mark_at);
    size_t length = text ? body->length - (size_t)(text + 1 - body->data) : 0;
    if (length > 0 && is_front(p, text + 1, length)) {
      if (!buf_add(&p->next_front, text + 1, length))
        return error_no_memory(error);
      body->length = p->mark_at;
      p->next = p->mark;
      p->next_line = p->mark_line;
      p->next_body_line = r->number + 1;
      *end = true;
      return BYLINE_OK;
    }
    p->mark = FRONT_NONE;
  }
  front_syntax mark = pages_mark(r->data, r->length);
  if (mark != FRONT_NONE && p->mark == FRONT_NONE && p->blank_before) {
    p->mark = mark;
    p->mark_at = body->length;
    p->mark_line = r->number;
  }
  return BYLINE_OK;
}

/* Adds a row to the body, which is let go of when it is too long. */
static bool add_row(pages *p, const row *r) {
  buf *body = &p->current.body;
  if (body->length + r->length > p->longest)
    p->current.too_long = true;
  if (p->mark != FRONT_NONE && body->length - p->mark_at > FRONT_LONGEST)
    p->mark = FRONT_NONE;
  if (p->current.too_long && p->mark == FRONT_NONE)
    buf_clear(body);
  return buf_add(body, r->data, r->length);
}

static byline_status read_body(pages *p, byline_error *error) {
  bool several =
      p->current.syntax == FRONT_YAML || p->current.syntax == FRONT_TOML;
  bool end = false;
  p->blank_before = true;
  p->fence = '\0';
  p->mark = FRONT_NONE;
  while (!end) {
    row r;
    bool found;
    byline_status status = rows_next(&p->input, &r, &found, error);
    p->ended = !found;
    if (status != BYLINE_OK || !found)
      return status;
    bool code = !r.continued && in_fence(p, r.data, r.length);
    if (several && !code && !r.continued)
      status = look_at_mark(p, &r, &end, error);
    if (status != BYLINE_OK || end)
      return status;
    if (!add_row(p, &r))
      return error_no_memory(error);
    p->blank_before = !code && row_is_blank(r.data, r.length);
  }
  return BYLINE_OK;
}

/* Makes the front matter that was met at the end of a page the current. */
static void take_next(pages *p) {
  buf front = p->current.front;
  p->current.front = p->next_front;
  p->next_front = front;
  buf_clear(&p->next_front);
  p->current.syntax = p->next;
  p->current.line = p->next_line;
  p->current.body_line = p->next_body_line;
  p->next = FRONT_NONE;
}

byline_status pages_next(pages *p, const page **found, byline_error *error) {
  byline_status status = BYLINE_OK;
  *found = NULL;
  buf_clear(&p->current.body);
  p->current.too_long = p->current.front_too_long = false;
  if (p->next != FRONT_NONE)
    take_next(p);
  else if (!p->started)
    status = read_start(p, error);
  else
    return BYLINE_OK;
  if (status != BYLINE_OK || (p->ended && p->current.line == 0))
    return status;
  status = read_body(p, error);
  if (status == BYLINE_OK)
    *found = &p->current;
  return status;
}
