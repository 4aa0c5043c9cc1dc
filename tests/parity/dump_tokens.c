/* dump_tokens MODE [LANGUAGE [icu|ngrams]]: texts from standard input, each
 * behind its length in bytes and a line feed ("5\nhello"), through the
 * analyzer.
 *
 * base   the base terms of a text on a line, with spaces between them
 * all    each token on a line (position, kind, start, end, term); an empty
 *        line ends a text
 * query  what QueryParser is given, behind its length and a line feed
 * fold   the same for the folded form
 * chars  where the text's characters (grapheme clusters) begin and end, on a
 *        line
 *
 * icu: by the reference, ICU's break rules; ngrams: with those of Chinese,
 * Japanese and Korean. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyze/analyzer.h"
#include "analyze/graphemes.h"

static void print_term(byline_string term) {
  if (term.length > 0)
    fwrite(term.data, 1, term.length, stdout);
}

static int print_base(void *user, const byline_token *token) {
  (void)user;
  if (token->kind == BYLINE_TOKEN_BASE) {
    if (token->position > 1)
      putchar(' ');
    print_term(token->term);
  }
  return 0;
}

static int print_token(void *user, const byline_token *token) {
  (void)user;
  printf("%lu %d %zu %zu ", (unsigned long)token->position, (int)token->kind,
         token->start, token->end);
  print_term(token->term);
  putchar('\n');
  return 0;
}

static void print_borders(byline_string text) {
  graphemes g = GRAPHEMES_INIT;
  for (size_t at = 0; at <= text.length; at++)
    if (graphemes_border(&g, text, at))
      printf("%zu ", at);
  putchar('\n');
  graphemes_close(&g);
}

static byline_status print_text(analyzer *a, const char *mode, const char *text,
                                size_t length, byline_error *error) {
  static const char *const fields[] = {"keyword", NULL};
  buf out = BUF_INIT;
  byline_status status = BYLINE_OK;
  if (strcmp(mode, "chars") == 0) {
    print_borders((byline_string){text, length});
  } else if (strcmp(mode, "base") == 0) {
    status = analyzer_run(a, text, length, print_base, NULL, error);
    putchar('\n');
  } else if (strcmp(mode, "all") == 0) {
    status = analyzer_run(a, text, length, print_token, NULL, error);
    putchar('\n');
  } else {
    if (strcmp(mode, "query") == 0)
      status = analyzer_query(a, text, length, fields, &out, error);
    else
      status = analyzer_fold(a, text, length, &out, error);
    printf("%zu\n", out.length);
    print_term(buf_string(&out));
  }
  buf_free(&out);
  return status;
}

int main(int argc, char **argv) {
  byline_error error = {0};
  analyzer *a = NULL;
  if (argc < 2 ||
      analyzer_new(argc > 2 ? argv[2] : NULL, &a, &error) != BYLINE_OK ||
      (argc > 3 && strcmp(argv[3], "icu") == 0 &&
       analyzer_use_icu(a, &error) != BYLINE_OK)) {
    fprintf(
        stderr,
        "dump_tokens base|all|query|fold|chars [LANGUAGE [icu|ngrams]]: %s\n",
        error.message);
    return 2;
  }
  analyzer_set_ngrams(a, argc > 3 && strcmp(argv[3], "ngrams") == 0);
  char line[32];
  byline_status status = BYLINE_OK;
  while (status == BYLINE_OK && fgets(line, sizeof line, stdin)) {
    size_t length = strtoul(line, NULL, 10);
    char *text = malloc(length + 1);
    if (!text || fread(text, 1, length, stdin) != length)
      status = BYLINE_IO;
    else
      status = print_text(a, argv[1], text, length, &error);
    free(text);
  }
  if (status != BYLINE_OK)
    fprintf(stderr, "dump_tokens: %d %s\n", status, error.message);
  analyzer_free(a);
  return status != BYLINE_OK;
}
