#include <unistd.h>

#include <xapian.h>

#include "common.h"
#include "remote.h"

using namespace shim;

// Xapian commits by itself, every so many changes and when a database is
// closed, unless a transaction is in progress. So one always is, and only the
// commits of this file end it. Within a transaction glass still writes its
// postings out every so many changes; it just does not make them visible, so
// that memory stays bounded.
struct xap_writer {
  Xapian::WritableDatabase database;
  xap_database reader;
  bool remote;
  bool in_transaction; // one that the caller began
  unsigned changes;    // since values were last written out
};

namespace {

// Commits what there is; a transaction is in progress afterwards, whatever
// happens.
void commit(xap_writer *writer) {
  struct restart {
    Xapian::WritableDatabase &database;
    ~restart() { database.begin_transaction(false); }
  } restart{writer->database};
  writer->changes = 0;
  writer->database.commit_transaction();
  writer->database.commit();
}

// Values are the exception: glass keeps them in memory until a commit, or
// until somebody asks to read them.
void changed(xap_writer *writer) {
  constexpr unsigned enough = 5000;
  if (++writer->changes <= enough || writer->remote)
    return;
  writer->changes = 0;
  writer->database.valuestream_begin(0);
}

int flags_of(xap_open_mode mode) {
  switch (mode) {
  case XAP_OPEN:
    return Xapian::DB_OPEN;
  case XAP_CREATE:
    return Xapian::DB_CREATE;
  case XAP_CREATE_OR_OPEN:
    return Xapian::DB_CREATE_OR_OPEN;
  case XAP_OVERWRITE:
    return Xapian::DB_CREATE_OR_OVERWRITE;
  }
  throw Xapian::InvalidArgumentError("no such mode to open a database in");
}

Xapian::WritableDatabase open(const char *path, xap_open_mode mode,
                              bool *is_remote) {
  // A large commit takes a server longer than a search does.
  constexpr unsigned timeout = 600000, connect_timeout = 10000;
  auto remote = parse_remote(path);
  *is_remote = remote.has_value();
  if (remote)
    return Xapian::Remote::open_writable(remote->host, remote->port, timeout,
                                         connect_timeout);
  int flags = flags_of(mode);
  // Where a table is missing, Xapian sees no database and would put a new one
  // over what is left of the old.
  if (mode == XAP_CREATE_OR_OPEN &&
      access((std::string(path) + "/iamglass").c_str(), F_OK) == 0)
    flags = Xapian::DB_OPEN;
  return Xapian::WritableDatabase(path, flags);
}

void require_transaction(const xap_writer *writer, bool wanted) {
  if (writer->in_transaction != wanted)
    throw Xapian::InvalidOperationError(wanted
                                            ? "no transaction is in progress"
                                            : "a transaction is in progress");
}

// Most functions: a change to the database, with a message that names it.
template <class F>
byline_status change(xap_writer *writer, byline_error *error, F f) {
  return guard(error, writer->reader.name, [&] {
    f(writer->database);
    changed(writer);
  });
}

} // namespace

byline_status xap_writer_open(const char *path, xap_open_mode mode,
                              xap_writer **writer, byline_error *error) {
  return guard(error, path, [&] {
    bool remote = false;
    Xapian::WritableDatabase database = open(path, mode, &remote);
    database.begin_transaction(false);
    xap_database reader{database, path, remote};
    make(writer, database, std::move(reader), remote, false, 0U);
  });
}

void xap_writer_free(xap_writer *writer) {
  if (!writer)
    return;
  // Closing cancels the transaction, and releases the lock even if an enquire
  // still refers to the database.
  guard(nullptr, [&] { writer->database.close(); });
  destroy(writer);
}

const xap_database *xap_writer_database(const xap_writer *writer) {
  return &writer->reader;
}

byline_status xap_writer_commit(xap_writer *writer, byline_error *error) {
  return guard(error, writer->reader.name, [&] {
    require_transaction(writer, false);
    commit(writer);
  });
}

byline_status xap_writer_begin_transaction(xap_writer *writer,
                                           byline_error *error) {
  return guard(error, writer->reader.name, [&] {
    require_transaction(writer, false);
    commit(writer);
    writer->in_transaction = true;
  });
}

byline_status xap_writer_commit_transaction(xap_writer *writer,
                                            byline_error *error) {
  return guard(error, writer->reader.name, [&] {
    require_transaction(writer, true);
    writer->in_transaction = false;
    commit(writer);
  });
}

byline_status xap_writer_cancel_transaction(xap_writer *writer,
                                            byline_error *error) {
  return guard(error, writer->reader.name, [&] {
    require_transaction(writer, true);
    writer->in_transaction = false;
    writer->changes = 0;
    writer->database.cancel_transaction();
    writer->database.begin_transaction(false);
  });
}

byline_status xap_writer_add(xap_writer *writer, const xap_document *document,
                             uint32_t *docid, byline_error *error) {
  return change(writer, error, [&](Xapian::WritableDatabase &database) {
    Xapian::docid id = database.add_document(document->document);
    if (docid)
      *docid = id;
  });
}

byline_status xap_writer_replace(xap_writer *writer, byline_string unique_term,
                                 const xap_document *document, uint32_t *docid,
                                 byline_error *error) {
  return change(writer, error, [&](Xapian::WritableDatabase &database) {
    Xapian::docid id =
        database.replace_document(text(unique_term), document->document);
    if (docid)
      *docid = id;
  });
}

byline_status xap_writer_replace_docid(xap_writer *writer, uint32_t docid,
                                       const xap_document *document,
                                       byline_error *error) {
  return change(writer, error, [&](Xapian::WritableDatabase &database) {
    database.replace_document(docid, document->document);
  });
}

byline_status xap_writer_delete(xap_writer *writer, byline_string unique_term,
                                byline_error *error) {
  return change(writer, error, [&](Xapian::WritableDatabase &database) {
    database.delete_document(text(unique_term));
  });
}

byline_status xap_writer_delete_docid(xap_writer *writer, uint32_t docid,
                                      byline_error *error) {
  return change(writer, error, [&](Xapian::WritableDatabase &database) {
    database.delete_document(docid);
  });
}

byline_status xap_writer_set_metadata(xap_writer *writer, byline_string key,
                                      byline_string value,
                                      byline_error *error) {
  return change(writer, error, [&](Xapian::WritableDatabase &database) {
    database.set_metadata(text(key), text(value));
  });
}

byline_status xap_writer_add_spelling(xap_writer *writer, byline_string word,
                                      uint32_t frequency, byline_error *error) {
  return change(writer, error, [&](Xapian::WritableDatabase &database) {
    database.add_spelling(text(word), frequency);
  });
}

byline_status xap_writer_remove_spelling(xap_writer *writer, byline_string word,
                                         uint32_t frequency,
                                         byline_error *error) {
  return change(writer, error, [&](Xapian::WritableDatabase &database) {
    database.remove_spelling(text(word), frequency);
  });
}

byline_status xap_writer_add_synonym(xap_writer *writer, byline_string term,
                                     byline_string synonym,
                                     byline_error *error) {
  return change(writer, error, [&](Xapian::WritableDatabase &database) {
    database.add_synonym(text(term), text(synonym));
  });
}

byline_status xap_writer_clear_synonyms(xap_writer *writer, byline_string term,
                                        byline_error *error) {
  return change(writer, error, [&](Xapian::WritableDatabase &database) {
    database.clear_synonyms(text(term));
  });
}
