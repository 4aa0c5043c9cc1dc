/* The queries of a batch: a file of lines, each with a name, a tab and what is
 * looked for. */
#ifndef BYLINE_CLI_QUERIES_H
#define BYLINE_CLI_QUERIES_H

#include "cli/cli.h"

enum { QUERY_LINE_MAX = 1 << 20 };

typedef struct query_file {
  FILE *file;
  const char *path;
  size_t line; /* the last one read, from 1 */
} query_file;

/* One line of it; begin with zeros, and end with query_free. */
typedef struct query {
  char *bytes; /* of the line */
  size_t capacity;
  const char *id;
  byline_string text;
  size_t line;
  const char *fault; /* what is wrong with the line; else NULL */
} query;
void query_free(query *q);

/* "-" is standard input. False and a message when it can't be opened. */
bool query_file_open(query_file *f, const char *path);
void query_file_close(query_file *f);

typedef enum query_read_result {
  QUERY_READ,
  QUERY_END,
  QUERY_FAILED, /* errno says why */
  QUERY_NO_MEMORY
} query_read_result;
/* Reads the next line that is not empty into q. */
query_read_result query_file_next(query_file *f, query *q);

#endif
