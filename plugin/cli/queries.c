#include "cli/queries.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

void query_free(query *q) {
  free(q->bytes);
  *q = (query){0};
}

bool query_file_open(query_file *f, const char *path) {
  bool standard = strcmp(path, "-") == 0;
  *f = (query_file){.file = standard ? stdin : fopen(path, "rb"),
                    .path = standard ? "standard input" : path};
  if (f->file)
    return true;
  cli_fail("%s: cannot be read: %s", path, strerror(errno));
  return false;
}

void query_file_close(query_file *f) {
  if (f->file != stdin)
    fclose(f->file);
}

static bool add_byte(query *q, size_t length, int byte) {
  if (length == q->capacity) {
    size_t capacity = q->capacity ? q->capacity * 2 : 256;
    char *bytes = realloc(q->bytes, capacity);
    if (!bytes)
      return false;
    q->bytes = bytes;
    q->capacity = capacity;
  }
  q->bytes[length] = (char)byte;
  return true;
}

/* Reads a line without its end, and a NUL behind it; what is beyond the longest
 * line is left out. */
static query_read_result read_line(query_file *f, query *q, size_t *length) {
  int byte;
  errno = 0;
  *length = 0;
  while ((byte = getc(f->file)) != EOF && byte != '\n')
    if (*length <= QUERY_LINE_MAX && !add_byte(q, (*length)++, byte))
      return QUERY_NO_MEMORY;
  if (ferror(f->file))
    return QUERY_FAILED;
  if (byte == EOF && *length == 0)
    return QUERY_END;
  if (*length > 0 && q->bytes[*length - 1] == '\r')
    (*length)--;
  q->line = ++f->line;
  return add_byte(q, *length, '\0') ? QUERY_READ : QUERY_NO_MEMORY;
}

/* Parts the line in two. */
static void part(query *q, char *line, size_t length) {
  char *tab = memchr(line, '\t', length);
  q->fault = NULL;
  if (length > QUERY_LINE_MAX)
    q->fault = "the line is longer than 1 MiB";
  else if (!tab)
    q->fault = "there is no tab between the query's name and what to look for";
  else if (tab == line)
    q->fault = "the query has no name before the tab";
  else if (memchr(line, '\0', (size_t)(tab - line)))
    q->fault = "there is a NUL in the query's name";
  if (q->fault)
    return;
  *tab = '\0';
  q->id = line;
  q->text = (byline_string){tab + 1, length - (size_t)(tab + 1 - line)};
}

query_read_result query_file_next(query_file *f, query *q) {
  static const char mark[] = "\xEF\xBB\xBF";
  size_t length, skip;
  query_read_result result;
  do {
    result = read_line(f, q, &length);
    bool marked = result == QUERY_READ && f->line == 1 && length >= 3 &&
                  memcmp(q->bytes, mark, 3) == 0;
    skip = marked ? 3 : 0;
  } while (result == QUERY_READ && length == skip);
  if (result == QUERY_READ)
    part(q, q->bytes + skip, length - skip);
  return result;
}
