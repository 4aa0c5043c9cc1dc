/* Search results for programs that read lines: tsv, ids, trec. */
#include <math.h>
#include <string.h>

#include "cli/results.h"

/* Bytes of the character that ends a line for some reader: LF and the other
 * controls, U+2028, U+2029. 0: it is none. */
static size_t find_break(const char *text, size_t length) {
  size_t control = cli_control(text, length);
  if (control == 0 && length > 2 && text[0] == '\xE2' && text[1] == '\x80' &&
      (text[2] == '\xA8' || text[2] == '\xA9'))
    return 3;
  return control;
}

static void put_value(FILE *out, byline_string text) {
  size_t from = 0, size;
  for (size_t i = 0; i < text.length; i += size ? size : 1) {
    size = find_break(text.data + i, text.length - i);
    if (size == 0)
      continue;
    fwrite(text.data + from, 1, i - from, out);
    putc(' ', out);
    from = i + size;
  }
  if (from < text.length)
    fwrite(text.data + from, 1, text.length - from, out);
}

/* Bytes of the first string of a list, which ends with NULL, that the text
 * begins with. 0: it begins with none. */
static size_t find_first(const char *text, size_t length,
                         const char *const *list) {
  for (; *list; list++) {
    size_t size = strlen(*list);
    if (size <= length && memcmp(text, *list, size) == 0)
      return size;
  }
  return 0;
}

/* Whether a cell that begins so is more than text somewhere. Spreadsheets
 * calculate what begins with = + - @ or their full-width forms, also behind
 * white space, and drop the apostrophe by which people tell them not to;
 * readers of CSV look for the end of what begins with a quotation mark, over
 * the ends of lines. */
static bool is_live(byline_string text) {
  static const char *const spaces[] = {" ", "\u00A0", "\u3000", NULL};
  static const char *const signs[] = {"=",      "+",      "-",      "@",
                                      "\"",     "'",      "\uFF1D", "\uFF0B",
                                      "\uFF0D", "\uFF20", NULL};
  const char *at = text.data, *end = text.data + text.length;
  while (at < end) {
    size_t size = find_break(at, (size_t)(end - at));
    if (size == 0)
      size = find_first(at, (size_t)(end - at), spaces);
    if (size == 0)
      return find_first(at, (size_t)(end - at), signs) > 0;
    at += size;
  }
  return false;
}

/* A cell of what comes from articles, with an apostrophe before it where it
 * would be more than text: who takes a first one off has the value. */
static void put_cell(FILE *out, const byline_string *values, size_t count) {
  putc('\t', out);
  if (count > 0 && is_live(values[0]))
    putc('\'', out);
  for (size_t i = 0; i < count; i++) {
    fputs(i > 0 ? "; " : "", out);
    put_value(out, values[i]);
  }
}

/* A value of a line whose columns are parted by spaces: these, controls and
 * the per cent sign are written as in URLs. */
static void put_word(FILE *out, byline_string text) {
  for (size_t i = 0; i < text.length; i++) {
    unsigned char c = (unsigned char)text.data[i];
    size_t size = find_break(text.data + i, text.length - i);
    if (size > 1) /* all of it, or its last byte would stay */
      for (; size > 1; size--)
        fprintf(out, "%%%02X", (unsigned char)text.data[i++]);
    else if (size == 0 && c != ' ' && c != '%') {
      putc(c, out);
      continue;
    }
    fprintf(out, "%%%02X", (unsigned char)text.data[i]);
  }
}

/* A number that is less than the one before it, if that is not the case
 * already, by as little as a float can tell: programs that sort a run again by
 * its scores keep its order. */
static float fall(float score, bool first, float before) {
  if (first || score < before)
    return score;
  return before > 0 ? nextafterf(before, 0) : before - 1;
}

static void put_name(FILE *out, const char *qid) {
  put_value(out, (byline_string){qid, strlen(qid)});
  putc('\t', out);
}

bool rows_print_tsv(FILE *out, const char *qid, const byline_results *r,
                    bool by_score) {
  float last = 0;
  for (size_t i = 0; i < r->hit_count; i++) {
    const byline_hit *hit = &r->hits[i];
    const byline_article *a = &hit->article;
    float score = (float)hit->score;
    last = by_score ? fall(score, i == 0, last) : score;
    if (qid)
      put_name(out, qid);
    fprintf(out, "%zu\t%.9g", hit->rank, (double)last);
    put_cell(out, &a->id, 1);
    put_cell(out, &a->date, 1);
    put_cell(out, a->authors, a->author_count);
    put_cell(out, &a->title, 1);
    putc('\n', out);
  }
  return !ferror(out);
}

bool rows_print_trec(FILE *out, const char *qid, const byline_results *r) {
  float last = 0;
  byline_string query =
      qid ? (byline_string){qid, strlen(qid)} : (byline_string){"1", 1};
  for (size_t i = 0; i < r->hit_count; i++) {
    const byline_hit *hit = &r->hits[i];
    last = fall((float)hit->score, i == 0, last);
    put_word(out, query);
    fputs(" Q0 ", out);
    put_word(out, hit->article.id);
    fprintf(out, " %zu %.9g byline\n", hit->rank, (double)last);
  }
  return !ferror(out);
}

bool rows_print_count(FILE *out, const char *qid, size_t total) {
  put_name(out, qid);
  fprintf(out, "%zu\n", total);
  return !ferror(out);
}

bool rows_print_ids(FILE *out, const byline_results *r, char end) {
  for (size_t i = 0; i < r->hit_count; i++) {
    const byline_string *id = &r->hits[i].article.id;
    fwrite(id->data, 1, id->length, out);
    putc(end, out);
  }
  return !ferror(out);
}
