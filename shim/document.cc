#include <xapian.h>

#include "common.h"

using namespace shim;

byline_status xap_document_new(xap_document **document, byline_error *error) {
  return guard(error,
               [&] { make(document, Xapian::Document(), std::string()); });
}

void xap_document_free(xap_document *document) {
  destroy(document);
}

byline_status xap_document_set_data(xap_document *document, byline_string data,
                                    byline_error *error) {
  return guard(error, document->name,
               [&] { document->document.set_data(text(data)); });
}

byline_status xap_document_add_term(xap_document *document, byline_string term,
                                    uint32_t wdf, byline_error *error) {
  return guard(error, document->name,
               [&] { document->document.add_term(text(term), wdf); });
}

byline_status xap_document_add_postings(xap_document *document,
                                        byline_string term,
                                        const uint32_t *positions, size_t count,
                                        uint32_t wdf, byline_error *error) {
  return guard(error, document->name, [&] {
    const std::string name = text(term);
    document->document.add_term(name, wdf);
    for (size_t i = 0; i < count; i++)
      document->document.add_posting(name, positions[i], 0);
  });
}

// The document's entry for this term, or the end.
static Xapian::TermIterator find(const Xapian::Document &document,
                                 const std::string &term) {
  Xapian::TermIterator end = document.termlist_end();
  Xapian::TermIterator i = document.termlist_begin();
  if (i != end)
    i.skip_to(term);
  return i != end && *i == term ? i : end;
}

byline_status xap_document_remove_term(xap_document *document,
                                       byline_string term,
                                       byline_error *error) {
  return guard(error, document->name, [&] {
    const std::string name = text(term);
    Xapian::Document &it = document->document;
    if (find(it, name) == it.termlist_end())
      throw Xapian::DocNotFoundError("the document has no term '" + name + "'");
    it.remove_term(name);
  });
}

byline_status xap_document_add_value(xap_document *document, uint32_t slot,
                                     byline_string value, byline_error *error) {
  return guard(error, document->name,
               [&] { document->document.add_value(slot, text(value)); });
}

byline_status xap_document_data(xap_document *document, xap_string_fn fn,
                                void *user, byline_error *error) {
  return guard(error, document->name, [&] {
    const std::string data = document->document.get_data();
    return call(error, fn, user, view(data));
  });
}

byline_status xap_document_value(xap_document *document, uint32_t slot,
                                 xap_string_fn fn, void *user,
                                 byline_error *error) {
  return guard(error, document->name, [&] {
    const std::string value = document->document.get_value(slot);
    return call(error, fn, user, view(value));
  });
}

byline_status xap_document_values(xap_document *document, xap_value_fn fn,
                                  void *user, byline_error *error) {
  return guard(error, document->name, [&] {
    const Xapian::Document &it = document->document;
    return each(it.values_begin(), it.values_end(), [&](const auto &i) {
      const std::string value = *i;
      return call(error, fn, user, uint32_t{i.get_valueno()}, view(value));
    });
  });
}

byline_status xap_document_terms(xap_document *document, xap_term_fn fn,
                                 void *user, byline_error *error) {
  return guard(error, document->name, [&] {
    const Xapian::Document &it = document->document;
    return each(it.termlist_begin(), it.termlist_end(), [&](const auto &i) {
      const std::string term = *i;
      return call(error, fn, user, view(term), uint32_t{i.get_wdf()});
    });
  });
}

byline_status xap_document_positions(xap_document *document, byline_string term,
                                     xap_position_fn fn, void *user,
                                     byline_error *error) {
  return guard(error, document->name, [&]() -> byline_status {
    Xapian::TermIterator i = find(document->document, text(term));
    if (i == document->document.termlist_end())
      return BYLINE_OK;
    return each(i.positionlist_begin(), i.positionlist_end(),
                [&](const auto &position) {
                  return call(error, fn, user, uint32_t{*position});
                });
  });
}
