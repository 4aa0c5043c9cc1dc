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

/* In one line, and harmless if it goes to a terminal. */
static void put_value(FILE *out, bool terminal, byline_string text) {
  size_t from = 0, size;
  for (size_t i = 0; i < text.length; i += size) {
    bool harmful;
    size = cli_character(text.data + i, text.length - i, &harmful);
    bool breaks = find_break(text.data + i, text.length - i) > 0;
    if (!breaks && !(harmful && terminal))
      continue;
    fwrite(text.data + from, 1, i - from, out);
    putc(breaks ? ' ' : '?', out);
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
static void put_cell(FILE *out, bool terminal, const byline_string *values,
                     size_t count) {
  putc('\t', out);
  if (count > 0 && is_live(values[0]))
    putc('\'', out);
  for (size_t i = 0; i < count; i++) {
    fputs(i > 0 ? "; " : "", out);
    put_value(out, terminal, values[i]);
  }
}

/* A value of a line whose columns are parted by spaces: these, the per cent
 * sign and all that would break a line or harm a terminal are written as in
 * URLs. */
static void put_word(FILE *out, byline_string text) {
  size_t size;
  for (size_t i = 0; i < text.length; i += size) {
    const char *at = text.data + i;
    bool harmful;
    size = cli_character(at, text.length - i, &harmful);
    if (!harmful && *at != ' ' && *at != '%' &&
        find_break(at, text.length - i) == 0)
      fwrite(at, 1, size, out);
    else
      for (size_t k = 0; k < size; k++)
        fprintf(out, "%%%02X", (unsigned char)at[k]);
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

static void put_name(FILE *out, bool terminal, const char *qid) {
  put_value(out, terminal, (byline_string){qid, strlen(qid)});
  putc('\t', out);
}

bool rows_print_tsv(FILE *out, const results_style *style, const char *qid,
                    const byline_results *r) {
  bool terminal = style->screen.terminal;
  float last = 0;
  for (size_t i = 0; i < r->hit_count; i++) {
    const byline_hit *hit = &r->hits[i];
    const byline_article *a = &hit->article;
    float score = (float)hit->score;
    last = style->by_score ? fall(score, i == 0, last) : score;
    if (qid)
      put_name(out, terminal, qid);
    fprintf(out, "%zu\t%.9g", hit->rank, (double)last);
    put_cell(out, terminal, &a->id, 1);
    put_cell(out, terminal, &a->date, 1);
    put_cell(out, terminal, a->authors, a->author_count);
    put_cell(out, terminal, &a->title, 1);
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

bool rows_print_count(FILE *out, const results_style *style, const char *qid,
                      size_t total) {
  put_name(out, style->screen.terminal, qid);
  fprintf(out, "%zu\n", total);
  return !ferror(out);
}

/* An id with a NUL behind it is for a program, also where that was given a
 * terminal. */
bool rows_print_ids(FILE *out, const results_style *style,
                    const byline_results *r) {
  bool exact = !style->screen.terminal || style->end == '\0';
  for (size_t i = 0; i < r->hit_count; i++) {
    const byline_string *id = &r->hits[i].article.id;
    if (exact)
      fwrite(id->data, 1, id->length, out);
    else
      put_value(out, true, *id);
    putc(style->end, out);
  }
  return !ferror(out);
}
