/* JSON Lines, JSON arrays and objects with a list of articles. json_stream.h
 * says where one value ends, article_json.h what it means. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "read/article_fields.h"
#include "read/article_graph.h"
#include "read/article_json.h"
#include "read/feed_export.h"
#include "read/json_mend.h"
#include "read/json_parse.h"
#include "read/json_stream.h"
#include "read/limits.h"
#include "read/reader.h"

enum { MOST_NOTICES = 100 }; /* of each kind in one file */

/* Something that is told a hundred times, and then only counted. */
typedef struct tally {
  size_t count;
  size_t line; /* the first */
} tally;

typedef struct jsonl {
  byline_input *input;
  json_stream stream;
  json_t *value; /* being read */
  size_t cursor; /* in it */
  size_t line;   /* where it begins */
  json_parser parser;
  buf mended;
  draft draft;
  bool finished;
  size_t articles;
  tally broken, strange, unpublished, replaced;
} jsonl;

/* ---- Opening ---- */

/* jansson reports what the members show so far. */
static bool is_article(const char *text, size_t length) {
  buf whole = BUF_INIT;
  bool result = false;
  if (buf_add(&whole, text, length) && buf_add_string(&whole, "null}")) {
    json_t *object = json_loadb(whole.data, whole.length, JSON_ALLOW_NUL, NULL);
    result = object && article_json_has_text(object);
    json_decref(object);
  }
  buf_free(&whole);
  return result;
}

static byline_status jsonl_open(byline_input *input, void **state,
                                byline_error *error) {
  jsonl *j = calloc(1, sizeof *j);
  if (!j)
    return error_no_memory(error);
  j->input = input;
  json_stream_init(&j->stream, input, is_article);
  *state = j;
  return BYLINE_OK;
}

static void jsonl_close(void *state) {
  jsonl *j = state;
  json_decref(j->value);
  json_stream_free(&j->stream);
  json_parser_free(&j->parser);
  buf_free(&j->mended);
  draft_free(&j->draft);
  free(j);
}

/* ---- Notices ---- */

static void note(tally *t, size_t line, size_t count) {
  if (t->count == 0)
    t->line = line;
  t->count += count;
}

static void tell_broken(jsonl *j, size_t line, const char *message) {
  note(&j->broken, line, 1);
  if (j->broken.count <= MOST_NOTICES)
    byline_input_notice(j->input, BYLINE_NOTICE_FAILED, line, message);
}

/* jansson's line counts from the value's beginning. */
static void tell_fault(jsonl *j, const json_piece *piece,
                       const json_error_t *fault) {
  char message[256];
  size_t line = piece->line;
  if (fault->line > 1)
    line += (size_t)fault->line - 1;
  if (piece->kind == JSON_PIECE_CUT_OFF)
    snprintf(message, sizeof message,
             "the file ends in the middle of what begins here: it is cut off");
  else if (line > piece->line)
    snprintf(message, sizeof message,
             "broken JSON is left out: line %zu: %.160s", line, fault->text);
  else
    snprintf(message, sizeof message, "broken JSON is left out: %.160s",
             fault->text);
  for (char *c = message; *c; c++)
    if ((unsigned char)*c < ' ' || *c == 0x7F)
      *c = ' ';
  tell_broken(j, piece->line, message);
}

static void tell_limit(jsonl *j, const json_piece *piece) {
  const json_stream *s = &j->stream;
  char message[160], size[LIMITS_SIZE];
  switch (piece->kind) {
  case JSON_PIECE_TOO_LONG:
    snprintf(message, sizeof message,
             "an object of more than %s is left out: split it, or raise the "
             "limit \"memory\"",
             limits_words(s->largest, size));
    break;
  case JSON_PIECE_TOO_MANY:
    snprintf(message, sizeof message,
             "an object of more than %zu values is left out: if it is one "
             "article, raise the limit \"memory\"",
             s->most);
    break;
  case JSON_PIECE_TOO_DEEP:
    snprintf(message, sizeof message,
             "what is nested more than %zu levels deep is left out: the limit "
             "\"nesting\"",
             s->deepest);
    break;
  default:
    snprintf(message, sizeof message,
             "the file ends before its list does: it may be cut off");
  }
  tell_broken(j, piece->line, message);
}

static void tell_summary(jsonl *j) {
  char message[160];
  if (j->strange.count > 0) {
    snprintf(message, sizeof message,
             "%zu value%s with neither title nor text left out",
             j->strange.count, j->strange.count == 1 ? "" : "s");
    byline_input_notice(j->input, BYLINE_NOTICE_SKIPPED, j->strange.line,
                        message);
  }
  if (j->unpublished.count > 0) {
    snprintf(message, sizeof message, "%zu draft%s left out",
             j->unpublished.count, j->unpublished.count == 1 ? "" : "s");
    byline_input_notice(j->input, BYLINE_NOTICE_SKIPPED, j->unpublished.line,
                        message);
  }
  if (j->broken.count > MOST_NOTICES) {
    snprintf(message, sizeof message, "%zu more broken values left out",
             j->broken.count - MOST_NOTICES);
    byline_input_notice(j->input, BYLINE_NOTICE_FAILED, 0, message);
  }
  if (j->replaced.count > 0) {
    snprintf(message, sizeof message,
             "%zu broken character%s replaced (UTF-8, NUL or half a pair)",
             j->replaced.count, j->replaced.count == 1 ? "" : "s");
    byline_input_notice(j->input, BYLINE_NOTICE_REPAIRED, j->replaced.line,
                        message);
  }
  if (j->articles == 0 && j->broken.count == 0 && j->unpublished.count == 0)
    byline_input_notice(j->input, BYLINE_NOTICE_FAILED, 0,
                        "no article found: an object needs a \"title\" or a "
                        "\"text\"");
}

/* ---- Values ---- */

/* Where there is no memory for a longer string, jansson goes on without the
 * rest of it: there must be enough for the longest before it begins. */
static bool has_room(const json_piece *piece) {
  enum { COPIES = 4 }; /* of a string that grows twofold, and is copied */
  buf room = BUF_INIT;
  bool enough = buf_reserve(&room, piece->length * COPIES);
  buf_free(&room);
  return enough;
}

/* NULL with *fault filled in, if jansson can't read it even when mended. */
static byline_status parse(jsonl *j, const json_piece *piece, json_t **value,
                           json_error_t *fault, byline_error *error) {
  size_t replaced = 0;
  *value = NULL;
  if (!has_room(piece))
    return error_no_memory(error);
  *value = json_parse(&j->parser, piece->text, piece->length, fault);
  if (*value || piece->kind != JSON_PIECE_VALUE)
    return BYLINE_OK;
  if (json_error_code(fault) == json_error_out_of_memory)
    return error_no_memory(error);
  buf_clear(&j->mended);
  if (!json_mend(piece->text, piece->length, &j->mended, &replaced))
    return error_no_memory(error);
  *value = json_parse(&j->parser, j->mended.data, j->mended.length, fault);
  if (*value && replaced > 0) {
    note(&j->replaced, piece->line, replaced);
    byline_input_count_invalid(j->input, replaced);
  }
  return BYLINE_OK;
}

/* Makes a piece the value that articles are taken from. */
static byline_status take_piece(jsonl *j, const json_piece *piece,
                                byline_error *error) {
  json_error_t fault = {.line = -1};
  if (piece->kind != JSON_PIECE_VALUE && piece->length == 0) {
    tell_limit(j, piece);
    return BYLINE_OK;
  }
  if (piece->kind == JSON_PIECE_VALUE && piece->text[0] != '{') {
    note(&j->strange, piece->line, 1);
    return BYLINE_OK;
  }
  byline_status status = parse(j, piece, &j->value, &fault, error);
  j->cursor = 0;
  j->line = piece->line;
  if (status == BYLINE_OK && !j->value)
    tell_fault(j, piece, &fault);
  return status;
}

/* What an export of WordPress or Ghost says of what nobody but its writers has
 * seen. */
static bool is_unpublished(const json_t *object) {
  const json_t *status = json_object_get(object, "status");
  byline_string text = {json_string_value(status), json_string_length(status)};
  return json_is_string(json_object_get(object, "type")) && text.length > 0 &&
         !feed_export_is_published(text);
}

/* The next article of the value; NULL in *article when there is none. */
static byline_status take_article(jsonl *j, const byline_article **article,
                                  byline_error *error) {
  byline_error fault;
  bool found = false;
  json_t *object = article_graph_next(j->value, &j->cursor);
  if (!object) {
    json_decref(j->value);
    j->value = NULL;
    return BYLINE_OK;
  }
  if (is_unpublished(object)) {
    note(&j->unpublished, j->line, 1);
    return BYLINE_OK;
  }
  draft_reset(&j->draft);
  byline_status status = article_json(object, &j->draft, &found, &fault);
  if (status == BYLINE_NO_MEMORY)
    return error_no_memory(error);
  if (status != BYLINE_OK) {
    tell_broken(j, j->line, fault.message);
  } else if (!found) {
    note(&j->strange, j->line, 1);
  } else {
    *article = draft_finish(&j->draft, j->line, "application/json");
    draft_report(&j->draft, j->input);
    note(&j->replaced, j->line, j->draft.replaced);
    j->articles++;
  }
  return BYLINE_OK;
}

static byline_status jsonl_next(void *state, const byline_article **article,
                                byline_error *error) {
  jsonl *j = state;
  byline_status status = BYLINE_OK;
  *article = NULL;
  while (status == BYLINE_OK && !*article) {
    json_piece piece;
    bool found;
    if (j->value) {
      status = take_article(j, article, error);
      continue;
    }
    if (j->finished)
      return BYLINE_OK;
    status = json_stream_next(&j->stream, &piece, &found, error);
    if (status == BYLINE_OK && found) {
      status = take_piece(j, &piece, error);
    } else if (status == BYLINE_OK) {
      j->finished = true;
      tell_summary(j);
    }
  }
  return status;
}

/* ---- Probing ---- */

/* The end of a string that begins at at, on its closing quotation mark. */
static size_t string_end(const char *text, size_t length, size_t at) {
  for (at++; at < length && text[at] != '"'; at++)
    if (text[at] == '\\')
      at++;
  return at < length ? at : length;
}

static size_t skip_spaces(const char *text, size_t length, size_t at) {
  while (at < length && (text[at] == ' ' || text[at] == '\t' ||
                         text[at] == '\n' || text[at] == '\r'))
    at++;
  return at;
}

/* Counts the keys that articles have and other things rarely do. */
static void count_keys(const char *text, size_t length, size_t *texts,
                       size_t *others) {
  for (size_t at = 0; at < length; at++) {
    if (text[at] != '"')
      continue;
    size_t end = string_end(text, length, at);
    size_t colon = end < length ? skip_spaces(text, length, end + 1) : length;
    const field_name *name =
        colon < length && text[colon] == ':'
            ? article_field_find(text + at + 1, end - at - 1)
            : NULL;
    if (name && name->field == FIELD_TEXT && name->rank < RANK_SUMMARY)
      ++*texts;
    else if (name && (name->field == FIELD_TITLE || name->field == FIELD_DATE ||
                      name->field == FIELD_AUTHOR))
      ++*others;
    at = end;
  }
}

static int jsonl_probe(const char *head, size_t length, bool whole,
                       const char *path) {
  size_t texts = 0, others = 0, at = 0;
  (void)whole;
  (void)path;
  if (length >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0)
    at = 3;
  at = skip_spaces(head, length, at);
  if (at == length || (head[at] != '{' && head[at] != '['))
    return 0;
  char open = head[at];
  at = skip_spaces(head, length, at + 1);
  if (at == length || !(head[at] == '"' || head[at] == '}' ||
                        (open == '[' && (head[at] == '{' || head[at] == ']'))))
    return 0;
  count_keys(head + at, length - at, &texts, &others);
  if (texts == 0)
    return 0;
  return others > 0 ? 95 : 60;
}

const byline_reader jsonl_reader = {
    BYLINE_READER_ABI_VERSION,
    "jsonl",
    "JSON: lines, an array, or an object with a list of articles",
    jsonl_probe,
    jsonl_open,
    jsonl_next,
    jsonl_close,
    0};
