/* What the plugin needs of Xapian, in C.
 *
 * The shim knows no article: prefixes, slots and metadata keys are arguments.
 * Every function that can fail returns a byline_status and fills in error
 * (which may be NULL); no C++ exception ever leaves, whether it comes from
 * Xapian, from the C++ library or from a callback. Objects are made by the
 * function that returns them through an out parameter, which is untouched on
 * failure, and are released by their _free, which takes NULL.
 *
 * Strings that go in are borrowed for the call and may hold NUL bytes. Strings
 * given to callbacks live until the callback returns. A callback's non-zero
 * return stops the function, which returns it unchanged.
 *
 * An object may refer to those it was made from (an enquire to its database):
 * Xapian counts references, so they can be released in any order. The counts
 * are not atomic: objects that refer to each other belong to one thread.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef XAPIAN_SHIM_H
#define XAPIAN_SHIM_H

#include <stdbool.h>

#include "xapian_query.h"

#ifdef __cplusplus
extern "C" {
#endif

/* "1.4.22": of the Xapian linked at run time; static. */
const char *xap_version(void);

/* A number as a value whose byte order is the order of numbers; returns the
 * bytes written (Xapian::sortable_serialise). */
size_t xap_sortable_serialise(double number, char bytes[16]);

/* ---- Documents (document.cc) ------------------------------------------- */

typedef struct xap_document xap_document;

byline_status xap_document_new(xap_document **document, byline_error *error);
void xap_document_free(xap_document *document);
byline_status xap_document_set_data(xap_document *document, byline_string data,
                                    byline_error *error);
/* Adds wdf to the term; a wdf of 0 makes a boolean term. */
byline_status xap_document_add_term(xap_document *document, byline_string term,
                                    uint32_t wdf, byline_error *error);
/* Adds the term with these positions and wdf more in all. */
byline_status xap_document_add_postings(xap_document *document,
                                        byline_string term,
                                        const uint32_t *positions, size_t count,
                                        uint32_t wdf, byline_error *error);
/* BYLINE_NOT_FOUND when the document has no such term. */
byline_status xap_document_remove_term(xap_document *document,
                                       byline_string term, byline_error *error);
/* An empty value removes the slot's. */
byline_status xap_document_add_value(xap_document *document, uint32_t slot,
                                     byline_string value, byline_error *error);
byline_status xap_document_data(xap_document *document, xap_string_fn fn,
                                void *user, byline_error *error);
/* fn gets an empty string when the slot is not set. */
byline_status xap_document_value(xap_document *document, uint32_t slot,
                                 xap_string_fn fn, void *user,
                                 byline_error *error);
byline_status xap_document_values(xap_document *document, xap_value_fn fn,
                                  void *user, byline_error *error);
/* Each term in byte order, with its wdf. */
byline_status xap_document_terms(xap_document *document, xap_term_fn fn,
                                 void *user, byline_error *error);
byline_status xap_document_positions(xap_document *document, byline_string term,
                                     xap_position_fn fn, void *user,
                                     byline_error *error);

/* ---- Databases to read (database.cc) ----------------------------------- */

/* A glass directory, a directory with a XAPIANDB stub, a stub file, or
 * "remote:HOST:PORT" (timeout: ten seconds). Several are read as one: docids
 * then interleave. BYLINE_NOT_FOUND, BYLINE_CORRUPT, BYLINE_TOO_NEW (a format
 * this Xapian can't read), BYLINE_IO. The message names the path. */
byline_status xap_database_open(const char *const *paths, size_t count,
                                xap_database **database, byline_error *error);
/* The same with another timeout in milliseconds: for connecting to a server,
 * and for each answer of it. */
byline_status xap_database_open_within(const char *const *paths, size_t count,
                                       unsigned milliseconds,
                                       xap_database **database,
                                       byline_error *error);
void xap_database_free(xap_database *database);
/* Moves to the newest revision; changed may be NULL. */
byline_status xap_database_reopen(xap_database *database, bool *changed,
                                  byline_error *error);

/* What tells databases, and sets of them, from each other: the same while they
 * are changed, another of copies and of what is made anew. */
byline_status xap_database_uuid(const xap_database *database, xap_string_fn fn,
                                void *user, byline_error *error);

/* How many are read as one. */
size_t xap_database_count(const xap_database *database);

typedef struct xap_statistics {
  uint32_t documents;
  uint32_t last_docid;
  double average_length;
  uint64_t total_length;
  bool has_positions;
} xap_statistics;
byline_status xap_database_statistics(const xap_database *database,
                                      xap_statistics *statistics,
                                      byline_error *error);
/* 0 when no document has it. */
byline_status xap_database_term_frequency(const xap_database *database,
                                          byline_string term,
                                          uint32_t *frequency,
                                          byline_error *error);
/* Every term that begins with prefix, in byte order, with the number of
 * documents that have it. */
byline_status xap_database_terms(const xap_database *database,
                                 byline_string prefix, xap_term_fn fn,
                                 void *user, byline_error *error);
/* The documents of a term in docid order; all documents for an empty term. */
byline_status xap_database_postings(const xap_database *database,
                                    byline_string term, xap_posting_fn fn,
                                    void *user, byline_error *error);
byline_status xap_database_positions(const xap_database *database,
                                     uint32_t docid, byline_string term,
                                     xap_position_fn fn, void *user,
                                     byline_error *error);
/* Whether the term's list of documents has docid, and with which wdf. */
byline_status xap_database_posting(const xap_database *database,
                                   byline_string term, uint32_t docid,
                                   bool *found, uint32_t *wdf,
                                   byline_error *error);
/* The length of a document: the sum of its wdfs. */
byline_status xap_database_length(const xap_database *database, uint32_t docid,
                                  uint32_t *length, byline_error *error);
/* Documents that have a value in this slot. */
byline_status xap_database_value_frequency(const xap_database *database,
                                           uint32_t slot, uint32_t *frequency,
                                           byline_error *error);
/* fn gets the lower bound, then the upper bound; not called for an unused
 * slot. The bounds may be wider than the values. */
byline_status xap_database_value_bounds(const xap_database *database,
                                        uint32_t slot, xap_string_fn fn,
                                        void *user, byline_error *error);
byline_status xap_database_document(const xap_database *database,
                                    uint32_t docid, xap_document **document,
                                    byline_error *error);
/* fn gets an empty string when there is no such key. */
byline_status xap_database_metadata(const xap_database *database,
                                    byline_string key, xap_string_fn fn,
                                    void *user, byline_error *error);
byline_status xap_database_metadata_keys(const xap_database *database,
                                         byline_string prefix, xap_string_fn fn,
                                         void *user, byline_error *error);
/* A better spelling of word within max_edits, or an empty string. */
byline_status xap_database_spelling(const xap_database *database,
                                    byline_string word, unsigned max_edits,
                                    xap_string_fn fn, void *user,
                                    byline_error *error);
/* The words of the spelling dictionary, with their frequencies. */
byline_status xap_database_spellings(const xap_database *database,
                                     xap_term_fn fn, void *user,
                                     byline_error *error);

/* The terms that have synonyms, in byte order; several words in a row are a
 * term with spaces. */
byline_status xap_database_synonym_keys(const xap_database *database,
                                        xap_string_fn fn, void *user,
                                        byline_error *error);
/* Whether there are any. */
byline_status xap_database_has_synonyms(const xap_database *database, bool *any,
                                        byline_error *error);

/* ---- Databases to write (writer.cc) ------------------------------------ */

typedef struct xap_writer xap_writer;

typedef enum xap_open_mode {
  XAP_OPEN,           /* it must exist */
  XAP_CREATE,         /* it must not */
  XAP_CREATE_OR_OPEN, /* either */
  XAP_OVERWRITE       /* what was there is gone */
} xap_open_mode;

/* path may be "remote:HOST:PORT" (mode does not matter then), or a directory
 * with a XAPIANDB stub that names databases on this machine: what is new goes
 * to the last of them, metadata to the first, the head; what is replaced stays
 * where it was. BYLINE_LOCKED when somebody else is writing; BYLINE_INVALID
 * when XAP_CREATE finds a database.
 *
 * Nothing becomes visible to others or durable before a commit, however much
 * is written: Xapian's own commits, every XAPIAN_FLUSH_THRESHOLD changes, only
 * move what is pending from memory to unused blocks of the files. (The server
 * of a remote database makes them real, though.) After BYLINE_IO or
 * BYLINE_CORRUPT assume that what was pending is lost. */
byline_status xap_writer_open(const char *path, xap_open_mode mode,
                              xap_writer **writer, byline_error *error);
/* Writes to the database at path as well, behind all others. The joint docids
 * change: with N databases, document D of the one at place I (from 0) is
 * (D - 1) * N + I + 1. */
byline_status xap_writer_add_segment(xap_writer *writer, const char *path,
                                     byline_error *error);
/* Releases the lock; what was not committed is lost. */
void xap_writer_free(xap_writer *writer);
/* The same data, what is pending included, to read; lives as long as the
 * writer. */
const xap_database *xap_writer_database(const xap_writer *writer);
/* How many databases it writes to, and each of them in the same way; NULL
 * behind the last. */
size_t xap_writer_segments(const xap_writer *writer);
const xap_database *xap_writer_segment(const xap_writer *writer, size_t index);
/* One database after the other, where there are several: the head first, as
 * metadata may say what is going on in the others; or last, as they may say
 * what has been done there. */
byline_status xap_writer_commit(xap_writer *writer, byline_error *error);
byline_status xap_writer_commit_head_last(xap_writer *writer,
                                          byline_error *error);
/* Commits what is pending; what follows, up to commit_transaction, can be
 * taken back with cancel_transaction. BYLINE_INVALID within a transaction, as
 * xap_writer_commit is. */
byline_status xap_writer_begin_transaction(xap_writer *writer,
                                           byline_error *error);
byline_status xap_writer_commit_transaction(xap_writer *writer,
                                            byline_error *error);
byline_status xap_writer_cancel_transaction(xap_writer *writer,
                                            byline_error *error);
/* docid may be NULL. */
byline_status xap_writer_add(xap_writer *writer, const xap_document *document,
                             uint32_t *docid, byline_error *error);
/* Replaces every document that has the term by this one; adds it if none. */
byline_status xap_writer_replace(xap_writer *writer, byline_string unique_term,
                                 const xap_document *document, uint32_t *docid,
                                 byline_error *error);
byline_status xap_writer_replace_docid(xap_writer *writer, uint32_t docid,
                                       const xap_document *document,
                                       byline_error *error);
/* Deletes every document that has the term; none is no error. */
byline_status xap_writer_delete(xap_writer *writer, byline_string unique_term,
                                byline_error *error);
byline_status xap_writer_delete_docid(xap_writer *writer, uint32_t docid,
                                      byline_error *error);
/* An empty value removes the key. */
byline_status xap_writer_set_metadata(xap_writer *writer, byline_string key,
                                      byline_string value, byline_error *error);
/* In one of the databases that are written to: in that of the document that
 * has the word, so that both are committed together. */
byline_status xap_writer_add_spelling(xap_writer *writer, size_t segment,
                                      byline_string word, uint32_t frequency,
                                      byline_error *error);
byline_status xap_writer_remove_spelling(xap_writer *writer, size_t segment,
                                         byline_string word, uint32_t frequency,
                                         byline_error *error);
byline_status xap_writer_add_synonym(xap_writer *writer, byline_string term,
                                     byline_string synonym,
                                     byline_error *error);
/* Takes all synonyms of a term away. */
byline_status xap_writer_clear_synonyms(xap_writer *writer, byline_string term,
                                        byline_error *error);

/* For what needs the files of a database: BYLINE_UNSUPPORTED for a remote one,
 * BYLINE_INVALID for a wrong address of one. */
byline_status xap_refuse_remote(const char *path, byline_error *error);

/* Copies databases into a compact one at destination, which must not exist or
 * be an empty folder (and is removed on failure). With renumber, docids become
 * dense; without, those of several databases must not overlap. */
byline_status xap_compact(const char *const *paths, size_t count,
                          const char *destination, bool renumber,
                          byline_error *error);
/* Xapian's check of every table of a database, or of the one whose file path
 * names; fn (may be NULL) gets the lines of its
 * report. *faults is the number of faults; BYLINE_CORRUPT when the damage is
 * such that the check can't go on. */
byline_status xap_check(const char *path, xap_string_fn fn, void *user,
                        size_t *faults, byline_error *error);

/* ---- Stems (stem.cc) --------------------------------------------------- */

/* language: "en", "english", "none", ...; BYLINE_INVALID if unknown. */
byline_status xap_stemmer_new(const char *language, xap_stemmer **stemmer,
                              byline_error *error);
void xap_stemmer_free(xap_stemmer *stemmer);
/* *stem lives until the next call with this stemmer. */
byline_status xap_stemmer_stem(xap_stemmer *stemmer, byline_string word,
                               byline_string *stem, byline_error *error);
/* "arabic armenian ...": names, separated by spaces; static. NULL when memory
 * runs out. */
const char *xap_stemmer_languages(void);

/* ---- Searching (enquire.cc) -------------------------------------------- */

typedef struct xap_enquire xap_enquire;
typedef struct xap_matches xap_matches;
typedef struct xap_facet xap_facet;

byline_status xap_enquire_new(const xap_database *database,
                              xap_enquire **enquire, byline_error *error);
void xap_enquire_free(xap_enquire *enquire);
/* Over several databases a wildcard becomes the words that they have; each
 * wildcard is asked for once by an enquire. */
byline_status xap_enquire_set_query(xap_enquire *enquire,
                                    const xap_query *query,
                                    byline_error *error);

typedef enum xap_weight {
  XAP_WEIGHT_BM25,      /* k1, k2, k3, b, min_normlen */
  XAP_WEIGHT_BM25_PLUS, /* k1, k2, k3, b, min_normlen, delta */
  XAP_WEIGHT_TFIDF,     /* none: "ntn" */
  XAP_WEIGHT_LM,        /* factor, mu: Dirichlet smoothing */
  XAP_WEIGHT_BOOL       /* none */
} xap_weight;
/* Parameters left out (count) are Xapian's defaults. */
byline_status xap_enquire_set_weight(xap_enquire *enquire, xap_weight weight,
                                     const double *parameters, size_t count,
                                     byline_error *error);

typedef struct xap_sort_key {
  uint32_t slot;
  bool descending;
} xap_sort_key;
/* By value, documents without one last in either direction; ties by
 * relevance when by_relevance, then by docid. count 0: by relevance. Remote
 * databases can do no more than one descending key: else xap_enquire_matches
 * is BYLINE_UNSUPPORTED. */
byline_status xap_enquire_set_sort(xap_enquire *enquire,
                                   const xap_sort_key *keys, size_t count,
                                   bool by_relevance, byline_error *error);
/* By relevance; ties by a slot's values, the highest first and documents
 * without one last. */
byline_status xap_enquire_set_tie(xap_enquire *enquire, uint32_t slot,
                                  byline_error *error);
/* The same, ascending, by the keys that fn makes of a slot's values; an empty
 * key is as no value. fn is not asked where there is none; a key lives until
 * the next call. fn gets an error to fill in: should it fail, so does
 * xap_enquire_matches, with its status. user must outlive the enquire. */
typedef byline_status (*xap_key_fn)(void *user, byline_string value,
                                    byline_string *key, byline_error *error);
byline_status xap_enquire_set_sort_by(xap_enquire *enquire, uint32_t slot,
                                      xap_key_fn fn, void *user,
                                      bool by_relevance, byline_error *error);
/* At most keep documents with the same value; keep 0: all of them. */
byline_status xap_enquire_set_collapse(xap_enquire *enquire, uint32_t slot,
                                       uint32_t keep, byline_error *error);
byline_status xap_enquire_set_cutoff(xap_enquire *enquire, int percent,
                                     double weight, byline_error *error);

/* Counts the values of a slot over all matches: each part of a value that
 * separator divides ('\0': the whole), or only its first prefix_length bytes
 * (0: all). It counts during the enquire's next xap_enquire_matches and no
 * other, over all documents if check_at_least is large enough. A document
 * counts once for a part that its value repeats, and not at all for a slot
 * without a value. The facet must outlive that call; its counts add up when it
 * is used again. */
byline_status xap_facet_new(uint32_t slot, char separator, size_t prefix_length,
                            xap_facet **facet, byline_error *error);
void xap_facet_free(xap_facet *facet);
byline_status xap_enquire_add_facet(xap_enquire *enquire, xap_facet *facet,
                                    byline_error *error);
byline_status xap_enquire_clear_facets(xap_enquire *enquire,
                                       byline_error *error);
/* Each value, in byte order, with its count. */
byline_status xap_facet_values(const xap_facet *facet, xap_term_fn fn,
                               void *user, byline_error *error);

byline_status xap_enquire_matches(xap_enquire *enquire, uint32_t first,
                                  uint32_t limit, uint32_t check_at_least,
                                  xap_matches **matches, byline_error *error);
void xap_matches_free(xap_matches *matches);

typedef struct xap_match {
  uint32_t docid;
  uint32_t rank; /* from 0, first included */
  double weight;
  int percent;
  uint32_t collapsed; /* others that were collapsed into it, at least */
} xap_match;
size_t xap_matches_count(const xap_matches *matches);
/* lower <= true number <= upper. */
void xap_matches_total(const xap_matches *matches, uint32_t *lower,
                       uint32_t *estimated, uint32_t *upper);
byline_status xap_matches_get(const xap_matches *matches, size_t index,
                              xap_match *match, byline_error *error);
/* What a match is sorted by besides relevance; empty where nothing is. */
byline_status xap_matches_sort_key(const xap_matches *matches, size_t index,
                                   xap_string_fn fn, void *user,
                                   byline_error *error);
byline_status xap_matches_document(const xap_matches *matches, size_t index,
                                   xap_document **document,
                                   byline_error *error);
/* The terms of the query that the document has, expansions included. */
byline_status xap_enquire_matching_terms(const xap_enquire *enquire,
                                         uint32_t docid, xap_string_fn fn,
                                         void *user, byline_error *error);

/* Terms typical of these documents, best first. keep (may be NULL) says with
 * non-zero which terms may be used. */
byline_status xap_enquire_expand(xap_enquire *enquire, const uint32_t *docids,
                                 size_t count, uint32_t limit,
                                 int (*keep)(void *user, byline_string term),
                                 xap_weight_fn fn, void *user,
                                 byline_error *error);

/* What the process does where an exception can go nowhere. fn must not return;
 * NULL: abort(). Returns what it did before. */
typedef void (*xap_terminate_fn)(void);
xap_terminate_fn xap_set_terminate(xap_terminate_fn fn);

#ifdef __cplusplus
}
#endif
#endif
