/* corpus FOLDER SEED BYTES FORM...: writes articles that nobody wrote, with so
 * many bytes of titles and texts, into FOLDER/FORM in each of the forms that
 * programs read, and into FOLDER/figures what they are like, as JSON.
 *
 * jsonl     an object a line
 * digest    a plain text with a date line for each day
 * text      titles and texts alone, a form feed behind each article
 * fields    id, title, authors, date, section, keywords, text, each ended by
 *           the byte 1f, and each article by 1e
 * omega     what scriptindex reads
 * groonga   commands that load and index them
 * postgres  what COPY reads */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus_article.h"

enum { POINTS = 4096, MAX_FORMS = 16 };

static void fail(const char *what, const char *name) {
  fprintf(stderr, "corpus: %s %s\n", what, name);
  exit(1);
}

/* ---- Forms --------------------------------------------------------------- */

/* Writes text with what is in `from` as the strings in `to`. */
static void put(FILE *out, const buf *text, const char *from,
                const char *const *to) {
  const char *at = text->data, *end = at + text->length;
  while (at < end) {
    size_t plain = strcspn(at, from);
    fwrite(at, 1, plain, out);
    at += plain;
    if (at < end)
      fputs(to[strchr(from, *at++) - from], out);
  }
}

static void put_json(FILE *out, const buf *text) {
  static const char *const to[] = {"\\\"", "\\\\", "\\n"};
  put(out, text, "\"\\\n", to);
}

/* A list as one of JSON. */
static void put_list(FILE *out, const buf *list) {
  const char *at = list->data;
  while (*at) {
    size_t length = strcspn(at, ";");
    fprintf(out, "\"%.*s\"%s", (int)length, at, at[length] ? ", " : "");
    at += length + (at[length] ? 2 : 0);
  }
}

static void jsonl(FILE *out, const article *a) {
  fprintf(out, "{\"id\": \"a%zu\", \"title\": \"", a->number);
  put_json(out, &a->title);
  fputs("\", \"authors\": [", out);
  put_list(out, &a->authors);
  fprintf(out, "], \"date\": \"%s\", \"section\": \"%s\", \"keywords\": [",
          a->date, a->section.data);
  put_list(out, &a->keywords);
  fputs("], \"text\": \"", out);
  put_json(out, &a->text);
  fputs("\"}\n", out);
}

static void digest(FILE *out, const article *a) {
  static const char *const MONTHS[] = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  static char last[sizeof a->date];
  if (strcmp(last, a->date) != 0)
    fprintf(out, "%d %s %.4s\n\n", atoi(a->date + 8),
            MONTHS[atoi(a->date + 5) - 1], a->date);
  memcpy(last, a->date, sizeof last);
  fprintf(out, "%s\n\n", a->title.data);
  if (a->authors.length) {
    static const char *const to[] = {" and"};
    put(out, &a->authors, ";", to);
    fputs("\n\n\n", out);
  }
  fprintf(out, "%s\n\n", a->text.data);
}

static void text(FILE *out, const article *a) {
  fprintf(out, "%s\n\n%s\f", a->title.data, a->text.data);
}

static void fields(FILE *out, const article *a) {
  fprintf(out, "a%zu\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f%s\x1f\x1e", a->number,
          a->title.data, a->authors.data, a->date, a->section.data,
          a->keywords.data, a->text.data);
}

static void omega(FILE *out, const article *a) {
  static const char *const to[] = {"\n="};
  fprintf(out,
          "id=a%zu\ntitle=%s\nauthors=%s\ndate=%.4s%.2s%.2s\nsection=%s\n"
          "keywords=%s\ntext=",
          a->number, a->title.data, a->authors.data, a->date, a->date + 5,
          a->date + 8, a->section.data, a->keywords.data);
  put(out, &a->text, "\n", to);
  fputs("\n\n", out);
}

static void groonga(FILE *out, const article *a) {
  if (a->number > 1)
    fputs(",\n", out);
  fprintf(out, "{\"id\": \"a%zu\", \"title\": \"", a->number);
  put_json(out, &a->title);
  fprintf(out,
          "\", \"authors\": \"%s\", \"date\": \"%s\", \"section\": \"%s\", "
          "\"keywords\": \"%s\", \"text\": \"",
          a->authors.data, a->date, a->section.data, a->keywords.data);
  put_json(out, &a->text);
  fputs("\"}", out);
}

static void postgres(FILE *out, const article *a) {
  static const char *const to[] = {"\\\\", "\\n", "\\t"};
  fprintf(out, "a%zu\t%s\t%s\t%s\t%s\t%s\t", a->number, a->title.data,
          a->authors.data, a->date, a->section.data, a->keywords.data);
  put(out, &a->text, "\\\n\t", to);
  fputc('\n', out);
}

/* The columns are indexed when they are full: that is quicker. */
#define GROONGA_COLUMN(name, type)                                             \
  "column_create Articles " name " COLUMN_SCALAR " type "\n"
#define GROONGA_BEGIN                                                          \
  "plugin_register token_filters/stem\n"                                       \
  "table_create Articles TABLE_NO_KEY\n" GROONGA_COLUMN("id", "ShortText")     \
      GROONGA_COLUMN("title", "ShortText") GROONGA_COLUMN(                     \
          "authors", "ShortText") GROONGA_COLUMN("date", "ShortText")          \
          GROONGA_COLUMN("section", "ShortText")                               \
              GROONGA_COLUMN("keywords", "ShortText")                          \
                  GROONGA_COLUMN("text", "Text") "load --table Articles\n[\n"
#define GROONGA_END                                                            \
  "\n]\ntable_create Terms TABLE_PAT_KEY ShortText --default_tokenizer "       \
  "TokenBigram --normalizer NormalizerAuto --token_filters TokenFilterStem\n"  \
  "column_create Terms articles COLUMN_INDEX|WITH_POSITION|WITH_SECTION "      \
  "Articles title,authors,keywords,text\nio_flush\n"

static const struct form {
  const char *name;
  void (*write)(FILE *out, const article *a);
  const char *begin, *end;
} FORMS[] = {{"jsonl", jsonl, "", ""},
             {"digest", digest, "", ""},
             {"text", text, "", ""},
             {"fields", fields, "", ""},
             {"omega", omega, "", ""},
             {"groonga", groonga, GROONGA_BEGIN, GROONGA_END},
             {"postgres", postgres, "", ""}};

static const struct form *form_of(const char *name) {
  for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++)
    if (strcmp(FORMS[i].name, name) == 0)
      return &FORMS[i];
  fail("no form is called", name);
  return NULL;
}

static FILE *create(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *out = fopen(path, "w");
  if (!out)
    fail("can't write", path);
  return out;
}

/* ---- Figures ------------------------------------------------------------- */

/* The slope of a line through points. */
static double slope(const double *x, const double *y, size_t count) {
  double sx = 0, sy = 0, sxx = 0, sxy = 0, n = (double)count;
  for (size_t i = 0; i < count; i++) {
    sx += x[i];
    sy += y[i];
    sxx += x[i] * x[i];
    sxy += x[i] * y[i];
  }
  return (n * sxy - sx * sy) / (n * sxx - sx * sx);
}

static int descending(const void *a, const void *b) {
  const uint64_t *x = a, *y = b;
  return *x < *y ? 1 : *x > *y ? -1 : 0;
}

/* How fast frequencies fall between two ranks, as an exponent. */
static double zipf(const uint64_t *uses, double from, double to) {
  double x[64], y[64];
  for (size_t i = 0; i < 64; i++) {
    double rank = from * pow(to / from, (double)i / 63);
    x[i] = log(floor(rank));
    y[i] = log((double)uses[(size_t)rank - 1]);
  }
  return -slope(x, y, 64);
}

/* How many different words there were after how many. */
typedef struct growth {
  double tokens[POINTS], words[POINTS];
  size_t count, next;
} growth;

static void grow(growth *g, const counts *c) {
  if (c->tokens < g->next || g->count == POINTS)
    return;
  g->tokens[g->count] = log((double)c->tokens);
  g->words[g->count++] = log((double)c->words);
  g->next = c->tokens + c->tokens / 20;
}

static void print_figures(FILE *out, const article *last, size_t bytes,
                          counts *c, const growth *g,
                          const size_t found[QUERIES]) {
  qsort(c->uses, c->size, sizeof *c->uses, descending);
  double middle = (double)c->words < 2000 ? (double)c->words / 2 : 2000;
  double rare = (double)c->words / 4;
  fprintf(out,
          "{\"bytes\": %zu, \"articles\": %zu, \"tokens\": %zu, \"words\": %zu,"
          " \"zipf\": %.3f, \"zipf_rare\": %.3f, \"heaps\": %.3f,\n"
          " \"queries\": {",
          bytes, last->number, c->tokens, c->words, zipf(c->uses, 5, middle),
          rare > middle ? zipf(c->uses, middle, rare) : 0,
          slope(g->tokens, g->words, g->count));
  for (unsigned i = 0; i < QUERIES; i++) {
    static const char *const to[] = {"\\\""};
    buf query = BUF_INIT;
    press_query(i, &query);
    fputs(i ? ", \"" : "\"", out);
    put(out, &query, "\"", to);
    fprintf(out, "\": %zu", found[i]);
    buf_free(&query);
  }
  fputs("}}\n", out);
}

int main(int argc, char **argv) {
  if (argc < 4 || argc > 4 + MAX_FORMS) {
    fprintf(stderr, "usage: corpus FOLDER SEED BYTES FORM...\n");
    return 2;
  }
  const struct form *forms[MAX_FORMS];
  FILE *files[MAX_FORMS];
  int count = argc - 4;
  for (int i = 0; i < count; i++) {
    forms[i] = form_of(argv[i + 4]);
    files[i] = create(argv[1], argv[i + 4]);
    fputs(forms[i]->begin, files[i]);
  }
  static press p;
  static growth g = {.next = 20000};
  article a = {0};
  size_t bytes = 0, wanted = strtoull(argv[3], NULL, 10), found[QUERIES] = {0};
  press_begin(&p, strtoull(argv[2], NULL, 10));
  while (bytes < wanted) {
    press_write(&p, &a);
    bytes += a.title.length + a.text.length;
    grow(&g, &p.counted);
    for (int i = 0; i < QUERIES; i++)
      found[i] += a.matches[i];
    for (int i = 0; i < count; i++)
      forms[i]->write(files[i], &a);
  }
  for (int i = 0; i < count; i++) {
    fputs(forms[i]->end, files[i]);
    if (ferror(files[i]) | fclose(files[i]))
      fail("can't write", forms[i]->name);
  }
  FILE *figures = create(argv[1], "figures");
  print_figures(figures, &a, bytes, &p.counted, &g, found);
  if (fclose(figures))
    fail("can't write", "figures");
  article_free(&a);
  press_end(&p);
  return 0;
}
