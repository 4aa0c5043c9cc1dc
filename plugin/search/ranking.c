#include "search/ranking.h"

#include <math.h>

#include "base/error.h"

/* From experiments on ten collections: tests/bench/rank shows three. Around
 * these the quality is flat. k3 lets a word that a query repeats count as
 * often; Xapian's default of 1 does not. */
static const double K1 = 1.6, K3 = 1000, B = 0.5, SHORTEST = 0.5;

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
  if (scheme >= sizeof schemes / sizeof *schemes || !isfinite(k1) ||
      !(b >= 0 && b <= 1))
    return error_set(error, BYLINE_INVALID,
                     "BM25 takes a k1 from 0 and a b from 0 to 1");
  const double parameters[] = {k1, 0, K3, b, SHORTEST};
  size_t count = request->weight == BYLINE_WEIGHT_BM25 ||
                         request->weight == BYLINE_WEIGHT_BM25_PLUS
                     ? sizeof parameters / sizeof *parameters
                     : 0;
  return xap_enquire_set_weight(enquire, schemes[scheme], parameters, count,
                                error);
}
