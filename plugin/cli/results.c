#include "cli/results.h"

#include <string.h>

#include "cli/facets.h"

bool results_format_named(const command *c, const char *name,
                          results_format *format) {
  static const char *const names[] = {"text", "json", "jsonl",
                                      "tsv",  "ids",  "trec"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(name, names[i]) == 0) {
      *format = (results_format)(FORMAT_TEXT + i);
      return true;
    }
  cli_usage(c, "--format is text, json, jsonl, tsv, ids or trec, not '%s'",
            name);
  return false;
}

bool results_print(FILE *out, const results_style *style, const char *qid,
                   const byline_results *r) {
  switch (style->format) {
  case FORMAT_JSON:
    return json_print_results(out, qid, r);
  case FORMAT_JSONL:
    return json_print_hits(out, qid, r);
  case FORMAT_TSV:
    return rows_print_tsv(out, style, qid, r);
  case FORMAT_IDS:
    return rows_print_ids(out, style, r);
  case FORMAT_TREC:
    return rows_print_trec(out, qid, r);
  case FORMAT_DEFAULT:
  case FORMAT_TEXT:
    break;
  }
  return (!style->explained || text_print_parsed(&style->screen, r)) &&
         text_print_results(&style->screen, r) &&
         facets_print(&style->screen, r);
}
