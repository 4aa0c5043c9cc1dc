/* Byline: article archives in Xapian, for C programs.
 *
 * Everything works on a byline_context, which holds the registered readers.
 * A context and the objects made from it belong to one thread at a time;
 * different threads use different contexts.
 *
 * Strings that go in are borrowed for the call. Strings that come out say how
 * long they live. Text is UTF-8 throughout; bytes that are not are replaced by
 * U+FFFD, and counted.
 *
 * Structs of options begin with their size, which must be that of the header
 * that the library was built with: fill them with their BYLINE_..._INIT. What
 * has another size is BYLINE_INVALID. BYLINE_ABI_VERSION changes when a size
 * does.
 *
 * Callbacks return 0 to go on. Any other value stops the function, which
 * returns it unchanged (see types.h). They must not throw or longjmp.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BYLINE_BYLINE_H
#define BYLINE_BYLINE_H

#include <stdbool.h>

#include "byline/types.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Changes when a program must be compiled again; apart from the release. */
#define BYLINE_ABI_VERSION 3
BYLINE_API uint32_t byline_abi_version(void);

/* "0.1.0"; static. */
BYLINE_API const char *byline_version(void);

typedef struct byline_context byline_context;
/* Errors: BYLINE_NO_MEMORY. */
BYLINE_API byline_status byline_context_new(byline_context **context,
                                            byline_error *error);
BYLINE_API void byline_context_free(byline_context *context);
/* The versions of Xapian, ICU and the schema this library writes: "Xapian
 * 1.4.22, ICU 72.1, schema 1"; it lives as long as the context. */
BYLINE_API const char *byline_context_versions(const byline_context *context);

/* ---- Articles ---------------------------------------------------------- */

/* One article. What its source does not state is empty (length or count 0);
 * nothing is ever guessed. */
typedef struct byline_article {
  uint32_t size;
  byline_string id; /* the source's own, or made: see byline_index */
  byline_string title;
  const byline_string *decks;
  size_t deck_count;
  const byline_string *authors; /* spelled as there; no names in capitals */
  size_t author_count;
  byline_string affiliation;
  byline_string date;     /* YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS */
  byline_string language; /* ISO 639 */
  byline_string source;   /* the path as it was given or found */
  size_t line;            /* of the title, from 1; 0 when there are no lines */
  byline_string section;
  const byline_string *keywords;
  size_t keyword_count;
  byline_string url;
  byline_string text; /* paragraphs, parted by "\n\n"; wrapped lines joined */
  byline_string type; /* MIME type of the source */
} byline_article;

/* The article and all it points to live until the callback returns. */
typedef int (*byline_article_fn)(void *user, const byline_article *article);

/* ---- Reading ----------------------------------------------------------- */

typedef enum byline_notice_kind {
  BYLINE_NOTICE_SKIPPED,  /* a file met in a folder that is no archive */
  BYLINE_NOTICE_FAILED,   /* a file or an article that could not be read */
  BYLINE_NOTICE_REPAIRED, /* something broken was mended; the article is whole
                           */
  BYLINE_NOTICE_BUILDER,  /* of a database: why the plain builder makes it */
  BYLINE_NOTICE_WAITING   /* of a database: who is writing to it */
} byline_notice_kind;

/* Something a person should know about one file. */
typedef struct byline_notice {
  byline_notice_kind kind;
  const char *path;
  size_t line; /* from 1; 0 for the whole file */
  const char *message;
} byline_notice;

typedef void (*byline_notice_fn)(void *user, const byline_notice *notice);

/* What a reader took a block of lines (of a taught layout, a line) for: "date",
 * "title", "byline", "body" or another of the kinds that byline-read(1) lists
 * under --explain. All of it lives until the callback returns. */
typedef struct byline_explanation {
  uint32_t size;
  const char *path;
  size_t line; /* the first, from 1 */
  const char *what;
  int score;       /* the sum of the signs; 0 where none were needed */
  const char *why; /* "short, no full stop +1, behind a footer +4" */
  byline_string text;
} byline_explanation;

typedef void (*byline_explain_fn)(void *user,
                                  const byline_explanation *explanation);

typedef struct byline_read_stats {
  uint32_t size;
  size_t files;         /* read to their end */
  size_t files_skipped; /* not archives, met in a folder */
  size_t files_failed;  /* could not be read, wholly or in part */
  uint64_t bytes;       /* of text: unpacked and decoded */
  size_t articles;
  size_t invalid_bytes; /* broken sequences and NULs that became U+FFFD */
  size_t unclear_dates; /* date lines that name no day for certain */
  uint64_t disk_bytes;  /* of the files, as they lie on the disk, so far */
} byline_read_stats;
#define BYLINE_READ_STATS_INIT                                                 \
  { sizeof(byline_read_stats), 0, 0, 0, 0, 0, 0, 0, 0 }

/* How much is taken from a file, which may be anybody's. 0: the default, which
 * stands behind each; no archive that was made to be read comes near it. What
 * is beyond a limit is told in a notice and counted, and nothing else is lost.
 * Sizes are bytes. byline-formats(5) says what each means in each format. */
typedef struct byline_limits {
  uint64_t article;  /* an article's text; a longer one is left out: 64 MiB */
  uint64_t field;    /* any other field: a longer title or deck is cut, others
                        are left out: 64 KiB */
  uint64_t line;     /* of plain text; a longer one comes in pieces: 16 MiB */
  uint64_t articles; /* of one file, whose rest is left out: 10,000,000 */
  uint64_t nesting;  /* of values or elements in each other: 200, no more */
  uint64_t memory;   /* for what is held whole while it is read; what needs
                        more is left out: 1 GiB */
  uint64_t unpacked; /* what comes out of one compressed file: 64 GiB; and */
  uint64_t ratio;    /* how many times its size, after 64 MiB: 200 */
  uint64_t members;  /* files in one archive: 1,000,000 */
} byline_limits;

typedef struct byline_read_options {
  uint32_t size;
  const char *format; /* a reader's name; NULL or "auto": by content */
  byline_notice_fn notice;
  void *notice_user;
  /* What comes first in dates such as 03/04/2020: "dmy", "mdy" or "ymd". NULL:
   * what the file's other dates say; where they say nothing, no date. With it,
   * years of two digits are read as well (49 is 2049, 50 is 1950). */
  const char *date_order;
  /* The character set of every file, by a name that ICU knows; NULL or "auto":
   * by content. A byte order mark comes before it. */
  const char *charset;
  /* Called for each block of a plain text, in order; an article's blocks come
   * before the article. */
  byline_explain_fn explain;
  void *explain_user;
  /* The path of a taught layout, for plain texts: byline-layout(5). NULL:
   * FILE.byline, or the nearest .byline in the file's folder or above. */
  const char *layout;
  byline_limits limits;
} byline_read_options;
#define BYLINE_READ_OPTIONS_INIT                                               \
  {                                                                            \
    sizeof(byline_read_options), NULL, NULL, NULL, NULL, NULL, NULL, NULL,     \
        NULL, {                                                                \
      0, 0, 0, 0, 0, 0, 0, 0, 0                                                \
    }                                                                          \
  }

/* Reads files and folders (the latter in name order, without names that begin
 * with a dot) and calls article for each article in its order; "-" is standard
 * input. One article is held in memory at a time, and of each that was read
 * up to 80 bytes, to tell its id. options and stats may be NULL.
 *
 * Compressed files and archives (gzip, bzip2, xz, zstd, tar, zip, 7z) are read
 * as they are, nothing is written to the disk: a member is a file of its own
 * with the path ARCHIVE/NAME, and treated as if it were met in a folder. Text
 * in other character sets becomes UTF-8. See byline-formats(5).
 *
 * A file that can't be read, or whose own .byline is wrong, is reported through
 * the notice callback and counted, and the others are read; the function still
 * returns BYLINE_OK. Errors: BYLINE_INVALID (unknown format, order of dates or
 * character set; a wrong layout, or one beside a format; a limit that is none),
 * BYLINE_NOT_FOUND and BYLINE_IO (of the layout), BYLINE_NO_MEMORY, or what
 * article returned.
 *
 * What reads is a shared object beside the library, loaded when the first
 * function of a context needs it; BYLINE_IO also says that it is missing,
 * BYLINE_INVALID that it is of another release. */
BYLINE_API byline_status byline_read(byline_context *context,
                                     const char *const *paths, size_t count,
                                     const byline_read_options *options,
                                     byline_article_fn article, void *user,
                                     byline_read_stats *stats,
                                     byline_error *error);

/* Called for each file; a non-zero return stops. */
typedef int (*byline_measure_fn)(void *user, size_t files, uint64_t bytes);

/* Counts the files that reading these paths would come to, and their bytes on
 * the disk, without opening one: together with disk_bytes, that tells how much
 * is left to read. Standard input, and what can't be read, count for nothing.
 * progress may be NULL. Errors: BYLINE_NO_MEMORY, or what progress returned. */
BYLINE_API byline_status byline_measure(const char *const *paths, size_t count,
                                        byline_measure_fn progress, void *user,
                                        size_t *files, uint64_t *bytes,
                                        byline_error *error);

/* ---- Analysis ---------------------------------------------------------- */

/* "base", "nfc", ...; static. */
BYLINE_API const char *byline_token_kind_name(byline_token_kind kind);

/* The ISO 639 code of a text's language, "" where it is not certain, and how
 * nearly it is: 0 to 1. Errors: BYLINE_NO_MEMORY. */
BYLINE_API byline_status byline_detect_language(byline_context *context,
                                                const char *text, size_t length,
                                                char code[8],
                                                double *confidence,
                                                byline_error *error);

/* Calls token for every term of a text, positions rising. language is an ISO
 * 639 code or a Snowball name ("en", "german"), or NULL or "none" for no
 * stems, as have languages unknown to Snowball. Errors: BYLINE_INVALID (no such
 * language), BYLINE_NO_MEMORY, or what token returned. The rules: see
 * byline-database(5). */
BYLINE_API byline_status byline_analyze(byline_context *context,
                                        const char *text, size_t length,
                                        const char *language,
                                        byline_token_fn token, void *user,
                                        byline_error *error);

/* Turns what a person typed into what Xapian's QueryParser is given: composed
 * (NFC) and folded words, straight quotes; every operator stays where it was.
 * Plain ASCII comes out as it went in. language, as for byline_analyze, may
 * keep letters of its own from being folded; exact_accents keeps words that
 * have accents. query is to be released with byline_string_free. Errors:
 * BYLINE_INVALID (no such language), BYLINE_NO_MEMORY. */
BYLINE_API byline_status byline_analyze_query(byline_context *context,
                                              const char *text, size_t length,
                                              const char *language,
                                              bool exact_accents,
                                              byline_string *query,
                                              byline_error *error);

/* Only for strings of which a function says so. */
BYLINE_API void byline_string_free(byline_string *string);

/* ---- Indexing ---------------------------------------------------------- */

typedef struct byline_index_stats {
  uint32_t size;
  byline_read_stats read;
  size_t added;
  size_t replaced;        /* the same article with other content */
  size_t moved;           /* the same content at another path or line */
  size_t unchanged;       /* seen before, the same in every way */
  size_t failed;          /* articles that could not be written */
  size_t dropped;         /* articles that their files have no more */
  size_t files_unchanged; /* as they were last time, and not read */
  size_t files_gone;      /* pruned */
} byline_index_stats;
#define BYLINE_INDEX_STATS_INIT                                                \
  { sizeof(byline_index_stats), BYLINE_READ_STATS_INIT, 0, 0, 0, 0, 0, 0, 0, 0 }

/* Called after each article and behind each file; path is the file being read.
 * A non-zero return stops: what is complete is committed, and byline_index
 * returns the value. */
typedef int (*byline_progress_fn)(void *user, const char *path,
                                  const byline_index_stats *stats);

/* What makes a new database, and what is added to one that exists. */
typedef enum byline_builder {
  /* Glass where it can be and there is enough to add, else xapian. */
  BYLINE_BUILDER_AUTO,
  /* Byline's own, which writes Xapian's tables itself: the same database,
   * several times as fast; and a segment (see byline_index) of whatever is
   * added. BYLINE_UNSUPPORTED says why it can't be used. */
  BYLINE_BUILDER_GLASS,
  BYLINE_BUILDER_XAPIAN /* Xapian, article by article, as for one that exists */
} byline_builder;

typedef struct byline_index_options {
  uint32_t size;
  byline_read_options read;
  /* Of articles that name none: a code, a stemmer's name, "none" for no stems;
   * "auto" or NULL: found out from the text, where that is certain. */
  const char *language;
  byline_progress_fn progress;
  void *progress_user;
  bool prune;   /* drop articles of files below the paths that are gone */
  bool dry_run; /* count what would happen, and change nothing */
  /* Also index Chinese, Japanese and Korean as Xapian's FLAG_CJK_NGRAM does.
   * Of a new database, which keeps to it; BYLINE_INVALID for one whose articles
   * have no n-grams. */
  bool cjk_ngrams;
  /* Filters that add terms, NAME or NAME=ARGUMENTS: extend.h. Of a new
   * database, which keeps to them; none: those that it has. BYLINE_INVALID for
   * one that has others, or where one of them is not registered. */
  const char *const *filters;
  size_t filter_count;
  byline_builder builder; /* this and what follows: of byline_index only */
  /* Threads of the glass builder, the caller's among them; 0: one for each
   * processor, at most eight. With filters there is one. Callbacks are called
   * in the caller's thread only. */
  unsigned threads;
  /* Bytes for what the glass builder has in hand, before it goes to the disk;
   * 0: a quarter of the machine's memory, at most 1 GiB. */
  uint64_t memory;
  /* After so many bytes of text, between two files, what was read is published
   * and becomes durable, so that an interruption costs no more; 0: 4 GiB. */
  uint64_t segment;
  /* Of what glass makes: compare all articles with what Xapian finds of them,
   * and not only some; deflate what is stored, as compaction does. */
  bool verify, compress;
  /* How long to wait while somebody else writes to the database, in all where
   * it has shards, before it is BYLINE_LOCKED; 0: not at all. progress is
   * called meanwhile, with the database's path and no figures. */
  uint32_t wait_ms;
  /* Spread articles over several databases, the shards, by their ids: a number,
   * for so many in the folder that is named as the database, or their names
   * with commas between, paths or "remote:HOST:PORT". The folder gets a stub
   * file that names them, so that its path stands for all of them, also here:
   * NULL then. BYLINE_INVALID for a database that has other shards, or none,
   * and where one is named twice; BYLINE_NOT_FOUND where one that was made is
   * there no more, or BYLINE_INVALID where another database took its place. */
  const char *shards;
} byline_index_options;
#define BYLINE_INDEX_OPTIONS_INIT                                              \
  {                                                                            \
    sizeof(byline_index_options), BYLINE_READ_OPTIONS_INIT, NULL, NULL, NULL,  \
        false, false, false, NULL, 0, BYLINE_BUILDER_AUTO, 0, 0, 0, false,     \
        false, 0, NULL                                                         \
  }

/* Reads as byline_read does and brings the database (a path or
 * "remote:HOST:PORT"; created if it does not exist) up to date: new articles
 * are added, changed ones replaced, unchanged ones left alone. An article is
 * the same one when its id is: an explicit id or URL, else a 128-bit hash of
 * date, title and authors (of title, authors and text without a date), with a
 * number for further articles that share all of these.
 *
 * A file is remembered with the database: while its size, time of change and
 * inode, or else its bytes, stay the same, it is not read again. Of a file
 * that changed, the articles that it has no more are dropped, unless another
 * file has them too; with prune, those of files that are gone as well.
 *
 * With dry_run the database stays as it is; it can't be a remote one.
 *
 * A database that does not exist is built beside its place, in a folder named
 * .NAME.byline-new, checked by Xapian, and moved there when it is whole: until
 * then there is none, and what a process that was killed has left is removed by
 * the next call. See byline_builder.
 *
 * Much that is added to one that exists becomes a segment: a database of its
 * own in the folder, whose file XAPIANDB, a Xapian stub, names all of them, so
 * that the path goes on being one database for everything that Xapian is in.
 * What is replaced or dropped is changed where it is. Segments are merged so
 * that each is larger than all newer ones together, up to 4 GiB; what was
 * merged is removed by the next call. After an interruption the articles that
 * are there are whole, none is missing or twice, and the same call completes
 * them. byline_compact makes one plain database again.
 *
 * stats (may be NULL) is filled also on failure. Errors: BYLINE_LOCKED,
 * BYLINE_CORRUPT, BYLINE_TOO_NEW, BYLINE_NOT_FOUND, BYLINE_IO,
 * BYLINE_INVALID, BYLINE_UNSUPPORTED (a dry run on a remote database, or
 * BYLINE_BUILDER_GLASS), BYLINE_NO_MEMORY, or what progress returned. */
BYLINE_API byline_status byline_index(byline_context *context,
                                      const char *database,
                                      const char *const *paths, size_t count,
                                      const byline_index_options *options,
                                      byline_index_stats *stats,
                                      byline_error *error);

/* The same for articles that come from the program itself. */
typedef struct byline_writer byline_writer;

typedef enum byline_outcome {
  BYLINE_ADDED,
  BYLINE_REPLACED,
  BYLINE_MOVED,
  BYLINE_UNCHANGED
} byline_outcome;

/* options may be NULL; those of the language, n-grams, filters and waiting are
 * used. The database is made if there is none. Errors: as byline_index has
 * them. */
BYLINE_API byline_status byline_writer_open(byline_context *context,
                                            const char *database,
                                            const byline_index_options *options,
                                            byline_writer **writer,
                                            byline_error *error);
/* article->id may be empty: it is then made as for byline_index, where all
 * articles of one writer with the same source (or none) are of one file; give
 * an id to replace an article within a session. outcome may be NULL.
 *
 * Errors: BYLINE_INVALID and BYLINE_NO_MEMORY, after which only this article
 * is missing (no date, over 100 MB of text); any other is the database's:
 * nothing since the last commit is kept, and the writer can only be freed. */
BYLINE_API byline_status byline_writer_add(byline_writer *writer,
                                           const byline_article *article,
                                           byline_outcome *outcome,
                                           byline_error *error);
/* Drops the article with this id. Errors: BYLINE_NOT_FOUND when there is none,
 * and those of committing. */
BYLINE_API byline_status byline_writer_delete(byline_writer *writer,
                                              const char *id,
                                              byline_error *error);
/* Makes everything so far durable and visible to readers. After a failure
 * nothing since the last commit is kept. Errors: BYLINE_IO, BYLINE_CORRUPT,
 * BYLINE_NO_MEMORY. */
BYLINE_API byline_status byline_writer_commit(byline_writer *writer,
                                              byline_error *error);
/* Releases the lock; what was not committed is lost. NULL is allowed. */
BYLINE_API void byline_writer_free(byline_writer *writer);

/* ---- Databases --------------------------------------------------------- */

typedef struct byline_database byline_database;

/* Opens databases (paths, stub files, folders of shards, "remote:HOST:PORT") to
 * be read as one: as they are now, until a function reopens them. Errors:
 * BYLINE_NOT_FOUND, BYLINE_CORRUPT, BYLINE_TOO_NEW, BYLINE_INVALID (no byline
 * database), BYLINE_IO, BYLINE_NO_MEMORY. In what follows, "those of reading"
 * are BYLINE_MODIFIED (writers have committed all the time, so that not one of
 * many attempts came to its end), BYLINE_CORRUPT, BYLINE_IO and
 * BYLINE_NO_MEMORY. */
BYLINE_API byline_status byline_database_open(byline_context *context,
                                              const char *const *paths,
                                              size_t count,
                                              byline_database **database,
                                              byline_error *error);
/* The same with other choices; options may be NULL. */
typedef struct byline_open_options {
  uint32_t size;
  /* How long to wait for a server of a remote database, and for each answer of
   * it; what takes longer is BYLINE_IO. 0: ten seconds. */
  uint32_t timeout_ms;
  /* Go on without databases that are away (BYLINE_IO, BYLINE_NOT_FOUND), as
   * long as one is there, also where a server ends in the middle of a search:
   * byline_results and byline_info say which. */
  bool partial;
} byline_open_options;
#define BYLINE_OPEN_OPTIONS_INIT                                               \
  { sizeof(byline_open_options), 0, false }
BYLINE_API byline_status
byline_database_open_with(byline_context *context, const char *const *paths,
                          size_t count, const byline_open_options *options,
                          byline_database **database, byline_error *error);
BYLINE_API void byline_database_free(byline_database *database);

/* Calls article with the article of this id. An unambiguous beginning of an id
 * of eight bytes or more will do. The database is reopened when it has changed.
 * Errors: BYLINE_NOT_FOUND (no such id), BYLINE_INVALID (several begin so),
 * those of reading, or what article returned. */
BYLINE_API byline_status byline_database_get(byline_database *database,
                                             const char *id,
                                             byline_article_fn article,
                                             void *user, byline_error *error);

/* Calls article for every article, in docid order. Where a writer overtakes the
 * reading, the articles that are left are given as they are then. It remembers
 * eight bytes of each article. Errors: those of reading (also after some
 * articles were given), or what article returned. */
BYLINE_API byline_status byline_database_export(byline_database *database,
                                                byline_article_fn article,
                                                void *user,
                                                byline_error *error);

#ifdef __cplusplus
}
#endif

#include "byline/maintain.h"
#include "byline/search.h"
#include "byline/watch.h"

#endif
