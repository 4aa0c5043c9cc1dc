#include <unistd.h>

#include <xapian.h>

#include <deque>
#include <vector>

#include "common.h"
#include "remote.h"
#include "stub.h"

using namespace shim;

// Xapian commits by itself, every so many changes and when a database is
// closed, unless a transaction is in progress. So one always is, and only the
// commits of this file end it. Within a transaction glass still writes its
// postings out every so many changes; it just does not make them visible, so
// that memory stays bounded.
//
// A folder with a stub file is written to as the databases that it names: each
// change where it belongs, what is new in the last one, and committed in an
// order that Xapian's own way of writing to several does not keep.
struct xap_writer {
  std::vector<Xapian::WritableDatabase> segments; // one at least
  xap_database reader;                            // all of them
  std::deque<xap_database> readers;               // each
  bool remote;
  bool in_transaction; // one that the caller began
  unsigned changes;    // since values were last written out
};

namespace {

// A transaction is in progress afterwards, whatever happens.
void commit_one(Xapian::WritableDatabase &segment) {
  struct restart {
    Xapian::WritableDatabase &database;
    ~restart() { database.begin_transaction(false); }
  } again{segment};
  segment.commit_transaction();
  segment.commit();
}

// Commits what there is: the head, which has the metadata, before or behind the
// others, and of these the newest first.
void commit(xap_writer *writer, bool head_first) {
  auto &all = writer->segments;
  writer->changes = 0;
  if (head_first)
    commit_one(all.front());
  for (size_t i = all.size(); i-- > 1;)
    commit_one(all[i]);
  if (!head_first)
    commit_one(all.front());
}

// Values are the exception: glass keeps them in memory until a commit, or
// until somebody asks to read them.
void changed(xap_writer *writer) {
  constexpr unsigned enough = 5000;
  if (++writer->changes <= enough || writer->remote)
    return;
  writer->changes = 0;
  for (auto &segment : writer->segments)
    segment.valuestream_begin(0);
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

Xapian::WritableDatabase open_one(const std::string &path, xap_open_mode mode) {
  int flags = flags_of(mode);
  // Where a table is missing, Xapian sees no database and would put a new one
  // over what is left of the old.
  if (mode == XAP_CREATE_OR_OPEN &&
      access((path + "/iamglass").c_str(), F_OK) == 0)
    flags = Xapian::DB_OPEN;
  return Xapian::WritableDatabase(path, flags);
}

void append(xap_writer &writer, const Xapian::WritableDatabase &segment) {
  writer.segments.push_back(segment);
  writer.segments.back().begin_transaction(false);
  writer.reader.database.add_database(segment);
  writer.readers.push_back(
      xap_database{segment, writer.reader.name, writer.remote});
}

void open(xap_writer &writer, const char *path, xap_open_mode mode) {
  // A large commit takes a server longer than a search does.
  constexpr unsigned timeout = 600000, connect_timeout = 10000;
  auto remote = parse_remote(path);
  writer.remote = writer.reader.remote = remote.has_value();
  if (remote) {
    append(writer, Xapian::Remote::open_writable(remote->host, remote->port,
                                                 timeout, connect_timeout));
    return;
  }
  auto segments = stub_segments(path);
  if (segments.empty())
    append(writer, open_one(path, mode));
  else if (mode == XAP_CREATE || mode == XAP_OVERWRITE)
    throw Xapian::InvalidArgumentError("there is a database of segments");
  for (const std::string &segment : segments)
    append(writer, open_one(segment, XAP_OPEN));
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
    f(writer->segments);
    changed(writer);
  });
}

using segments = std::vector<Xapian::WritableDatabase>;

// Docids of several databases interleave.
Xapian::docid joint_docid(const segments &all, size_t segment,
                          Xapian::docid own) {
  return Xapian::docid((own - 1) * all.size() + segment + 1);
}

struct place {
  Xapian::WritableDatabase &segment;
  Xapian::docid docid;
};

place find_place(segments &all, Xapian::docid docid) {
  if (docid == 0)
    throw Xapian::InvalidArgumentError("there is no document 0");
  return {all[(docid - 1) % all.size()],
          Xapian::docid((docid - 1) / all.size() + 1)};
}

Xapian::docid add(segments &all, const Xapian::Document &document) {
  return joint_docid(all, all.size() - 1, all.back().add_document(document));
}

// In the newest segment that has the term; those of others go.
Xapian::docid replace(segments &all, const std::string &term,
                      const Xapian::Document &document) {
  Xapian::docid docid = 0;
  for (size_t i = all.size(); i-- > 0;) {
    if (docid == 0 && all[i].term_exists(term))
      docid = joint_docid(all, i, all[i].replace_document(term, document));
    else
      all[i].delete_document(term);
  }
  return docid ? docid : add(all, document);
}

} // namespace

byline_status xap_writer_open(const char *path, xap_open_mode mode,
                              xap_writer **writer, byline_error *error) {
  return guard(error, path, [&] {
    auto opened = std::make_unique<xap_writer>();
    opened->reader.name = path;
    open(*opened, path, mode);
    *writer = opened.release();
  });
}

byline_status xap_writer_add_segment(xap_writer *writer, const char *path,
                                     byline_error *error) {
  return guard(error, path, [&] { append(*writer, open_one(path, XAP_OPEN)); });
}

void xap_writer_free(xap_writer *writer) {
  if (!writer)
    return;
  // Closing cancels the transaction, and releases the lock even if an enquire
  // still refers to the database.
  for (auto &segment : writer->segments)
    guard(nullptr, [&] { segment.close(); });
  destroy(writer);
}

const xap_database *xap_writer_database(const xap_writer *writer) {
  return &writer->reader;
}

size_t xap_writer_segments(const xap_writer *writer) {
  return writer->segments.size();
}

const xap_database *xap_writer_segment(const xap_writer *writer, size_t index) {
  return index < writer->readers.size() ? &writer->readers[index] : nullptr;
}

byline_status xap_writer_commit(xap_writer *writer, byline_error *error) {
  return guard(error, writer->reader.name, [&] {
    require_transaction(writer, false);
    commit(writer, true);
  });
}

byline_status xap_writer_commit_head_last(xap_writer *writer,
                                          byline_error *error) {
  return guard(error, writer->reader.name, [&] {
    require_transaction(writer, false);
    commit(writer, false);
  });
}

byline_status xap_writer_begin_transaction(xap_writer *writer,
                                           byline_error *error) {
  return guard(error, writer->reader.name, [&] {
    require_transaction(writer, false);
    commit(writer, true);
    writer->in_transaction = true;
  });
}

byline_status xap_writer_commit_transaction(xap_writer *writer,
                                            byline_error *error) {
  return guard(error, writer->reader.name, [&] {
    require_transaction(writer, true);
    writer->in_transaction = false;
    commit(writer, true);
  });
}

byline_status xap_writer_cancel_transaction(xap_writer *writer,
                                            byline_error *error) {
  return guard(error, writer->reader.name, [&] {
    require_transaction(writer, true);
    writer->in_transaction = false;
    writer->changes = 0;
    for (auto &segment : writer->segments) {
      segment.cancel_transaction();
      segment.begin_transaction(false);
    }
  });
}

byline_status xap_writer_add(xap_writer *writer, const xap_document *document,
                             uint32_t *docid, byline_error *error) {
  return change(writer, error, [&](segments &all) {
    Xapian::docid id = add(all, document->document);
    if (docid)
      *docid = id;
  });
}

byline_status xap_writer_replace(xap_writer *writer, byline_string unique_term,
                                 const xap_document *document, uint32_t *docid,
                                 byline_error *error) {
  return change(writer, error, [&](segments &all) {
    Xapian::docid id = replace(all, text(unique_term), document->document);
    if (docid)
      *docid = id;
  });
}

byline_status xap_writer_replace_docid(xap_writer *writer, uint32_t docid,
                                       const xap_document *document,
                                       byline_error *error) {
  return change(writer, error, [&](segments &all) {
    place at = find_place(all, docid);
    at.segment.replace_document(at.docid, document->document);
  });
}

byline_status xap_writer_delete(xap_writer *writer, byline_string unique_term,
                                byline_error *error) {
  return change(writer, error, [&](segments &all) {
    for (auto &segment : all)
      segment.delete_document(text(unique_term));
  });
}

byline_status xap_writer_delete_docid(xap_writer *writer, uint32_t docid,
                                      byline_error *error) {
  return change(writer, error, [&](segments &all) {
    place at = find_place(all, docid);
    at.segment.delete_document(at.docid);
  });
}

byline_status xap_writer_set_metadata(xap_writer *writer, byline_string key,
                                      byline_string value,
                                      byline_error *error) {
  return change(writer, error, [&](segments &all) {
    all.front().set_metadata(text(key), text(value));
  });
}

byline_status xap_writer_add_spelling(xap_writer *writer, size_t segment,
                                      byline_string word, uint32_t frequency,
                                      byline_error *error) {
  return change(writer, error, [&](segments &all) {
    all.at(segment).add_spelling(text(word), frequency);
  });
}

byline_status xap_writer_remove_spelling(xap_writer *writer, size_t segment,
                                         byline_string word, uint32_t frequency,
                                         byline_error *error) {
  return change(writer, error, [&](segments &all) {
    all.at(segment).remove_spelling(text(word), frequency);
  });
}

byline_status xap_writer_add_synonym(xap_writer *writer, byline_string term,
                                     byline_string synonym,
                                     byline_error *error) {
  return change(writer, error, [&](segments &all) {
    all.front().add_synonym(text(term), text(synonym));
  });
}

byline_status xap_writer_clear_synonyms(xap_writer *writer, byline_string term,
                                        byline_error *error) {
  return change(writer, error, [&](segments &all) {
    for (auto &segment : all)
      segment.clear_synonyms(text(term));
  });
}
