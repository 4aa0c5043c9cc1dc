#include <xapian.h>

#include "common.h"
#include "remote.h"

using namespace shim;

const char *xap_version(void) {
  return Xapian::version_string();
}

static void add(xap_database &all, const char *path, unsigned milliseconds) {
  all.name += all.name.empty() ? "" : ", ";
  all.name += path;
  if (auto remote = parse_remote(path)) {
    all.remote = true;
    all.database.add_database(Xapian::Remote::open(remote->host, remote->port,
                                                   milliseconds, milliseconds));
    return;
  }
  Xapian::Database database{std::string(path)};
  // An empty file is a stub of no databases.
  if (database.size() == 0)
    throw Xapian::DatabaseNotFoundError("the file is empty");
  all.database.add_database(database);
}

byline_status xap_database_open(const char *const *paths, size_t count,
                                xap_database **database, byline_error *error) {
  return xap_database_open_within(paths, count, 10000, database, error);
}

byline_status xap_database_open_within(const char *const *paths, size_t count,
                                       unsigned milliseconds,
                                       xap_database **database,
                                       byline_error *error) {
  xap_database all;
  for (size_t i = 0; i < count; i++) {
    byline_status status =
        guard(error, paths[i], [&] { add(all, paths[i], milliseconds); });
    if (status != BYLINE_OK)
      return status;
  }
  return guard(error, [&] {
    if (count == 0)
      throw Xapian::InvalidArgumentError("no database was named");
    make(database, std::move(all));
  });
}

void xap_database_free(xap_database *database) {
  destroy(database);
}

byline_status xap_database_reopen(xap_database *database, bool *changed,
                                  byline_error *error) {
  return guard(error, database->name, [&] {
    bool reopened = database->database.reopen();
    if (changed)
      *changed = reopened;
  });
}

byline_status xap_database_uuid(const xap_database *database, xap_string_fn fn,
                                void *user, byline_error *error) {
  return guard(error, database->name, [&] {
    const std::string uuid = database->database.get_uuid();
    return call(error, fn, user, view(uuid));
  });
}

size_t xap_database_count(const xap_database *database) {
  return database->database.size();
}

byline_status xap_database_statistics(const xap_database *database,
                                      xap_statistics *statistics,
                                      byline_error *error) {
  return guard(error, database->name, [&] {
    const Xapian::Database &it = database->database;
    xap_statistics found = {};
    found.documents = it.get_doccount();
    found.last_docid = it.get_lastdocid();
    found.average_length = it.get_average_length();
    found.total_length = it.get_total_length();
    found.has_positions = it.has_positions();
    *statistics = found;
  });
}

byline_status xap_database_term_frequency(const xap_database *database,
                                          byline_string term,
                                          uint32_t *frequency,
                                          byline_error *error) {
  return guard(error, database->name, [&] {
    *frequency = database->database.get_termfreq(text(term));
  });
}

static byline_status each_term(Xapian::TermIterator begin, xap_term_fn fn,
                               void *user, byline_error *error) {
  return each(std::move(begin), Xapian::TermIterator(), [&](const auto &i) {
    const std::string term = *i;
    return call(error, fn, user, view(term), uint32_t{i.get_termfreq()});
  });
}

byline_status xap_database_terms(const xap_database *database,
                                 byline_string prefix, xap_term_fn fn,
                                 void *user, byline_error *error) {
  return guard(error, database->name, [&] {
    return each_term(database->database.allterms_begin(text(prefix)), fn, user,
                     error);
  });
}

byline_status xap_database_postings(const xap_database *database,
                                    byline_string term, xap_posting_fn fn,
                                    void *user, byline_error *error) {
  return guard(error, database->name, [&] {
    const std::string name = text(term);
    const Xapian::Database &it = database->database;
    return each(
        it.postlist_begin(name), it.postlist_end(name), [&](const auto &i) {
          return call(error, fn, user, uint32_t{*i}, uint32_t{i.get_wdf()});
        });
  });
}

byline_status xap_database_positions(const xap_database *database,
                                     uint32_t docid, byline_string term,
                                     xap_position_fn fn, void *user,
                                     byline_error *error) {
  return guard(error, database->name, [&] {
    const std::string name = text(term);
    const Xapian::Database &it = database->database;
    return each(
        it.positionlist_begin(docid, name), it.positionlist_end(docid, name),
        [&](const auto &i) { return call(error, fn, user, uint32_t{*i}); });
  });
}

byline_status xap_database_posting(const xap_database *database,
                                   byline_string term, uint32_t docid,
                                   bool *found, uint32_t *wdf,
                                   byline_error *error) {
  return guard(error, database->name, [&] {
    const std::string name = text(term);
    const Xapian::Database &it = database->database;
    Xapian::PostingIterator i = it.postlist_begin(name);
    const Xapian::PostingIterator end = it.postlist_end(name);
    if (i != end)
      i.skip_to(docid);
    *found = i != end && *i == docid;
    *wdf = *found ? i.get_wdf() : 0;
  });
}

byline_status xap_database_length(const xap_database *database, uint32_t docid,
                                  uint32_t *length, byline_error *error) {
  return guard(error, database->name,
               [&] { *length = database->database.get_doclength(docid); });
}

byline_status xap_database_value_frequency(const xap_database *database,
                                           uint32_t slot, uint32_t *frequency,
                                           byline_error *error) {
  return guard(error, database->name,
               [&] { *frequency = database->database.get_value_freq(slot); });
}

byline_status xap_database_value_bounds(const xap_database *database,
                                        uint32_t slot, xap_string_fn fn,
                                        void *user, byline_error *error) {
  return guard(error, database->name, [&]() -> byline_status {
    const Xapian::Database &it = database->database;
    if (it.get_value_freq(slot) == 0)
      return BYLINE_OK;
    const std::string bounds[] = {it.get_value_lower_bound(slot),
                                  it.get_value_upper_bound(slot)};
    return each_string(std::begin(bounds), std::end(bounds), fn, user, error);
  });
}

byline_status xap_database_document(const xap_database *database,
                                    uint32_t docid, xap_document **document,
                                    byline_error *error) {
  return guard(error, database->name, [&] {
    make(document, database->database.get_document(docid), database->name);
  });
}

byline_status xap_database_metadata(const xap_database *database,
                                    byline_string key, xap_string_fn fn,
                                    void *user, byline_error *error) {
  return guard(error, database->name, [&] {
    const std::string value = database->database.get_metadata(text(key));
    return call(error, fn, user, view(value));
  });
}

byline_status xap_database_metadata_keys(const xap_database *database,
                                         byline_string prefix, xap_string_fn fn,
                                         void *user, byline_error *error) {
  return guard(error, database->name, [&] {
    const Xapian::Database &it = database->database;
    return each_string(it.metadata_keys_begin(text(prefix)),
                       it.metadata_keys_end(), fn, user, error);
  });
}

byline_status xap_database_spelling(const xap_database *database,
                                    byline_string word, unsigned max_edits,
                                    xap_string_fn fn, void *user,
                                    byline_error *error) {
  return guard(error, database->name, [&] {
    const std::string better =
        database->database.get_spelling_suggestion(text(word), max_edits);
    return call(error, fn, user, view(better));
  });
}

byline_status xap_database_spellings(const xap_database *database,
                                     xap_term_fn fn, void *user,
                                     byline_error *error) {
  return guard(error, database->name, [&] {
    return each_term(database->database.spellings_begin(), fn, user, error);
  });
}

byline_status xap_database_synonym_keys(const xap_database *database,
                                        xap_string_fn fn, void *user,
                                        byline_error *error) {
  return guard(error, database->name, [&] {
    const Xapian::Database &it = database->database;
    return each_string(it.synonym_keys_begin(), it.synonym_keys_end(), fn, user,
                       error);
  });
}

byline_status xap_database_has_synonyms(const xap_database *database, bool *any,
                                        byline_error *error) {
  return guard(error, database->name, [&] {
    const Xapian::Database &it = database->database;
    *any = it.synonym_keys_begin() != it.synonym_keys_end();
  });
}
