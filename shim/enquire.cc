#include <xapian.h>

#include "common.h"
#include "facet.h"
#include "sort_key.h"
#include "wildcard.h"

using namespace shim;

struct xap_enquire {
  Xapian::Enquire enquire;
  Xapian::Database database;
  std::string name;
  bool remote;
  std::vector<xap_facet *> facets; // to count in the next search
  expansions known = {};           // of wildcards
  failure callback = {};           // a key maker refers to it
};

byline_status xap_enquire_new(const xap_database *database,
                              xap_enquire **enquire, byline_error *error) {
  return guard(error, database->name, [&] {
    make(enquire, Xapian::Enquire(database->database), database->database,
         database->name, database->remote, std::vector<xap_facet *>());
  });
}

void xap_enquire_free(xap_enquire *enquire) {
  destroy(enquire);
}

byline_status xap_enquire_set_query(xap_enquire *enquire,
                                    const xap_query *query,
                                    byline_error *error) {
  return guard(error, enquire->name, [&] {
    const Xapian::Database &searched = enquire->database;
    enquire->enquire.set_query(
        searched.size() > 1
            ? without_wildcards(query->query, searched, enquire->known)
            : query->query);
  });
}

static void set_weight(Xapian::Enquire &enquire, xap_weight weight,
                       const double *given, size_t count) {
  // k1, k2, k3, b, min_normlen, delta
  double p[] = {1, 0, 1, 0.5, 0.5, 1};
  size_t most = weight == XAP_WEIGHT_BM25        ? 5
                : weight == XAP_WEIGHT_BM25_PLUS ? 6
                : weight == XAP_WEIGHT_LM        ? 2
                                                 : 0;
  if (count > most)
    throw Xapian::InvalidArgumentError(
        "more parameters than the weighting scheme has");
  for (size_t i = 0; i < count; i++)
    p[i] = given[i];
  switch (weight) {
  case XAP_WEIGHT_BM25:
    return enquire.set_weighting_scheme(
        Xapian::BM25Weight(p[0], p[1], p[2], p[3], p[4]));
  case XAP_WEIGHT_BM25_PLUS:
    return enquire.set_weighting_scheme(
        Xapian::BM25PlusWeight(p[0], p[1], p[2], p[3], p[4], p[5]));
  case XAP_WEIGHT_TFIDF:
    return enquire.set_weighting_scheme(Xapian::TfIdfWeight("ntn"));
  case XAP_WEIGHT_LM:
    return enquire.set_weighting_scheme(
        count == 0 ? Xapian::LMWeight()
                   : Xapian::LMWeight(p[0], Xapian::Weight::DIRICHLET_SMOOTHING,
                                      p[1]));
  case XAP_WEIGHT_BOOL:
    return enquire.set_weighting_scheme(Xapian::BoolWeight());
  }
  throw Xapian::InvalidArgumentError("no such weighting scheme");
}

byline_status xap_enquire_set_weight(xap_enquire *enquire, xap_weight weight,
                                     const double *parameters, size_t count,
                                     byline_error *error) {
  return guard(error, enquire->name, [&] {
    set_weight(enquire->enquire, weight, parameters, count);
  });
}

static void set_key_maker(Xapian::Enquire &enquire, Xapian::KeyMaker *maker,
                          bool by_relevance) {
  if (by_relevance)
    enquire.set_sort_by_key_then_relevance(maker, false);
  else
    enquire.set_sort_by_key(maker, false);
}

static void set_sort(Xapian::Enquire &enquire, const xap_sort_key *keys,
                     size_t count, bool by_relevance) {
  if (count == 0)
    return enquire.set_sort_by_relevance();
  // The commonest order, newest first, needs no keys: no value is an empty
  // one, and that comes last by itself. Remote databases can do it, too.
  if (count == 1 && keys[0].descending) {
    if (by_relevance)
      enquire.set_sort_by_value_then_relevance(keys[0].slot, true);
    else
      enquire.set_sort_by_value(keys[0].slot, true);
    return;
  }
  auto maker = std::make_unique<sort_key_maker>(keys, count);
  set_key_maker(enquire, maker.release()->release(), by_relevance);
}

byline_status xap_enquire_set_sort(xap_enquire *enquire,
                                   const xap_sort_key *keys, size_t count,
                                   bool by_relevance, byline_error *error) {
  return guard(error, enquire->name,
               [&] { set_sort(enquire->enquire, keys, count, by_relevance); });
}

byline_status xap_enquire_set_tie(xap_enquire *enquire, uint32_t slot,
                                  byline_error *error) {
  return guard(error, enquire->name, [&] {
    enquire->enquire.set_sort_by_relevance_then_value(slot, true);
  });
}

byline_status xap_enquire_set_sort_by(xap_enquire *enquire, uint32_t slot,
                                      xap_key_fn fn, void *user,
                                      bool by_relevance, byline_error *error) {
  return guard(error, enquire->name, [&] {
    auto maker =
        std::make_unique<made_key_maker>(slot, fn, user, enquire->callback);
    set_key_maker(enquire->enquire, maker.release()->release(), by_relevance);
  });
}

byline_status xap_enquire_set_collapse(xap_enquire *enquire, uint32_t slot,
                                       uint32_t keep, byline_error *error) {
  return guard(error, enquire->name, [&] {
    enquire->enquire.set_collapse_key(keep ? slot : Xapian::BAD_VALUENO, keep);
  });
}

byline_status xap_enquire_set_cutoff(xap_enquire *enquire, int percent,
                                     double weight, byline_error *error) {
  return guard(error, enquire->name,
               [&] { enquire->enquire.set_cutoff(percent, weight); });
}

byline_status xap_enquire_add_facet(xap_enquire *enquire, xap_facet *facet,
                                    byline_error *error) {
  return guard(error, enquire->name, [&] { enquire->facets.push_back(facet); });
}

byline_status xap_enquire_clear_facets(xap_enquire *enquire,
                                       byline_error *error) {
  return guard(error, enquire->name, [&] { enquire->facets.clear(); });
}

// Searches, and counts facets meanwhile.
static Xapian::MSet search(xap_enquire &it, uint32_t first, uint32_t limit,
                           uint32_t check_at_least) {
  Xapian::Enquire &enquire = it.enquire;
  for (xap_facet *facet : it.facets)
    enquire.add_matchspy(&facet->spy);
  // When Xapian (1.4.22) merges sorted matches of several databases, it shows
  // spies some documents of remote ones that their servers counted already;
  // not so when it looks for no matches at all.
  if (it.remote && !it.facets.empty()) {
    enquire.get_mset(0, 0, check_at_least);
    enquire.clear_matchspies();
  }
  return enquire.get_mset(first, limit, check_at_least);
}

byline_status xap_enquire_matches(xap_enquire *enquire, uint32_t first,
                                  uint32_t limit, uint32_t check_at_least,
                                  xap_matches **matches, byline_error *error) {
  const failure &callback = enquire->callback = failure();
  byline_status status = guard(error, enquire->name, [&] {
    Xapian::MSet found = search(*enquire, first, limit, check_at_least);
    if (callback.status == BYLINE_OK)
      make(matches, std::move(found), enquire->name);
  });
  if (callback.status != BYLINE_OK) {
    status = callback.status;
    if (error)
      *error = callback.error;
  }
  // Facets count once, and need not live on.
  guard(nullptr, [&] {
    enquire->facets.clear();
    enquire->enquire.clear_matchspies();
  });
  return status;
}

byline_status xap_enquire_matching_terms(const xap_enquire *enquire,
                                         uint32_t docid, xap_string_fn fn,
                                         void *user, byline_error *error) {
  return guard(error, enquire->name, [&] {
    return each_string(enquire->enquire.get_matching_terms_begin(docid),
                       enquire->enquire.get_matching_terms_end(docid), fn, user,
                       error);
  });
}

namespace {

// The caller's choice of terms. Should it throw, no more terms are wanted, and
// status says why.
class choice : public Xapian::ExpandDecider {
public:
  using function = int (*)(void *user, byline_string term);

  choice(function keep, void *user, byline_error *error)
      : keep_(keep), user_(user), error_(error) {}

  bool operator()(const std::string &term) const override {
    bool wanted = false;
    if (status == BYLINE_OK)
      status = guard_keep(view(term), wanted);
    return wanted;
  }

  mutable byline_status status = BYLINE_OK;

private:
  byline_status guard_keep(byline_string term, bool &wanted) const {
    auto keep = [this, &wanted](void *user, byline_string string) {
      wanted = !keep_ || keep_(user, string) != 0;
      return int{BYLINE_OK};
    };
    return call(error_, keep, user_, term);
  }

  function keep_;
  void *user_;
  byline_error *error_;
};

} // namespace

byline_status xap_enquire_expand(xap_enquire *enquire, const uint32_t *docids,
                                 size_t count, uint32_t limit,
                                 int (*keep)(void *user, byline_string term),
                                 xap_weight_fn fn, void *user,
                                 byline_error *error) {
  return guard(error, enquire->name, [&]() -> byline_status {
    Xapian::RSet relevant;
    for (size_t i = 0; i < count; i++)
      relevant.add_document(docids[i]);
    choice chosen(keep, user, error);
    const Xapian::ESet terms =
        enquire->enquire.get_eset(limit, relevant, 0, &chosen);
    if (chosen.status != BYLINE_OK)
      return chosen.status;
    return each(terms.begin(), terms.end(), [&](const auto &i) {
      const std::string term = *i;
      return call(error, fn, user, view(term), i.get_weight());
    });
  });
}
