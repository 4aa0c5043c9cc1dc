#include "cli/ranking_options.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A number in the notation of C, whatever the locale; text moves behind it. */
static bool take_number(const char **text, double *number) {
  if ((**text < '0' || **text > '9') && **text != '.')
    return false;
  char *end;
  *number = strtod(*text, &end);
  if (end == *text || !isfinite(*number))
    return false;
  *text = end;
  return true;
}

/* "K1,B" */
static bool take_parameters(const char *text, byline_search_request *request) {
  return take_number(&text, &request->k1) && *text++ == ',' &&
         take_number(&text, &request->b) && *text == '\0' && request->b <= 1;
}

bool ranking_option_weight(const command *c, const char *value,
                           byline_search_request *request) {
  static const char *const names[] = {[BYLINE_WEIGHT_BM25] = "bm25",
                                      [BYLINE_WEIGHT_BM25_PLUS] = "bm25+",
                                      [BYLINE_WEIGHT_LM] = "lm",
                                      [BYLINE_WEIGHT_TFIDF] = "tfidf",
                                      [BYLINE_WEIGHT_BOOL] = "bool"};
  size_t length = strcspn(value, ":");
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strlen(names[i]) == length && memcmp(names[i], value, length) == 0) {
      request->weight = (byline_weight)i;
      bool takes_two = i == BYLINE_WEIGHT_BM25 || i == BYLINE_WEIGHT_BM25_PLUS;
      if (value[length] == '\0' ||
          (takes_two && take_parameters(value + length + 1, request)))
        return true;
    }
  cli_usage(c,
            "--weight is bm25, bm25:K1,B (as 1.2,0.75), bm25+, lm, tfidf or "
            "bool, not '%s'",
            value);
  return false;
}

bool ranking_option_recency(const command *c, const char *value,
                            byline_search_request *request) {
  const char *text = value;
  if (take_number(&text, &request->recency) && *text == '\0' &&
      request->recency > 0)
    return true;
  cli_usage(c, "--recency takes a number of days, not '%s'", value);
  return false;
}
