/* A file of JSON to its values, one at a time: JSON Lines, objects printed
 * over many lines one after another, one array, or an object with the list in
 * one of its members ({"articles": [...]}). */
#ifndef BYLINE_READ_JSON_STREAM_H
#define BYLINE_READ_JSON_STREAM_H

#include "byline/extend.h"
#include "read/json_scan.h"

enum { JSON_STREAM_FRAMES = 8 };

typedef enum json_piece_kind {
  JSON_PIECE_VALUE,
  JSON_PIECE_BROKEN,   /* up to and with the mistake */
  JSON_PIECE_CUT_OFF,  /* the file ends in it */
  JSON_PIECE_TOO_LONG, /* the text of this and the next two is empty */
  JSON_PIECE_TOO_MANY,
  JSON_PIECE_TOO_DEEP,
  JSON_PIECE_OPEN /* no value: the file ends before its list does */
} json_piece_kind;

typedef struct json_piece {
  json_piece_kind kind;
  const char *text; /* until the next call */
  size_t length;
  size_t line; /* where it begins */
} json_piece;

/* Whether the members of an object, up to one that holds a list, show that it
 * is an article: then the list is part of it, and holds no articles. */
typedef bool (*json_stream_is_article)(const char *text, size_t length);

typedef struct json_stream {
  byline_input *input;
  json_stream_is_article is_article;
  char *raw; /* what was read: [at, end) is to come */
  size_t capacity, at, end;
  bool ended;
  /* Limits of one value. Small values take fifty times their bytes in memory,
   * so that their number needs one of its own. */
  size_t largest, most, deepest;
  size_t start; /* of the value being read; kept in raw from there */
  bool keeping;
  bool resumed; /* it is what is left of an object around a list */
  size_t value_line;
  json_scan scan;
  json_piece_kind fault; /* why the value is not kept */
  bool mending;          /* the last piece was broken */
  size_t line, counted;  /* the line number at a place in raw */
  bool fresh;            /* nothing stands before at on its line but */
  size_t indent;         /* this many spaces */
  bool value_fresh;      /* the same for the value's beginning */
  size_t value_indent;
  char frames[JSON_STREAM_FRAMES]; /* [ or { around the values */
  size_t depth;
} json_stream;

void json_stream_init(json_stream *s, byline_input *input,
                      json_stream_is_article is_article);
void json_stream_free(json_stream *s);

/* *found is false at the end. */
byline_status json_stream_next(json_stream *s, json_piece *out, bool *found,
                               byline_error *error);

#endif
