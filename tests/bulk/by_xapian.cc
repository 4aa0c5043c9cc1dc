#include <xapian.h>

#include <string>

#include "builders.h"

namespace {

std::string text(byline_string s) {
  return s.length ? std::string(s.data, s.length) : std::string();
}

Xapian::Document convert(const document &from) {
  Xapian::Document to;
  to.set_data(text(from.data));
  for (size_t i = 0; i < from.value_count; i++)
    to.add_value(from.values[i].slot, text(from.values[i].value));
  for (size_t i = 0; i < from.term_count; i++) {
    const document_term &term = from.terms[i];
    const std::string name = text(term.term);
    to.add_term(name, term.wdf);
    for (size_t j = 0; j < term.position_count; j++)
      to.add_posting(name, term.positions[j], 0);
  }
  return to;
}

void spell_terms(Xapian::WritableDatabase &db, const document &from) {
  for (size_t i = 0; i < from.term_count; i++)
    if (stream_is_word(from.terms[i].term))
      db.add_spelling(text(from.terms[i].term));
}

} // namespace

void build_by_xapian(const stream *s, const char *folder,
                     const xapian_options *options) {
  const int flags =
      Xapian::DB_CREATE | (options->sync ? 0 : Xapian::DB_NO_SYNC);
  Xapian::WritableDatabase db(folder, flags,
                              static_cast<int>(options->block_size));
  for (size_t i = 0; i < s->document_count; i++) {
    db.replace_document(s->documents[i].docid,
                        convert(s->documents[i].content));
    if (s->terms_are_words)
      spell_terms(db, s->documents[i].content);
    if (options->commit && (i + 1) % options->commit == 0)
      db.commit();
  }
  for (size_t i = 0; i < s->metadata_count; i++)
    db.set_metadata(text(s->metadata[i].key), text(s->metadata[i].value));
  for (size_t i = 0; i < s->word_count; i++)
    db.add_spelling(text(s->words[i].word), s->words[i].frequency);
  db.commit();
}
