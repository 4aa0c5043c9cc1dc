#include <xapian.h>

#include "common.h"

using namespace shim;

byline_status xap_stemmer_new(const char *language, xap_stemmer **stemmer,
                              byline_error *error) {
  return guard(error,
               [&] { make(stemmer, Xapian::Stem(language), std::string()); });
}

void xap_stemmer_free(xap_stemmer *stemmer) {
  destroy(stemmer);
}

byline_status xap_stemmer_stem(xap_stemmer *stemmer, byline_string word,
                               byline_string *stem, byline_error *error) {
  return guard(error, [&] {
    stemmer->result = stemmer->stem(text(word));
    *stem = view(stemmer->result);
  });
}

const char *xap_stemmer_languages(void) {
  const char *names = nullptr;
  guard(nullptr, [&] {
    static const std::string languages =
        Xapian::Stem::get_available_languages();
    names = languages.c_str();
  });
  return names;
}
