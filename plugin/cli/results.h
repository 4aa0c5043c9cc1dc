/* Printing the results of a search. */
#ifndef BYLINE_CLI_RESULTS_H
#define BYLINE_CLI_RESULTS_H

#include "cli/screen.h"

typedef enum results_format {
  FORMAT_DEFAULT, /* text, or tsv for a batch */
  FORMAT_TEXT,
  FORMAT_JSON,  /* a search object */
  FORMAT_JSONL, /* a hit a line */
  FORMAT_TSV,
  FORMAT_IDS,
  FORMAT_TREC /* a run */
} results_format;

/* False and a message when there is no such format. */
bool results_format_named(const command *c, const char *name,
                          results_format *format);

/* Prints what was found; false when memory runs out or writing fails. qid is
 * the query's name in a batch, of which every line or object has it; NULL: it
 * is alone. by_score: the hits are in the order of their scores. end is behind
 * each id. Text goes to standard output only. */
typedef struct results_style {
  results_format format;
  cli_screen screen; /* of text; of rows, whether it is a terminal */
  bool by_score;
  bool explained; /* text begins with the query as it was parsed */
  char end;
} results_style;
bool results_print(FILE *out, const results_style *style, const char *qid,
                   const byline_results *results);

/* ---- json.c ------------------------------------------------------------ */

bool json_print_results(FILE *out, const char *qid,
                        const byline_results *results);
bool json_print_hits(FILE *out, const char *qid, const byline_results *results);
/* {"qid":...,"error":...} */
bool json_print_fault(FILE *out, const char *qid, const char *message);

/* ---- text_results.c ---------------------------------------------------- */

bool text_print_results(const cli_screen *screen,
                        const byline_results *results);
bool text_print_parsed(const cli_screen *screen, const byline_results *results);
bool text_print_article(const cli_screen *screen,
                        const byline_article *article);

/* ---- rows.c ------------------------------------------------------------ */

/* Harmless on a terminal; else as it is. */
bool rows_print_tsv(FILE *out, const results_style *style, const char *qid,
                    const byline_results *results);
bool rows_print_trec(FILE *out, const char *qid, const byline_results *results);
/* "qid, tab, total" */
bool rows_print_count(FILE *out, const results_style *style, const char *qid,
                      size_t total);
bool rows_print_ids(FILE *out, const results_style *style,
                    const byline_results *results);

#endif
