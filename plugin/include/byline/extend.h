/* For those who extend byline: readers of other formats, filters that add
 * terms, and the shared objects that both may come in.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BYLINE_EXTEND_H
#define BYLINE_EXTEND_H

#include "byline/byline.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Readers ------------------------------------------------------------
 *
 * A reader turns the bytes of one file into articles, one at a time, in
 * memory that does not grow with the file. It is a constant table of
 * functions; the library calls open, next until it gives no article, close. */

#define BYLINE_READER_ABI_VERSION 1

/* The file being read. */
typedef struct byline_input byline_input;

/* Reads up to capacity bytes, at least 1; *length is 0 only at the end of the
 * file. The text is UTF-8, whatever the file is in (but a few sequences may be
 * broken), unless the reader takes it raw. Errors: BYLINE_IO. */
BYLINE_API byline_status byline_input_read(byline_input *input, char *buffer,
                                           size_t capacity, size_t *length,
                                           byline_error *error);

/* The path to show to people; lives as long as the input. */
BYLINE_API const char *byline_input_path(const byline_input *input);

/* Tells the user about something at a line (0: the whole file); counts
 * BYLINE_NOTICE_FAILED against the file. */
BYLINE_API void byline_input_notice(byline_input *input,
                                    byline_notice_kind kind, size_t line,
                                    const char *message);

/* Adds to the counters of byline_read_stats. */
BYLINE_API void byline_input_count_invalid(byline_input *input, size_t count);
BYLINE_API void byline_input_count_unclear_date(byline_input *input);

/* The reader decodes by itself: it gets the bytes of the file as they are,
 * though probe sees them decoded. */
#define BYLINE_READER_RAW_BYTES 1u
/* It finds articles in plain text by what the lines look like: where a layout
 * was taught, that is used instead. */
#define BYLINE_READER_PLAIN_TEXT 2u
/* Whether somebody wants to hear what blocks of lines are taken for, and
 * telling it; see byline_explanation. */
BYLINE_API bool byline_input_explains(const byline_input *input);
BYLINE_API void byline_input_explain(byline_input *input, size_t line,
                                     const char *what, int score,
                                     const char *why, byline_string text);

typedef struct byline_reader {
  uint32_t abi_version; /* BYLINE_READER_ABI_VERSION */
  const char *name;     /* for --format; lower-case ASCII */
  const char *summary;  /* one line for people */

  /* How sure it is, 0 to 100, that a file is its own, from the first bytes of
   * it (whole: these are all). The reader with the highest value above 0 gets
   * the file; of equals, the one registered first. */
  int (*probe)(const char *head, size_t length, bool whole, const char *path);

  /* Makes the state that next works on. On failure nothing is left behind. */
  byline_status (*open)(byline_input *input, void **state, byline_error *error);

  /* *article is NULL at the end; else it and its strings live until the next
   * call. source is filled in by the library. A failure ends the file, and
   * what came before it stays. */
  byline_status (*next)(void *state, const byline_article **article,
                        byline_error *error);

  void (*close)(void *state);

  uint32_t flags; /* BYLINE_READER_... */
} byline_reader;

/* reader must live as long as the context. BYLINE_INVALID if its version,
 * name or functions are not right or the name is taken; what byline_read says
 * of the shared object that reads. */
BYLINE_API byline_status byline_reader_register(byline_context *context,
                                                const byline_reader *reader,
                                                byline_error *error);

/* ---- Filters ------------------------------------------------------------
 *
 * A filter sees the tokens of an article as it is analyzed, and may add terms
 * to them: synonyms, say, or other spellings. It can't take any away: what
 * Xapian itself would ask for is always there. What it adds is found by byline,
 * by Omega and by every other front end, without a filter there.
 *
 * A database is indexed with the same filters, and arguments of theirs, all its
 * life. They are named where it is made (byline_index_options), and must be
 * registered whenever articles are added to it. To search in it they need not
 * be; those that are let the words be highlighted that their terms stand for.
 */

#define BYLINE_FILTER_ABI_VERSION 1

typedef struct byline_filter {
  uint32_t abi_version; /* BYLINE_FILTER_ABI_VERSION */
  const char *name;     /* for --filter; lower-case ASCII */
  const char *summary;  /* one line for people */

  /* Makes the state that push works on; arguments is what stood behind the
   * name's "=", or NULL. On failure nothing is left behind. Several states may
   * be in use at once, each in one thread. */
  byline_status (*create)(const char *arguments, void **state,
                          byline_error *error);

  /* Gets each token, and the terms of the filters before it (kind FILTER), in
   * order; may call sink, with user, for each term that it adds. Such a term
   * has the position of token and its offsets, or a part of them; its kind
   * counts for nothing. It must be a word as Xapian's tokenizer makes them:
   * lower case, no spaces, 229 bytes at most. It gets stems where the language
   * has some. A term that sink does not take makes it return another value than
   * 0, with the message in error: push returns that. */
  byline_status (*push)(void *state, const byline_token *token,
                        byline_token_fn sink, void *user, byline_error *error);

  void (*destroy)(void *state);
} byline_filter;

/* filter must live as long as the context. BYLINE_INVALID if its version, name
 * or functions are not right or the name is taken. */
BYLINE_API byline_status byline_filter_register(byline_context *context,
                                                const byline_filter *filter,
                                                byline_error *error);

/* As byline_analyze, through filters: each the name of one that is registered,
 * or NAME=ARGUMENTS, in the order in which they see tokens. Errors: also
 * BYLINE_NOT_FOUND (no such filter), and what a filter returns. */
BYLINE_API byline_status byline_analyze_filtered(
    byline_context *context, const char *text, size_t length,
    const char *language, const char *const *filters, size_t filter_count,
    byline_token_fn token, void *user, byline_error *error);

/* ---- Shared objects ------------------------------------------------------
 *
 * One that extends byline exports a function with this name, which registers
 * its readers and filters with the context. The library calls it once. */
#define BYLINE_PLUGIN_INIT "byline_plugin_init"
typedef byline_status (*byline_plugin_init_fn)(byline_context *context,
                                               byline_error *error);

/* Loads one from this path, never from where the system's libraries are; it is
 * closed with the context: free what was opened with that before. Errors:
 * BYLINE_IO (it can't be loaded), BYLINE_INVALID (it has no such function),
 * BYLINE_NO_MEMORY, or what the function returned. */
BYLINE_API byline_status byline_plugin_load(byline_context *context,
                                            const char *path,
                                            byline_error *error);

#ifdef __cplusplus
}
#endif
#endif
