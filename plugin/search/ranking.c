#include "search/ranking.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#include "base/error.h"
#include "index/schema.h"

/* From experiments on ten collections: tests/bench/rank shows three. Around
 * these the quality is flat. k3 lets a word that a query repeats count as
 * often; Xapian's default of 1 does not. */
static const double K1 = 1.6, K3 = 1000, B = 0.5, SHORTEST = 0.5;

enum { K1_MAX = 1000 }; /* beyond any use, and below what overflows */

/* Xapian's own smoothing, in two stages, makes most weights 0. A factor keeps
 * logarithms of probabilities positive. */
static const double LM[] = {1000, 100};

byline_status ranking_set_weight(xap_enquire *enquire,
                                 const byline_search_request *request,
                                 byline_error *error) {
  static const xap_weight schemes[] = {[BYLINE_WEIGHT_BM25] = XAP_WEIGHT_BM25,
                                       [BYLINE_WEIGHT_BM25_PLUS] =
                                           XAP_WEIGHT_BM25_PLUS,
                                       [BYLINE_WEIGHT_LM] = XAP_WEIGHT_LM,
                                       [BYLINE_WEIGHT_TFIDF] = XAP_WEIGHT_TFIDF,
                                       [BYLINE_WEIGHT_BOOL] = XAP_WEIGHT_BOOL};
  size_t scheme = (size_t)request->weight;
  double k1 = request->k1 < 0 ? K1 : request->k1;
  double b = request->b < 0 ? B : request->b;
  if (scheme >= sizeof schemes / sizeof *schemes || !(k1 <= K1_MAX) ||
      !(b >= 0 && b <= 1))
    return error_set(error, BYLINE_INVALID,
                     "BM25 takes a k1 from 0 to %d and a b from 0 to 1",
                     K1_MAX);
  const double bm25[] = {k1, 0, K3, b, SHORTEST};
  switch (request->weight) {
  case BYLINE_WEIGHT_BM25:
  case BYLINE_WEIGHT_BM25_PLUS:
    return xap_enquire_set_weight(enquire, schemes[scheme], bm25,
                                  sizeof bm25 / sizeof *bm25, error);
  case BYLINE_WEIGHT_LM:
    return xap_enquire_set_weight(enquire, schemes[scheme], LM,
                                  sizeof LM / sizeof *LM, error);
  default:
    return xap_enquire_set_weight(enquire, schemes[scheme], NULL, 0, error);
  }
}

/* ---- Recency ----------------------------------------------------------- */

/* Eight steps a half-life, down to a thousandth. */
enum { STEPS = 80, STEPS_A_HALF_LIFE = 8, DIGITS_SIZE = 36 };

byline_status ranking_recency(const byline_search_request *request, double most,
                              xap_query **query, byline_error *error) {
  char days[STEPS][DIGITS_SIZE];
  xap_step steps[STEPS];
  time_t now = request->now ? (time_t)request->now : time(NULL);
  size_t count = 0;
  if (!(request->recency > 0) || !isfinite(request->recency))
    return error_set(error, BYLINE_INVALID,
                     "recency is a number of days, above 0");
  for (size_t age = STEPS; age-- > 0;) {
    double lives = (double)age / STEPS_A_HALF_LIFE;
    struct tm day;
    double seconds = lives * request->recency * 86400;
    if (seconds > 1e12) /* before any calendar */
      continue;
    time_t then = now - (time_t)seconds;
    if (!gmtime_r(&then, &day) || day.tm_year + 1900 < 0 ||
        day.tm_year + 1900 > 9999)
      continue;
    snprintf(days[count], DIGITS_SIZE, "%04d%02d%02d", day.tm_year + 1900,
             day.tm_mon + 1, day.tm_mday);
    steps[count] = (xap_step){{days[count], 8}, most * exp2(-lives)};
    count++;
  }
  return xap_query_value_steps(SLOT_DATE, steps, count, query, error);
}
