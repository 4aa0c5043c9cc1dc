#include "read/json_stream.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "read/input.h"
#include "read/words.h"

enum { FIRST_CAPACITY = 256 << 10, SHOWN = 64 };

void json_stream_init(json_stream *s, byline_input *input,
                      json_stream_is_article is_article) {
  memset(s, 0, sizeof *s);
  s->input = input;
  s->is_article = is_article;
  const byline_limits *l = input_limits(input);
  s->largest = limits_room(l, LIMITS_JSON);
  s->most = limits_room(l, LIMITS_JSON_VALUE);
  s->deepest = (size_t)l->nesting;
  s->line = 1;
  s->fresh = true;
}

void json_stream_free(json_stream *s) {
  free(s->raw);
}

/* ---- Bytes ---- */

/* The line number at a place, which never goes back. */
static size_t line_at(json_stream *s, size_t place) {
  while (s->counted < place) {
    const char *end = memchr(s->raw + s->counted, '\n', place - s->counted);
    s->line += end != NULL;
    s->counted = end ? (size_t)(end - s->raw) + 1 : place;
  }
  return s->line;
}

static void discard(json_stream *s) {
  size_t count = s->keeping ? s->start : s->at;
  if (count == 0)
    return;
  line_at(s, count);
  memmove(s->raw, s->raw + count, s->end - count);
  s->counted -= count;
  s->end -= count;
  s->at -= count;
  s->start -= s->keeping ? count : s->start;
}

/* Reads more; all places may move. */
static byline_status refill(json_stream *s, byline_error *error) {
  size_t length;
  if (s->capacity - s->end < FIRST_CAPACITY / 4)
    discard(s);
  if (s->capacity - s->end < FIRST_CAPACITY / 4) {
    size_t capacity = s->capacity ? s->capacity * 2 : FIRST_CAPACITY;
    char *raw = realloc(s->raw, capacity);
    if (!raw)
      return error_no_memory(error);
    s->raw = raw;
    s->capacity = capacity;
  }
  byline_status status = byline_input_read(
      s->input, s->raw + s->end, s->capacity - s->end, &length, error);
  s->end += length;
  s->ended = status == BYLINE_OK && length == 0;
  return status;
}

/* *c is the byte count places behind at, or NUL at the end of the file. */
static byline_status peek(json_stream *s, size_t count, char *c,
                          byline_error *error) {
  byline_status status = BYLINE_OK;
  while (status == BYLINE_OK && s->end - s->at <= count && !s->ended)
    status = refill(s, error);
  *c = s->end - s->at > count ? s->raw[s->at + count] : '\0';
  return status;
}

/* ---- Between values ---- */

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The frame of a list whose elements have lists of articles in them. */
static const char OUTER = 'o';

static char frame(const json_stream *s) {
  return s->depth > 0 ? s->frames[s->depth - 1] : '\0';
}

static void step(json_stream *s, char c) {
  s->at++;
  if (c == '\n') {
    s->fresh = true;
    s->indent = 0;
  } else if (is_space(c)) {
    s->indent++;
  } else if (c != '\xEF' && c != '\xBB' && c != '\xBF') {
    s->fresh = false; /* a byte order mark is no text */
  }
}

/* Goes to the next byte that may begin a value, closing lists on the way; *c
 * is NUL at the end. */
static byline_status go_to_value(json_stream *s, char *c, byline_error *error) {
  byline_status status;
  while ((status = peek(s, 0, c, error)) == BYLINE_OK && s->at < s->end) {
    bool mark = *c == '\xEF' || *c == '\xBB' || *c == '\xBF';
    if (*c == ']' && (frame(s) == '[' || frame(s) == OUTER)) {
      s->depth--;
      step(s, *c);
      return BYLINE_OK;
    }
    if (!is_space(*c) && *c != ',' && !mark)
      return BYLINE_OK;
    step(s, *c);
  }
  return status;
}

/* ---- Lists inside ---- */

static bool has_key(const json_stream *s, const char *const *keys,
                    size_t count) {
  const json_scan *scan = &s->scan;
  return words_contain(keys, count, s->raw + s->start + scan->key_start,
                       scan->key_end - scan->key_start);
}

/* Whether the bracket at at holds the articles: by the name of the member, and
 * if it is a list, because objects are in it. */
static byline_status holds_articles(json_stream *s, bool *result,
                                    byline_error *error) {
  static const char *const lists[] = {
      "articles", "items",   "posts",   "data",      "results", "entries",
      "docs",     "records", "stories", "documents", "news",    "hits",
      "edges",    "item",    "entry",   "db"};
  static const char *const objects[] = {"response", "data", "result",
                                        "results",  "hits", "feed",
                                        "channel",  "rss",  "articles"};
  *result = false;
  char c = s->raw[s->at];
  if (!s->keeping || s->depth + 2 > JSON_STREAM_FRAMES)
    return BYLINE_OK;
  if (c == '{') {
    *result = has_key(s, objects, sizeof objects / sizeof *objects);
  } else if (has_key(s, lists, sizeof lists / sizeof *lists)) {
    byline_status status = BYLINE_OK;
    size_t count = 1;
    for (c = ' '; status == BYLINE_OK && is_space(c); count++)
      status = peek(s, count, &c, error);
    if (status != BYLINE_OK)
      return status;
    *result = c == '{';
  }
  if (*result && s->raw[s->start] == '{')
    *result = !s->is_article(s->raw + s->start, s->at - s->start);
  return BYLINE_OK;
}

static void start_value(json_stream *s, bool resumed) {
  s->start = s->at;
  s->keeping = true;
  s->resumed = resumed;
  s->fault = JSON_PIECE_VALUE;
  s->value_line = line_at(s, s->at);
  s->value_fresh = s->fresh;
  s->value_indent = s->indent;
  s->fresh = false;
  if (resumed)
    json_scan_resume(&s->scan);
  else
    json_scan_start(&s->scan);
}

static void push(json_stream *s, char c) {
  s->frames[s->depth++] = c;
}

static bool in_list(const json_stream *s) {
  return frame(s) == '[';
}

/* At the bracket of a member of an object that is not in a list. *list: a list
 * of values was entered. */
static byline_status enter(json_stream *s, bool *list, byline_error *error) {
  bool enters;
  byline_status status = holds_articles(s, &enters, error);
  if (status != BYLINE_OK || !enters)
    return status;
  static const char *const outer[] = {"db"}; /* Ghost */
  if (!s->resumed)
    push(s, '{');
  if (s->raw[s->at] == '{') {
    start_value(s, false);
    return BYLINE_OK;
  }
  push(s, has_key(s, outer, 1) ? OUTER : '[');
  s->keeping = false;
  s->at++;
  *list = true;
  return BYLINE_OK;
}

/* ---- Values ---- */

/* Looks after the limits of the value being read. */
static void check_limits(json_stream *s) {
  if (!s->keeping)
    return;
  if (s->at - s->start > s->largest)
    s->fault = JSON_PIECE_TOO_LONG;
  else if (s->scan.values > s->most)
    s->fault = JSON_PIECE_TOO_MANY;
  else if (s->scan.deepest > s->deepest)
    s->fault = JSON_PIECE_TOO_DEEP;
  s->keeping = s->fault == JSON_PIECE_VALUE;
}

/* Reads on to the end of the value, a list in it, or a mistake. */
static byline_status scan_value(json_stream *s, json_scan_result *result,
                                byline_error *error) {
  for (;;) {
    *result = json_scan_run(&s->scan, s->raw, s->end, &s->at);
    check_limits(s);
    if (*result == JSON_SCAN_OPEN && !in_list(s)) {
      bool list = false;
      byline_status status = enter(s, &list, error);
      if (status != BYLINE_OK || list)
        return status;
    } else if (*result == JSON_SCAN_MORE && !s->ended) {
      byline_status status = refill(s, error);
      if (status != BYLINE_OK)
        return status;
    } else if (*result != JSON_SCAN_OPEN) {
      return BYLINE_OK;
    }
  }
}

/* Makes a piece of the value, or of as much of it as was read, with a little
 * of what follows a mistake: the message shall show it. */
static void give(json_stream *s, json_piece_kind kind, json_piece *out) {
  *out = (json_piece){kind, "", 0, s->value_line};
  if (s->fault != JSON_PIECE_VALUE) {
    out->kind = s->fault;
    return;
  }
  out->text = s->raw + s->start;
  out->length = s->at - s->start;
  if (kind == JSON_PIECE_BROKEN)
    for (size_t i = s->at;
         i < s->end && i - s->at < SHOWN && (i == s->at || s->raw[i] != '\n');
         i++)
      out->length++;
}

/* ---- After mistakes ---- */

/* Goes to the first line below that begins as the broken value did, or ends
 * the list that it is in. */
static byline_status go_to_line(json_stream *s, byline_error *error) {
  byline_status status;
  char c;
  for (;;) {
    while ((status = peek(s, 0, &c, error)) == BYLINE_OK && s->at < s->end &&
           c != '\n')
      s->at++;
    while (status == BYLINE_OK && s->at < s->end && is_space(c)) {
      step(s, c);
      status = peek(s, 0, &c, error);
    }
    if (status != BYLINE_OK || s->at == s->end)
      return status;
    bool alike = !s->value_fresh || s->indent == s->value_indent;
    if ((c == '{' && alike) ||
        (c == ']' && in_list(s) && s->indent <= s->value_indent))
      return BYLINE_OK;
  }
}

/* Goes behind a broken value. In a list that is all one line its brackets must
 * tell where that is. */
static byline_status mend(json_stream *s, byline_error *error) {
  json_scan_result result = JSON_SCAN_MISTAKE;
  byline_status status = BYLINE_OK;
  s->mending = false;
  if (in_list(s) && !s->value_fresh && s->scan.depth == 0) {
    result = JSON_SCAN_WHOLE; /* one byte that begins nothing */
    s->at++;
  } else if (in_list(s) && !s->value_fresh) {
    s->keeping = false;
    json_scan_loosen(&s->scan);
    status = scan_value(s, &result, error);
  } else if (s->keeping) {
    s->at = s->start;
  }
  s->keeping = false;
  if (s->depth > 0 && !in_list(s))
    s->depth = 0;
  return status == BYLINE_OK && result == JSON_SCAN_MISTAKE
             ? go_to_line(s, error)
             : status;
}

/* ---- */

/* Goes to the beginning of the next value and starts it; *started is false
 * where there is none, though there may be one behind. */
static byline_status next_value(json_stream *s, bool *started,
                                byline_error *error) {
  char c;
  *started = true;
  if (frame(s) == '{') {
    start_value(s, true);
    return BYLINE_OK;
  }
  size_t depth = s->depth;
  byline_status status = go_to_value(s, &c, error);
  if (status != BYLINE_OK || s->depth != depth || s->at == s->end) {
    *started = false;
  } else if (s->depth == 0 && c == '[') {
    push(s, '[');
    step(s, c);
    *started = false;
  } else {
    start_value(s, false);
  }
  return status;
}

/* What was read up to result; false if nothing is to be given out for it. */
static bool finish_value(json_stream *s, json_scan_result result,
                         json_piece *out) {
  json_piece_kind kind = JSON_PIECE_VALUE;
  if (result == JSON_SCAN_OPEN)
    return false;
  if (result == JSON_SCAN_MISTAKE) {
    s->mending = true;
    kind = JSON_PIECE_BROKEN;
  } else if (result == JSON_SCAN_MORE && !(s->scan.in_word && !s->scan.depth)) {
    /* A line that is cut off may have taken the last ones for its own. */
    kind = JSON_PIECE_CUT_OFF;
    s->mending = s->value_fresh;
    s->depth = 0;
  } else if (s->resumed) {
    s->keeping = false;
    s->depth--;
    return false;
  }
  give(s, kind, out);
  s->keeping = s->mending && s->keeping;
  return true;
}

byline_status json_stream_next(json_stream *s, json_piece *out, bool *found,
                               byline_error *error) {
  byline_status status = s->mending ? mend(s, error) : BYLINE_OK;
  *found = false;
  while (status == BYLINE_OK) {
    bool started;
    status = next_value(s, &started, error);
    if (status != BYLINE_OK)
      break;
    if (started) {
      json_scan_result result;
      status = scan_value(s, &result, error);
      *found = status == BYLINE_OK && finish_value(s, result, out);
      if (*found)
        break;
    } else if (s->at == s->end && s->ended) {
      *found = s->depth > 0;
      *out = (json_piece){JSON_PIECE_OPEN, "", 0, line_at(s, s->end)};
      s->depth = 0;
      break;
    }
  }
  return status;
}
