/* How long the passages of one very long text take, whatever it is:
 * bench_snippet_texts MEGABYTES. CPU time, the best of three rounds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "search/snippet.h"

enum { ROUNDS = 3, TERMS = 4 };

typedef struct trial {
  const char *name, *language;
  const char *unit;         /* what the text is made of */
  const char *far;          /* what stands at three quarters of it, or NULL */
  const char *terms[TERMS]; /* what is looked for */
} trial;

static const char PROSE[] =
    "The committee met in the upper room on Tuesday, and talked for two hours. "
    "Nobody had read the papers; the price of oil was not among them.\n\n";

static const trial trials[] = {
    {"a rare word, far behind", "en", PROSE, " A quetzal. ", {"Zquetzal"}},
    {"a short one", "en", PROSE, " An eel. ", {"Zeel"}},
    {"a very short one", "en", PROSE, " The EU. ", {"eu"}},
    {"frequent words", "en", PROSE, NULL, {"Zoil", "Zprice", "Zcommitte"}},
    {"frequent and rare", "en", PROSE, " A quetzal. ", {"Zquetzal", "Zoil"}},
    {"no match", "en", PROSE, NULL, {"Zquetzal"}},
    {"nothing but matches", "en", "ferry ", NULL, {"Zferri"}},
    {"one word", "en", "a", NULL, {"Zferri"}},
    {"combining marks", "en", "\u0301", NULL, {"Zferri"}},
    {"short lines", "en", "x\n", NULL, {"x", "Zeel"}},
    {"short sentences", "en", "a. B. ", NULL, {"b", "Zeel"}},
    {"Thai without spaces", "th", "ปลา", NULL, {"ปลา"}},
    {"Japanese without spaces", "ja", "東京", NULL, {"東京"}},
};

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void make_text(const trial *t, char *text, size_t length) {
  size_t unit = strlen(t->unit), whole = length - length % unit;
  for (size_t at = 0; at < whole; at += unit)
    memcpy(text + at, t->unit, unit);
  memset(text + whole, ' ', length - whole);
  if (t->far)
    memcpy(text + length / 4 * 3, t->far, strlen(t->far));
}

static int run(const trial *t, byline_string text) {
  analyzer *a = NULL;
  byline_error error;
  double best = 0;
  size_t made = 0, marked = 0, count = 0;
  query_term terms[TERMS];
  snippet_maker *maker = calloc(1, sizeof *maker);
  if (!maker || analyzer_new(t->language, &a, &error) != BYLINE_OK)
    return 1;
  for (; count < TERMS && t->terms[count]; count++)
    terms[count] =
        (query_term){{t->terms[count], strlen(t->terms[count])}, 1.0, false};
  snippet_query query = {a, t->language, terms, count, NULL};
  for (int i = 0; i < ROUNDS; i++) {
    arena memory = ARENA_INIT;
    const byline_snippet *list = NULL;
    double start = now_ms();
    if (snippet_make(maker, &query, text, 3, 300, &memory, &list, &made,
                     &error) != BYLINE_OK)
      return 1;
    double took = now_ms() - start;
    if (i == 0 || took < best)
      best = took;
    marked = made > 0 ? list[0].highlight_count : 0;
    arena_free(&memory);
  }
  printf("%-26s%8.1f ms  %zu passages, %zu marks in the first\n", t->name, best,
         made, marked);
  snippet_maker_free(maker);
  analyzer_free(a);
  return 0;
}

int main(int argc, char **argv) {
  size_t length = (size_t)(argc > 1 ? atoi(argv[1]) : 50) * 1000000;
  char *text = length > 0 ? malloc(length) : NULL;
  if (!text)
    return 1;
  for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
    make_text(&trials[i], text, length);
    if (run(&trials[i], (byline_string){text, length}) != 0)
      return 1;
  }
  free(text);
  return 0;
}
