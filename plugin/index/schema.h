/* What a byline database looks like: prefixes, slots, data lines, metadata.
 * No other file knows them. Sources: Omega's termprefixes.rst (prefixes),
 * omegascript.rst ($field, START.n) and omindex's value slots 0 to 2. */
#ifndef BYLINE_INDEX_SCHEMA_H
#define BYLINE_INDEX_SCHEMA_H

#include "base/arena.h"
#include "base/buf.h"
#include "byline/byline.h"
#include "index/metadata.h"

/* A database with a higher version is refused. */
#define SCHEMA_VERSION 3

/* Prefixes of words. A stem has "Z" before its prefix. */
#define PREFIX_TITLE "S"
#define PREFIX_AUTHOR "A"
#define PREFIX_STEM "Z"

/* Prefixes of boolean terms. */
#define PREFIX_ID "Q"
#define PREFIX_URL "U"
#define PREFIX_TYPE "T"
#define PREFIX_LANGUAGE "L"
#define PREFIX_KEYWORD "K"
#define PREFIX_SOURCE "P"
#define PREFIX_DAY "D"
#define PREFIX_MONTH "M"
#define PREFIX_YEAR "Y"
#define PREFIX_EXACT_AUTHOR "XAUTHOR"
#define PREFIX_FILE "XFILE"   /* each file that has the article, absolute */
#define PREFIX_HASHTAG "XTAG" /* what stands whole in the text: see whole.h */
#define PREFIX_HANDLE "XHANDLE"
#define PREFIX_LINK "XLINK"
#define PREFIX_EMAIL "XEMAIL"
#define PREFIX_STEMS "XSTEM"    /* the language of its analysis */
#define PREFIX_SCHEMA "XSCHEMA" /* the schema it was made by, from 3 on */

/* The fields of queries whose values are no text but stand as they are; NULL
 * behind the last. */
extern const char *const SCHEMA_VALUE_FIELDS[];

enum {
  SLOT_MODIFIED = 0, /* of the source: 4 bytes big-endian time_t, as omindex */
  SLOT_DIGEST = 1,   /* of the content: 16 bytes */
  SLOT_SIZE = 2,     /* of the text in bytes: sortable_serialise */
  SLOT_DATE = 10,    /* YYYYMMDD or YYYYMMDDHHMMSS, zeros for what is unknown */
  SLOT_AUTHOR = 11,  /* names as author.h spells them, TAB between: an
                        OmegaScript list */
  SLOT_AUTHOR_SORT = 12, /* ICU collation key of the first name */
  SLOT_LANGUAGE = 13,    /* these three from schema 3 on */
  SLOT_SOURCE = 14,
  SLOT_KEYWORD = 15 /* TAB between */
};

/* The first schema whose documents have the last three of them. */
enum { SCHEMA_WITH_FACETS = 3 };

enum {
  SCHEMA_TERM_MAX = 245,  /* Xapian's limit; a NUL counts twice */
  SCHEMA_FIELD_GAP = 100, /* positions between fields: no phrase crosses */
  /* Glass takes 65,535 pieces of about 2,000 bytes, compressed if that helps.
   */
  SCHEMA_TEXT_MAX = 100 << 20,
  SCHEMA_DATA_MAX = 110 << 20,
  SCHEMA_TITLE_WDF = 3 /* of an unprefixed title word (BM25F's way) */
};

/* ---- Metadata ---------------------------------------------------------- */

#define META_SCHEMA "byline:schema"
#define META_ANALYZER "byline:analyzer"
#define META_XAPIAN "byline:xapian"
#define META_ICU "byline:icu"
#define META_VERSION "byline:version"
#define META_LANGUAGES "byline:languages"
#define META_NGRAMS "byline:cjk-ngrams"
#define META_FILTERS "byline:filters"
#define META_WORDS "byline:words"       /* which rule word_counts.h follows */
#define META_SYNONYMS "byline:synonyms" /* as they were written */
#define META_SYNONYMS_FOR "byline:synonyms-for" /* which languages */
#define META_SHARD "byline:shard" /* which of how many, as "2/4" */
#define META_AUTHOR "byline:author:"

/* Appends a key's value, "" if there is none. */
byline_status schema_metadata(const xap_database *database, const char *key,
                              buf *value, byline_error *error);

/* A file's own facts, apart from its articles. */
typedef struct schema_file {
  int64_t modified;       /* time_t; negative: not known */
  byline_string absolute; /* its absolute path; empty: not known */
} schema_file;

/* Appends prefix + value, with a ':' between them where Omega's convention
 * asks for one (a prefix of several letters before a capital or a colon), cut
 * to a legal term. False when memory runs out. */
bool schema_boolean_term(const char *prefix, byline_string value, buf *out);

/* The same for values that must stay distinct however long (ids, URLs,
 * paths): a value too long for a term ends in a hash of itself. */
bool schema_unique_term(const char *prefix, byline_string value, buf *out);

/* The longest beginning of a term that Xapian takes. */
size_t schema_term_cut(const char *term, size_t length);

/* An article whose strings hold nothing that a data line can't: invalid UTF-8
 * becomes U+FFFD, control characters become spaces, ends are trimmed, empty
 * authors go. Strings that are clean already are borrowed; the rest is in the
 * arena. */
byline_status schema_clean(arena *a, const byline_article *article,
                           byline_article *clean, byline_error *error);

/* The same, and BYLINE_INVALID for an article whose date is none: it would be
 * in no order and found by no range. */
byline_status schema_accept(arena *a, const byline_article *article,
                            byline_article *clean, byline_error *error);

/* Whether data can have the path of a file: strangers name files, too. */
bool schema_names_file(const schema_file *file);

/* Appends a clean article as "name=value" lines. */
bool schema_write_data(const byline_article *article, const schema_file *file,
                       buf *out);

/* The article that data describes; its strings are in the arena. Lines that
 * are not ours are passed over. absolute (may be NULL) gets the source's
 * absolute path. */
byline_status schema_read_data(arena *a, byline_string data,
                               byline_article *article, byline_string *absolute,
                               byline_error *error);

/* Where the article that data describes was found; borrowed from data. */
void schema_read_origin(byline_string data, byline_string *source,
                        byline_string *absolute, size_t *line);

/* Appends the key of the metadata that have an author's spelling: key is that
 * of author.h. False when memory runs out. */
bool schema_author_place(byline_string key, buf *out);

/* "2017-11-14T08:00:00" -> "20171114080000", "2017-11" -> "201711". Empty for
 * what is no such date. */
void schema_date_digits(byline_string date, char digits[16]);

/* The same as the value of SLOT_DATE: "2017-11" -> "20171100", so that a year
 * alone is not four bytes, which Omega takes for a binary time. */
void schema_date_value(byline_string date, char value[16]);

/* Records what writes to the database, where that is not recorded already;
 * *changed says whether anything was. */
byline_status schema_stamp(metadata *m, bool *changed, byline_error *error);

/* How many articles were written by a schema before this one, however the
 * database was written to since. */
byline_status schema_older(const xap_database *database, int version,
                           uint32_t *articles, byline_error *error);

/* Calls fn with each language that articles were analyzed in, as their terms
 * have it, and how many there are; in order. */
byline_status schema_languages(const xap_database *database, xap_term_fn fn,
                               void *user, byline_error *error);

/* Records the same, as "de 12, en 63", where it is not recorded already: for
 * other programs, as what is recorded is lost when databases become one. */
byline_status schema_record_languages(xap_writer *writer, byline_error *error);

/* Appends one of them, to be recorded. False when memory runs out. */
bool schema_list_language(buf *list, byline_string language, uint32_t count);

/* BYLINE_OK when this library can work with the database at path;
 * BYLINE_TOO_NEW or BYLINE_INVALID (not a byline database) else. An empty
 * database without metadata is fine where *fresh may say so (NULL: it may
 * not). */
byline_status schema_check(const xap_database *database, const char *path,
                           bool *fresh, byline_error *error);

/* Whether articles get n-grams (ngrams.h): as it is recorded; where nothing is,
 * and there are no articles yet, as it is wanted, which is then recorded.
 * BYLINE_INVALID: wanted, and the articles at path have none. */
byline_status schema_ngrams(xap_writer *writer, const char *path, bool wanted,
                            bool *ngrams, byline_error *error);

/* Records that articles get n-grams. */
byline_status schema_record_ngrams(metadata *m, byline_error *error);

/* "schema 3, analyzer 2, Xapian 1.4.22, ICU 72.1, byline 0.1.0", as the
 * database records it; with ", CJK n-grams" if there are. */
byline_status schema_versions(const xap_database *database, buf *out,
                              byline_error *error);

#endif
